"""Nobody speaks for themselves by way of another: who may not review, and who may not sponsor.

A ring of reviewing: reviewer A belongs to party P, reviewer B to party Q. While B's yes to
P's current round stands (P is verified by it, or about to be), A decides nothing about Q.
A new round of P ends it. A ring of sponsoring: following the sponsors of a sponsor, and so
on, one comes back to the party itself, or to somebody who belongs to it.
"""

from django.db.models import F

from accounts.models import Party, Review, Sponsorship, User


def is_reviewing_ring(reviewer: User, party: Party) -> bool:
    """Whether somebody of this party said yes to the reviewer's own party, in its current round."""
    said_yes = Review.objects.filter(decision=Review.Decision.VERIFY, round=F("party__round"))
    members = party.memberships.values("user")
    return said_yes.filter(party__memberships__user=reviewer, reviewer__in=members).exists()


def vouches(reviewer: User, party: Party) -> bool:
    """Whether a party of the reviewer's vouches for this one: one voice must not count twice."""
    return (
        Sponsorship.objects.standing()
        .filter(party=party, sponsor__memberships__user=reviewer)
        .exists()
    )


def is_sponsoring_ring(party: Party, sponsor: Party) -> bool:
    """Whether the sponsor is the party, shares a person with it, or is held up by it."""
    people = set(party.memberships.values_list("user", flat=True))
    seen, ahead = set[int](), {sponsor.pk}
    while ahead:
        if party.pk in ahead or _any_of(people, ahead):
            return True
        seen |= ahead
        held_up_by = Sponsorship.objects.standing().filter(party__in=ahead)
        ahead = set(held_up_by.values_list("sponsor", flat=True)) - seen
    return False


def _any_of(people: set[int], parties: set[int]) -> bool:
    return Party.objects.filter(pk__in=parties, memberships__user__in=people).exists()
