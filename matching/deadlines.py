"""What time does to matches: answers become final, people are nudged, silence closes.

Each step finds its rows by what is due, whatever was missed before, and skips
those that somebody holds: it may run late, twice, or in two workers at once.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from matching import closing, line, locks
from matching.models import OTHER, Block, Match, MatchQuerySet, Reminder
from matching.room import has_room
from matching.telling import (
    SIDES,
    tell,
    tell_again,
    tell_of_silence,
    tell_person,
    tell_second_contact,
)
from notices.models import Notice
from trail.incidents import is_locked

Status = Match.Status
AT_ONCE = 200  # matches moved in one transaction


def sweep_deadlines(*, at: datetime) -> int:
    """Do all that is due. Returns how many matches moved. Safe to run twice, or by two.

    Nothing while all stands still: nobody is closed out who could not be reminded.
    """
    if is_locked():
        return 0
    steps: tuple[Callable[..., int], ...] = (
        finish_noes,
        close_stale,
        close_unanswered,
        nudge,
        remind,
        ask_second_contacts,
    )
    moved = sum(_to_the_end(step, at=at) for step in steps)
    return moved + move_lines_up(at=at)


def _to_the_end(step: Callable[..., int], *, at: datetime) -> int:
    """Repeat a step while there may be more than it takes. Each round is one transaction."""
    moved = done = step(at=at)
    while done >= AT_ONCE:
        done = step(at=at)
        moved += done
    return moved


@transaction.atomic
def finish_noes(*, at: datetime) -> int:
    """A no that was not taken back in time is final now, and the other side hears of it."""
    until = at - Match.TAKE_BACK_FOR
    final = Q(need_answer=Match.Answer.NO, need_answered_at__lte=until) | Q(
        offer_answer=Match.Answer.NO, offer_answered_at__lte=until
    )
    found = _held(Match.objects.unanswered().filter(final))
    for match in found:
        blocked = Block.objects.filter(
            party__in=(match.need.party_id, match.offer.party_id),
            blocked__in=(match.need.party_id, match.offer.party_id),
        )
        status = Status.BLOCKED if blocked.exists() else Status.DECLINED
        closing.close(match, status, reason="", at=at)
        for side in SIDES:
            if match.said_no_for_good(OTHER[side], at) and match.answer_of(side) != Match.Answer.NO:
                tell(match, side, Notice.Event.DECLINED, at=at)
    return len(found)


@transaction.atomic
def close_stale(*, at: datetime) -> int:
    """Whatever no change brought to the matcher: a year that ended, a last day that passed."""
    return closing.withdraw_stale(Match.objects.all(), at=at)


@transaction.atomic
def close_unanswered(*, at: datetime) -> int:
    """Fifteen days without an answer: it is closed, and both sides are told."""
    due = Match.objects.hopeful().filter(proposed_at__lte=at - Match.CLOSE_AFTER)
    found = _held(due)
    for match in found:
        closing.close(match, Status.EXPIRED, reason="no answer in time", at=at)
        tell_of_silence(match, at=at)
    return len(found)


@transaction.atomic
def nudge(*, at: datetime) -> int:
    """After five days, ask again on each side that has not answered; not who chose another day."""
    due = _still_answerable(at).filter(proposed_at__lte=at - Match.NUDGE_AFTER, nudged_at=None)
    found = _held(due)
    chose = set(Reminder.objects.filter(match__in=found).values_list("match", "person"))
    for match in found:
        match.nudged_at = at
        match.save(update_fields=["nudged_at"])
        for side in SIDES:
            person = match.posting_of(side).told
            if person and match.may_answer(side) and (match.pk, person.pk) not in chose:
                tell_person(match, person, Notice.Event.NUDGE, at=at)
    return len(found)


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Ask again whoever chose this moment, unless their side has answered meanwhile."""
    due = Reminder.objects.due_at(at).select_for_update(of=("self",), skip_locked=True)
    found = list(due.select_related("match", "person").order_by("pk")[:AT_ONCE])
    for reminder in found:
        match, person = reminder.match, reminder.person
        open_still = Match.objects.hopeful().answerable_by(person).filter(pk=match.pk)
        if at < match.closes_at and open_still.exists():
            tell_again(match, person, since=reminder.due_at, at=at)
    Reminder.objects.filter(pk__in=[one.pk for one in found]).update(done_at=at)
    return len(found)


@transaction.atomic
def ask_second_contacts(*, at: datetime) -> int:
    """After ten days, ask the second contact of each side that has not answered."""
    due = _still_answerable(at).filter(
        proposed_at__lte=at - Match.SECOND_CONTACT_AFTER, second_contact_at=None
    )
    found = _held(due)
    for match in found:
        match.second_contact_at = at
        match.save(update_fields=["second_contact_at"])
        for side in SIDES:
            if match.may_answer(side):
                tell_second_contact(match, side, at=at)
    return len(found)


def move_lines_up(*, at: datetime) -> int:
    """Give every free place to whoever waits for it longest. Returns how many moved up."""
    moved = 0
    for match in Match.objects.waiting().select_related("need__party", "offer__party"):
        if has_room(match, at=at):  # a look without locks, at most too hopeful
            moved += _move_up(match, at=at)
    return moved


@transaction.atomic
def _move_up(match: Match, *, at: datetime) -> int:
    _, needs, offers = locks.hold_match_and_line(match)
    return line.settle(needs=needs, offers=offers, at=at)


def _still_answerable(at: datetime) -> MatchQuerySet:
    """Open matches with time left to answer: a late sweep asks nobody just before it closes."""
    return Match.objects.hopeful().filter(
        proposed_at__gte=at - Match.CLOSE_AFTER + Match.TIME_TO_ANSWER
    )


def _held(matches: MatchQuerySet) -> list[Match]:
    """Some of these, held until the transaction ends, with both postings and parties.

    Mostly there are none, and all their columns are asked for only when there are.
    """
    rows = matches.select_for_update(of=("self",), no_key=True, skip_locked=True)
    held = [match.pk for match in rows.only("pk").order_by("pk")[:AT_ONCE]]
    if not held:
        return []
    whole = Match.objects.filter(pk__in=held).select_related("need__party", "offer__party")
    return list(whole.order_by("pk"))
