"""How often two sides are there at the same time: weekly hours, dates, clocks that change.

Rule 6, exactly. Wall-clock times become instants through the zone, and one
occurrence of the need is compared with every occurrence of the offer near it.
Weeks in which no clock changes and the offer is there throughout repeat each
other, so there one day stands for all of its weekday; only the days around a
change of clocks and around the offer's first and last day are looked at one by
one. Where a side lists its dates, every date is.

Three readings of the rule, shared with the reference in the tests: a side
without slots is there whole days, each an occurrence of its own; a slot listed
twice happens twice; listed dates outside the side's own range do not happen.
"""

import zoneinfo
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Bools, Ints, distinct, numbered, spread
from matching.book import Shape

Whole = NDArray[np.int64]  # days as ordinals, rows, or seconds since the midnight of day 0

DAY, MINUTE = 86_400, 60  # seconds
NEAR = 3  # days: zones are at most 26 hours apart, and a slot ends on the next day at the latest
DOUBT = 5  # days before and after a change of clocks: NEAR, and the ends of what starts then
CALENDAR = date.max.toordinal() + 1  # days
ROWS, CELLS = 20_000, 500_000  # looked at together, so that memory stays bounded


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """Whose hours are compared, M rows: a need's and an offer's, whose date ranges meet."""

    need_shape: Whole  # (M,) numbers of shapes
    first: Whole  # (M,) the need's first and last day
    last: Whole
    minutes: Whole  # (M,) that one stretch must last
    offer_shape: Whole
    start: Whole  # (M,) the offer's first and last day
    end: Whole

    def __len__(self) -> int:
        return len(self.first)

    def columns(self) -> dict[str, Whole]:
        return {name: getattr(self, name) for name in self.__slots__}

    def take(self, rows: Any) -> "Meetings":
        return Meetings(**{name: column[rows] for name, column in self.columns().items()})


class Spans(NamedTuple):
    """Days of the need, some of each row. Of steady ones a day stands for all of its weekday."""

    row: Whole
    first: Whole
    last: Whole
    steady: Bools


class Occurrences(NamedTuple):
    """Occurrences of the need, each ``times`` times over."""

    row: Whole  # of the meetings
    slot: Whole  # of the hours
    day: Whole  # it starts on
    times: Whole

    def take(self, rows: Any) -> "Occurrences":
        return Occurrences(*(column[rows] for column in self))


def sessions_covered(meetings: Meetings, shapes: Sequence[Shape]) -> Ints:
    """How many of the need's occurrences hold a long enough stretch that the offer covers.

    shapes   ``Book.shapes``
    returns  (M,)
    """
    meetings = _cut_to_need(meetings)
    same = numbered(*meetings.columns().values())
    _, once = np.unique(same, return_index=True)
    meetings, hours = _with_hours(meetings.take(once), shapes)
    counts = np.zeros(len(once), np.int64)
    for start in range(0, len(once), ROWS):
        block = slice(start, start + ROWS)
        counts[block] = _counted(meetings.take(block), hours)
    return counts[same].astype(np.int32)


def _cut_to_need(meetings: Meetings) -> Meetings:
    """Without what the offer does long before and after the need, many rows are equal."""
    start = np.maximum(meetings.start, meetings.first - NEAR - 1)
    end = np.minimum(meetings.end, meetings.last + NEAR + 1)
    return Meetings(**{**meetings.columns(), "start": start, "end": end})


def _counted(meetings: Meetings, hours: "Hours") -> Whole:
    """The answer, occurrence by occurrence."""
    counts = np.zeros(len(meetings), np.int64)
    clocks = clocks_of(hours.zones, int(meetings.first.min()), int(meetings.last.max()))
    found = _occurrences(meetings, hours, clocks)
    for same_size in _by_size(found, hours.size[meetings.offer_shape[found.row]]):
        covered = _is_covered(same_size, meetings, hours, clocks)
        np.add.at(counts, same_size.row[covered], same_size.times[covered])
    return counts


# Clocks


class Clocks(NamedTuple):
    """What the clocks of some zones show, as a table of offsets from Greenwich.

    Each row counts from a wall-clock second to the next row of its zone.
    """

    zone: Whole  # (C,) number of the zone, ascending
    wall: Whole  # (C,) seconds, ascending in each zone
    offset: Whole  # (C,) seconds

    def instants(self, zone: Whole, walls: Whole) -> Whole:
        """Wall-clock seconds as seconds at Greenwich.

        As ``fold=0``: of a time shown twice the first, and a time that the clock
        skips is read with the offset before the change.
        """
        known = self.zone * CALENDAR * DAY + self.wall
        row = np.searchsorted(known, zone * CALENDAR * DAY + walls, side="right") - 1
        return walls - self.offset[row]

    def days_of_change(self, zone: int) -> Whole:
        rows = np.flatnonzero(self.zone == zone)[1:]  # the first is where the table begins
        return self.wall[rows] // DAY


def clocks_of(zones: Sequence[str], first: int, last: int) -> Clocks:
    """The clocks of the years from some days before the first to some after the last."""
    begin = date.fromordinal(max(first - DOUBT, 1)).year
    end = date.fromordinal(min(last + DOUBT, CALENDAR - 1)).year
    rows = []
    for number, zone in enumerate(zones):
        rows.append((number, 0, _offset(zone, _new_year(begin))))
        rows += [
            (number, wall, offset)
            for year in range(begin, end + 1)
            for wall, offset in _changes(zone, year)
        ]
    return Clocks(*np.array(rows, np.int64).reshape(-1, 3).T)


@cache
def _changes(zone: str, year: int) -> tuple[tuple[int, int], ...]:
    """Each change of clocks after a year's first midnight, up to the next year's.

    returns  the wall-clock second from which it counts, and the offset from then on
    """
    end = _new_year(year + 1) if year < date.max.year else (CALENDAR - 1) * DAY
    midnights = range(_new_year(year), end + 1, DAY)
    offsets = [_offset(zone, midnight) for midnight in midnights]
    return tuple(
        (_change_between(zone, before, after), new)
        for (before, after), (old, new) in zip(pairwise(midnights), pairwise(offsets), strict=True)
        if old != new
    )


def _change_between(zone: str, before: int, after: int) -> int:
    """The first wall-clock second of the later offset, found by halving."""
    new = _offset(zone, after)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (before, middle) if _offset(zone, middle) == new else (middle, after)
    return after


def _new_year(year: int) -> int:
    return date(year, 1, 1).toordinal() * DAY


def _offset(zone: str, wall: int) -> int:
    """The offset from Greenwich in seconds, as ``fold=0`` reads a wall clock."""
    day, second = divmod(wall, DAY)
    midnight = datetime.combine(date.fromordinal(day), time(), zoneinfo.ZoneInfo(zone))
    offset = (midnight + timedelta(seconds=second)).utcoffset() or timedelta()
    return int(offset.total_seconds())


# Which days are looked at


class Hours(NamedTuple):
    """Shapes as columns: S shapes, their slots end to end, their listed dates end to end."""

    zones: list[str]
    zone: Whole  # (S,)
    first_slot: Whole  # (S,)
    size: Whole  # (S,) number of slots
    weekday: Whole  # of each slot
    begin: Whole  # of each slot, wall-clock seconds after the midnight of its day
    finish: Whole  # of each slot, after begin
    listed: Bools  # (S,) it happens on its dates only
    first_date: Whole  # (S,)
    dates: Whole  # (S,) number of dates
    date: Whole

    def happens_on(self, shape: Whole, day: Whole) -> Bools:
        """Whether a shape that lists its dates lists this day."""
        owner = np.repeat(np.arange(len(self.dates)), self.dates)
        return np.isin(shape * CALENDAR + day, owner * CALENDAR + self.date)


def _with_hours(meetings: Meetings, shapes: Sequence[Shape]) -> tuple[Meetings, Hours]:
    """The hours of the shapes these rows have, and the rows with the numbers they have there."""
    both = np.concatenate([meetings.need_shape, meetings.offer_shape])
    used, numbers = np.unique(both, return_inverse=True)
    need_shape, offer_shape = np.split(numbers.astype(np.int64), 2)
    changes = {"need_shape": need_shape, "offer_shape": offer_shape}
    return Meetings(**{**meetings.columns(), **changes}), _hours([shapes[n] for n in used])


def _hours(shapes: Sequence[Shape]) -> Hours:
    zones = sorted({shape.zone for shape in shapes})
    numbers = {zone: number for number, zone in enumerate(zones)}
    slots = np.array([slot for shape in shapes for slot in shape.slots], np.int64).reshape(-1, 3)
    size = np.array([len(shape.slots) for shape in shapes], np.int64)
    dates = np.array([len(shape.dates or ()) for shape in shapes], np.int64)
    next_day = np.where(slots[:, 2] > slots[:, 1], 0, DAY)  # rule 6: it ends the day after
    return Hours(
        zones=zones,
        zone=np.array([numbers[shape.zone] for shape in shapes], np.int64),
        first_slot=np.cumsum(size) - size,
        size=size,
        weekday=slots[:, 0],
        begin=slots[:, 1] * MINUTE,
        finish=slots[:, 2] * MINUTE + next_day,
        listed=np.array([shape.dates is not None for shape in shapes], np.bool_),
        first_date=np.cumsum(dates) - dates,
        dates=dates,
        date=np.array([day for shape in shapes for day in shape.dates or ()], np.int64),
    )


def _occurrences(meetings: Meetings, hours: Hours, clocks: Clocks) -> Occurrences:
    """The need's occurrences that the offer may cover, some standing for many."""
    need_lists = hours.listed[meetings.need_shape]
    offer_lists = hours.listed[meetings.offer_shape] & ~need_lists
    weekly = np.flatnonzero(~need_lists & ~offer_lists)
    spans = [
        _listed_days(meetings, np.flatnonzero(need_lists), meetings.need_shape, hours, 0),
        _listed_days(meetings, np.flatnonzero(offer_lists), meetings.offer_shape, hours, NEAR),
        *_days_at_the_ends(meetings, weekly),
        _days_between(meetings, weekly, hours, clocks),
    ]
    together = Spans(*(np.concatenate(columns) for columns in zip(*spans, strict=True)))
    return _on_its_weekdays(together, meetings, hours)


def _listed_days(meetings: Meetings, rows: Whole, shape: Whole, hours: Hours, near: int) -> Spans:
    """Each listed day, and ``near`` days around it, within the need's range."""
    of_row, number = spread(hours.first_date[shape[rows]], hours.dates[shape[rows]])
    around = np.arange(-near, near + 1)
    row = np.repeat(rows[of_row], len(around))
    day = (hours.date[number][:, None] + around).ravel()
    row, day = np.divmod(distinct(row * CALENDAR + day), CALENDAR)
    return _within_need(meetings, Spans(row, day, day, np.zeros(len(row), np.bool_)))


def _days_at_the_ends(meetings: Meetings, rows: Whole) -> Iterator[Spans]:
    """The days near the first and the last day of the offer."""
    start, end = meetings.start[rows], meetings.end[rows]
    doubtful = np.zeros(len(rows), np.bool_)
    yield _within_need(meetings, Spans(rows, start - NEAR, start + NEAR - 1, doubtful))
    last_days = np.maximum(end - NEAR + 1, start + NEAR)
    yield _within_need(meetings, Spans(rows, last_days, end + NEAR, doubtful))


def _days_between(meetings: Meetings, rows: Whole, hours: Hours, clocks: Clocks) -> Spans:
    """The days on whose every near day the offer is there, cut where clocks change."""
    first = np.maximum(meetings.start[rows] + NEAR, meetings.first[rows])
    last = np.minimum(meetings.end[rows] - NEAR, meetings.last[rows])
    some = first <= last
    rows, first, last = rows[some], first[some], last[some]
    need_zone = hours.zone[meetings.need_shape[rows]]
    offer_zone = hours.zone[meetings.offer_shape[rows]]
    both = need_zone * len(hours.zones) + offer_zone
    pieces = _cut_at_changes(distinct(both), len(hours.zones), clocks)
    keys = pieces.row * CALENDAR + pieces.first
    begin = np.searchsorted(keys, both * CALENDAR + first, side="right") - 1
    end = np.searchsorted(keys, both * CALENDAR + last, side="right")
    of_row, piece = spread(begin, end - begin)
    return Spans(
        rows[of_row],
        np.maximum(first[of_row], pieces.first[piece]),
        np.minimum(last[of_row], pieces.last[piece]),
        pieces.steady[piece],
    )


def _cut_at_changes(pairs: Whole, zones: int, clocks: Clocks) -> Spans:
    """All days in pieces, steady and doubtful ones in turn, for each pair of zones.

    pairs  ``need zone * zones + offer zone``, ascending; they are the rows of the answer
    """
    pieces = []
    for pair in pairs.tolist():
        need_zone, offer_zone = divmod(pair, zones)
        days = {*clocks.days_of_change(need_zone), *clocks.days_of_change(offer_zone)}
        begin = 0
        for first, last in _around(sorted(map(int, days))):
            pieces += [(pair, begin, first - 1, 1), (pair, first, last, 0)]
            begin = last + 1
        pieces.append((pair, begin, CALENDAR, 1))
    table = np.array(pieces, np.int64).reshape(-1, 4)
    return Spans(table[:, 0], table[:, 1], table[:, 2], table[:, 3] == 1)


def _around(days: list[int]) -> list[tuple[int, int]]:
    """First and last of the days around each of these, apart and in order."""
    around: list[tuple[int, int]] = []
    for day in days:
        if around and day - DOUBT <= around[-1][1] + 1:
            around[-1] = (around[-1][0], day + DOUBT)
        else:
            around.append((day - DOUBT, day + DOUBT))
    return around


def _within_need(meetings: Meetings, spans: Spans) -> Spans:
    """These days within the need's range, without the spans that have none."""
    first = np.maximum(spans.first, meetings.first[spans.row])
    last = np.minimum(spans.last, meetings.last[spans.row])
    some = first <= last
    return Spans(spans.row[some], first[some], last[some], spans.steady[some])


def _on_its_weekdays(spans: Spans, meetings: Meetings, hours: Hours) -> Occurrences:
    """What the need's slots make of these days."""
    shape = meetings.need_shape[spans.row]
    of_span, slot = spread(hours.first_slot[shape], hours.size[shape])
    first, last = spans.first[of_span], spans.last[of_span]
    day = first + (hours.weekday[slot] - _weekday(first)) % 7
    weeks = np.maximum((last - day) // 7 + 1, 0)
    steady = spans.steady[of_span]
    of_slot, week = spread(np.zeros_like(weeks), np.where(steady, np.minimum(weeks, 1), weeks))
    return Occurrences(
        row=spans.row[of_span][of_slot],
        slot=slot[of_slot],
        day=day[of_slot] + 7 * week,
        times=np.where(steady, weeks, 1)[of_slot],
    )


def _weekday(day: Whole) -> Whole:
    return (day - 1) % 7  # the first day of the calendar was a Monday


# What is looked at on such a day


def _by_size(found: Occurrences, size: Whole) -> Iterator[Occurrences]:
    """The same in blocks, each of offers with equally many slots."""
    for slots in np.unique(size):
        rows = np.flatnonzero(size == slots)
        step = max(1, CELLS // int(slots))
        for start in range(0, len(rows), step):
            yield found.take(rows[start : start + step])


def _is_covered(found: Occurrences, meetings: Meetings, hours: Hours, clocks: Clocks) -> Bools:
    """Whether the longest stretch that the offer covers is long enough.

    Of every slot of the offer just one occurrence is near: the seven days
    around the need's have each weekday once.
    """
    midnight = found.day * DAY
    zone = hours.zone[meetings.need_shape[found.row]]
    begin = clocks.instants(zone, midnight + hours.begin[found.slot])
    finish = clocks.instants(zone, midnight + hours.finish[found.slot])
    shape = meetings.offer_shape[found.row]
    slot = hours.first_slot[shape][:, None] + np.arange(hours.size[shape[0]])
    before = found.day - NEAR
    day = before[:, None] + (hours.weekday[slot] - _weekday(before)[:, None]) % 7
    there = (meetings.start[found.row][:, None] <= day) & (day <= meetings.end[found.row][:, None])
    if hours.listed[shape].any():
        shapes = np.broadcast_to(shape[:, None], day.shape)
        there &= ~hours.listed[shapes] | hours.happens_on(shapes, day)
    zone = hours.zone[shape][:, None]
    offer_begin = clocks.instants(zone, day * DAY + hours.begin[slot])
    offer_finish = clocks.instants(zone, day * DAY + hours.finish[slot])
    longest = _longest_stretch(begin, finish, offer_begin, offer_finish, there)
    return (begin < finish) & (longest >= meetings.minutes[found.row] * MINUTE)


def _longest_stretch(
    begin: Whole, finish: Whole, offer_begin: Whole, offer_finish: Whole, there: Bools
) -> Whole:
    """The longest unbroken stretch of (I,) that the (I, J) of the offer, joined, cover."""
    begins = np.maximum(offer_begin, begin[:, None])
    ends = np.minimum(offer_finish, finish[:, None])
    there = there & (begins < ends)  # nor does what a change of clocks leaves no time
    begins = np.where(there, begins, finish[:, None])  # what is not there lasts no time, at the end
    ends = np.where(there, ends, finish[:, None])
    order = np.argsort(begins, axis=1)
    begins = np.take_along_axis(begins, order, axis=1)
    reached = np.maximum.accumulate(np.take_along_axis(ends, order, axis=1), axis=1)
    apart = begins[:, 1:] > reached[:, :-1]
    begins[:, 1:] = np.where(apart, begins[:, 1:], 0)
    joined = np.maximum.accumulate(begins, axis=1)  # where the stretch began that it is part of
    longest: Whole = (reached - joined).max(axis=1)
    return longest
