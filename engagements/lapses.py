"""A check that ends while both sides meet: everybody concerned hears of it, and nothing ends."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from accounts.models import Check, Party, User
from matching.models import Match
from matching.starting import without_check
from matching.telling import SIDES
from notices import actions as notices
from notices.models import Notice
from trail import actions as trail
from trail.incidents import is_locked


def sweep_checks(*, at: datetime) -> int:
    """Tell of each check that has ended since, once. Returns how many introductions it was.

    Whether it may go on is for the two sides to settle with our reviewers; their pages say
    to pause until then.
    """
    if is_locked():
        return 0
    found = without_check(Match.objects.all(), at=at)
    return sum(_tell(match, people, at=at) for match, people in found)


@transaction.atomic
def _tell(match: Match, people: list[User], *, at: datetime) -> bool:
    """Both sides, and every reviewer whom it does not concern. False if they know."""
    key, told = _key(match, people), _whom_to_tell(match, people)
    if Notice.objects.filter(recipient__in=[person for person, _path in told], key=key).exists():
        return False
    trail.record(
        actor_id=None,
        verb="match_check_lapsed",
        subject=match,
        at=at,
        people=[one.pk for one in people],
    )
    for person, path in told:
        notices.owe(recipient=person, event=Notice.Event.LAPSED, key=key, path=path, at=at)
    return True


def _whom_to_tell(match: Match, people: list[User]) -> list[tuple[User, str]]:
    """Each with the page that helps them."""
    here, there = reverse("matching:match", args=[match.public_id]), _page_of(match, people)
    sides = [(person, here) for side in SIDES if (person := match.posting_of(side).told)]
    return sides + [(reviewer, there) for reviewer in _reviewers(match)]


def _key(match: Match, people: list[User]) -> str:
    """A check that was renewed and ends again is news again."""
    last = Check.objects.filter(person__in=people).aggregate(last=Max("pk"))["last"] or 0
    return f"match {match.pk} check {last} lapsed"


def _page_of(match: Match, people: list[User]) -> str:
    """Where a reviewer sees whose check it is: the person, else the party that names nobody."""
    if people:
        return reverse("accounts:review_person", args=[people[0].public_id])
    return reverse("desk:party", args=[match.offer.party.public_id])


def _reviewers(match: Match) -> list[User]:
    sides = Party.objects.filter(pk__in=[match.need.party_id, match.offer.party_id])
    active = User.objects.filter(is_reviewer=True, is_active=True)
    return list(active.exclude(memberships__party__in=sides).order_by("pk"))
