"""Close a party: all it posted is taken back, and who met it hears that it ended."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import Membership, Party, User
from matching import actions as matching
from matching.models import Match, MatchQuerySet
from opportunities import actions as postings
from opportunities.models import Need, Offer
from trail import actions as trail

Posting = Need | Offer
OVER = {"withdrawn", "expired", "completed"}


def matches_of(party: Party) -> MatchQuerySet:
    return Match.objects.filter(Q(need__party=party) | Q(offer__party=party))


def live_postings(party: Party) -> list[Posting]:
    """What it posted and has not ended; drafts are in nobody's way."""
    standing = [*party.needs.exclude(status="draft"), *party.offers.exclude(status="draft")]
    return [posting for posting in standing if posting.status not in OVER]


def is_closed(party: Party) -> bool:
    return not live_postings(party) and not matches_of(party).holding().exists()


def only_owned_by(person: User) -> QuerySet[Party]:
    """Parties that nobody else is in charge of."""
    others = Membership.objects.filter(role=Membership.Role.OWNER).exclude(user=person)
    return Party.objects.owned_by(person).exclude(pk__in=others.values("party"))


@transaction.atomic
def close_party(*, party: Party, by: User, at: datetime) -> None:
    """Take everything back. Introductions end as if one had ended each of them."""
    for posting in live_postings(party):
        if "withdraw" in postings.possible(posting):
            postings.withdraw(posting=posting, by=by, at=at)
    for statuses in ((Match.Status.WAITING,), Match.HOLDING):  # nobody moves up in line meanwhile
        for match in matches_of(party).filter(status__in=statuses).order_by("pk"):
            matching.end(match=match, by=by, reason="party closed", at=at)
    trail.record(actor_id=by.pk, verb="party_closed", subject=party, at=at)
