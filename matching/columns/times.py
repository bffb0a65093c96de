"""How often two sides are there at the same time: weekly hours, dates, clocks that change.

Rule 6, exactly. Wall-clock times become instants through the zone, and one
occurrence of the need is compared with every occurrence of the offer near it.

Three readings of the rule, shared with the reference in the tests: a side
without slots is there whole days, each an occurrence of its own; a slot listed
twice happens twice; listed dates outside the side's own range do not happen.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from matching.columns.arrays import Bools, Ints
from matching.columns.book import Shape
from matching.columns.clocks import DAY, Clocks, Whole, clocks_of
from matching.columns.days import (
    MINUTE,
    NEAR,
    Hours,
    Meetings,
    Occurrences,
    occurrences,
    weekday_of,
    with_hours,
)
from matching.columns.ragged import numbered

ROWS, CELLS = 20_000, 500_000  # looked at together, so that memory stays bounded


class Schedules(NamedTuple):
    """Everything that comparing hours reads."""

    meetings: Meetings
    hours: Hours
    clocks: Clocks

    @classmethod
    def of(cls, meetings: Meetings, hours: Hours) -> "Schedules":
        first, last = int(meetings.first.min()), int(meetings.last.max())
        return cls(meetings, hours, clocks_of(hours.zones, first, last))


class Leaning(NamedTuple):
    """Occurrences of the need that are covered, and the days of the offer they lean on.

    Days are counted from the occurrence's own. The offer must be there on a day up to
    ``first`` and on a day from ``last`` on; ``suffices`` says whether to be there from
    the one to the other is enough.
    """

    found: Occurrences
    first: Whole
    last: Whole
    suffices: Bools


def sessions_covered(meetings: Meetings, shapes: Sequence[Shape]) -> Ints:
    """How many of the need's occurrences hold a long enough stretch that the offer covers.

    shapes   ``Book.shapes``
    returns  (M,)
    """
    meetings = _cut_to_need(meetings)
    same = numbered(*meetings.columns().values())
    _, once = np.unique(same, return_index=True)
    meetings, hours = with_hours(meetings.take(once), shapes)
    counts = np.zeros(len(once), np.int64)
    for start in range(0, len(once), ROWS):
        block = slice(start, start + ROWS)
        counts[block] = _counted(Schedules.of(meetings.take(block), hours))
    return counts[same].astype(np.int32)


def leanings(meetings: Meetings, shapes: Sequence[Shape]) -> Iterator[Leaning]:
    """In pieces, all occurrences that an offer covers which is there throughout."""
    schedules = Schedules.of(*with_hours(meetings, shapes))
    for found in _by_size(schedules):
        covered = found.take(_is_covered_by(found, schedules, -NEAR, NEAR))
        own_day = (
            _is_covered_by(covered, schedules, 0, 0)
            & ~_is_covered_by(covered, schedules, -NEAR, -1)
            & ~_is_covered_by(covered, schedules, 1, NEAR)
        )
        yield _on_own_day(covered.take(own_day))
        yield _on_some_days(covered.take(~own_day), schedules)


def _on_own_day(found: Occurrences) -> Leaning:
    """Nearly all: the offer covers them from the same day, and from no other."""
    none = np.zeros_like(found.day)
    return Leaning(found, none, none, np.ones(len(none), np.bool_))


def _on_some_days(found: Occurrences, schedules: Schedules) -> Leaning:
    """More days never cover less, so the first to lean on is the last from which they suffice.

    The last day likewise, from the other end.
    """
    first, last = np.full_like(found.day, -NEAR), np.full_like(found.day, NEAR)
    for day in range(1 - NEAR, NEAR + 1):
        first += _is_covered_by(found, schedules, day, NEAR)
        last -= _is_covered_by(found, schedules, -NEAR, -day)
    return Leaning(found, first, last, _is_covered_by(found, schedules, first, last))


def _is_covered_by(
    found: Occurrences, schedules: Schedules, first: Whole | int, last: Whole | int
) -> Bools:
    """Whether the offer covers them that is there from one day to another around their own."""
    return _is_covered(found, found.day + first, found.day + last, schedules)


def _cut_to_need(meetings: Meetings) -> Meetings:
    """Without what the offer does long before and after the need, many rows are equal."""
    start = np.maximum(meetings.start, meetings.first - NEAR - 1)
    end = np.minimum(meetings.end, meetings.last + NEAR + 1)
    return Meetings(**{**meetings.columns(), "start": start, "end": end})


def _counted(schedules: Schedules) -> Whole:
    """The answer, occurrence by occurrence."""
    meetings = schedules.meetings
    counts = np.zeros(len(meetings), np.int64)
    for found in _by_size(schedules):
        start, end = meetings.start[found.row], meetings.end[found.row]
        covered = _is_covered(found, start, end, schedules)
        np.add.at(counts, found.row[covered], found.times[covered])
    return counts


def _by_size(schedules: Schedules) -> Iterator[Occurrences]:
    """The need's occurrences in blocks, each beside offers with equally many slots."""
    found = occurrences(*schedules)
    size = schedules.hours.size[schedules.meetings.offer_shape[found.row]]
    for slots in np.unique(size):
        rows = np.flatnonzero(size == slots)
        step = max(1, CELLS // int(slots))
        for start in range(0, len(rows), step):
            yield found.take(rows[start : start + step])


def _is_covered(found: Occurrences, start: Whole, end: Whole, schedules: Schedules) -> Bools:
    """Whether the longest stretch that the offer, there on these days, covers is long enough.

    Of every slot of the offer just one occurrence is near: the seven days
    around the need's have each weekday once.
    """
    meetings, hours, clocks = schedules
    midnight = found.day * DAY
    zone = hours.zone[meetings.need_shape[found.row]]
    begin = clocks.instants(zone, midnight + hours.begin[found.slot])
    finish = clocks.instants(zone, midnight + hours.finish[found.slot])
    shape = meetings.offer_shape[found.row]
    slot = hours.first_slot[shape][:, None] + np.arange(hours.size[shape].max(initial=0))
    before = found.day - NEAR
    day = before[:, None] + (hours.weekday[slot] - weekday_of(before)[:, None]) % 7
    there = (start[:, None] <= day) & (day <= end[:, None])
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
    longest: Whole = (reached - joined).max(axis=1, initial=0)
    return longest
