"""A row of a file keeps its title, so that people find it once its cells are gone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0009_uploads_count_for_the_day")]

    operations = [
        migrations.AddField(
            model_name="uploadrow",
            name="title",
            field=models.CharField(blank=True, max_length=120),
        ),
    ]
