"""What has happened to a match so far, as one side may know it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from accounts.models import User
from matching.models import OTHER, Match
from matching.reasons import Side
from matching.shown.waits import day_of


class Event(NamedTuple):
    """One thing that happened, and on which day."""

    day: str
    words: str


def history_of(
    match: Match,
    side: Side,
    *,
    team: Mapping[int, User],
    viewer: User,
    started_at: datetime | None,
) -> list[Event]:
    """The oldest first. The other side's no is told when it is final, and a block is a no.

    team        the people of this side's party, by id: whoever answered is named to colleagues
                alone
    started_at  when somebody wrote down that it has started
    """
    happened = [
        *_answers(match, side, team, viewer),
        *_steps(match, started_at),
        *_end(match, side),
    ]
    happened.sort(key=lambda one: one[0])
    return [Event(day_of(moment, viewer), words) for moment, words in happened]


def _answers(
    match: Match, side: Side, team: Mapping[int, User], viewer: User
) -> Iterator[tuple[datetime, str]]:
    yield match.proposed_at, _("We asked both sides.")
    own, theirs = match.answered_at_of(side), match.answered_at_of(OTHER[side])
    if own:
        yield own, _own(match, side, team, viewer)
    if theirs and match.answer_of(OTHER[side]) == Match.Answer.YES:
        yield theirs, _("The other side said yes.")


def _own(match: Match, side: Side, team: Mapping[int, User], viewer: User) -> str:
    """Who answered for this side, and what."""
    answered_by = match.need_answered_by_id if side == "need" else match.offer_answered_by_id
    said_yes = match.answer_of(side) == Match.Answer.YES
    if answered_by == viewer.pk:
        return _("You said yes.") if said_yes else _("You said no.")
    colleague = team.get(answered_by) if answered_by else None
    name = colleague.get_full_name() if colleague else _("Your team")
    words = _("%(name)s said yes.") if said_yes else _("%(name)s said no.")
    return words % {"name": name}


def _steps(match: Match, started_at: datetime | None) -> Iterator[tuple[datetime, str]]:
    if match.waiting_since:
        yield match.waiting_since, _("No place was free. You wait in line.")
    if match.introduced_at:
        yield match.introduced_at, _("We introduced you to each other.")
    if started_at:
        yield started_at, _("It has started.")


def _end(match: Match, side: Side) -> Iterator[tuple[datetime, str]]:
    """How it closed; this side's own no has said so already."""
    words = {
        Match.Status.COMPLETED: _("It is done."),
        Match.Status.DECLINED: _("The other side cannot do this one."),
        Match.Status.EXPIRED: _("It was closed: there was no answer in time."),
        Match.Status.WITHDRAWN: _("It was closed: it is no longer open."),
        Match.Status.ENDED: _("The introduction was ended."),
    }.get(match.status_for(side))
    if words and match.closed_at and match.answer_of(side) != Match.Answer.NO:
        yield match.closed_at, words
