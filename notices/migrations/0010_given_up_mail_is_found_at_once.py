"""Reviewers look for mail that was given up, a few rows among all that ever went out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0009_messages_are_told")]

    operations = [
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                fields=["failed_at"],
                condition=models.Q(("failed_at__isnull", False)),
                name="notice_given_up",
            ),
        ),
    ]
