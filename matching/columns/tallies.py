"""Sessions counted once for two schedules, and read off for every pair that keeps them.

Millions of postings keep few different hours. For a need's hours and length of
session against an offer's hours, ``times`` finds the days on which a session is
covered, over some years, exactly, clocks that change included; here they become a
running count. The sessions of two postings are then one count less another.
Counts that are the same are kept once: all evenings of a Tuesday are alike.

Only the offer's first and last day remain. A covered session leans on certain days of
the offer: nearly always on its own day alone. Where all sessions of two schedules lean
on the same days, moving the ends of the range by so much is exact. What remains is
counted by ``times`` one by one: schedules that lean now on these days, now on those, and
ranges outside the years kept. Listed dates are some of the days of the same hours.
"""

import weakref
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.columns.arrays import Bools, Ints, NeedColumns, OfferColumns
from matching.columns.book import Book
from matching.columns.clocks import CALENDAR, same_clock
from matching.columns.days import NEAR, Meetings
from matching.columns.listed import Listed
from matching.columns.numbers import MISSING, Numbers
from matching.columns.pairs import Two
from matching.columns.ragged import Rows, chosen, spread
from matching.columns.times import Leaning, leanings, sessions_covered

MINUTES = 1 << 14  # above every session that can be covered: a slot ends within two days
_kept: "weakref.WeakKeyDictionary[Book, Tallies]" = weakref.WeakKeyDictionary()

SHAPES = 1 << 25  # above every number of a shape: a key has 63 bits
YEARS = 1461  # days that are counted
BEFORE = 400  # of them so many before the middle one of the first days asked for
AT_ONCE = 4000  # pairs of schedules counted together: some 50 MB
CROWDED = 100  # slots of a week from which 16 bits might not hold a count
MOST_PAIRS = 1 << 21  # pairs of schedules remembered: 64 MB
MOST_COUNTS = 1 << 14  # different counts remembered: 48 MB
FAR = 0  # the plan of needs outside the years kept
NEVER, ONE_BY_ONE = 0, 1  # the first two counts: no session at all; not to be read off


class Dated(NamedTuple):
    """Pairs of which one side lists its dates: the count of their hours, and the days that count.

    (D,) each
    """

    number: Rows
    need_shape: Ints
    offer_shape: Ints
    since: Rows
    until: Rows


class Tallies:
    """Running counts of covered sessions, made when first asked for."""

    def __init__(self, book: Book, begin: int) -> None:
        """Count from the day ``begin`` on. The book may grow."""
        self.begin = max(NEAR + 1, min(begin, CALENDAR - YEARS - 2 * NEAR))
        self._shapes = book.shapes
        self._listed = Listed(book)
        self._forget()

    def _forget(self) -> None:
        self._numbers = Numbers()
        self._same: dict[tuple[str, tuple[tuple[int, int, int], ...]], int] = {}
        self._known: dict[object, int] = {NEVER: NEVER, ONE_BY_ONE: ONE_BY_ONE}
        self._counts = np.zeros((64, YEARS + 1), np.int16)
        self._first = np.zeros(64, np.int64)  # days after its own that a session leans on
        self._last = np.zeros(64, np.int64)
        self._alike = np.zeros(64, np.bool_)  # all sessions lean on the same days
        self._alike[NEVER] = True

    # Asking

    def plans(self, needs: NeedColumns) -> Rows:
        """(N,) one number for a need's hours and length of session; listed dates aside."""
        plan = self.weekly(needs.shape) * MINUTES + np.minimum(needs.minutes, MINUTES - 1)
        known = (needs.start >= self.begin) & (needs.end < self.begin + YEARS)
        return np.where(known, plan + 1, FAR)

    def weekly(self, shape: Ints) -> Rows:
        """The same hours without the dates they list."""
        self._listed.keep_up()
        weekly: Rows = self._listed.weekly.take(shape)  # twice as fast as [] for 32-bit numbers
        return weekly

    def can_meet(self, plan: Rows, weekly: Rows) -> Bools:
        """Whether these hours ever have a session in common, in the years kept."""
        can: Bools = self._numbers_of(plan * SHAPES + weekly) != NEVER
        return can

    def sessions(
        self, needs: NeedColumns, offers: OfferColumns, plan: Rows, need: Rows, offer: Rows
    ) -> Ints:
        """How many of the need's occurrences the offer covers (rule 6).

        plan         (N,) ``plans(needs)``
        need, offer  (P,) rows whose date ranges meet
        """
        shape = offers.shape[offer]
        weekly = self.weekly(shape)
        number = self._numbers_of(plan[need] * SHAPES + weekly)
        first, last = needs.start[need], needs.end[need]
        start, end = offers.start[offer], offers.end[offer]
        since = np.maximum(first, start - self._first[number])
        until = np.minimum(last, end - self._last[number])
        sessions = self._between(number, since, until)
        exact = self._alike[number]
        rest = chosen(~exact)  # few, so that only they are asked whether the ends matter at all
        whole = (start[rest] <= first[rest] - NEAR) & (end[rest] >= last[rest] + NEAR)
        exact[rest] = whole & (number[rest] != ONE_BY_ONE)
        asked = needs.shape[need]
        dated = chosen((weekly != shape) | self._listed.lists.take(asked))
        if len(dated):
            some = Dated(number[dated], asked[dated], shape[dated], since[dated], until[dated])
            sessions[dated], exact[dated] = self._on_dates(some, exact[dated])
        rest = chosen(~exact)
        if len(rest):
            meetings = Meetings.of(Two(needs, offers, need[rest], offer[rest]))
            sessions[rest] = sessions_covered(meetings, self._shapes)
        return sessions

    def _between(self, number: Rows, since: Rows, until: Rows) -> Ints:
        """Sessions from one day to another, both included."""
        before = np.minimum(np.maximum(since - self.begin, 0), YEARS)
        upto = np.maximum(np.minimum(until + (1 - self.begin), YEARS), before)
        counts, row = self._counts.ravel(), number * (YEARS + 1)
        between: Ints = np.subtract(counts[row + upto], counts[row + before], dtype=np.int32)
        return between

    def _on_dates(self, asked: Dated, exact: Bools) -> tuple[Ints, Bools]:
        """Sessions on listed dates, and for whom that is exact.

        Where the offer lists its dates, a session must lean on one day alone to tell
        on which of them it happens.
        """
        offer_lists = self._listed.lists[asked.offer_shape]
        one_day = self._alike[asked.number] & (
            self._first[asked.number] == self._last[asked.number]
        )
        shift = np.where(offer_lists, self._first[asked.number], 0)
        row, day = self._listed.dates(np.where(offer_lists, asked.offer_shape, asked.need_shape))
        day = day - shift[row]
        there = (asked.since[row] <= day) & (day <= asked.until[row])
        there &= ~offer_lists[row] | self._listed.happens_on(asked.need_shape[row], day)
        row, day = row[there], day[there]
        sessions = np.zeros(len(asked.number), np.int32)
        np.add.at(sessions, row, self._between(asked.number[row], day, day))
        return sessions, exact & (one_day | ~offer_lists)

    # Counting

    def _numbers_of(self, keys: Rows) -> Rows:
        """Which of the counts each pair of schedules has."""
        numbers = self._numbers.find(keys)
        missing = keys[numbers == MISSING]
        if len(missing):
            new = np.unique(missing)
            if self._numbers.used + len(new) > MOST_PAIRS or len(self._known) > MOST_COUNTS:
                self._forget()
                new = np.unique(keys)
            self._learn(new)
            numbers = self._numbers.find(keys)
        return numbers

    def _learn(self, keys: Rows) -> None:
        """Count the sessions of new pairs of schedules; zones with the same clocks are one."""
        counted = self._by_clock(keys)
        new = np.unique(counted[self._numbers.find(counted) == MISSING])
        for start in range(0, len(new), AT_ONCE):
            some = new[start : start + AT_ONCE]
            self._numbers.add(some, self._counted(some))
        others = chosen(keys != counted)
        self._numbers.add(keys[others], self._numbers.find(counted[others]))

    def _by_clock(self, keys: Rows) -> Rows:
        """The keys of the pairs of schedules that these are counted as."""
        plan, offer_shape = np.divmod(keys, SHAPES)
        need_shape, minutes = np.divmod(np.maximum(plan - 1, 0), MINUTES)
        both = np.concatenate([need_shape, offer_shape])
        shapes, number = np.unique(both, return_inverse=True)
        first = np.array([self._first_like(shape) for shape in shapes.tolist()])[number]
        need_shape, offer_shape = first[: len(keys)], first[len(keys) :]
        counted = (need_shape * MINUTES + minutes + 1) * SHAPES + offer_shape
        return np.where(plan == FAR, keys, counted)

    def _first_like(self, number: int) -> int:
        """The first shape asked for with the same hours by the same clock."""
        shape = self._shapes[number]
        clock = same_clock(shape.zone, self.begin, self.begin + YEARS)
        return self._same.setdefault((clock, shape.slots), number)

    def _counted(self, keys: Rows) -> Rows:
        """Which of the counts these pairs of schedules have, by counting."""
        plan, offer_shape = np.divmod(keys, SHAPES)
        need_shape, minutes = np.divmod(np.maximum(plan - 1, 0), MINUTES)
        crowded = self._crowded(need_shape) | self._crowded(offer_shape)
        numbers = np.where((plan != FAR) & ~crowded, NEVER, ONE_BY_ONE)
        rows = chosen(numbers == NEVER)
        if len(rows):
            numbers[rows] = self._of_weeks(need_shape[rows], minutes[rows], offer_shape[rows])
        return numbers

    def _crowded(self, shape: Rows) -> Bools:
        return np.array([len(self._shapes[number].slots) > CROWDED for number in shape.tolist()])

    def _of_weeks(self, need_shape: Rows, minutes: Rows, offer_shape: Rows) -> Rows:
        days = np.full(len(minutes), self.begin)
        meetings = Meetings(
            need_shape=need_shape,
            first=days,
            last=days + YEARS - 1,
            minutes=minutes,
            offer_shape=offer_shape,
            start=days - NEAR - 1,
            end=days + YEARS + NEAR,
        )
        pieces = list(leanings(meetings, self._shapes))
        counts = _running_counts(pieces, len(meetings), self.begin)
        first, last, alike = _leaning_of_rows(pieces, len(meetings))
        numbers = np.full(len(meetings), NEVER)
        for row in chosen(counts[:, -1] > 0).tolist():
            leaning = (int(first[row]), int(last[row]), bool(alike[row]))
            numbers[row] = self._remember(counts[row], *leaning)
        return numbers

    def _remember(self, counts: NDArray[np.int16], first: int, last: int, alike: bool) -> int:
        number = len(self._known)
        known = self._known.setdefault((counts.tobytes(), first, last, alike), number)
        if known == number:
            if number == len(self._counts):
                self._make_room()
            self._counts[number] = counts
            self._first[number], self._last[number] = first, last
            self._alike[number] = alike
        return known

    def _make_room(self) -> None:
        for name in ("_counts", "_first", "_last", "_alike"):
            setattr(self, name, np.concatenate([getattr(self, name)] * 2))


def tallies_of(book: Book, needs: NeedColumns) -> Tallies:
    """The tallies of a book, which live as long as it does.

    needs  say around which day to count, when asked for the first time
    """
    if not len(needs):
        return Tallies(book, 0)
    if book not in _kept:
        _kept[book] = Tallies(book, int(np.median(needs.start)) - BEFORE)
    return _kept[book]


def _running_counts(pieces: list[Leaning], rows: int, begin: int) -> NDArray[np.int16]:
    """(rows, YEARS + 1) how many sessions are covered before each day."""
    daily = np.zeros(rows * (YEARS + 1), np.int16)
    for piece in pieces:
        found = piece.found
        of_found, week = spread(np.zeros_like(found.times), found.times)
        day = found.day[of_found] + 7 * week - begin
        np.add.at(daily, found.row[of_found] * (YEARS + 1) + day + 1, 1)
    counts: NDArray[np.int16] = daily.reshape(rows, -1).cumsum(axis=1, dtype=np.int16)
    return counts


def _leaning_of_rows(pieces: list[Leaning], rows: int) -> tuple[Rows, Rows, Bools]:
    """From which to which day all sessions of a row lean, and whether on the same ones."""
    first, last, alike = np.zeros(rows, np.int64), np.zeros(rows, np.int64), np.ones(rows, np.bool_)
    for piece in pieces:
        row = piece.found.row
        first[row], last[row] = piece.first, piece.last  # any of them, if they are the same
    for piece in pieces:
        row = piece.found.row
        same = (piece.first == first[row]) & (piece.last == last[row]) & piece.suffices
        alike[row[~same]] = False
    return first, last, alike
