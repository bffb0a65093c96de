"""What people say to a match: yes, no, not yet; and what comes after an introduction."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts import conduct
from accounts.models import User
from matching import closing, line, locks
from matching.models import OTHER, Block, Match, Reminder
from matching.reasons import Side
from matching.refusals import (
    AgreementMissing,
    AlreadyAnswered,
    ContactNotReady,
    NoLongerOpen,
    NothingToExplain,
    NothingToTakeBack,
    NotIntroduced,
    NotYours,
    OtherSideNotReady,
    ReasonMissing,
    StandsStill,
    TooLate,
    TooLateToExplain,
    TooLateToWait,
)
from matching.standing import is_ready, why_not
from matching.starting import why_not_start
from matching.telling import settle_asked, tell
from notices.models import Notice
from trail import actions as trail
from trail.incidents import is_locked

Status = Match.Status
Answer = Match.Answer
ANSWER_FIELDS = [
    f"{side}_{field}"
    for side in ("need", "offer")
    for field in ("answer", "answered_at", "answered_by", "reason")
]


@transaction.atomic
def accept(*, match: Match, by: User, at: datetime) -> Match:
    """Say yes. The second yes introduces both, or puts them in line if room is gone.

    Raises ``CannotAnswer``: somebody answered before, or it no longer holds.
    Everyone who says yes for the same need or offer queues on its row, so the
    places that are counted are still free when one is taken.
    """
    if is_locked():
        raise StandsStill
    match = locks.hold_match(match)
    side = _side_of(match, by)
    _must_be_unanswered(match, side, at)
    _must_have_agreed(match, side, by)
    if refusal := why_not(match, side, at=at):
        raise refusal
    _answer(match, side, Answer.YES, by=by, at=at)
    if match.answer_of(OTHER[side]) == Answer.YES:
        line.seat(match, at=at)
    return match


@transaction.atomic
def decline(
    *, match: Match, by: User, reason: str = "", block: bool = False, at: datetime
) -> Match:
    """Say no. It reaches the other side in ten minutes, unless taken back before.

    reason  for our staff alone
    block   never again with this party; it is not told so

    Raises ``CannotAnswer``. The next candidate can be asked at once.
    """
    match = locks.hold_match(match)
    side = _side_of(match, by)
    _must_be_unanswered(match, side, at)
    if not conduct.has_accepted(by):
        raise AgreementMissing
    _answer(match, side, Answer.NO, by=by, reason=reason, at=at)
    if block:
        _block(match, side, by=by, at=at)
    closing.look_again(match, at=at)
    return match


@transaction.atomic
def say_why(
    *, match: Match, by: User, reason: str = "", block: bool = False, at: datetime
) -> Match:
    """Add to one's own no, as long as it can be taken back, why it is one.

    reason, block  as in ``decline``; what is empty changes nothing

    Raises ``CannotAnswer``.
    """
    match = locks.hold_match(match)
    side = _side_of(match, by)
    answered_at = match.answered_at_of(side)
    if not answered_at or match.answer_of(side) != Answer.NO:
        raise NothingToExplain
    if not match.may_take_back(side, at):
        raise TooLateToExplain
    if reason:
        match.put_reason(side, reason)
        match.save(update_fields=[f"{side}_reason"])
    if block:
        _block(match, side, by=by, at=answered_at)
        closing.look_again(match, at=at)
    trail.record(actor_id=by.pk, verb="match_no_explained", subject=match, at=at, side=side)
    return match


@transaction.atomic
def take_back(*, match: Match, by: User, at: datetime) -> Match:
    """Undo one's own answer: a no for ten minutes, a first yes until the second comes.

    Raises ``CannotAnswer``.
    """
    match = locks.hold_match(match)
    side = _side_of(match, by)
    if not match.answer_of(side):
        raise NothingToTakeBack
    if not match.may_take_back(side, at):
        raise TooLate
    if match.answer_of(side) == Answer.NO:
        _unblock(match, side)
    _answer(match, side, "", by=by, at=at)
    return match


@transaction.atomic
def ask_later(*, match: Match, by: User, wait: timedelta, at: datetime) -> Reminder:
    """Not yet: remind this person, and nobody else, after ``wait``, in place of their nudge.

    Raises ``CannotAnswer``. It answers nothing and holds nothing up. Nothing is locked: an
    answer at the same moment wins, since who has answered is not reminded.
    """
    side = _side_of(match, by)
    _must_be_unanswered(match, side, at)
    if at + wait not in match.may_be_reminded_at(at):
        raise TooLateToWait
    reminder, _new = Reminder.objects.update_or_create(
        match=match, person=by, defaults={"due_at": at + wait, "done_at": None}
    )
    trail.record(actor_id=by.pk, verb="match_put_off", subject=match, at=at, days=wait.days)
    return reminder


@transaction.atomic
def end(*, match: Match, by: User, reason: str, at: datetime) -> Match:
    """End an introduction, or leave the line. The reason is for our staff alone.

    The place it held goes to the next in line; who leaves the line says no after
    all. Raises ``CannotAnswer``.
    """
    match, needs, offers = locks.hold_match_and_line(match)
    side = _side_of(match, by)
    reason = reason.strip()
    if match.status not in (*Match.HOLDING, Status.WAITING):
        raise NotIntroduced
    if not reason:
        raise ReasonMissing
    waited = match.status == Status.WAITING
    if waited:
        _answer(match, side, Answer.NO, by=by, at=at)
    closing.close(match, Status.DECLINED if waited else Status.ENDED, reason=reason, at=at)
    trail.record(actor_id=by.pk, verb="match_ended", subject=match, at=at, side=side)
    tell(match, OTHER[side], Notice.Event.DECLINED if waited else Notice.Event.ENDED, at=at)
    line.settle(needs=needs, offers=offers, at=at)
    return match


@transaction.atomic
def record_start(*, match: Match, by: User, at: datetime) -> Match:
    """Write down that it has started. Raises ``CannotAnswer``.

    Not while a check is missing, nor with minors before staff are confirmed to be there.
    One that never started is ended instead.
    """
    match = locks.hold_match(match)
    side = _side_of(match, by)
    if match.status != Status.INTRODUCED:
        raise NotIntroduced
    if refusal := why_not_start(match, side, at=at):
        raise refusal
    match.status = Status.ENGAGED
    match.save(update_fields=["status"])
    trail.record(actor_id=by.pk, verb="match_started", subject=match, at=at, side=side)
    return match


@transaction.atomic
def complete(*, match: Match, by: User, at: datetime) -> Match:
    """Write down that it is done: a class gives its hours back. Raises ``CannotAnswer``."""
    match, needs, offers = locks.hold_match_and_line(match)
    side = _side_of(match, by)
    if match.status not in Match.HOLDING:
        raise NotIntroduced
    closing.close(match, Status.COMPLETED, reason="", at=at)
    trail.record(actor_id=by.pk, verb="match_completed", subject=match, at=at, side=side)
    line.settle(needs=needs, offers=offers, at=at)
    return match


def _side_of(match: Match, person: User) -> Side:
    """The side this person speaks for now. Raises ``NotYours``."""
    try:
        return match.side_of(person)
    except LookupError:
        raise NotYours from None


def _must_be_unanswered(match: Match, side: Side, at: datetime) -> None:
    if match.status in Match.LIVE and match.answer_of(side):
        raise AlreadyAnswered
    if match.status not in Match.UNANSWERED:
        raise NoLongerOpen
    if match.said_no_for_good(OTHER[side], at) or at >= match.closes_at:
        raise NoLongerOpen  # the sweep, which would have said so, is late


def _must_have_agreed(match: Match, side: Side, by: User) -> None:
    """Nobody answers, or is introduced, without having accepted the agreement on conduct."""
    if not conduct.has_accepted(by):
        raise AgreementMissing
    if not is_ready(match, side):
        raise ContactNotReady
    if match.is_second_yes(side) and not is_ready(match, OTHER[side]):
        raise OtherSideNotReady


def _answer(
    match: Match, side: Side, answer: str, *, by: User, at: datetime, reason: str = ""
) -> None:
    """Write it down; the status says whether anybody has said yes."""
    given = bool(answer)
    match.put_answer(
        side, answer, by=by if given else None, at=at if given else None, reason=reason
    )
    said_yes = Answer.YES in {match.need_answer, match.offer_answer}
    match.status = Status.ACCEPTED if said_yes else Status.PROPOSED
    match.save(update_fields=["status", *ANSWER_FIELDS])
    if given:
        settle_asked(match, side, at=at)
    verb = f"match_answered_{answer}" if given else "match_answer_taken_back"
    trail.record(actor_id=by.pk, verb=verb, subject=match, at=at, side=side)


def _block(match: Match, side: Side, *, by: User, at: datetime) -> None:
    """Never again. One that stood before keeps its own date, and is not undone with this no."""
    Block.objects.get_or_create(
        party=match.posting_of(side).party,
        blocked=match.posting_of(OTHER[side]).party,
        defaults={"created_by": by, "created_at": at},
    )


def _unblock(match: Match, side: Side) -> None:
    """The block that came with this no goes with it."""
    answered_at = match.answered_at_of(side)
    if answered_at is None:
        return
    Block.objects.filter(
        party=match.posting_of(side).party,
        blocked=match.posting_of(OTHER[side]).party,
        created_at=answered_at,
    ).delete()
