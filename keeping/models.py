"""What is asked to be erased, and what remains of what was: counts, and marks of the suspended."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Party, User
from matching.models import Match
from opportunities.choices import Kind


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def due_at(self, at: datetime) -> Self:
        return self.filter(due_at__lte=at)


class Erasure(models.Model):
    """A person asked to be erased. The row goes with them, or when they take it back."""

    WAIT = timedelta(days=7)  # time to think, and to notice that somebody else asked

    person = models.OneToOneField(
        User,
        on_delete=models.CASCADE,  # it goes with its person
        related_name="erasure",
        verbose_name=_("person"),
    )
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__gt=F("asked_at")), name="erasure_waits_before_it_is_done"
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="erasure_due")]

    def __str__(self) -> str:
        return f"{self.person_id}"


class Total(models.Model):
    """How many matches of a kind ended how, by the quarter. All that is left of them."""

    quarter = models.CharField(max_length=7, help_text=_("Such as “2027-Q1”."))
    kind = models.CharField(max_length=20, choices=Kind)
    outcome = models.CharField(max_length=20, choices=Match.Status)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("total")
        verbose_name_plural = _("totals")
        constraints = [
            models.UniqueConstraint(
                fields=["quarter", "kind", "outcome"], name="total_is_kept_once"
            ),
            models.CheckConstraint(condition=~Q(outcome="blocked"), name="total_tells_no_block"),
        ]

    def __str__(self) -> str:
        return f"{self.quarter} {self.kind} {self.outcome}: {self.count}"


class Mark(models.Model):
    """What is left of a suspended party that was erased: keyed hashes, of nobody by name."""

    class Of(models.TextChoices):
        REGISTRATION = "registration", _("the registration number")
        DOMAIN = "domain", _("the email domain")

    of = models.CharField(max_length=12, choices=Of)
    digest = models.CharField(max_length=64)
    party_kind = models.CharField(max_length=10, choices=Party.Kind)
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("mark of a suspended party")
        verbose_name_plural = _("marks of suspended parties")
        constraints = [
            models.UniqueConstraint(fields=["of", "digest"], name="mark_is_kept_once"),
        ]

    def __str__(self) -> str:
        return self.get_of_display()
