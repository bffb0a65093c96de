"""The hours an offer has left beside the classes it is already introduced to.

Weekly and careful: a class takes all of the need's own hours while it lasts, and
two time zones are compared with every distance their clocks have in a year. That
can hide an hour that is free, and never gives one away twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from matching.columns.arrays import SlotFacts
from matching.columns.book import ANY_TIME

DAY = 24 * 60  # minutes
WEEK = 7 * DAY  # minutes
SHORTEST = 45  # minutes of a free stretch worth coming for: a lesson at school


@dataclass(frozen=True, slots=True)
class Taken:
    """The weekly hours of one need that the offer was introduced to."""

    time_zone: str
    slots: tuple[SlotFacts, ...]  # none: any time of the week


def free_slots(
    slots: Sequence[SlotFacts], *, time_zone: str, groups: int, taken: Iterable[Taken]
) -> tuple[SlotFacts, ...]:
    """What is left of an offer's weekly hours where fewer than ``groups`` classes meet.

    An offer without slots has the whole week. A piece that would start on the day
    after its slot's own is left out. Nothing left is an empty tuple, which here
    means no hours at all: ask ``has_hours`` before giving it to the rules.
    """
    busy = np.zeros(WEEK, np.int32)
    for one in taken:
        busy += _minutes_taken(one, time_zone)
    full = busy >= groups
    return tuple(piece for slot in slots or ANY_TIME for piece in _free_pieces(slot, full))


def has_hours(slots: Iterable[SlotFacts]) -> bool:
    """Whether a stretch is left that is long enough to come for."""
    return any(end - start >= SHORTEST for _weekday, start, end in slots)


def _minutes_taken(taken: Taken, time_zone: str) -> NDArray[np.bool_]:
    """(WEEK,) the minutes of the offer's week, from Monday's midnight, that are taken."""
    minutes = np.zeros(WEEK, np.bool_)
    for shift in _shifts(taken.time_zone, time_zone):
        for weekday, start, end in taken.slots or ANY_TIME:
            first = weekday * DAY + start + shift
            minutes[np.arange(first, weekday * DAY + end + shift) % WEEK] = True
    return minutes


def _free_pieces(slot: SlotFacts, full: NDArray[np.bool_]) -> list[SlotFacts]:
    weekday, start, end = slot
    free = ~full[np.arange(weekday * DAY + start, weekday * DAY + end) % WEEK]
    edges = np.flatnonzero(np.diff(np.concatenate(([0], free.astype(np.int8), [0]))))
    pieces = [(weekday, start + int(a), start + int(b)) for a, b in edges.reshape(-1, 2)]
    return [piece for piece in pieces if piece[1] < DAY]


@lru_cache(maxsize=1024)
def _shifts(theirs: str, ours: str) -> frozenset[int]:
    """How many minutes our clock is ahead of theirs, on any day of a year."""
    if theirs == ours:
        return frozenset({0})
    noons = (datetime(2027, 1, 1, 12, tzinfo=UTC) + timedelta(days=day) for day in range(365))
    return frozenset(_minutes_ahead(ours, noon) - _minutes_ahead(theirs, noon) for noon in noons)


def _minutes_ahead(zone: str, moment: datetime) -> int:
    ahead = moment.astimezone(ZoneInfo(zone)).utcoffset()
    return int((ahead or timedelta()).total_seconds() // 60)
