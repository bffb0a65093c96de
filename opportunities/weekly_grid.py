"""The week as a table to tick: seven days by morning, afternoon and evening."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opportunities.schedules import Slot

Cell = tuple[int, int]  # (weekday, 0 is Monday; number of the part)
WEEKDAYS, WEEKEND = range(5), range(5, 7)


class Part(NamedTuple):
    """A part of the day, in minutes after midnight."""

    name: Promise
    hours: Promise
    hours_short: Promise  # for a box on a phone
    start: int
    end: int


# Chosen so that a workday has two halves and an evening class of any usual length fits in one.
PARTS = (
    Part(_("Morning"), _("6 a.m. to noon"), _("6 a.m.–noon"), 6 * 60, 12 * 60),
    Part(_("Afternoon"), _("noon to 5 p.m."), _("noon–5 p.m."), 12 * 60, 17 * 60),
    Part(_("Evening"), _("5 p.m. to 10 p.m."), _("5–10 p.m."), 17 * 60, 22 * 60),
)
QUICK: dict[str, tuple[Promise, frozenset[Cell]]] = {
    "weekdays": (
        _("Weekdays in the daytime"),
        frozenset((day, part) for day in WEEKDAYS for part in (0, 1)),
    ),
    "evenings": (_("Weekday evenings"), frozenset((day, 2) for day in WEEKDAYS)),
    "weekends": (
        _("Weekends"),
        frozenset((day, part) for day in WEEKEND for part in range(len(PARTS))),
    ),
}


def slots_of(cells: Collection[Cell]) -> list[Slot]:
    """The ticked parts as hours; parts of a day that follow each other are one stretch."""
    slots: list[Slot] = []
    for day, number in sorted(set(cells)):
        part = PARTS[number]
        if slots and slots[-1].weekday == day and slots[-1].end == part.start:
            slots[-1] = slots[-1]._replace(end=part.end)
        else:
            slots.append(Slot(day, part.start, part.end))
    return slots


def cells_of(slots: Iterable[Slot]) -> tuple[set[Cell], list[Slot]]:
    """The hours that the table can show, as ticked parts; and those that it cannot."""
    cells: set[Cell] = set()
    rest: list[Slot] = []
    for slot in slots:
        within = {
            (slot.weekday, number)
            for number, part in enumerate(PARTS)
            if slot.start <= part.start and part.end <= slot.end
        }
        if slots_of(within) == [slot] and not _touch(cells, within):
            cells |= within
        else:
            rest.append(slot)
    return cells, rest


def _touch(cells: set[Cell], more: set[Cell]) -> bool:
    """Whether two stretches that were given apart would melt into one."""
    return any((day, number + step) in cells for day, number in more for step in (-1, 0, 1))


def with_exact(cells: Collection[Cell], exact: Iterable[Slot]) -> list[Slot]:
    """All hours in order; exact ones that a ticked part covers anyway are left out."""
    wide = slots_of(cells)
    return sorted({*wide, *(slot for slot in exact if not _is_within(slot, wide))})


def _is_within(slot: Slot, wide: list[Slot]) -> bool:
    return any(
        each.weekday == slot.weekday and each.start <= slot.start and slot.end <= each.end
        for each in wide
    )
