"""A concern that is about a match or a message says which one."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_second_steps_are_sealed")]

    operations = [
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=Q(subject="", subject_id=None)
                | Q(
                    subject__in=["matching.match", "engagements.message"],
                    subject_id__isnull=False,
                ),
                name="concern_is_about_a_match_or_a_message_by_its_id",
            ),
        ),
    ]
