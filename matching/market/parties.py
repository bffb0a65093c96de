"""Who stands behind postings: parties, their people, and who comes."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from accounts.models import Membership, Party
from opportunities.models import Need, Offer

Ids = Collection[int] | QuerySet[Any]  # ids, or what finds them


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


def parties_of(needs: Sequence[Need], offers: Sequence[Offer]) -> Parties:
    """Everyone behind these postings, in four queries."""
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
