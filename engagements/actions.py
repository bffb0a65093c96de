"""What can happen to messages: one is written, and the reader says to have read them."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts import conduct
from accounts.models import User
from accounts.refusals import WordsRefused
from engagements.models import Message
from engagements.refusals import NothingSaid, NotYours, TooManyToday
from engagements.threads import path_of, unread_notices, why_closed
from engagements.words import identities_in
from matching import locks
from matching.models import OTHER, Match
from matching.reasons import Side
from notices import actions as notices
from notices.models import Notice
from trail import actions as trail

MOST_A_DAY = 20  # of one side in one thread: whoever has more to say has a phone number
DAY = timedelta(days=1)


@transaction.atomic
def write(*, match: Match, by: User, text: str, at: datetime) -> Message:
    """Say something to the other side, and owe its people a notice of it.

    Raises ``CannotWrite``, or ``WordsRefused`` where the words tell who or where somebody
    is. Everyone who writes there queues on the postings, as who suspends a party does.
    """
    match = locks.hold_match(match)
    side = _side_of(match, by)
    _must_be_open(match, side, by, at=at)
    text = text.strip()
    _must_be_sayable(text)
    message = Message.objects.create(match=match, side=side, author=by, text=text, written_at=at)
    trail.record(
        actor_id=by.pk, verb="message_written", subject=message, at=at, match=match.pk, side=side
    )
    read(match=match, by=by, at=at)
    for person in _people_of(match, OTHER[side]):
        _tell(person, message, at=at)
    return message


def read(*, match: Match, by: User, at: datetime) -> None:
    """This person has read what is there at that moment. Looking alone says nothing."""
    unread_notices(by, match, at=at).update(read_at=at)


def _side_of(match: Match, person: User) -> Side:
    try:
        return match.side_of(person)
    except LookupError:
        raise NotYours from None


def _must_be_open(match: Match, side: Side, by: User, *, at: datetime) -> None:
    if refusal := why_closed(match, at=at):
        raise refusal
    if not conduct.has_accepted(by):
        raise conduct.NotAccepted
    lately = Message.objects.filter(match=match, side=side, written_at__gt=at - DAY)
    if lately.count() >= MOST_A_DAY:
        raise TooManyToday


def _must_be_sayable(text: str) -> None:
    if not text:
        raise NothingSaid
    if problems := identities_in(text):
        raise WordsRefused(problems)


def _people_of(match: Match, side: Side) -> list[User]:
    """Whoever is told on that side, and its members who have written there themselves."""
    posting = match.posting_of(side)
    wrote = User.objects.filter(
        is_active=True,
        memberships__party=posting.party,
        messages__match=match,
        messages__side=side,
    )
    told = posting.told
    people = {person.pk: person for person in (*([told] if told else []), *wrote.distinct())}
    return [people[pk] for pk in sorted(people)]


def _tell(person: User, message: Message, *, at: datetime) -> None:
    """One notice until it is read, or for a day: a talk of twenty messages is one mail."""
    told = Notice.objects.filter(  # also by one who wrote at once, and whose clock read later
        recipient=person,
        read_at=None,
        event=Notice.Event.MESSAGE,
        path=path_of(message.match),
    )
    if told.filter(created_at__gt=at - DAY).exists():
        return
    notices.owe(
        recipient=person,
        event=Notice.Event.MESSAGE,
        key=f"message {message.pk}",
        path=path_of(message.match),
        at=at,
    )
