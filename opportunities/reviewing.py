"""How a posting is looked at: by enough reviewers, never one of its own party, once a round."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.refusals import Refused
from accounts.rings import is_reviewing_ring
from notices import actions as notices
from notices.models import Notice
from opportunities.differences import facts_to_keep
from opportunities.lifecycle import PostingT, lock, save, settle
from opportunities.models import Need, Offer, PostingReview
from trail import actions as trail

Decision = PostingReview.Decision
APPROVALS_AFTER_SUSPENSION = 2  # whatever it took before
SUSPENDABLE = ("in_review", "active", "at_capacity", "paused")


class CannotDecide(Refused):
    """The base of every reason why a reviewer may not decide."""


class NothingToDecide(CannotDecide):
    message = _("Nothing waits for a decision here. Somebody may have been faster.")


class NotYoursToDecide(CannotDecide):
    message = _("Only reviewers who do not belong to its party may decide.")


class InARing(CannotDecide):
    message = _("Somebody of this party decided for yours. Another reviewer must decide.")


class LimitsUnread(CannotDecide):
    message = _("Please confirm that it keeps the limits for minors at work.")


class DecidedAlready(CannotDecide):
    message = _("You have decided on this already. It now needs another reviewer.")


class ChangedMeanwhile(CannotDecide):
    message = _("It was changed while you read it. Please look again.")


class ReasonMissing(CannotDecide):
    message = _("Please say why, in words the poster will read.")


@transaction.atomic
def decide(
    *,
    posting: PostingT,
    reviewer: User,
    decision: str,
    reason: str = "",
    seen_round: int | None = None,
    keeps_limits: bool = False,
    at: datetime,
) -> PostingT:
    """Write one reviewer's decision down, and act on it. Raises ``CannotDecide``.

    decision    a ``PostingReview.Decision``: the last approval needed opens the posting
                (or leaves it waiting for its party), one "decline" sends it back as a draft
    reason      what the poster reads; needed unless it approves
    seen_round  the round the reviewer read; without it, the one that is on now
    keeps_limits  that work for minors keeps the limits by law; asked for with each approval

    Everyone deciding on or editing the same posting queues on its row, so the second
    approval is counted once, and nobody decides on facts they have not seen.
    """
    posting = lock(posting)
    _may_decide(posting, reviewer, seen_round)
    if decision == Decision.APPROVE:
        _may_approve(posting, reviewer, keeps_limits=keeps_limits)
    _write_down(posting, reviewer, Decision(decision), reason, at)
    if decision == Decision.APPROVE:
        if _approvals(posting) < posting.reviews_needed:
            return posting
        posting.reviews_needed = 0
        settle(posting, at=at)
    else:
        posting.status = type(posting).Status.DRAFT
    save(posting, verb="decided", actor=reviewer, at=at)
    _tell(posting, key=f"round {posting.round} {decision}", at=at)
    return posting


@transaction.atomic
def suspend(*, offer: Offer, reviewer: User, reason: str, at: datetime) -> Offer:
    """Take an offer off the market at once; it comes back only through review by two.

    Raises ``CannotDecide``.
    """
    offer = lock(offer)
    _is_reviewer_of(offer, reviewer)
    if offer.status not in SUSPENDABLE:
        raise NothingToDecide
    review = _write_down(offer, reviewer, Decision.SUSPEND, reason, at)
    offer.status = Offer.Status.SUSPENDED
    offer.reviews_needed = APPROVALS_AFTER_SUSPENSION
    save(offer, verb="suspended", actor=reviewer, at=at)
    _tell(offer, key=f"review {review.pk}", at=at)
    return offer


def answer_to(posting: Need | Offer) -> str:
    """The reason a reviewer gave for sending it back or suspending it; empty if none stands."""
    if posting.status not in {"draft", "suspended"}:
        return ""
    spoke = posting.reviews.exclude(decision=Decision.APPROVE).filter(round=posting.round)
    last = spoke.order_by("-at", "-pk").first()
    return last.reason if last else ""


def _is_reviewer_of(posting: Need | Offer, reviewer: User) -> None:
    now = User.objects.get(pk=reviewer.pk)  # the right may have been taken away meanwhile
    if not type(posting).objects.seen_by_reviewer(now).filter(pk=posting.pk).exists():
        raise NotYoursToDecide


def _may_decide(posting: Need | Offer, reviewer: User, seen_round: int | None) -> None:
    _is_reviewer_of(posting, reviewer)
    if not posting.is_in_review or not posting.reviews_needed:
        raise NothingToDecide
    if seen_round is not None and seen_round != posting.round:
        raise ChangedMeanwhile
    if posting.reviews.decisions().filter(round=posting.round, reviewer=reviewer).exists():
        raise DecidedAlready


def _may_approve(posting: Need | Offer, reviewer: User, *, keeps_limits: bool) -> None:
    if is_reviewing_ring(reviewer, posting.party) or _approved_for(reviewer, posting):
        raise InARing
    if posting.is_work_for_minors and not keeps_limits:
        raise LimitsUnread


def _approved_for(reviewer: User, posting: Need | Offer) -> bool:
    """Whether somebody of this party approved a posting of the reviewer's, in its current round."""
    members = posting.party.memberships.values("user")
    approved = PostingReview.objects.filter(decision=Decision.APPROVE, reviewer__in=members)
    return any(
        approved.filter(
            **{f"{word}__party__memberships__user": reviewer}, round=F(f"{word}__round")
        ).exists()
        for word in ("need", "offer")
    )


def _write_down(
    posting: Need | Offer, reviewer: User, decision: Decision, reason: str, at: datetime
) -> PostingReview:
    if decision != Decision.APPROVE and not reason.strip():
        raise ReasonMissing
    review = PostingReview.objects.create(
        need=posting if isinstance(posting, Need) else None,
        offer=posting if isinstance(posting, Offer) else None,
        round=posting.round,
        reviewer=reviewer,
        decision=decision,
        reason=reason.strip(),
        at=at,
        facts=facts_to_keep(posting) if decision == Decision.APPROVE else {},
    )
    trail.record(
        actor_id=reviewer.pk,
        verb=f"{posting.WORD}_reviewed",
        subject=posting,
        at=at,
        decision=str(decision),
        round=posting.round,
    )
    return review


def _approvals(posting: Need | Offer) -> int:
    """Reviewers who approved this round and do not belong to the party now."""
    approved = posting.reviews.filter(round=posting.round, decision=Decision.APPROVE)
    return approved.exclude(reviewer__memberships__party=posting.party_id).count()


def _tell(posting: Need | Offer, *, key: str, at: datetime) -> None:
    """Owe the poster a notice that leads to the posting's page."""
    if person := posting.told:
        notices.owe(
            recipient=person,
            event=Notice.Event.DECIDED,
            key=f"{posting.WORD} {posting.pk} {key}",
            path=posting.path,
            at=at,
        )
