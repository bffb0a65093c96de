"""The heartbeat: proof that clock and worker are alive."""

from datetime import datetime

from django.db import models
from django.db.models import Q


class Heartbeat(models.Model):
    """One row. The clock asks for it, a worker writes it, so its age speaks for both."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="heartbeat_is_one_row"),
        ]

    def __str__(self) -> str:
        return self.at.isoformat()

    @classmethod
    def beat(cls, *, at: datetime) -> None:
        cls.objects.update_or_create(id=1, defaults={"at": at})

    @classmethod
    def age_seconds(cls, at: datetime) -> float | None:
        """Seconds since the newest beat; None before the first."""
        newest = cls.objects.filter(id=1).values_list("at", flat=True).first()
        return (at - newest).total_seconds() if newest else None
