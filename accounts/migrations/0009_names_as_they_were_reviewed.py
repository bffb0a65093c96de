"""A party keeps the name and the alias that reviewers said yes to, for others to see."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_concerns_name_what_they_are_about")]

    operations = [
        migrations.AddField(
            model_name="party",
            name="reviewed_name",
            field=models.CharField(
                blank=True,
                default="",
                help_text="As reviewers last said yes to it. Others see no newer one; empty before.",
                max_length=120,
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="party",
            name="reviewed_alias",
            field=models.CharField(
                blank=True,
                default="",
                help_text="As reviewers last said yes to it.",
                max_length=120,
            ),
            preserve_default=False,
        ),
    ]
