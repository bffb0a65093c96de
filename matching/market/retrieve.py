"""Rows to columns: the SQL of matching, a constant number of queries for any number of rows."""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

import numpy as np
from django.db.models import QuerySet

from accounts.checks import levels_held, levels_of_all
from accounts.models import Membership, Party
from matching.columns.arrays import (
    NeedColumns,
    NeedFacts,
    OfferColumns,
    OfferFacts,
    need_columns,
    offer_columns,
)
from matching.columns.book import Book, TopicFacts
from matching.columns.pairs import Pairs
from matching.market.facts import NoHoursLeft, hours_of, need_facts, offer_facts
from matching.market.hours import Taken
from matching.market.light import LightNeed, LightOffer
from matching.models import Match
from opportunities.choices import Kind
from opportunities.models import Need, Offer, Topic
from trail.models import Change

logger = logging.getLogger(__name__)

UNREAD = ("created_at", "updated_at", "submitted_at", "questions")  # moments are slow to read
NAMES = {Need: "need", Offer: "offer", LightNeed: "need", LightOffer: "offer"}
RowT = TypeVar("RowT", Need, Offer, LightNeed, LightOffer)
FactsT = TypeVar("FactsT")
Ids = Collection[int] | QuerySet[Any]  # ids, or what finds them


@dataclass(frozen=True, slots=True)
class Touched:
    """The postings that changes are about.

    rechecked  the offers whose people's checks changed, which counts no revision up
    """

    needs: frozenset[int]
    offers: frozenset[int]
    rechecked: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Parties:
    """Who stands behind postings.

    rows    party id -> Party
    teams   party id -> its active members, the first to join first, each with whether an owner
    coming  offer id -> the people it names as coming
    """

    rows: dict[int, Party]
    teams: dict[int, dict[int, bool]]
    coming: dict[int, list[int]]

    def told_id(self, posting: Need | Offer) -> int | None:
        """The same person as ``Posting.told`` finds, without a query."""
        team = self.teams.get(posting.party_id, {})
        for person_id in (posting.contact_id, self.rows[posting.party_id].contact_id):
            if person_id in team:
                return person_id
        return next((person_id for person_id, is_owner in team.items() if is_owner), None)

    def people_of(self, posting: Need | Offer) -> frozenset[int]:
        """Everyone on this side: the team, the contact, and who comes."""
        people = set(self.teams.get(posting.party_id, ()))
        if posting.contact_id:
            people.add(posting.contact_id)
        if isinstance(posting, Offer):
            people.update(self.coming.get(posting.pk, ()))
        return frozenset(people)


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

    def narrowed_to(self, pairs: Pairs) -> tuple["Market", Pairs]:
        """Only what the pairs speak of, and the same pairs in its row numbers."""
        needs, need = np.unique(pairs.need, return_inverse=True)
        offers, offer = np.unique(pairs.offer, return_inverse=True)
        smaller = replace(
            self,
            needs=[self.needs[row] for row in needs.tolist()],
            offers=[self.offers[row] for row in offers.tolist()],
            need_facts=[self.need_facts[row] for row in needs.tolist()],
            offer_facts=[self.offer_facts[row] for row in offers.tolist()],
            need_columns=self.need_columns.take(needs),
            offer_columns=self.offer_columns.take(offers),
        )
        return smaller, replace(pairs, need=need, offer=offer)


# What to look at


def touched(changes: Iterable[Change]) -> Touched:
    """The postings to look at again: a party's and a person's are theirs."""
    ids: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        ids[change.subject].add(change.subject_id)
    needs, offers = ids["need"], ids["offer"]
    if ids["party"]:
        needs |= set(Need.objects.filter(party__in=ids["party"]).values_list("pk", flat=True))
        offers |= set(Offer.objects.filter(party__in=ids["party"]).values_list("pk", flat=True))
    rechecked = set[int]()
    if ids["person"]:
        rechecked |= set(
            Offer.objects.filter(people__in=ids["person"]).values_list("pk", flat=True)
        )
    return Touched(frozenset(needs), frozenset(offers | rechecked), frozenset(rechecked))


# Rows to columns


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
    need_rows = list(needs.defer(*UNREAD))
    offer_rows = list(offers.defer(*UNREAD))
    parties = _parties(need_rows, offer_rows)
    need_topics = topics_of(Need, [need.pk for need in need_rows])
    offer_topics = topics_of(Offer, [offer.pk for offer in offer_rows])
    held = levels_held({person for coming in parties.coming.values() for person in coming})
    taken = {} if whole_hours else hours_taken([offer.pk for offer in offer_rows])

    def facts_of_need(need: Need) -> NeedFacts:
        party, topics = parties.rows[need.party_id], need_topics[need.pk]
        verified = party.is_verified_at(at)
        return need_facts(need, verified=verified, topics=topics, at=at, since=since)

    def facts_of_offer(offer: Offer) -> OfferFacts:
        party = parties.rows[offer.party_id]
        return offer_facts(
            offer,
            verified=party.is_verified_at(at),
            confidential=party.confidential,
            topics=offer_topics[offer.pk],
            checks=levels_of_all(held[person] for person in parties.coming.get(offer.pk, ())),
            taken=taken.get(offer.pk, ()),
            at=at,
            since=since,
        )

    need_rows, all_need_facts = readable(need_rows, facts_of_need)
    offer_rows, all_offer_facts = readable(offer_rows, facts_of_offer)
    book = book or Book(taxonomy())
    return Market(
        needs=need_rows,
        offers=offer_rows,
        need_facts=all_need_facts,
        offer_facts=all_offer_facts,
        need_columns=need_columns(all_need_facts, book),
        offer_columns=offer_columns(all_offer_facts, book),
        book=book,
        parties=parties,
        at=at,
    )


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


def _parties(needs: Sequence[Need], offers: Sequence[Offer]) -> Parties:
    ids = {posting.party_id for posting in (*needs, *offers)}
    teams: dict[int, dict[int, bool]] = defaultdict(dict)
    members = Membership.objects.filter(party__in=ids, user__is_active=True)
    in_order = members.order_by("joined_at", "pk").values_list("party_id", "user_id", "role")
    for party_id, user_id, role in in_order:
        teams[party_id][user_id] = role == Membership.Role.OWNER
    rows = Party.objects.only("status", "verified_until", "confidential", "contact")
    return Parties(rows.in_bulk(ids), teams, coming_to([offer.pk for offer in offers]))


def coming_to(offer_ids: Ids) -> dict[int, list[int]]:
    """For each offer the people it names as coming."""
    coming: dict[int, list[int]] = defaultdict(list)
    named = Offer.people.through.objects.filter(offer__in=offer_ids)
    for offer_id, user_id in named.values_list("offer_id", "user_id"):
        coming[offer_id].append(user_id)
    return coming


def taxonomy() -> tuple[TopicFacts, ...]:
    """All topics, in the order in which a book numbers them."""
    rows = Topic.objects.order_by("pk").values_list("slug", "group", "umbrella")
    return tuple(TopicFacts(*row) for row in rows)
