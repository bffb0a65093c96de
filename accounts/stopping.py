"""What reviewers do unasked: suspend a party at once, and let it start over.

Matches are not known here: ``desk.actions.suspend`` ends them in the same transaction.
"""

from datetime import datetime

from django.db import transaction

from accounts.models import Party, Review, Sponsorship, User
from accounts.vetting import (
    NothingToDecide,
    lock,
    require_reviewer,
    save,
    tell_owners,
    write_down,
)
from notices.models import Notice

Status = Party.Status
Decision = Review.Decision


@transaction.atomic
def suspend(*, party: Party, reviewer: User, reason: str, at: datetime) -> Party:
    """Stop everything with this party at once. Raises ``CannotDecide``."""
    party = lock(party)
    require_reviewer(party, reviewer)
    if party.may_be_reopened:
        raise NothingToDecide
    _tell_sponsors(party, at=at)
    return _unasked(
        party,
        reviewer=reviewer,
        decision=Decision.SUSPEND,
        status=Status.SUSPENDED,
        reason=reason,
        at=at,
    )


@transaction.atomic
def reopen(*, party: Party, reviewer: User, reason: str, at: datetime) -> Party:
    """Let a suspended or declined party send itself in again. Raises ``CannotDecide``."""
    party = lock(party)
    require_reviewer(party, reviewer)
    if not party.may_be_reopened:
        raise NothingToDecide
    return _unasked(
        party,
        reviewer=reviewer,
        decision=Decision.REOPEN,
        status=Status.MORE_INFORMATION,
        reason=reason,
        at=at,
    )


def _unasked(
    party: Party, *, reviewer: User, decision: Decision, status: Status, reason: str, at: datetime
) -> Party:
    """What a reviewer does on their own account: with a reason, told to the owners."""
    review = write_down(party, reviewer, decision, reason, at)
    party.status = status
    party.submitted_at = party.claimed_by = party.claimed_until = None
    save(party, verb=f"party_{decision}", actor=reviewer, at=at)
    tell_owners(party, event=Notice.Event.DECIDED, key=f"review {review.pk}", at=at)
    return party


def _tell_sponsors(party: Party, *, at: datetime) -> None:
    """Whoever vouches for it hears that there is news, and may take it back."""
    standing = Sponsorship.objects.standing().filter(party=party).select_related("sponsor")
    for one in standing.order_by("pk"):
        if one.sponsor:
            key = f"sponsor of {party.pk} round {party.round} suspended {party.verified_at}"
            tell_owners(one.sponsor, event=Notice.Event.VOUCHED, key=key, at=at)
