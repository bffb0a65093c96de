"""Which days to look at: occurrences of the need, one day standing for many where weeks repeat.

Weeks in which no clock changes and the offer is there throughout repeat each
other, so there one day stands for all of its weekday; only the days around a
change of clocks and around the offer's first and last day are looked at one by
one. Where a side lists its dates, every date is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from matching.columns.arrays import Bools
from matching.columns.book import Shape
from matching.columns.clocks import CALENDAR, DAY, DOUBT, Clocks, Whole
from matching.columns.pairs import Two
from matching.columns.ragged import distinct, spread

MINUTE = 60  # seconds
NEAR = 3  # days: zones are at most 26 hours apart, and a slot ends on the next day at the latest


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

    @classmethod
    def of(cls, two: Two) -> "Meetings":
        """Of these needs and the offers beside them."""
        return cls(
            need_shape=two.needs.shape[two.need].astype(np.int64),
            first=two.needs.start[two.need].astype(np.int64),
            last=two.needs.end[two.need].astype(np.int64),
            minutes=two.needs.minutes[two.need].astype(np.int64),
            offer_shape=two.offers.shape[two.offer].astype(np.int64),
            start=two.offers.start[two.offer].astype(np.int64),
            end=two.offers.end[two.offer].astype(np.int64),
        )

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


def with_hours(meetings: Meetings, shapes: Sequence[Shape]) -> tuple[Meetings, Hours]:
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


def occurrences(meetings: Meetings, hours: Hours, clocks: Clocks) -> Occurrences:
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
    day = first + (hours.weekday[slot] - weekday_of(first)) % 7
    weeks = np.maximum((last - day) // 7 + 1, 0)
    steady = spans.steady[of_span]
    of_slot, week = spread(np.zeros_like(weeks), np.where(steady, np.minimum(weeks, 1), weeks))
    return Occurrences(
        row=spans.row[of_span][of_slot],
        slot=slot[of_slot],
        day=day[of_slot] + 7 * week,
        times=np.where(steady, weeks, 1)[of_slot],
    )


def weekday_of(day: Whole) -> Whole:
    return (day - 1) % 7  # the first day of the calendar was a Monday
