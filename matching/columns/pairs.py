"""A need beside an offer, many times over: candidates, and what is known of those that fit."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple, Self

import numpy as np

from matching.columns.arrays import Bools, Floats, Ints, NeedColumns, OfferColumns
from matching.columns.ragged import Rows, chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Needs and offers that fit, as arrays of one length P, ordered by need, then offer."""

    need: Rows  # (P,) row of the need
    offer: Rows  # (P,) row of the offer
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

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """The pairs of several answers, ordered by need, then offer."""
        names = [field.name for field in fields(cls)]
        every = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
        return cls(**every).take(np.lexsort((every["offer"], every["need"])))


class Two(NamedTuple):
    """Candidates: P needs, and the offer beside each."""

    needs: NeedColumns
    offers: OfferColumns
    need: Rows
    offer: Rows

    def take(self, rows: Rows) -> "Two":
        return self._replace(need=self.need[rows], offer=self.offer[rows])

    def where(self, holds: Bools) -> "Two":
        return self.take(chosen(holds))
