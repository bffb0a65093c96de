"""What reviewers determined about people."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.choices import CheckLevel
from accounts.models.people import User


class CheckQuerySet(models.QuerySet["Check"]):
    def standing(self) -> Self:
        """Checks that count; a withdrawn one never does."""
        return self.filter(withdrawn_at=None)


class Check(models.Model):
    """What a reviewer determined about a person. The determination, never the report."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        User,
        on_delete=models.CASCADE,  # a determination goes with its person
        related_name="checks",
        verbose_name=_("person"),
    )
    level = models.CharField(_("level"), max_length=20, choices=CheckLevel)
    issued_date = models.DateField(_("issued on"))
    expires_date = models.DateField(
        _("expires on"), null=True, blank=True, help_text=_("Empty if it does not expire.")
    )
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("recorded by")
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        constraints = [
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
