"""Whom do we ask now? Greedy in one total order, within everyone's room and patience."""

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats, Ints, NeedColumns, OfferColumns
from matching.rules import Pairs

Rows = NDArray[np.int64]

CANDIDATES = 30  # of each need; whoever comes later is asked when these have answered


def best(
    pairs: Pairs,
    scores: Floats,
    needs: NeedColumns,
    offers: OfferColumns,
    *,
    limit: int = CANDIDATES,
    floor: float = 0.0,
) -> Rows:
    """Indices of each need's best pairs at or above the floor, best first.

    Ordered by need row, then score; ties by waiting time (need, offer), then keys.
    """
    order = _in_order(pairs, scores, needs, offers)
    order = order[scores[order] >= floor]
    order = order[np.argsort(pairs.need[order], kind="stable")]
    need = pairs.need[order]
    place = np.arange(len(order)) - np.searchsorted(need, need)
    return order[place < limit]


def allocate(
    pairs: Pairs,
    scores: Floats,
    needs: NeedColumns,
    offers: OfferColumns,
    *,
    need_room: Ints,
    need_held: Ints,
    offer_room: Ints,
    need_person: Ints,
    offer_person: Ints,
    person_room: Ints,
) -> Rows:
    """Indices of the pairs to propose now, in the order they are chosen.

    need_room     (N,) how many more proposals each need may have now
    need_held     (N,) how many seats or proposals it holds already: its next one
                  is served in the round after these, so first seats come first
    offer_room    (O,) how many more proposals each offer may have now
    need_person   (N,) who is told on the need's side, a number in ``person_room``; -1 nobody
    offer_person  (O,) the same on the offer's side
    person_room   (Q,) how many more proposals each person may hear of today

    Every need's first is served before anyone's second; then by score; ties by
    waiting time (need, offer), then keys: one answer, whatever the input's order.
    Room only shrinks, so what was passed over for lack of it is never missed later.
    """
    room = Room(
        need=need_room,
        held=need_held,
        offer=offer_room,
        need_person=need_person,
        offer_person=offer_person,
        person=person_room,
    )
    order = _in_order(pairs, scores, needs, offers)
    waiting = list(
        zip(order.tolist(), pairs.need[order].tolist(), pairs.offer[order].tolist(), strict=True)
    )
    chosen: list[int] = []
    while waiting:
        taken, waiting = _one_round(waiting, room)
        chosen += taken
    return np.array(chosen, np.int64)


class Room:
    """What needs, offers and people can still take."""

    def __init__(
        self,
        *,
        need: Ints,
        held: Ints,
        offer: Ints,
        need_person: Ints,
        offer_person: Ints,
        person: Ints,
    ) -> None:
        self.held = held.tolist()
        self._need, self._offer, self._person = need.tolist(), offer.tolist(), person.tolist()
        self._told = need_person.tolist(), offer_person.tolist()

    def take(self, need: int, offer: int) -> bool:
        """Propose this pair if everybody has room for it."""
        told = [person for person in (self._told[0][need], self._told[1][offer]) if person >= 0]
        if self._need[need] < 1 or self._offer[offer] < 1:
            return False
        if any(self._person[person] < told.count(person) for person in told):
            return False
        self._need[need] -= 1
        self._offer[offer] -= 1
        self.held[need] += 1
        for person in told:
            self._person[person] -= 1
        return True


def _one_round(
    waiting: list[tuple[int, int, int]], room: Room
) -> tuple[list[int], list[tuple[int, int, int]]]:
    """One more for each of the needs that hold least; what they chose, and who still waits."""
    least = min(room.held[need] for _, need, _ in waiting)
    chosen, left = [], []
    for index, need, offer in waiting:
        if room.held[need] > least:
            left.append((index, need, offer))
        elif room.take(need, offer):
            chosen.append(index)
    return chosen, left


def _in_order(pairs: Pairs, scores: Floats, needs: NeedColumns, offers: OfferColumns) -> Rows:
    """Indices of the pairs by score; ties by waiting time, then keys: a total order."""
    order: Rows = np.lexsort(
        (
            _rank(offers.keys)[pairs.offer],
            _rank(needs.keys)[pairs.need],
            -offers.wait_days[pairs.offer],
            -needs.wait_days[pairs.need],
            -scores,
        )
    )
    return order


def _rank(keys: NDArray[np.generic]) -> Rows:
    """The place of each key among all, so that numbers and words sort alike."""
    rank: Rows = np.unique(keys, return_inverse=True)[1]
    return rank
