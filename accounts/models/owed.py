"""Mails that a row owes to an address: claimed, sent, tried again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Self, TypeVar

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trail.incidents import is_locked

OwedT_co = TypeVar("OwedT_co", bound="OwedMail", covariant=True)


class OwedMailQuerySet(models.QuerySet[OwedT_co]):
    SHOWN_IN_THE_MAIL: Iterable[str] = ()  # relations that the mail reads

    def open_at(self, at: datetime) -> Self:
        """Those whose link still works; the model says which."""
        raise NotImplementedError

    def owed_at(self, at: datetime) -> Self:
        """Open ones whose mail has not gone out, is due, and is in nobody's hands."""
        return self.open_at(at).filter(sent_at=None, failed_at=None, due_at__lte=at)

    def claim(self, *, limit: int, at: datetime) -> list[OwedT_co]:
        """Take some that are owed for a while; nobody else sends them meanwhile.

        None while all stands still.
        """
        if is_locked():
            return []
        with transaction.atomic():
            claimed = list(
                self.owed_at(at)
                .select_related(*self.SHOWN_IN_THE_MAIL)
                .select_for_update(skip_locked=True, of=("self",))
                .order_by("due_at", "pk")[:limit]
            )
            taken = self.filter(pk__in=[one.pk for one in claimed])
            taken.update(due_at=at + OwedMail.LEASE)
        return claimed


class OwedMail(models.Model):
    """A mail with a link, owed by this row."""

    LEASE = timedelta(minutes=5)  # longer than any mail server keeps us waiting
    MAX_TRIES = 5

    due_at = models.DateTimeField(help_text=_("When its mail may be sent, or tried again."))
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(failed_at=None),
                name="%(class)s_is_sent_or_failed_but_not_both",
            ),
        ]

    def mark_sent(self, *, at: datetime) -> None:
        self.sent_at = at
        self.save(update_fields=["sent_at"])

    def put_back(self, *, at: datetime) -> None:
        """Try again later, each time after twice as long; in the end, show it to a person."""
        self.tries += 1
        self.due_at = at + self.LEASE * 2**self.tries
        self.failed_at = at if self.tries >= self.MAX_TRIES else None
        self.save(update_fields=["tries", "due_at", "failed_at"])
