"""While something is wrong: one row that says so, and stops matching and sending.

Whoever acts on their own (the matcher, the senders) asks ``is_locked`` at the point where
they would act, so that nothing owed is lost: it waits, and goes out once it is over.
"""

from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class IncidentQuerySet(models.QuerySet["Incident"]):
    def open(self) -> "IncidentQuerySet":
        return self.filter(ended_at=None)


class Incident(models.Model):
    """Somebody stopped everything, and why. One at a time; ids only, as in the audit."""

    began_at = models.DateTimeField(_("began at"))
    began_by_id = models.BigIntegerField(
        null=True, blank=True, help_text=_("The person's id; empty: not named.")
    )
    why = models.CharField(
        _("why"), max_length=300, help_text=_("For the record: no names of people.")
    )
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by_id = models.BigIntegerField(null=True, blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        constraints = [
            models.UniqueConstraint(
                fields=["ended_at"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="one_incident_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="incident_says_why"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")),
                name="incident_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d %H:%M}"


def is_locked() -> bool:
    """Whether matching and sending stand still."""
    return Incident.objects.open().exists()


def begin(*, why: str, by_id: int | None, at: datetime) -> tuple[Incident, bool]:
    """Stop everything. Returns the incident under way, and whether it is new."""
    try:
        with transaction.atomic():
            return Incident.objects.create(began_at=at, began_by_id=by_id, why=why), True
    except IntegrityError:  # one_incident_at_a_time
        return Incident.objects.open().get(), False


def end(*, by_id: int | None, at: datetime) -> Incident | None:
    """Go on. Returns what ended; None if nothing stood still."""
    found = Incident.objects.open().select_for_update().first()
    if found:
        found.ended_at, found.ended_by_id = at, by_id
        found.save(update_fields=["ended_at", "ended_by_id"])
    return found
