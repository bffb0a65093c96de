"""What the public is told in one week: counted once, and never again."""

from django.db import models


class WeeklyCount(models.Model):
    """The counts of one week, only those that may be told; no page counts anything else.

    told  {"cells": [[kind, key, state, count], …], "states": {state: [open, unmet]}},
          as ``public.telling`` and ``public.counting`` make it
    """

    week = models.DateField(unique=True)  # its Monday
    counted_at = models.DateTimeField()
    told = models.JSONField()

    def __str__(self) -> str:
        return self.week.isoformat()
