"""May these two meet? The twelve fit rules over whole columns, exactly."""

from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Bools, Floats, Ints, NeedColumns, OfferColumns
from matching.book import Book


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Needs and offers that fit, as arrays of one length P, ordered by need, then offer."""

    need: NDArray[np.int64]  # (P,) row of the need
    offer: NDArray[np.int64]  # (P,) row of the offer
    topics_same: Ints  # (P,) how many of the need's topics the offer names too
    topics_shared: Ints  # (P,) how many of the need's topics it shares, umbrellas included
    in_person: Bools  # (P,) they can meet in person; False: only online
    distance_km: Floats  # (P,) NaN where they meet online or the need's place is confidential
    sessions: Ints  # (P,) how many of the need's occurrences the offer covers

    def __len__(self) -> int:
        return len(self.need)

    def take(self, rows: Any) -> Self:
        """The same arrays of some pairs only; ``rows`` are indices or a mask."""
        return type(self)(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


def fits(needs: NeedColumns, offers: OfferColumns, book: Book) -> Pairs:
    """Every pair that satisfies the twelve rules, and no other.

    needs, offers  columns made with the same ``book``, in any number and order
    returns        the fitting pairs; ``need`` and ``offer`` are row numbers
    """
    raise NotImplementedError
