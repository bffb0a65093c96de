"""Who asked to be reminded of a match later, and when."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def due_at(self, at: datetime) -> Self:
        return self.filter(done_at=None, due_at__lte=at)

    def pending(self) -> Self:
        """Those whose moment is still to come, or is just being dealt with."""
        return self.filter(done_at=None)


class Reminder(models.Model):
    """One person cannot answer one match yet, and chose when to be asked again.

    It takes the place of that person's nudge, and holds nothing up: the match closes when
    it would have closed. Who asks again moves the moment; who answers is not reminded.
    """

    AFTER = tuple(timedelta(days=days) for days in (1, 3, 7))  # tomorrow, some days, a week

    match = models.ForeignKey(
        "matching.Match",
        on_delete=models.CASCADE,  # nothing is left to be reminded of
        related_name="reminders",
    )
    person = models.ForeignKey(
        User,
        on_delete=models.CASCADE,  # as above
        related_name="+",
    )
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["match", "person"], name="reminder_is_once_per_match_and_person"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(done_at=None), name="reminder_due"),
        ]

    def __str__(self) -> str:
        return f"{self.match_id} · {self.person_id}"
