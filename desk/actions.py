"""What reviewers do across rooms: decide on a party with its postings, and suspend it at once."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import checks, gathering, stopping, vetting
from accounts.models import Check, Party, RegisterEntry, Review, User
from accounts.refusals import Refused
from matching import closing, locks
from matching.models import Match
from matching.reasons import Side
from matching.telling import SIDES, tell
from notices.models import Notice
from opportunities import reviewing
from opportunities.models import Need, Offer, PostingReview
from trail.models import Audit

Posting = Need | Offer
NUMBER_READ = "registration_number_read"
OPEN = (*Match.UNANSWERED, Match.Status.WAITING)


class NumberUnread(Refused):
    message = _("Please show the numbers first: the register must hold the very number.")


def has_read_number(party: Party, reviewer: User) -> bool:
    """Whether this reviewer has opened the number of what waits now, or there is none."""
    if not party.registration_number or party.submitted_at is None:
        return True
    read = Audit.objects.filter(actor_id=reviewer.pk, verb=NUMBER_READ, subject="accounts.party")
    return read.filter(subject_id=party.pk, at__gte=party.submitted_at).exists()


def record_register(
    *,
    party: Party,
    register: str,
    outcome: str,
    seen_round: int | None = None,
    by: User,
    at: datetime,
) -> RegisterEntry:
    """Write down what a register says; that the number stands there only who has read it.

    Raises ``NumberUnread``, and what ``gathering.record_register`` raises.
    """
    if outcome == RegisterEntry.Outcome.MATCHES and not has_read_number(party, by):
        raise NumberUnread
    return gathering.record_register(
        party=party, register=register, outcome=outcome, seen_round=seen_round, by=by, at=at
    )


@transaction.atomic
def decide(
    *,
    party: Party,
    reviewer: User,
    decision: str,
    reason: str = "",
    seen_round: int | None = None,
    postings: Sequence[tuple[Posting, int]] = (),
    at: datetime,
) -> Party:
    """Decide on a party; a yes may take its waiting postings along. Raises ``Refused``.

    seen_round  as in ``vetting.decide``
    postings    each with the round the reviewer read; all are approved, or nothing is
    """
    _hold([posting for posting, _round in postings])
    party = vetting.decide(
        party=party,
        reviewer=reviewer,
        decision=decision,
        reason=reason,
        seen_round=seen_round,
        at=at,
    )
    if decision == Review.Decision.VERIFY:
        for posting, posting_round in postings:
            reviewing.decide(
                posting=posting,
                reviewer=reviewer,
                decision=PostingReview.Decision.APPROVE,
                seen_round=posting_round,
                at=at,
            )
    return party


@transaction.atomic
def suspend(*, party: Party, reviewer: User, reason: str, at: datetime) -> Party:
    """Stop a party at once: nothing of it stays in matching, and who met it is warned.

    Proposals and places in line end, and the other side hears what it always hears.
    Introductions stand, so that both sides can read the page that says what to do now.
    Raises ``CannotDecide``.
    """
    _hold([*party.needs.all(), *party.offers.all()])
    party = stopping.suspend(party=party, reviewer=reviewer, reason=reason, at=at)
    theirs = Match.objects.filter(Q(need__party=party) | Q(offer__party=party))
    rows = theirs.filter(status__in=(*OPEN, *Match.HOLDING)).select_for_update(of=("self",))
    for match in rows.select_related("need__party", "offer__party").order_by("pk"):
        _let_go(match, party, at=at)
    return party


def _let_go(match: Match, party: Party, *, at: datetime) -> None:
    others: list[Side] = [side for side in SIDES if match.posting_of(side).party_id != party.pk]
    event = Notice.Event.WARNED
    if match.status in OPEN:
        closing.close(match, Match.Status.WITHDRAWN, reason="party suspended", at=at)
        event = Notice.Event.WITHDRAWN
    for side in others:
        tell(match, side, event, at=at)


def _hold(postings: Sequence[Posting]) -> None:
    """In the one order of locks: postings, then their parties."""
    locks.hold(
        needs=[posting.pk for posting in postings if isinstance(posting, Need)],
        offers=[posting.pk for posting in postings if isinstance(posting, Offer)],
    )


@transaction.atomic
def record_check(
    *,
    match: Match,
    person: User,
    level: str,
    issued_date: date,
    expires_date: date | None,
    by: User,
    at: datetime,
) -> Check:
    """A nonprofit writes down a clear check of somebody who comes to it after an introduction.

    Raises ``MayNotRecord``.
    """
    comes = match.status in Match.HOLDING and match.offer.people.filter(pk=person.pk).exists()
    if not comes:
        raise checks.MayNotRecord
    return checks.record_check(
        person=person,
        level=level,
        issued_date=issued_date,
        expires_date=expires_date,
        by=by,
        host=match.need.party,
        at=at,
    )
