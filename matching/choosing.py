"""Whom to ask now: the fitting pairs rated, and chosen within everyone's room."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from matching import allocate, score
from matching.actions import Proposal
from matching.allocate import Limits
from matching.columns.arrays import Bools, Floats, Ints
from matching.columns.pairs import Pairs
from matching.columns.ragged import Rows
from matching.market.retrieve import Market
from matching.proposing import ask_tomorrow
from matching.reasons import Side
from matching.room import (
    DAILY_LIMIT,
    counts_of_needs,
    counts_of_offers,
    proposals_left,
    told_lately,
)
from matching.score import WEIGHTS
from matching.why import reasons_of
from matching.words import texts
from matching.worth import Demand, asking, worth


@dataclass(frozen=True, slots=True)
class Rated:
    """Pairs and what they are worth; row i of each is the same pair."""

    pairs: Pairs
    scores: Floats  # (P,) 0..1, for people
    values: Floats  # (P,) the score, less what an offer is kept for: the order of asking
    words: Floats  # (P,) 0..1, how close the two texts are

    def take(self, rows: Any) -> "Rated":
        columns = self.scores, self.values, self.words
        return Rated(self.pairs.take(rows), *(column[rows] for column in columns))


def rate(found: Market, pairs: Pairs, demand: Demand) -> Rated:
    """Score these pairs, without those below the floor."""
    parts = score.parts(
        pairs,
        found.need_columns,
        found.offer_columns,
        found.book,
        need_texts=texts(found.need_facts),
        offer_texts=texts(found.offer_facts),
    )
    scores = score.score(parts)
    values = asking(scores, worth(found.offer_columns, demand)[pairs.offer])
    return Rated(pairs, scores, values, parts.words).take(scores >= WEIGHTS.floor)


def choose(found: Market, rated: Rated, *, at: datetime) -> list[Proposal]:
    """Of each need's best, those to propose now, first seats first."""
    needs, offers = found.need_columns, found.offer_columns
    rated = rated.take(allocate.best(rated.pairs, rated.values, needs, offers))
    limits = _limits(found, at=at)
    chosen = allocate.allocate(rated.pairs, rated.values, needs, offers, limits)
    _held_back(found, rated.pairs, chosen, limits, at=at)
    return [_proposal(found, rated, row) for row in chosen.tolist()]


def _limits(found: Market, *, at: datetime) -> Limits:
    """What each need, offer and person can take now.

    A person counts once for each side they are told on, since the sides' limits differ.
    """
    needs = counts_of_needs([need.pk for need in found.needs])
    offers = counts_of_offers([offer.pk for offer in found.offers])
    told: dict[tuple[Side, int], int] = {}
    need_person = [_number(told, "need", found.parties.told_id(need)) for need in found.needs]
    offer_person = [_number(told, "offer", found.parties.told_id(offer)) for offer in found.offers]
    lately = told_lately({person for _side, person in told}, at=at)
    left = [max(0, DAILY_LIMIT[side] - lately[person]) for side, person in told]
    return Limits(
        need_room=_ints([proposals_left(need, needs) for need in found.needs]),
        need_held=_ints([needs.held(need) for need in found.needs]),
        offer_room=_ints([proposals_left(offer, offers) for offer in found.offers]),
        need_person=_ints(need_person),
        offer_person=_ints(offer_person),
        person_room=_ints(left),
    )


def _number(told: dict[tuple[Side, int], int], side: Side, person: int | None) -> int:
    return -1 if person is None else told.setdefault((side, person), len(told))


def _ints(values: list[int]) -> Ints:
    return np.array(values, np.int32)


def _held_back(found: Market, pairs: Pairs, chosen: Rows, limits: Limits, *, at: datetime) -> None:
    """Come back tomorrow to needs that could take more, had somebody's day not been full."""
    told = np.stack([limits.need_person[pairs.need], limits.offer_person[pairs.offer]], axis=1)
    used = np.bincount(told[chosen][told[chosen] >= 0], minlength=len(limits.person_room))
    full = np.append(used >= limits.person_room, False)  # the last stands for nobody
    taken = np.bincount(pairs.need[chosen], minlength=len(found.needs))
    waits: Bools = full[told].any(axis=1) & (taken < limits.need_room)[pairs.need]
    waits[chosen] = False
    ask_tomorrow([found.needs[row].pk for row in np.unique(pairs.need[waits]).tolist()], at=at)


def _proposal(found: Market, rated: Rated, row: int) -> Proposal:
    pairs = rated.pairs
    need, offer = int(pairs.need[row]), int(pairs.offer[row])
    return Proposal(
        need_id=found.needs[need].pk,
        offer_id=found.offers[offer].pk,
        need_revision=found.needs[need].revision,
        offer_revision=found.offers[offer].revision,
        score=float(rated.scores[row]),
        reasons=reasons_of(
            found.need_facts[need],
            found.offer_facts[offer],
            found.book,
            sessions=int(pairs.sessions[row]),
            in_person=bool(pairs.in_person[row]),
            distance_km=float(pairs.distance_km[row]),
            words=float(rated.words[row]),
        ),
    )
