"""Whom do we ask now? Greedy in one total order, within everyone's room and patience.

The order, in which every pair has one place:

1. how many seats or proposals the need holds by then: every need's first is served
   before anyone's second;
2. the value of the pair, the higher first (``worth.asking``: its score, less a little
   for an offer that others have no substitute for);
3. how long the need waits, then how long the offer waits, the longer first;
4. the key of the need, then of the offer, the lower first.

A pair is taken if, when its turn comes, its need, its offer and both people told have
room. Room only shrinks, so no pair is left that would displace a later one: none blocks.
Both sides value a pair alike, which makes this the stable outcome, and the only one.

Patience is bounded on both sides of it. A need never has more proposals open than its free
places and ``room.NEED_SPARE``. And it is passed over only for a pair before it in this
order: by a later need whose fit is no better, never; so among equal fits it waits for no
more openings than there were needs before it.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.columns.arrays import Bools, Floats, Ints, NeedColumns, OfferColumns
from matching.columns.pairs import Pairs
from matching.columns.ragged import Rows

CANDIDATES = 30  # of each need; whoever comes later is asked when these have answered
BLOCK = 1024  # pairs whose room is looked at together; few of them are then asked one by one
NO_LIMIT = 2**29  # the room of nobody: a posting whose person is not known tells no one


def best(
    pairs: Pairs,
    values: Floats,
    needs: NeedColumns,
    offers: OfferColumns,
    *,
    limit: int = CANDIDATES,
    floor: float = 0.0,
) -> Rows:
    """Indices of each need's best pairs at or above the floor, best first.

    Ordered by need row, then value; ties by waiting time (need, offer), then keys.
    """
    order = _in_order(pairs, values, needs, offers)
    order = order[values[order] >= floor]
    order = order[np.argsort(pairs.need[order], kind="stable")]
    return order[_place(pairs.need[order]) < limit]


def contenders(need: Rows, least: Floats, *, spare: float, limit: int = CANDIDATES) -> Bools:
    """(P,) which pairs may still be among their need's best once their values are complete.

    need   (P,) rows of the needs, in any order
    least  (P,) what each pair is worth at least
    spare  what any of them may still gain: at most this, at least nothing

    A pair is out when ``limit`` others of its need are already worth more than it can be.
    """
    order = np.lexsort((-least, need))
    last = np.flatnonzero(_place(need[order]) == limit - 1)
    bar = np.full(int(need.max(initial=-1)) + 1, -np.inf)
    bar[need[order[last]]] = least[order[last]]
    may: Bools = least + spare >= bar[need]
    return may


def _place(need: Rows) -> Rows:
    """The place of each pair among those of its need; equal needs stand together."""
    place: Rows = np.arange(len(need)) - np.searchsorted(need, need)
    return place


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much more everybody can take: N needs, O offers, Q people."""

    need_room: Ints  # (N,) how many more proposals each need may have now
    need_held: (
        Ints  # (N,) how many seats or proposals it holds: its next comes after so many rounds
    )
    offer_room: Ints  # (O,) how many more proposals each offer may have now
    need_person: Ints  # (N,) who is told on the need's side, a number in person_room; -1 nobody
    offer_person: Ints  # (O,) the same on the offer's side
    person_room: Ints  # (Q,) how many more proposals each person may hear of today


def allocate(
    pairs: Pairs, values: Floats, needs: NeedColumns, offers: OfferColumns, limits: Limits
) -> Rows:
    """Indices of the pairs to propose now, in the order they are chosen.

    values  (P,) what orders the pairs: the higher, the sooner

    One answer, whatever the order of the input.
    """
    room = Room(limits)
    order = _in_order(pairs, values, needs, offers)
    waiting = Waiting(order, pairs.need[order], pairs.offer[order])
    chosen = [order[:0]]
    while len((waiting := waiting.take(room.allows(waiting))).pair):
        least = int(room.held[waiting.need].min())  # compared thousands of times
        taken = _one_round(waiting, room, least)
        chosen.append(waiting.pair[taken])
        later = room.held[waiting.need] > least  # who got nothing finds no room later either
        later[taken] = False
        waiting = waiting.take(later)
    return np.concatenate(chosen)


class Waiting(NamedTuple):
    """Pairs not chosen yet, in the total order."""

    pair: Rows
    need: Rows
    offer: Rows

    def take(self, rows: Bools | Rows | slice) -> "Waiting":
        return Waiting(*(column[rows] for column in self))


class Room:
    """What needs, offers and people can still take.

    Everything is there twice: as arrays, which look at blocks of pairs, and as lists, which
    read one number several times faster when pairs are taken one by one.
    """

    def __init__(self, limits: Limits) -> None:
        self.held = limits.need_held.astype(np.int64)
        self._need = limits.need_room.astype(np.int64)
        self._offer = limits.offer_room.astype(np.int64)
        self._person = np.append(limits.person_room.astype(np.int64), NO_LIMIT)  # -1 finds it
        self._told = limits.need_person.astype(np.int64), limits.offer_person.astype(np.int64)
        self._lists = [rooms.tolist() for rooms in (self.held, self._offer, self._person)]

    def allows(self, pairs: Waiting) -> Bools:
        """(P,) where everybody has some room; of one person on both sides too much is said."""
        allowed: Bools = np.minimum(self._need[pairs.need], self._offer[pairs.offer]) > 0
        allowed &= self._person[self._told[0][pairs.need]] > 0
        allowed &= self._person[self._told[1][pairs.offer]] > 0
        return allowed

    def serve(self, turn: Waiting, least: int) -> Rows:
        """One more for each need that holds least, in this order; the places of what was chosen.

        turn  pairs that ``allows`` all have room, so that a need, served once, has it
        """
        held, offers, people = self._lists
        told = self._told[0][turn.need], self._told[1][turn.offer]
        columns = (column.tolist() for column in (turn.need, turn.offer, *told))
        chosen: list[int] = []
        for place, need, offer, one, other in zip(range(len(turn.pair)), *columns, strict=True):
            if held[need] != least or offers[offer] < 1:
                continue
            if people[one] < 1 or people[other] < 1 + (one == other):
                continue
            held[need] += 1
            offers[offer] -= 1
            people[one] -= 1
            people[other] -= 1
            chosen.append(place)
        taken = np.array(chosen, np.int64)
        self._take(turn.need[taken], turn.offer[taken])
        return taken

    def _take(self, needs: Rows, offers: Rows) -> None:
        """The same in the arrays; each need stands there once."""
        self.held[needs] += 1
        self._need[needs] -= 1
        np.subtract.at(self._offer, offers, 1)
        for person in (self._told[0][needs], self._told[1][offers]):
            np.subtract.at(self._person, person, 1)


def _one_round(waiting: Waiting, room: Room, least: int) -> Rows:
    """One more for each of the needs that hold least; the rows of what was chosen."""
    chosen = [np.zeros(0, np.int64)]
    for start in range(0, len(waiting.pair), BLOCK):
        block = waiting.take(slice(start, start + BLOCK))
        turn = np.flatnonzero((room.held[block.need] == least) & room.allows(block))
        chosen.append(start + turn[room.serve(block.take(turn), least)])
    return np.concatenate(chosen)


def _in_order(pairs: Pairs, values: Floats, needs: NeedColumns, offers: OfferColumns) -> Rows:
    """Indices of the pairs by value; ties by waiting time, then keys: a total order.

    Few values are equal, so only the pairs of equal ones are compared any further.
    """
    order: Rows = np.argsort(-values)
    same = values[order[1:]] == values[order[:-1]]
    if not same.any():
        return order
    tied = np.append(same, [False])
    tied[1:] |= same
    rows = order[tied]
    need, offer = pairs.need[rows], pairs.offer[rows]
    waits = _rank(-needs.wait_days)[need] * len(offers) + _rank(-offers.wait_days)[offer]
    keys = _rank(needs.keys)[need] * len(offers) + _rank(offers.keys)[offer]
    order[tied] = rows[np.lexsort((keys, waits, -values[rows]))]
    return order


def _rank(column: NDArray[np.generic]) -> Rows:
    """The place of each value among all different ones, so that numbers and words sort alike."""
    rank: Rows = np.unique(column, return_inverse=True)[1]
    return rank
