"""What clocks show: offsets from Greenwich of whole arrays of wall-clock times."""

import zoneinfo
from calendar import isleap
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]  # days as ordinals, or seconds since the midnight of day 0

DAY = 86_400  # seconds
DOUBT = 5  # days before and after a change of clocks on which hours are not as in other weeks
CALENDAR = date.max.toordinal() + 1  # days
SETTLED = 2101  # the year from which no zone has a change of its own: the last are of 2087
CYCLE = 28  # years in which each weekday begins one leap year and three others

_FIRST: dict[tuple[int, int, bytes, bytes], str] = {}


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
            for wall, offset in _changes_in(zone, year)
        ]
    return Clocks(*np.array(rows, np.int64).reshape(-1, 3).T)


@cache
def same_clock(zone: str, first: int, last: int) -> str:
    """The first zone asked for whose clocks show the same from one day to another."""
    clock = clocks_of([zone], first, last)
    return _FIRST.setdefault((first, last, clock.wall.tobytes(), clock.offset.tobytes()), zone)


def _changes_in(zone: str, year: int) -> list[tuple[int, int]]:
    """As ``_changes``; far years are read off one of the first that are settled.

    By then a zone has the same rule for every year ("the second Sunday of March"), so
    years that begin on the same weekday and are equally long change on the same days.
    """
    twin = _twin(year)
    later = _new_year(year) - _new_year(twin)
    return [(wall + later, offset) for wall, offset in _changes(zone, twin)]


@cache
def _twin(year: int) -> int:
    """The year itself, or of the settled ones the first with the same calendar."""
    years = range(SETTLED, min(year, SETTLED + CYCLE))
    return next((other for other in years if _calendar(other) == _calendar(year)), year)


def _calendar(year: int) -> tuple[int, bool]:
    return date(year, 1, 1).weekday(), isleap(year)


@cache
def _changes(zone: str, year: int) -> tuple[tuple[int, int], ...]:
    """Each change of clocks after a year's first midnight, up to the next year's.

    returns  the wall-clock second from which it counts, and the offset from then on
    """
    midnights = range(_new_year(year), _new_year(year + 1) + 1, DAY)
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
