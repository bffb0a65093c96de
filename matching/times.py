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

from matching.arrays import Bools, Ints, numbered, spread
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


class Span(NamedTuple):
    """Days of the need, row by row. In a steady span one day stands for all of its weekday."""

    row: Whole
    first: Whole
    last: Whole
    steady: bool


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
    """The answer, one pair of zones at a time."""
    counts = np.zeros(len(meetings), np.int64)
    zones = numbered(hours.zone[meetings.need_shape], hours.zone[meetings.offer_shape])
    order = np.argsort(zones, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(zones[order])) + 1):
        if len(rows):
            counts[rows] = _counted_in_zones(meetings.take(rows), hours)
    return counts


def _counted_in_zones(meetings: Meetings, hours: "Hours") -> Whole:
    """The answer for rows of one zone each side."""
    first, last = int(meetings.first.min()), int(meetings.last.max())
    need_clock = clock(hours.zones[hours.zone[meetings.need_shape[0]]], first, last)
    offer_clock = clock(hours.zones[hours.zone[meetings.offer_shape[0]]], first, last)
    counts = np.zeros(len(meetings), np.int64)
    for found in _occurrences(meetings, hours, need_clock, offer_clock):
        for same_size in _by_size(found, hours.size[meetings.offer_shape[found.row]]):
            covered = _is_covered(same_size, meetings, hours, need_clock, offer_clock)
            np.add.at(counts, same_size.row[covered], same_size.times[covered])
    return counts


# Clocks


class Clock(NamedTuple):
    """What the clocks of a zone show, as a table of offsets from Greenwich.

    changes  (C,)      wall-clock seconds from which the next offset is used
    offsets  (C + 1,)  seconds
    """

    changes: Whole
    offsets: Whole

    def instants(self, walls: Whole) -> Whole:
        """Wall-clock seconds as seconds at Greenwich.

        As ``fold=0``: of a time shown twice the first, and a time that the clock
        skips is read with the offset before the change.
        """
        return walls - self.offsets[np.searchsorted(self.changes, walls, side="right")]


def clock(zone: str, first: int, last: int) -> Clock:
    """The clock of the years from some days before the first to some after the last."""
    begin = date.fromordinal(max(first - DOUBT, 1)).year
    end = date.fromordinal(min(last + DOUBT, CALENDAR - 1)).year
    changes = [change for year in range(begin, end + 1) for change in _changes(zone, year)]
    offsets = [_offset(zone, _new_year(begin)), *(offset for _, offset in changes)]
    return Clock(np.array([wall for wall, _ in changes], np.int64), np.array(offsets, np.int64))


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


def _occurrences(
    meetings: Meetings, hours: Hours, need_clock: Clock, offer_clock: Clock
) -> Iterator[Occurrences]:
    """The need's occurrences that the offer may cover, some standing for many."""
    need_lists = hours.listed[meetings.need_shape]
    offer_lists = hours.listed[meetings.offer_shape] & ~need_lists
    weekly = np.flatnonzero(~need_lists & ~offer_lists)
    spans = [
        _listed_days(meetings, np.flatnonzero(need_lists), meetings.need_shape, hours, 0),
        _listed_days(meetings, np.flatnonzero(offer_lists), meetings.offer_shape, hours, NEAR),
        *_days_at_the_ends(meetings, weekly),
        *_days_between(meetings, weekly, _doubtful_days(need_clock, offer_clock)),
    ]
    for span in spans:
        if len(span.row):
            yield _on_its_weekdays(span, meetings, hours)


def _listed_days(meetings: Meetings, rows: Whole, shape: Whole, hours: Hours, near: int) -> Span:
    """Each listed day, and ``near`` days around it, within the need's range."""
    of_row, number = spread(hours.first_date[shape[rows]], hours.dates[shape[rows]])
    around = np.arange(-near, near + 1)
    row = np.repeat(rows[of_row], len(around))
    day = (hours.date[number][:, None] + around).ravel()
    inside = (meetings.first[row] <= day) & (day <= meetings.last[row])
    keys = np.unique(np.stack([row[inside], day[inside]], axis=1), axis=0)
    return Span(keys[:, 0], keys[:, 1], keys[:, 1], steady=False)


def _days_at_the_ends(meetings: Meetings, rows: Whole) -> Iterator[Span]:
    """The days near the first and the last day of the offer."""
    start, end = meetings.start[rows], meetings.end[rows]
    yield _span(meetings, rows, start - NEAR, start + NEAR - 1, steady=False)
    yield _span(meetings, rows, np.maximum(end - NEAR + 1, start + NEAR), end + NEAR, steady=False)


def _days_between(
    meetings: Meetings, rows: Whole, doubtful: list[tuple[int, int]]
) -> Iterator[Span]:
    """The days on whose every near day the offer is there."""
    start, end = meetings.start[rows] + NEAR, meetings.end[rows] - NEAR
    borders = [(0, 0), *doubtful, (CALENDAR, CALENDAR)]
    for first, last in doubtful:
        yield _span(meetings, rows, np.maximum(start, first), np.minimum(end, last), steady=False)
    for (_, before), (after, _) in pairwise(borders):
        first, last = before + 1, after - 1
        yield _span(meetings, rows, np.maximum(start, first), np.minimum(end, last), steady=True)


def _span(meetings: Meetings, rows: Whole, first: Whole, last: Whole, *, steady: bool) -> Span:
    """These days within the need's range, without the rows that have none."""
    first = np.maximum(first, meetings.first[rows])
    last = np.minimum(last, meetings.last[rows])
    some = first <= last
    return Span(rows[some], first[some], last[some], steady)


def _doubtful_days(*clocks: Clock) -> list[tuple[int, int]]:
    """First and last of the days around each change of clocks, apart and in order."""
    days = sorted({int(wall) // DAY for known in clocks for wall in known.changes})
    around: list[tuple[int, int]] = []
    for day in days:
        if around and day - DOUBT <= around[-1][1] + 1:
            around[-1] = (around[-1][0], day + DOUBT)
        else:
            around.append((day - DOUBT, day + DOUBT))
    return around


def _on_its_weekdays(span: Span, meetings: Meetings, hours: Hours) -> Occurrences:
    """What the need's slots make of a span of days."""
    shape = meetings.need_shape[span.row]
    of_span, slot = spread(hours.first_slot[shape], hours.size[shape])
    first, last = span.first[of_span], span.last[of_span]
    day = first + (hours.weekday[slot] - _weekday(first)) % 7
    weeks = np.maximum((last - day) // 7 + 1, 0)
    row = span.row[of_span]
    if span.steady:
        return Occurrences(row, slot, day, weeks).take(weeks > 0)
    of_slot, days = spread(np.zeros(len(weeks), np.int64), weeks)
    day = day[of_slot] + 7 * days
    return Occurrences(row[of_slot], slot[of_slot], day, np.ones(len(day), np.int64))


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


def _is_covered(
    found: Occurrences, meetings: Meetings, hours: Hours, need_clock: Clock, offer_clock: Clock
) -> Bools:
    """Whether the longest stretch that the offer covers is long enough.

    Of every slot of the offer just one occurrence is near: the seven days
    around the need's have each weekday once.
    """
    midnight = found.day * DAY
    begin = need_clock.instants(midnight + hours.begin[found.slot])
    finish = need_clock.instants(midnight + hours.finish[found.slot])
    shape = meetings.offer_shape[found.row]
    slot = hours.first_slot[shape][:, None] + np.arange(hours.size[shape[0]])
    before = found.day - NEAR
    day = before[:, None] + (hours.weekday[slot] - _weekday(before)[:, None]) % 7
    there = (meetings.start[found.row][:, None] <= day) & (day <= meetings.end[found.row][:, None])
    if hours.listed[shape].any():
        shapes = np.broadcast_to(shape[:, None], day.shape)
        there &= ~hours.listed[shapes] | hours.happens_on(shapes, day)
    offer_begin = offer_clock.instants(day * DAY + hours.begin[slot])
    offer_finish = offer_clock.instants(day * DAY + hours.finish[slot])
    there &= offer_begin < offer_finish  # the clock change left it some time
    longest = _longest_stretch(begin, finish, offer_begin, offer_finish, there)
    return (begin < finish) & (longest >= meetings.minutes[found.row] * MINUTE)


def _longest_stretch(
    begin: Whole, finish: Whole, offer_begin: Whole, offer_finish: Whole, there: Bools
) -> Whole:
    """The longest unbroken stretch of (I,) that the (I, J) of the offer, joined, cover."""
    begins = np.maximum(offer_begin, begin[:, None])
    ends = np.minimum(offer_finish, finish[:, None])
    there = there & (begins < ends)
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
