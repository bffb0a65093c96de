"""A call confirms a party of the legal name it has then."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0013_vouched_names_are_filled_in")]

    operations = [
        migrations.AddField(
            model_name="callback",
            name="called_name",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
    ]
