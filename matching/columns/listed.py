"""Listed dates as columns, kept up with a book that grows."""

from collections.abc import Sequence

import numpy as np

from matching.columns.arrays import Bools, Ints
from matching.columns.book import Book, Shape
from matching.columns.ragged import Rows, chosen, spread


class Listed:
    """Of every shape the hours it has in any week, and the dates it lists, if it does."""

    def __init__(self, book: Book) -> None:
        self._shapes: Sequence[Shape] = book.shapes
        self._weekly: Sequence[int] = book.weekly
        self.weekly = np.zeros(0, np.int64)  # (S,) the shape without the dates
        self.lists = np.zeros(0, np.bool_)  # (S,) it happens on its dates only
        self.size = np.zeros(0, np.int64)  # (S,) how many
        self.first = np.zeros(0, np.int64)  # (S,) where they begin
        self.day = np.zeros(0, np.int64)  # all dates, as ordinals

    def keep_up(self) -> None:
        """Add the shapes that are new in the book."""
        known = len(self.weekly)
        if known == len(self._shapes):
            return
        new = [shape.dates or () for shape in self._shapes[known:]]
        size = np.array([len(dates) for dates in new], np.int64)
        first = len(self.day) + np.cumsum(size) - size
        days = np.array([day for dates in new for day in dates], np.int64)
        self.weekly = np.append(self.weekly, np.array(self._weekly[known:], np.int64))
        self.lists = np.append(self.lists, size > 0)
        self.size = np.append(self.size, size)
        self.first = np.append(self.first, first)
        self.day = np.append(self.day, days)

    def dates(self, shape: Rows | Ints) -> tuple[Rows, Rows]:
        """The dates of these shapes: the row of each, and the day."""
        of_row, place = spread(self.first[shape], self.size[shape])
        return of_row, self.day[place]

    def happens_on(self, shape: Ints, day: Rows) -> Bools:
        """Whether a shape that lists its dates lists this day; any day suits the others."""
        dated = chosen(self.lists[shape])
        row, listed = self.dates(shape[dated])
        on = np.ones(len(shape), np.bool_)
        on[dated] = False
        on[dated[row[listed == day[dated[row]]]]] = True
        return on
