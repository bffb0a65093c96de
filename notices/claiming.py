"""What a sender has in hand: some of what is owed, claimed so that nobody else sends it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.db.models.expressions import RawSQL

from notices.models import Notice, NoticeQuerySet

_READ = ("pk", "public_id", "recipient_id", "event", "urgent", "tries", "claimed_until")
_OF_A_PERSON = ("public_id", "email", "language", "time_zone", "notice_preference")


@dataclass(slots=True)
class InHand:
    """A claimed notice: what sending looks at, and how it can end.

    Values, since to make a model of a row takes four times as long as to read it, and a
    moment that few have, since reading one takes as long as reading all the rest.
    """

    pk: int
    public_id: UUID
    recipient_id: int
    event: str
    urgent: bool
    tries: int
    claimed_until: datetime | None  # before this claim
    recipient: Any = None  # its person

    @property
    def was_in_hand(self) -> bool:
        """Somebody began to send it, before this claim."""
        return self.claimed_until is not None

    def mark_sent(self, *, at: datetime) -> None:
        self._move(sent_at=at, tries=self.tries + 1, last_error="")

    def put_back(self, failure: Exception, *, at: datetime) -> None:
        """Try again later, each time after twice as long; in the end, show it to a person."""
        tries = self.tries + 1
        self._move(
            tries=tries,
            last_error=str(failure)[:200],
            claimed_until=at + Notice.BACK_OFF * 2 ** (tries - 1),
            failed_at=at if tries >= Notice.MAX_TRIES else None,
        )

    def give_up(self, refusal: Exception, *, at: datetime) -> None:
        """No later try would help: show it to a person now."""
        self._move(tries=self.tries + 1, last_error=str(refusal)[:200], failed_at=at)

    def wait(self, *, until: datetime) -> None:
        """Nobody sends it before then."""
        self._move(claimed_until=until)

    def leave_to(self, digest: Notice | None, *, at: datetime) -> None:
        """It goes out by no mail of its own; a digest tells of it, or none."""
        self._move(without_mail_at=at, claimed_until=None, digest=digest)

    def release(self) -> None:
        """Nothing was tried; whoever comes next may take it."""
        self._move(claimed_until=None)

    def _move(self, **facts: object) -> None:
        """Change it unless somebody else, after our lease, has settled it meanwhile."""
        Notice.objects.filter(pk=self.pk, sent_at=None, failed_at=None).update(**facts)


@transaction.atomic
def claim(*, limit: int, at: datetime) -> list[InHand]:
    """Take some that are owed, urgent ones first, then those tried before, then the oldest.

    Nobody else sends them meanwhile. Their people are held as well until the transaction
    ends, so that nobody else counts the mails of the same person at the same moment. Whose
    people somebody else holds is left to them.
    """
    claimed = _owed(limit=limit, at=at)
    people = _people({notice.recipient_id for notice in claimed})
    for notice in claimed:
        notice.recipient = people[notice.recipient_id]
    rows = Notice.objects.filter(_among(notice.pk for notice in claimed))
    rows.update(claimed_until=at + Notice.LEASE)
    return claimed


def _owed(*, limit: int, at: datetime) -> list[InHand]:
    """Some that nobody holds, nor their people, and from now on both are held.

    What is tried again and what is new share a batch and are looked for apart: each has an
    index that does not grow with what is in hand.
    """
    owed = Notice.objects.owed_at(at).order_by("-urgent", "due_at", "pk")
    free = owed.select_for_update(skip_locked=True, no_key=True)  # of all that it joins: people
    found = _read(free.filter(claimed_until__lte=at)[: limit // 2])
    found += _read(free.filter(claimed_until=None)[: limit - len(found)])
    return sorted(found, key=lambda notice: not notice.urgent)


def _read(rows: NoticeQuerySet) -> list[InHand]:
    return [InHand(*row) for row in rows.values_list(*_READ)]


def _people(ids: Collection[int]) -> dict[int, Any]:
    """These people, with what they chose."""
    people = get_user_model().objects.select_related("notice_preference").only(*_OF_A_PERSON)
    return people.in_bulk(ids)


def _among(ids: Iterable[int]) -> RawSQL:
    """One array: to write hundreds of parameters takes longer than to look them up."""
    return RawSQL("id = ANY(%s)", [list(ids)], output_field=models.BooleanField())
