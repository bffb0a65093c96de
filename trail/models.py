"""What happened (for people), and what changed or is to be looked at (for the matcher)."""

from datetime import datetime
from typing import NamedTuple, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Func, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from trail.incidents import Incident
from trail.verbs import in_words

__all__ = ["Audit", "Change", "Incident", "Progress", "Rematch", "RematchBlock"]

CURRENT_TRANSACTION = Func(
    template="pg_current_xact_id()::text::bigint", output_field=models.BigIntegerField()
)


class ChangeQuerySet(models.QuerySet["Change"]):
    def unmatched(self) -> Self:
        """Changes that the matcher has not looked at yet."""
        return self.filter(matched_at=None)

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


class Progress(NamedTuple):
    """How far a rematch is: blocks done, all blocks, and matches proposed so far."""

    done: int
    blocks: int
    proposed: int


class RematchQuerySet(models.QuerySet["Rematch"]):
    def unfinished(self) -> Self:
        return self.filter(finished_at=None)


class Rematch(models.Model):
    """Once more a look at every open need, block by block. One at a time."""

    started_at = models.DateTimeField(_("started at"))
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = RematchQuerySet.as_manager()

    class Meta:
        verbose_name = _("full rematch")
        verbose_name_plural = _("full rematches")
        constraints = [
            models.UniqueConstraint(
                fields=["finished_at"],
                condition=Q(finished_at=None),
                nulls_distinct=False,
                name="one_rematch_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"

    def progress(self) -> "Progress":
        """How far it is, counted now."""
        counts = self.blocks.aggregate(
            done=Count("pk", filter=Q(done_at__isnull=False)),
            blocks=Count("pk"),
            proposed=Coalesce(Sum("proposed"), 0),
        )
        return Progress(**counts)


class RematchBlockQuerySet(models.QuerySet["RematchBlock"]):
    def standing(self) -> Self:
        """Those that nobody has finished, in their order."""
        return self.filter(done_at=None).order_by("number")


class RematchBlock(models.Model):
    """Some needs close to each other, looked at in one transaction.

    Whoever works on it holds its row. That it is done is written in the transaction
    that proposed, so a killed worker's block stands as it stood before.
    """

    rematch = models.ForeignKey(
        Rematch,
        on_delete=models.CASCADE,  # a part of it
        related_name="blocks",
    )
    number = models.PositiveIntegerField()
    need_ids = ArrayField(models.BigIntegerField())
    done_at = models.DateTimeField(null=True, blank=True)
    proposed = models.PositiveIntegerField(default=0)

    objects = RematchBlockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rematch", "number"], name="rematch_counts_its_blocks"),
        ]

    def __str__(self) -> str:
        return f"{self.rematch} · {self.number}"


class AuditQuerySet(models.QuerySet["Audit"]):
    def sealed(self) -> Self:
        """Rows that are part of the chain (``sealing.py``)."""
        return self.filter(position__isnull=False)

    def unsealed(self) -> Self:
        return self.filter(position=None)

    def newest_first(self, *, before: int | None = None) -> Self:
        """In reading order, from the row before this id on; no page counts them all."""
        rows = self if before is None else self.filter(pk__lt=before)
        return rows.order_by("-pk")


class Audit(models.Model):
    """One thing somebody did. Ids only, so that erasing a person erases the name.

    The database refuses to change, delete or truncate rows; see migration 0006. The one
    exception is their sealing, once.
    """

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
    position = models.BigIntegerField(
        null=True,
        editable=False,
        unique=True,
        help_text=_("Its place in the chain; empty until it is sealed."),
    )
    hash = models.CharField(
        max_length=64, blank=True, editable=False, help_text=_("Of this row and the one before.")
    )

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("trace")
        verbose_name_plural = _("traces")
        constraints = [
            models.CheckConstraint(
                condition=Q(position=None, hash="") | Q(position__gt=0) & ~Q(hash=""),
                name="audit_is_hashed_exactly_when_placed",
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "subject_id"], name="audit_by_subject"),
            models.Index(fields=["actor_id", "id"], name="audit_by_actor"),
            models.Index(fields=["id"], condition=Q(position=None), name="audit_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject} {self.subject_id}"

    @property
    def verb_in_words(self) -> str:
        return in_words(self.verb)
