"""Propose: write matches and owe both notices, re-checking every rule on locked rows."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from matching import locks
from matching.columns.book import Book
from matching.fitting import fitting
from matching.market.retrieve import Market, market
from matching.models import Match
from matching.reasons import Side
from matching.room import (
    DAILY,
    DAILY_LIMIT,
    Counts,
    counts_of_needs,
    counts_of_offers,
    proposals_left,
    told_lately,
)
from matching.telling import SIDES, tell_of_proposals
from matching.why import Reason
from opportunities.models import Need, Offer
from trail import actions as trail
from trail.models import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A pair that the matcher chose, as it saw the two postings.

    The revisions say which texts were compared: where one has moved on, the
    proposal is dropped, and the posting's own change brings the pair back.
    """

    need_id: int
    offer_id: int
    need_revision: int
    offer_revision: int
    score: float
    reasons: list[Reason]


@transaction.atomic
def propose(
    *, proposals: Sequence[Proposal], at: datetime, book: Book | None = None
) -> list[Match]:
    """Propose what still holds, in this order. Returns the new matches.

    book  a worker's own, which remembers what it has counted; else a new one

    Everything is checked again on fresh, locked rows: the twelve rules, the live
    conditions, the room and everyone's limits. A stale column can cost a proposal
    and never breaks a rule.
    """
    if not proposals:
        return []
    need_ids = {proposal.need_id for proposal in proposals}
    offer_ids = {proposal.offer_id for proposal in proposals}
    locks.hold(needs=need_ids, offers=offer_ids)
    desk = _Desk.open(need_ids, offer_ids, at=at, book=book)
    chosen = [match for proposal in proposals if (match := desk.match_of(proposal))]
    Match.objects.bulk_create(chosen)
    told = [(match, person_id) for match in chosen for person_id in desk.told_of(match)]
    tell_of_proposals(told, at=at)
    ask_tomorrow(desk.held_back, at=at)
    return chosen


def ask_tomorrow(need_ids: Collection[int], *, at: datetime) -> None:
    """Have the matcher come back to needs that only somebody's daily limit held back."""
    known = Change.objects.unmatched().filter(
        subject=Change.Subject.NEED, subject_id__in=need_ids, not_before__gt=at
    )
    new = set(need_ids) - set(known.values_list("subject_id", flat=True))
    if new:
        trail.changed(subject="need", ids=sorted(new), at=at, not_before=at + DAILY)


class _Desk:
    """Fresh rows of some needs and offers, and the room that is left while matches are made."""

    def __init__(self, found: Market, allowed: set[tuple[int, int]], *, at: datetime) -> None:
        self.needs = {need.pk: need for need in found.needs}
        self.offers = {offer.pk: offer for offer in found.offers}
        self.told: dict[tuple[Side, int], int | None] = {}
        self.told |= {("need", need.pk): found.parties.told_id(need) for need in found.needs}
        self.told |= {("offer", offer.pk): found.parties.told_id(offer) for offer in found.offers}
        self.allowed = allowed
        self.at = at
        self.need_counts = counts_of_needs(self.needs)
        self.offer_counts = counts_of_offers(self.offers)
        people = {person_id for person_id in self.told.values() if person_id is not None}
        locks.hold_people(people)
        self.told_today: Counter[int | None] = Counter(told_lately(people, at=at))
        self.held_back: set[int] = set()

    @classmethod
    def open(
        cls,
        need_ids: Collection[int],
        offer_ids: Collection[int],
        *,
        at: datetime,
        book: Book | None,
    ) -> "_Desk":
        found = market(
            needs=Need.objects.open_at(at).filter(pk__in=need_ids),
            offers=Offer.objects.active_at(at).filter(pk__in=offer_ids),
            since=at.date(),
            at=at,
            book=book,
        )
        pairs = fitting(found)
        rows = zip(pairs.need.tolist(), pairs.offer.tolist(), strict=True)
        allowed = {(found.needs[need].pk, found.offers[offer].pk) for need, offer in rows}
        return cls(found, allowed, at=at)

    def told_of(self, match: Match) -> list[int]:
        """Who is told, at most one on each side: an imported party may have nobody yet."""
        people = self.told["need", match.need_id], self.told["offer", match.offer_id]
        return [person_id for person_id in people if person_id is not None]

    def match_of(self, proposal: Proposal) -> Match | None:
        """The match, not saved yet, with its room taken; None if something forbids it."""
        pair = proposal.need_id, proposal.offer_id
        if pair not in self.allowed:
            return None
        need, offer = self.needs[proposal.need_id], self.offers[proposal.offer_id]
        if (need.revision, offer.revision) != (proposal.need_revision, proposal.offer_revision):
            return None
        if not (_left(need, self.need_counts) and _left(offer, self.offer_counts)):
            return None
        if not self._both_can_hear_of(need, offer):
            return None
        self.allowed.remove(pair)
        self.need_counts.asked[need.pk] += 1
        self.offer_counts.asked[offer.pk] += 1
        return Match(
            need=need,
            offer=offer,
            need_revision=need.revision,
            offer_revision=offer.revision,
            score=proposal.score,
            reasons=proposal.reasons,
            proposed_at=self.at,
        )

    def _both_can_hear_of(self, need: Need, offer: Offer) -> bool:
        """Whether it is within the day of those who are told; then it counts there."""
        told = {"need": self.told["need", need.pk], "offer": self.told["offer", offer.pk]}
        if any(self.told_today[told[side]] >= DAILY_LIMIT[side] for side in SIDES):
            self.held_back.add(need.pk)
            return False
        self.told_today.update(person_id for person_id in told.values() if person_id is not None)
        return True


def _left(posting: Need | Offer, counts: Counts) -> bool:
    return proposals_left(posting, counts) > 0
