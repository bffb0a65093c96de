"""Owe one side of a match a message."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from accounts.models import User
from matching.models import OTHER, Match
from matching.reasons import Side
from notices import actions as notices
from notices.models import Notice

SOME_MATCH = UUID(int=0)
ASKING = (Notice.Event.PROPOSED, Notice.Event.NUDGE, Notice.Event.SECOND_CONTACT)
SIDES: tuple[Side, Side] = ("need", "offer")


def tell(match: Match, side: Side, event: Notice.Event, *, at: datetime) -> None:
    """Owe it to whoever is told on that side, once for each event of a match."""
    if person := match.posting_of(side).told:
        tell_person(match, person, event, at=at)


def tell_person(match: Match, person: User, event: Notice.Event, *, at: datetime) -> None:
    notices.owe(recipient=person, event=event, key=_key(match, event), path=path_of(match), at=at)


def tell_again(match: Match, person: User, *, since: datetime, at: datetime) -> None:
    """Nudge somebody who chose the moment ``since``: once for each moment they choose."""
    event = Notice.Event.NUDGE
    key = f"{_key(match, event)} {since:%Y-%m-%dT%H:%M:%S}"
    notices.owe(recipient=person, event=event, key=key, path=path_of(match), at=at)


def tell_of_proposals(told_ids: Iterable[tuple[Match, int]], *, at: datetime) -> None:
    """Owe each of these people their new proposal, all at once."""
    event = Notice.Event.PROPOSED
    before, _id, after = _path_of(SOME_MATCH).partition(str(SOME_MATCH))  # looked up once for all
    owed = [
        (person_id, _key(match, event), f"{before}{match.public_id}{after}")
        for match, person_id in told_ids
    ]
    notices.owe_all(event=event, owed=owed, at=at)


def _key(match: Match, event: Notice.Event) -> str:
    return f"match {match.pk} {event}"


def path_of(match: Match) -> str:
    """The page that all its notices lead to."""
    return _path_of(match.public_id)


def _path_of(public_id: UUID) -> str:
    return reverse("matching:match", args=[public_id])


def settle_asked(match: Match, side: Side, *, at: datetime) -> None:
    """That side has answered: what asked anybody there to answer is new no longer."""
    team = match.posting_of(side).party.memberships.values_list("user_id", flat=True)
    notices.settle(people=team, path=path_of(match), events=ASKING, at=at)


def tell_both(match: Match, event: Notice.Event, *, at: datetime) -> None:
    for side in SIDES:
        tell(match, side, event, at=at)


def tell_second_contact(match: Match, side: Side, *, at: datetime) -> None:
    """Ask the team's second contact, where there is one and it is somebody else."""
    party = match.posting_of(side).party
    second = party.second_contact
    if second and second != match.posting_of(side).told and party.members.contains(second):
        tell_person(match, second, Notice.Event.SECOND_CONTACT, at=at)


def tell_of_silence(match: Match, *, at: datetime) -> None:
    """It was closed unanswered: whoever said yes hears that the other side did not answer."""
    for side in SIDES:
        kept_waiting = match.answer_of(side) and not match.answer_of(OTHER[side])
        event = Notice.Event.NO_ANSWER if kept_waiting else Notice.Event.CLOSED
        tell(match, side, event, at=at)
