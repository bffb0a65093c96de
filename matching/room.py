"""How much room there is: places of a need, openings of an offer, patience of people."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from matching.market.facts import has_hours_left
from matching.market.retrieve import UNREAD, hours_taken
from matching.models import Match
from matching.reasons import Side
from matching.standing import pair_fits
from notices.models import Notice
from opportunities.choices import Kind
from opportunities.models import Need, Offer

NEED_SPARE = 2  # open proposals beyond a need's free places: about every second one is a no
OFFER_SPARE = 1  # beyond what an offer can give: nobody should have to say no for want of hours
DAILY = timedelta(days=1)
# New proposals a day. Staff asked for every one of theirs; somebody who offers should be
# able to read all of them over a cup of coffee.
DAILY_LIMIT: dict[Side, int] = {"need": 50, "offer": 20}

_ASKED = Q(matches__status=Match.Status.WAITING) | (
    Q(matches__status__in=Match.UNANSWERED)
    & ~Q(matches__need_answer=Match.Answer.NO)
    & ~Q(matches__offer_answer=Match.Answer.NO)
)


@dataclass(frozen=True, slots=True)
class Counts:
    """For each posting: places given away, and proposals that are open or in line."""

    given: Counter[int]
    asked: Counter[int]

    def held(self, posting: Need | Offer) -> int:
        return self.given[posting.pk] + self.asked[posting.pk]


def counts_of_needs(ids: Collection[int]) -> Counts:
    """A place stays given when all is done."""
    given = Count("matches", filter=Q(matches__status__in=Match.MET))
    asked = Count("matches", filter=_ASKED)
    rows = Need.objects.filter(pk__in=ids).annotate(places_given=given, now_asked=asked)
    return _counts(rows.values_list("pk", "places_given", "now_asked"))


def counts_of_offers(ids: Collection[int]) -> Counts:
    """A class gives its group back when it is done; an opening stays given."""
    stays = Q(matches__status=Match.Status.COMPLETED) & ~Q(kind=Kind.CLASS)
    given = Count("matches", filter=Q(matches__status__in=Match.HOLDING) | stays)
    asked = Count("matches", filter=_ASKED)
    rows = Offer.objects.filter(pk__in=ids).annotate(places_given=given, now_asked=asked)
    return _counts(rows.values_list("pk", "places_given", "now_asked"))


def _counts(rows: Iterable[tuple[int, int, int]]) -> Counts:
    found = list(rows)
    return Counts(
        Counter({pk: given for pk, given, _asked in found}),
        Counter({pk: asked for pk, _given, asked in found}),
    )


def places(need: Need) -> int:
    """How many introductions fill a need: a class takes helpers, work takes a seat each."""
    return need.helpers if need.kind == Kind.CLASS else need.seats


def places_left(need: Need, counts: Counts) -> int:
    return max(0, places(need) - counts.given[need.pk])


def openings_left(offer: Offer, counts: Counts) -> int:
    """Of work: openings nobody holds. Of a class: its groups, whose hours are counted apart."""
    if offer.kind == Kind.CLASS:
        return offer.groups
    return max(0, offer.capacity - counts.given[offer.pk])


def proposals_left(posting: Need | Offer, counts: Counts) -> int:
    """How many more proposals it may have now; none once it has no room."""
    if isinstance(posting, Need):
        free, spare = places_left(posting, counts), NEED_SPARE
    else:
        free, spare = openings_left(posting, counts), OFFER_SPARE
    return max(0, free + spare - counts.asked[posting.pk]) if free else 0


def full_of_proposals(model: type[Need | Offer], ids: Collection[int]) -> list[int]:
    """Of these needs or offers, those that can take no more proposals now."""
    met = model.objects.filter(pk__in=ids, matches__isnull=False).distinct()
    rows = {row.pk: row for row in met.defer("description", *UNREAD)}
    counts = counts_of_needs(rows) if model is Need else counts_of_offers(rows)
    return [pk for pk, row in rows.items() if not proposals_left(row, counts)]


def told_lately(person_ids: Collection[int], *, at: datetime) -> Counter[int]:
    """How many new proposals each person heard of in the last day."""
    lately = Notice.objects.filter(
        recipient__in=person_ids, event=Notice.Event.PROPOSED, created_at__gt=at - DAILY
    )
    return Counter(lately.values_list("recipient_id", flat=True))


def has_room(match: Match, *, at: datetime) -> bool:
    """Whether both sides can give what was agreed. Call with both postings locked."""
    need, offer = match.need, match.offer
    if not places_left(need, counts_of_needs([need.pk])):
        return False
    if offer.kind != Kind.CLASS:
        return bool(openings_left(offer, counts_of_offers([offer.pk])))
    if not hours_taken([offer.pk]):
        return True
    return pair_fits(match, whole_hours=False, at=at)


def is_full(offer: Offer) -> bool:
    """Whether it has nothing left to give. Call with the offer locked."""
    if offer.kind != Kind.CLASS:
        return not openings_left(offer, counts_of_offers([offer.pk]))
    return not has_hours_left(offer, hours_taken([offer.pk]).get(offer.pk, ()))
