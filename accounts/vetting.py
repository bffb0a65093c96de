"""How a party is checked: sent in, and decided; ``stopping`` and ``renewing`` tell the rest."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.evidence import missing_evidence
from accounts.facts_asked import require_facts, reviewed_facts
from accounts.models import Membership, Party, Review, User
from accounts.refusals import Refused
from accounts.rings import is_reviewing_ring, vouches
from notices import actions as notices
from notices.models import Notice
from trail import actions as trail
from trail.tasks import wake_on_commit

Status = Party.Status
Decision = Review.Decision

MOVED = (
    "status",
    "round",
    "submitted_at",
    "claimed_by",
    "claimed_until",
    "verified_at",
    "verified_until",
    "reminded_at",
    "reviewed_name",
    "reviewed_alias",
)


class CannotSubmit(Refused):
    message = _("There is nothing to send in right now.")


class CannotDecide(Refused):
    """The base of every reason why a reviewer may not decide."""


class NothingToDecide(CannotDecide):
    message = _("Nothing waits for a decision here. Somebody may have been faster.")


class NotYoursToDecide(CannotDecide):
    message = _("Only reviewers who do not belong to it may decide.")


class ChangedMeanwhile(CannotDecide):
    message = _("It was changed while you read it. Please look again.")


class DecidedAlready(CannotDecide):
    message = _("You have decided on this already. It now needs another reviewer.")


class InARing(CannotDecide):
    message = _(
        "Somebody of this party decided on yours, or yours vouches for it. Another reviewer must"
        " decide."
    )


class EvidenceMissing(CannotDecide):
    """A yes lacks evidence; ``missing`` names it."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(missing)
        self.missing = missing

    def __str__(self) -> str:
        return gettext("Before a yes, we still need: %(missing)s.") % {
            "missing": "; ".join(self.missing)
        }


def answer_to(party: Party) -> Review | None:
    """The last thing reviewers told the party that still stands, with its reason."""
    told = party.reviews.exclude(decision=Decision.VERIFY).order_by("-at", "-pk").first()
    speaks = {Status.MORE_INFORMATION, Status.DECLINED, Status.SUSPENDED, Status.RENEWAL_DUE}
    if told and party.status in speaks and not party.is_waiting and told.round == party.round:
        return told
    return None


@transaction.atomic
def submit(*, party: Party, by: User, at: datetime) -> Party:
    """Send it in, or in again. Raises ``CannotSubmit`` or ``FactsMissing``."""
    party = lock(party)
    if not party.may_be_submitted:
        raise CannotSubmit
    send_in(party, at=at)
    save(party, verb="party_submitted", actor=by, at=at)
    return party


def send_in(party: Party, *, at: datetime) -> None:
    """Begin a new round on a locked party. Raises ``FactsMissing``.

    A renewal keeps its status, and so its matches, while the old year lasts.
    """
    require_facts(party)
    if party.status != Status.RENEWAL_DUE:
        party.status = Status.IN_REVIEW
    party.round += 1
    party.submitted_at = at


def send_back(party: Party, *, at: datetime) -> None:
    """Have a locked party decided on again, because what was decided on has changed.

    Whatever its year, it is not verified until then: the old facts were.
    """
    party.status = Status.IN_REVIEW
    send_in(party, at=at)


@transaction.atomic
def decide(
    *,
    party: Party,
    reviewer: User,
    decision: str,
    reason: str = "",
    seen_round: int | None = None,
    at: datetime,
) -> Party:
    """Write one reviewer's decision down, and act on it. Raises ``CannotDecide``.

    seen_round  the round the reviewer read; without it, the one that is on now

    Everyone deciding on the same party queues on its row, so the second yes is
    counted once, and nobody decides on facts of an earlier round.
    """
    party = _lock_with_own(party, reviewer)
    _may_decide(party, reviewer)
    must_be_seen(party, seen_round)
    if decision == Decision.VERIFY:
        _may_say_yes(party, reviewer, at)
    review = write_down(party, reviewer, decision, reason, at)
    trail.record(
        actor_id=reviewer.pk,
        verb="party_decided",
        subject=party,
        at=at,
        decision=str(decision),
        round=party.round,
    )
    if decision != Decision.VERIFY:
        _turn_down(party, decision)
        _close(party, review, event=Notice.Event.DECIDED, at=at)
    elif _yeses(party) >= party.reviewers_needed:
        _verify(party, at=at)
        _close(party, review, event=Notice.Event.VERIFIED, at=at)
    elif party.claimed_by_id == reviewer.pk:
        release(party)
    return party


def lock(party: Party) -> Party:
    """The party as it is now, held until the end of the transaction."""
    return Party.objects.select_for_update().get(pk=party.pk)


def _lock_with_own(party: Party, reviewer: User) -> Party:
    """The party, held together with the reviewer's own, so that no ring closes meanwhile."""
    rows = Party.objects.select_for_update().order_by("pk")
    own = reviewer.memberships.values_list("party", flat=True)
    return next(row for row in rows.filter(pk__in={party.pk, *own}) if row.pk == party.pk)


def release(party: Party) -> None:
    """Nobody is at a locked party any more."""
    party.claimed_by = party.claimed_until = None
    party.save(update_fields=["claimed_by", "claimed_until"])


def tell_owners(party: Party, *, event: str, key: str, at: datetime) -> None:
    """Owe every owner a notice that leads to the party's page."""
    owners = User.objects.filter(memberships__party=party, memberships__role=Membership.Role.OWNER)
    for owner in owners.order_by("pk"):
        notices.owe(
            recipient=owner,
            event=event,
            key=f"party {party.pk} {key}",
            path=reverse("accounts:party", args=[party.public_id]),
            at=at,
        )


def require_reviewer(party: Party, reviewer: User) -> None:
    """Raises ``NotYoursToDecide`` unless a reviewer who does not belong to it."""
    now = User.objects.get(pk=reviewer.pk)  # the right may have been taken away meanwhile
    if not Party.objects.seen_by_reviewer(now).filter(pk=party.pk).exists():
        raise NotYoursToDecide


def must_be_seen(party: Party, seen_round: int | None) -> None:
    """Raises ``ChangedMeanwhile`` where a locked party was read in another round."""
    if seen_round is not None and seen_round != party.round:
        raise ChangedMeanwhile


def _may_decide(party: Party, reviewer: User) -> None:
    require_reviewer(party, reviewer)
    if not party.is_waiting:
        raise NothingToDecide
    if party.reviews.decisions().filter(round=party.round, reviewer=reviewer).exists():
        raise DecidedAlready


def _may_say_yes(party: Party, reviewer: User, at: datetime) -> None:
    if is_reviewing_ring(reviewer, party) or vouches(reviewer, party):
        raise InARing
    if missing := missing_evidence(party, at, reviewer=reviewer):
        raise EvidenceMissing(missing)


def _yeses(party: Party) -> int:
    """Reviewers who said yes this round and do not belong to the party now."""
    said_yes = party.reviews.filter(round=party.round, decision=Decision.VERIFY)
    return said_yes.exclude(reviewer__memberships__party=party).count()


def _verify(party: Party, *, at: datetime) -> None:
    """Its year begins, and what only waited for it opens."""
    party.status = Status.VERIFIED
    party.verified_at = at
    party.verified_until = at + Party.VERIFIED_FOR
    party.reminded_at = None
    party.keep_reviewed_names()
    wake_on_commit("opportunities.tasks.open_waiting")


def _turn_down(party: Party, decision: str) -> None:
    if decision == Decision.DECLINE:
        party.status = Status.DECLINED
    elif party.status != Status.RENEWAL_DUE:  # a question does not end the old year
        party.status = Status.MORE_INFORMATION


def write_down(party: Party, reviewer: User, decision: str, reason: str, at: datetime) -> Review:
    return Review.objects.create(
        party=party,
        round=party.round,
        reviewer=reviewer,
        decision=decision,
        reason=reason,
        at=at,
        submitted_at=party.submitted_at,
        facts=reviewed_facts(party) if decision == Decision.VERIFY else {},
    )


def _close(party: Party, review: Review, *, event: str, at: datetime) -> None:
    """Nothing waits any more: save the outcome and tell the owners."""
    review.closes = True
    review.save(update_fields=["closes"])
    party.submitted_at = party.claimed_by = party.claimed_until = None
    save(party, verb=f"party_{party.status}", actor=review.reviewer, at=at)
    tell_owners(party, event=event, key=f"round {party.round} {party.status}", at=at)


def save(party: Party, *, verb: str, actor: User | None, at: datetime) -> None:
    """Save what vetting moves, for the matcher and for the audit alike."""
    party.save(update_fields=MOVED)
    trail.changed(subject="party", ids=[party.pk], at=at)
    trail.record(
        actor_id=actor.pk if actor else None,
        verb=verb,
        subject=party,
        at=at,
        status=str(party.status),
        round=party.round,
    )
