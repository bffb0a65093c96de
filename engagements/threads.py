"""The messages of an introduction as one side sees them, and whether more can be written."""

from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse

from accounts.models import Party, User
from engagements.models import Message
from engagements.refusals import CannotWrite, Ended, NotIntroduced, Paused, Stopped
from matching.models import Match, MatchQuerySet
from matching.reasons import Side
from notices.models import Notice, NoticeQuerySet
from trail.incidents import is_locked

OPEN_AFTER = timedelta(days=30)  # of something that is done: for thanks and what was forgotten


def introductions_of(person: User) -> MatchQuerySet:
    """Matches of this person that got as far as an introduction, whatever came of it."""
    return Match.objects.seen_by(person).filter(introduced_at__isnull=False)


def why_closed(match: Match, *, at: datetime) -> CannotWrite | None:
    """Why nobody can write there at that moment; None if both sides can."""
    if not match.introduced_at:
        return NotIntroduced()
    if Party.Status.SUSPENDED in {match.need.party.status, match.offer.party.status}:
        return Stopped()
    is_over = match.closed_at is not None and at >= match.closed_at + OPEN_AFTER
    if not match.has_met or is_over:
        return Ended()
    return Paused() if is_locked() else None


def path_of(match: Match) -> str:
    return reverse("engagements:thread", args=[match.public_id])


def unread_notices(person: User, match: Match, *, at: datetime) -> NoticeQuerySet:
    """What this person was told of these messages and has not said to have read."""
    told = Notice.objects.of(person, at=at).unread()
    return told.filter(event=Notice.Event.MESSAGE, path=path_of(match))


class SeenMessage:
    """What templates get in place of a message. Of the other side it names the party alone."""

    def __init__(
        self, message: Message, match: Match, side: Side, *, new_since: datetime | None
    ) -> None:
        """new_since  the moment of the first message that the reader has not said to have read"""
        self.public_id: UUID = message.public_id
        self.text = message.text
        self.written_at = message.written_at
        self.is_own = message.is_from(side)
        self.author = message.author.get_full_name() if self.is_own else match.other_name(side)
        is_late = new_since is not None and message.written_at >= new_since
        self.is_new = is_late and not self.is_own
