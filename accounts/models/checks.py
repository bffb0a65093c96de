"""What was determined about people."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import CheckLevel
from accounts.models.considerations import Consideration
from accounts.models.parties import Party
from accounts.models.people import User


class CheckQuerySet(models.QuerySet["Check"]):
    def standing(self) -> Self:
        """Checks that count; one that was withdrawn or declined never does."""
        return self.filter(withdrawn_at=None, outcome=Check.Outcome.CLEARED)


class Check(models.Model):
    """What was determined about a person. The determination, never the report."""

    class Outcome(models.TextChoices):
        CLEARED = "cleared", _("Cleared")
        DECLINED = "declined", _("Declined")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        User,
        on_delete=models.CASCADE,  # a determination goes with its person
        related_name="checks",
        verbose_name=_("person"),
    )
    level = models.CharField(_("level"), max_length=20, choices=CheckLevel)
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome, default=Outcome.CLEARED
    )
    issued_date = models.DateField(_("issued on"))
    expires_date = models.DateField(
        _("expires on"), null=True, blank=True, help_text=_("Empty if it does not expire.")
    )
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField()
    host = models.ForeignKey(
        Party,
        on_delete=models.SET_NULL,  # the check stays its person's when the host is erased
        null=True,
        blank=True,
        related_name="+",
        help_text=_("The nonprofit that had it made; empty: a reviewer recorded it."),
    )
    consideration = models.OneToOneField(
        Consideration,
        on_delete=models.CASCADE,  # both go with their person
        null=True,
        blank=True,
        related_name="determination",
        help_text=_("What was looked at before it was decided; empty: nothing came up."),
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="cleared") | Q(consideration__isnull=False),
                name="declined_check_was_considered",
            ),
            models.CheckConstraint(
                condition=~Q(level="none"),
                name="check_has_a_level",
                violation_error_message=_("Choose a level."),
            ),
            models.CheckConstraint(
                condition=~Q(person=F("recorded_by")),
                name="check_is_never_recorded_by_its_person",
                violation_error_message=_("Nobody records their own check."),
            ),
            models.CheckConstraint(
                condition=Q(expires_date=None) | Q(expires_date__gte=F("issued_date")),
                name="check_expires_after_it_was_issued",
                violation_error_message=_("A check cannot expire before it was issued."),
            ),
        ]
        indexes = [models.Index(fields=["person", "level"], name="check_by_person")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_level_display()}"
