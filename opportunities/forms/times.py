"""Weekly times and single dates, ticked or typed: a part of the page about days and hours."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DayField
from opportunities.forms.base import StepForm
from opportunities.forms.fields import ClockField, TickedField
from opportunities.schedules import DAY_MINUTES, Slot
from opportunities.weekly_grid import PARTS, QUICK, Cell, Part, cells_of, with_exact

MORE_ROWS = 2  # empty rows for a second time on some day
MORE_DATES = 3  # empty fields for single dates
MAX_DATES = 60


@dataclass(frozen=True)
class Row:
    """One line of weekly times: a weekday that stands there or is chosen, and from and to."""

    day: str
    choose: BoundField | None
    start: BoundField
    end: BoundField


@dataclass(frozen=True)
class Tick:
    """One part of one day: what it is called aloud, and whether it is ticked."""

    value: str
    part: Part
    is_ticked: bool


@dataclass(frozen=True)
class Quick:
    """A choice that ticks several parts at once; ``cells`` names them for the page's script."""

    value: str
    words: str
    cells: str
    is_ticked: bool


class TimesForm(StepForm):
    """A week to tick, rows for exact hours, and fields for single dates.

    Cleaned, they are ``slots`` and ``dates``, each in order.
    """

    quick = TickedField(
        label=_("Quick choices"),
        choices=[(name, words) for name, (words, _cells) in QUICK.items()],
        required=False,
    )
    grid = TickedField(
        label=_("Every week"),
        choices=[(f"{day}-{part}", "") for day in range(7) for part in range(len(PARTS))],
        required=False,
    )

    def known(self) -> dict[str, Any]:
        known = super().known() | {
            f"date_{number}": day for number, day in enumerate(self.posting.dates)
        }
        cells, exact = cells_of(self.posting.weekly_slots)
        known["grid"] = [f"{day}-{part}" for day, part in sorted(cells)]
        self._more: list[Slot] = []
        first: dict[int, Slot] = {}
        for slot in exact:
            if first.setdefault(slot.weekday, slot) != slot:
                self._more.append(slot)
        for weekday, slot in first.items():
            known |= {f"from_{weekday}": _clock(slot.start), f"to_{weekday}": _clock(slot.end)}
        for number, slot in enumerate(self._more):
            known |= {
                f"more_day_{number}": slot.weekday,
                f"more_from_{number}": _clock(slot.start),
                f"more_to_{number}": _clock(slot.end),
            }
        return known

    def prepare(self) -> None:
        super().prepare()
        self._add_rows()
        self._add_dates()

    def _add_rows(self) -> None:
        for number in range(7):
            day = {"day": WEEKDAYS[number]}
            self.fields[f"from_{number}"] = ClockField(label=gettext("%(day)s, from") % day)
            self.fields[f"to_{number}"] = ClockField(label=gettext("%(day)s, to") % day)
        days = [("", gettext("No other time")), *((str(day), WEEKDAYS[day]) for day in range(7))]
        for number in range(len(self._more) + MORE_ROWS):
            row = {"number": number + 1}
            self.fields[f"more_day_{number}"] = forms.ChoiceField(
                label=gettext("More time %(number)d, weekday") % row, choices=days, required=False
            )
            self.fields[f"more_from_{number}"] = ClockField(
                label=gettext("More time %(number)d, from") % row
            )
            self.fields[f"more_to_{number}"] = ClockField(
                label=gettext("More time %(number)d, to") % row
            )

    def _add_dates(self) -> None:
        used = len(self.posting.dates)
        for number in range(max(used, min(used + MORE_DATES, MAX_DATES))):
            label = gettext("Date %(number)d") % {"number": number + 1}
            self.fields[f"date_{number}"] = DayField(label=label, required=False)

    # How it is laid out

    @property
    def parts(self) -> tuple[Part, ...]:
        return PARTS

    @property
    def week(self) -> list[tuple[str, list[Tick]]]:
        """Each weekday with its parts, as the table shows them."""
        ticked = set(self["grid"].value() or [])
        return [
            (
                str(WEEKDAYS[day]),
                [
                    Tick(f"{day}-{number}", part, f"{day}-{number}" in ticked)
                    for number, part in enumerate(PARTS)
                ],
            )
            for day in range(7)
        ]

    @property
    def quick_choices(self) -> list[Quick]:
        ticked = set(self["quick"].value() or [])
        return [
            Quick(
                name, str(words), " ".join(f"{day}-{part}" for day, part in cells), name in ticked
            )
            for name, (words, cells) in QUICK.items()
        ]

    @property
    def exact_is_open(self) -> bool:
        return any(
            field.errors or field.value() for row in self.rows for field in (row.start, row.end)
        )

    @property
    def rows(self) -> list[Row]:
        return [
            Row(str(WEEKDAYS[day]), None, self[f"from_{day}"], self[f"to_{day}"])
            for day in range(7)
        ]

    @property
    def more_rows(self) -> list[Row]:
        return [
            Row(
                "",
                self[f"more_day_{number}"],
                self[f"more_from_{number}"],
                self[f"more_to_{number}"],
            )
            for number in self._numbers("more_day_")
        ]

    @property
    def date_fields(self) -> list[BoundField]:
        return [self[f"date_{number}"] for number in self._numbers("date_")]

    @property
    def more_is_open(self) -> bool:
        return any(
            field.errors or field.value()
            for row in self.more_rows
            for field in (row.choose, row.start, row.end)
            if field
        )

    def _numbers(self, prefix: str) -> range:
        return range(sum(name.startswith(prefix) for name in self.fields))

    # What was answered

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["slots"] = self._slots()
        cleaned["dates"] = sorted({day for day in self.days() if day})
        return cleaned

    def _slots(self) -> list[Slot]:
        found = [self._slot(str(day), f"from_{day}", f"to_{day}") for day in range(7)]
        for number in self._numbers("more_day_"):
            day = self.cleaned_data.get(f"more_day_{number}", "")
            start, end = f"more_from_{number}", f"more_to_{number}"
            if not day and (self.cleaned_data.get(start) or self.cleaned_data.get(end)):
                self.add_error(f"more_day_{number}", _("On which day?"))
            elif day and self.asks_all and not self.cleaned_data.get(start):
                self.add_error(start, _("From when?"))
            else:
                found.append(self._slot(day, start, end))
        return with_exact(self._cells(), [slot for slot in found if slot])

    def _cells(self) -> set[Cell]:
        """Ticked one by one, or by a quick choice."""
        pairs = (value.split("-") for value in self.cleaned_data.get("grid", []))
        quick = (QUICK[name][1] for name in self.cleaned_data.get("quick", []))
        return {(int(day), int(part)) for day, part in pairs}.union(*quick)

    def _slot(self, day: str, start: str, end: str) -> Slot | None:
        begins, ends = self.cleaned_data.get(start), self.cleaned_data.get(end)
        if begins is None and ends is None:
            return None
        if begins is None or ends is None:
            missing, text = (start, _("From when?")) if begins is None else (end, _("Until when?"))
            if self.asks_all and missing not in self.errors:
                self.add_error(missing, text)
            return None
        return Slot(int(day), *_stretch(begins, ends))

    def days(self) -> list[date | None]:
        """What stands in each field for a date, in their order."""
        return [self.cleaned_data.get(f"date_{number}") for number in self._numbers("date_")]


def _stretch(begins: time, ends: time) -> tuple[int, int]:
    """Minutes after midnight; an end that is not after the start is on the next day."""
    start, end = begins.hour * 60 + begins.minute, ends.hour * 60 + ends.minute
    return start, end if end > start else end + DAY_MINUTES


def _clock(minutes: int) -> time:
    hours, minutes = divmod(minutes % DAY_MINUTES, 60)
    return time(hours, minutes)
