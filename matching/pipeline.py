"""From what changed to what is proposed: retrieve, rules, score, allocate, propose."""

from datetime import datetime

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from matching import allocate, closing, line, locks, score
from matching.actions import Proposal, propose
from matching.arrays import Bools, Floats, Ints
from matching.fitting import fitting
from matching.proposing import ask_tomorrow
from matching.reasons import Side
from matching.retrieve import Market, market_around, touched
from matching.room import (
    DAILY_LIMIT,
    counts_of_needs,
    counts_of_offers,
    proposals_left,
    told_lately,
)
from matching.rules import Pairs
from matching.score import WEIGHTS, Parts
from trail.models import Change

AT_ONCE = 2000  # changes in one transaction: a few seconds of work, so that locks are held briefly


def match_changes(*, at: datetime) -> int:
    """Propose what recent changes made possible. Returns how many matches are new.

    Workers may overlap: each takes changes that no other holds. A change counts as
    matched in the transaction that proposed, so a killed worker's are done again
    and nothing is proposed twice.
    """
    proposed = 0
    while (new := _match_some(at=at)) is not None:
        proposed += new
    return proposed


@transaction.atomic
def _match_some(*, at: datetime) -> int | None:
    """Match one batch of changes; None where there is nothing to do."""
    changes = Change.objects.claim(limit=AT_ONCE, at=at)
    if not changes:
        return None
    changed = touched(changes)
    found = market_around(changed, at=at)
    found, pairs = found.narrowed_to(fitting(found, changed))
    chosen = choose(found, pairs, at=at)
    needs, offers = line.with_room_at_stake(changed.needs, changed.offers)
    locks.hold(
        needs=needs | {proposal.need_id for proposal in chosen},
        offers=offers | {proposal.offer_id for proposal in chosen},
    )
    line.settle(needs=needs, offers=offers, at=at)
    matches = propose(proposals=chosen, at=at)
    closing.withdraw_stale(closing.of_postings(changed), at=at)
    closing.withdraw_unfit(changed.rechecked, at=at)
    Change.objects.filter(pk__in=[change.pk for change in changes]).update(matched_at=at)
    return len(matches)


def choose(found: Market, pairs: Pairs, *, at: datetime) -> list[Proposal]:
    """Score the fitting pairs, and choose whom to ask now, within everyone's room."""
    rated = _rated(found, pairs)
    scores = score.score(rated)
    candidates = allocate.best(
        pairs, scores, found.need_columns, found.offer_columns, floor=WEIGHTS.floor
    )
    pairs, scores, words = pairs.take(candidates), scores[candidates], rated.words[candidates]
    room = _room(found, at=at)
    chosen = allocate.allocate(pairs, scores, found.need_columns, found.offer_columns, **room)
    _held_back(found, pairs, chosen, room, at=at)
    return [_proposal(found, pairs, scores, words, row) for row in chosen.tolist()]


def _rated(found: Market, pairs: Pairs) -> Parts:
    """The named parts of each pair's score."""
    return score.parts(
        pairs,
        found.need_columns,
        found.offer_columns,
        found.book,
        need_texts=score.texts(found.need_facts),
        offer_texts=score.texts(found.offer_facts),
    )


def _room(found: Market, *, at: datetime) -> dict[str, Ints]:
    """What each need, offer and person can take now, as ``allocate`` reads it.

    A person counts once for each side they are told on, since the sides' limits differ.
    """
    needs = counts_of_needs([need.pk for need in found.needs])
    offers = counts_of_offers([offer.pk for offer in found.offers])
    told: dict[tuple[Side, int], int] = {}
    need_person = [_number(told, "need", found.parties.told_id(need)) for need in found.needs]
    offer_person = [_number(told, "offer", found.parties.told_id(offer)) for offer in found.offers]
    lately = told_lately({person for _side, person in told}, at=at)
    left = [max(0, DAILY_LIMIT[side] - lately[person]) for side, person in told]
    return {
        "need_room": _ints([proposals_left(need, needs) for need in found.needs]),
        "need_held": _ints([needs.held(need) for need in found.needs]),
        "offer_room": _ints([proposals_left(offer, offers) for offer in found.offers]),
        "need_person": _ints(need_person),
        "offer_person": _ints(offer_person),
        "person_room": _ints(left),
    }


def _number(told: dict[tuple[Side, int], int], side: Side, person: int | None) -> int:
    return -1 if person is None else told.setdefault((side, person), len(told))


def _ints(values: list[int]) -> Ints:
    return np.array(values, np.int32)


def _held_back(
    found: Market, pairs: Pairs, chosen: NDArray[np.int64], room: dict[str, Ints], *, at: datetime
) -> None:
    """Come back tomorrow to needs that could take more, had somebody's day not been full."""
    told = np.stack([room["need_person"][pairs.need], room["offer_person"][pairs.offer]], axis=1)
    used = np.bincount(told[chosen][told[chosen] >= 0], minlength=len(room["person_room"]))
    full = np.append(used >= room["person_room"], False)  # the last stands for nobody
    taken = np.bincount(pairs.need[chosen], minlength=len(found.needs))
    waits: Bools = full[told].any(axis=1) & (taken < room["need_room"])[pairs.need]
    waits[chosen] = False
    ask_tomorrow([found.needs[row].pk for row in np.unique(pairs.need[waits]).tolist()], at=at)


def _proposal(found: Market, pairs: Pairs, scores: Floats, words: Floats, row: int) -> Proposal:
    need, offer = int(pairs.need[row]), int(pairs.offer[row])
    return Proposal(
        need_id=found.needs[need].pk,
        offer_id=found.offers[offer].pk,
        need_revision=found.needs[need].revision,
        offer_revision=found.offers[offer].revision,
        score=float(scores[row]),
        reasons=score.reasons_of(
            found.need_facts[need],
            found.offer_facts[offer],
            found.book,
            sessions=int(pairs.sessions[row]),
            in_person=bool(pairs.in_person[row]),
            distance_km=float(pairs.distance_km[row]),
            words=float(words[row]),
        ),
    )
