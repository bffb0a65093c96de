"""Postings keep how risky their words look, for the order of the review."""

from django.db import migrations, models
from django.db.models import Q

SCORE = {"default": 0, "editable": False, "help_text": "From 0 to 1: it sorts the review, no more."}


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0006_minors_are_never_taught_one_to_one")]

    operations = [
        migrations.AddField("need", "flag_score", models.FloatField(**SCORE)),
        migrations.AddField("offer", "flag_score", models.FloatField(**SCORE)),
        migrations.AddConstraint(
            "need",
            models.CheckConstraint(
                condition=Q(flag_score__range=(0, 1)), name="need_flag_score_is_a_share"
            ),
        ),
        migrations.AddConstraint(
            "offer",
            models.CheckConstraint(
                condition=Q(flag_score__range=(0, 1)), name="offer_flag_score_is_a_share"
            ),
        ),
    ]
