"""Rows to columns: the SQL of matching, a constant number of queries for any number of rows."""

import logging
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import QuerySet

from accounts.checks import levels_held, levels_of_all
from matching.columns.arrays import (
    NeedColumns,
    NeedFacts,
    OfferColumns,
    OfferFacts,
    need_columns,
    offer_columns,
)
from matching.columns.book import Book, TopicFacts
from matching.market.facts import NoHoursLeft, hours_of, need_facts, offer_facts
from matching.market.hours import Taken
from matching.market.light import LightNeed, LightOffer
from matching.market.parties import Ids, Parties, parties_of
from matching.models import Match
from opportunities.choices import Kind
from opportunities.models import Need, Offer, Topic

logger = logging.getLogger(__name__)

UNREAD = ("created_at", "updated_at", "submitted_at", "questions")  # moments are slow to read
NAMES = {Need: "need", Offer: "offer", LightNeed: "need", LightOffer: "offer"}
RowT = TypeVar("RowT", Need, Offer, LightNeed, LightOffer)
FactsT = TypeVar("FactsT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """Needs and offers as rows, as facts and as columns; row i of each is the same posting."""

    needs: list[Need]
    offers: list[Offer]
    need_facts: list[NeedFacts]
    offer_facts: list[OfferFacts]
    need_columns: NeedColumns
    offer_columns: OfferColumns
    book: Book
    parties: Parties
    at: datetime


def market(
    *,
    needs: QuerySet[Need],
    offers: QuerySet[Offer],
    at: datetime,
    since: date | None = None,
    whole_hours: bool = False,
    book: Book | None = None,
) -> Market:
    """These needs and offers, ready for the rules.

    since        sessions count from this day on
    whole_hours  count the hours an offer gives to its introduced classes as free, too
    book         the caller's own, which remembers what it has counted; else a new one

    What cannot be read is left out, and so is a class offer with no hours left.
    """
    need_rows, offer_rows = list(needs.defer(*UNREAD)), list(offers.defer(*UNREAD))
    parties = parties_of(need_rows, offer_rows)
    taken = {} if whole_hours else hours_taken([offer.pk for offer in offer_rows])
    need_rows, facts_of_needs = _with_facts_of_needs(need_rows, parties, at=at, since=since)
    offer_rows, facts_of_offers = _with_facts_of_offers(
        offer_rows, parties, taken, at=at, since=since
    )
    book = book or Book(taxonomy())
    return Market(
        needs=need_rows,
        offers=offer_rows,
        need_facts=facts_of_needs,
        offer_facts=facts_of_offers,
        need_columns=need_columns(facts_of_needs, book),
        offer_columns=offer_columns(facts_of_offers, book),
        book=book,
        parties=parties,
        at=at,
    )


def _with_facts_of_needs(
    needs: list[Need], parties: Parties, *, at: datetime, since: date | None
) -> tuple[list[Need], list[NeedFacts]]:
    topics = topics_of(Need, [need.pk for need in needs])

    def facts(need: Need) -> NeedFacts:
        verified = parties.rows[need.party_id].is_verified_at(at)
        return need_facts(need, verified=verified, topics=topics[need.pk], at=at, since=since)

    return readable(needs, facts)


def _with_facts_of_offers(
    offers: list[Offer],
    parties: Parties,
    taken: dict[int, list[Taken]],
    *,
    at: datetime,
    since: date | None,
) -> tuple[list[Offer], list[OfferFacts]]:
    topics = topics_of(Offer, [offer.pk for offer in offers])
    held = levels_held({person for people in parties.coming.values() for person in people})

    def facts(offer: Offer) -> OfferFacts:
        party = parties.rows[offer.party_id]
        return offer_facts(
            offer,
            verified=party.is_verified_at(at),
            confidential=party.confidential,
            topics=topics[offer.pk],
            checks=levels_of_all(held[person] for person in parties.coming.get(offer.pk, ())),
            taken=taken.get(offer.pk, ()),
            at=at,
            since=since,
        )

    return readable(offers, facts)


def hours_taken(offer_ids: Ids) -> dict[int, list[Taken]]:
    """For each class offer, the hours of the needs it is introduced to."""
    taken: dict[int, list[Taken]] = defaultdict(list)
    holding = Match.objects.holding().filter(offer__in=offer_ids, need__kind=Kind.CLASS)
    for match in holding.select_related("need"):
        taken[match.offer_id].append(hours_of(match.need))
    return taken


def readable(
    rows: list[RowT], facts_of: Callable[[RowT], FactsT]
) -> tuple[list[RowT], list[FactsT]]:
    """The rows that facts can be made of, with their facts."""
    kept, facts = [], []
    for row in rows:
        try:
            facts.append(facts_of(row))
        except NoHoursLeft:
            continue
        except ValueError:  # such as hours that are no hours: no form would have saved it
            logger.warning("Left out of matching: %s %s", NAMES[type(row)], row.pk)
            continue
        kept.append(row)
    return kept, facts


def topics_of(model: type[Need] | type[Offer], ids: Ids) -> dict[int, list[str]]:
    """For each posting its topics' slugs."""
    name = f"{NAMES[model]}_id"
    found = model.topics.through.objects.filter(**{f"{name}__in": ids})
    slugs: dict[int, list[str]] = defaultdict(list)
    for posting_id, slug in found.order_by("topic_id").values_list(name, "topic__slug"):
        slugs[posting_id].append(slug)
    return slugs


def taxonomy() -> tuple[TopicFacts, ...]:
    """All topics, in the order in which a book numbers them."""
    rows = Topic.objects.order_by("pk").values_list("slug", "group", "umbrella")
    return tuple(TopicFacts(*row) for row in rows)
