"""A sponsor vouches for a party of the name it has then."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_reviewers_look_into_registers")]

    operations = [
        migrations.AddField(
            model_name="sponsorship",
            name="vouched_name",
            field=models.CharField(
                blank=True,
                default="",
                help_text="What the party was called when they vouched.",
                max_length=120,
            ),
            preserve_default=False,
        ),
    ]
