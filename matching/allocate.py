"""Whom do we ask now? Greedy in one total order, within everyone's room and patience."""

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats, Ints, NeedColumns, OfferColumns
from matching.rules import Pairs

CANDIDATES = 30  # of each need; past these a fit is never better than what is asked first


def best(
    pairs: Pairs,
    scores: Floats,
    needs: NeedColumns,
    offers: OfferColumns,
    *,
    limit: int = CANDIDATES,
    floor: float = 0.0,
) -> NDArray[np.int64]:
    """Indices of each need's best pairs at or above the floor, best first.

    Ordered by need row, then score; ties by waiting time (need, offer), then keys.
    """
    raise NotImplementedError


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
) -> NDArray[np.int64]:
    """Indices of the pairs to propose now, in the order they are chosen.

    need_room     (N,) how many more proposals each need may have now
    need_held     (N,) how many seats or proposals it holds already: its next one
                  is served in that round, so first seats come first
    offer_room    (O,) how many more proposals each offer may have now
    need_person   (N,) who is told on the need's side, a number in ``person_room``; -1 nobody
    offer_person  (O,) the same on the offer's side
    person_room   (Q,) how many more proposals each person may hear of today

    Every need's first is served before anyone's second; then by score; ties by
    waiting time (need, offer), then keys: one answer, whatever the input's order.
    """
    raise NotImplementedError
