"""What happened (for people) and what changed (for the matcher)."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

CURRENT_TRANSACTION = Func(
    template="pg_current_xact_id()::text::bigint", output_field=models.BigIntegerField()
)


class ChangeQuerySet(models.QuerySet["Change"]):
    def unmatched(self) -> Self:
        """Changes that the matcher has not looked at yet."""
        return self.filter(matched_at=None)

    def older_than(self, moment: datetime) -> Self:
        return self.filter(at__lt=moment)

    def matched_before(self, moment: datetime) -> Self:
        return self.filter(matched_at__lt=moment)

    def due_at(self, at: datetime) -> Self:
        """Unmatched changes that do not wait for a later day."""
        return self.unmatched().filter(Q(not_before=None) | Q(not_before__lte=at))

    def claim(self, *, limit: int, at: datetime) -> list["Change"]:
        """Some that are due, held until the transaction ends; nobody else takes them meanwhile.

        Found by what is unmatched, never by a number already passed: a transaction
        that began early may commit late.
        """
        return list(
            self.due_at(at).select_for_update(skip_locked=True, no_key=True).order_by("pk")[:limit]
        )


class Change(models.Model):
    """Something the matcher must look at again, written with the change itself.

    The row, not the message that wakes the worker, is the truth: a message may
    be lost with the broker, a row is found by the next sweep.
    """

    class Subject(models.TextChoices):
        NEED = "need", _("need")
        OFFER = "offer", _("offer")
        PARTY = "party", _("party")
        PERSON = "person", _("person")
        LOG = "log", _("this log")  # trimmed: up to the transaction that is the subject's number

    subject = models.CharField(max_length=10, choices=Subject)
    subject_id = models.BigIntegerField()
    at = models.DateTimeField()
    not_before = models.DateTimeField(
        null=True, blank=True, help_text=_("Looked at from then on; empty: at once.")
    )
    matched_at = models.DateTimeField(null=True, blank=True)
    written_in = models.BigIntegerField(
        db_default=CURRENT_TRANSACTION,
        editable=False,
        help_text=_("The number of the transaction; see log.py."),
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(subject__in=["need", "offer", "party", "person", "log"]),
                name="change_subject_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(matched_at=None), name="change_unmatched"),
            models.Index(fields=["written_in"], name="change_by_transaction"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id}"


class Audit(models.Model):
    """One thing somebody did. Ids only, so that erasing a person erases the name."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(
        null=True, blank=True, help_text=_("The person's id; empty where a schedule acted.")
    )
    verb = models.CharField(max_length=40)
    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    facts = models.JSONField(
        default=dict, blank=True, help_text=_("Ids and choices, never names or free text.")
    )

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject} {self.subject_id}"
