"""The live needs, or the live offers: most behind an index, and beside them a few fresh ones."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Generic

import numpy as np
from numpy.typing import NDArray

from matching.columns.arrays import Bools
from matching.columns.book import Book
from matching.columns.index import Index, by_place
from matching.columns.ragged import Rows
from matching.market.live import ColumnsT, Live

FRESH = 10_000  # fresh ones from which all are put behind a new index: 1.5 s for a million


class Shelf(Generic[ColumnsT]):
    """Postings by row number: the settled ones, neighbors side by side, then the fresh ones.

    Numbers hold until the next change. What is settled is never changed in place: a
    posting that changed is marked as gone there, and stands among the fresh ones.
    """

    def __init__(
        self, live: Live[ColumnsT], index_of: Callable[[ColumnsT, Book], Index], book: Book
    ) -> None:
        self._index_of: Callable[[ColumnsT, Book], Index] = index_of
        self._book = book
        self._settle(live)

    def _settle(self, live: Live[ColumnsT]) -> None:
        self.settled: Live[ColumnsT] = live.take(by_place(live.columns))
        self._by_key: Rows = np.argsort(self.settled.beside.keys)
        self.index = self._index_of(self.settled.columns, self._book)
        self.gone = np.zeros(len(live), np.bool_)
        self.fresh: Live[ColumnsT] = live.take(slice(0, 0))

    def __len__(self) -> int:
        """How many postings are there."""
        return int(len(self.settled) - self.gone.sum() + len(self.fresh))

    def put(self, ids: Collection[int], now: Live[ColumnsT]) -> None:
        """Postings with these ids are now these; who is not among them is live no more."""
        asked = np.fromiter(ids, np.int64)
        rows = np.flatnonzero(np.isin(self.fresh.beside.keys, asked, invert=True))
        self.gone[self._settled_rows(asked)] = True
        self.fresh = self.fresh.take(rows).joined(now)
        if len(self.fresh) > FRESH:
            self._settle(self._all())

    def turn_to(self, day: date) -> None:
        """Let a new day begin: what is over goes, and sessions count from this day on."""
        live = self._all()
        live = live.take(np.flatnonzero(live.columns.end >= day.toordinal()))
        start = np.maximum(live.columns.start, np.int32(day.toordinal()))
        self._settle(Live(replace(live.columns, start=start), live.beside))

    def rows_of(self, ids: Collection[int]) -> Rows:
        """The rows of those that are here, ascending."""
        asked = np.fromiter(ids, np.int64)
        settled = np.sort(self._settled_rows(asked))
        fresh = np.flatnonzero(np.isin(self.fresh.beside.keys, asked))
        return np.concatenate([settled[~self.gone[settled]], fresh + len(self.settled)])

    def take(self, rows: Rows) -> Live[ColumnsT]:
        """Some rows, ascending."""
        size = len(self.settled)
        fresh = self.fresh.take(rows[rows >= size] - size)
        return self.settled.take(rows[rows < size]).joined(fresh)

    def beside(self, name: str, rows: Rows) -> NDArray[Any]:
        """(R,) one column of what stands beside the rules."""
        return _picked(rows, *(getattr(part.beside, name) for part in (self.settled, self.fresh)))

    def is_live(self, rows: Rows, *, at: datetime) -> Bools:
        """(R,) whose party is verified and whose last day is not over at this moment."""
        end = _picked(rows, self.settled.columns.end, self.fresh.columns.end)
        verified = self.beside("verified_until", rows) > at.timestamp()
        live: Bools = verified & (end >= at.date().toordinal())
        return live

    def _all(self) -> Live[ColumnsT]:
        return self.settled.take(~self.gone).joined(self.fresh)

    def _settled_rows(self, ids: Rows) -> Rows:
        keys, ids = self.settled.beside.keys, np.unique(ids)
        place = np.searchsorted(keys, ids, sorter=self._by_key)
        there = np.flatnonzero(place < len(keys))
        rows = self._by_key[place[there]]
        found: Rows = rows[keys[rows] == ids[there]]
        return found


def _picked(rows: Rows, settled: NDArray[Any], fresh: NDArray[Any]) -> NDArray[Any]:
    """These rows of a column that is in two parts."""
    picked = np.empty(len(rows), settled.dtype)
    is_settled = rows < len(settled)
    picked[is_settled] = settled[rows[is_settled]]
    picked[~is_settled] = fresh[rows[~is_settled] - len(settled)]
    return picked
