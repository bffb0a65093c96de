"""The third page of questions: on which days, at what hours, how long and how often."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DayField
from opportunities.choices import Format
from opportunities.forms.base import Section
from opportunities.forms.times import TimesForm
from opportunities.models import Need
from opportunities.said_lengths import minutes_said, sessions_said
from opportunities.said_times import cells_said
from opportunities.schedules import DAY_MINUTES, Slot, format_slot

LONGEST = timedelta(days=3 * 366)  # a posting that runs longer is forgotten, not planned


class HoursForm(TimesForm):
    """The times, and from when until when, how long and how often."""

    SECTIONS: ClassVar[tuple[Section, ...]] = (
        Section("range", _("From when until when"), "", ("start_date", "end_date")),
        Section("hours", "", "", ("any_time", "quick", "grid", "from_0")),
        Section(
            "length",
            _("How long and how often"),
            _("So that we look for people who are free long and often enough."),
            ("minutes", "sessions", "shift_hours", "shifts_per_week"),
        ),
    )
    LOOKS_FOR = timedelta(days=91)  # a quarter: most classes begin within it
    PLAIN: ClassVar[tuple[str, ...]] = (
        "start_date",
        "end_date",
        "minutes",
        "sessions",
        "shifts_per_week",
    )

    is_ticked_from_words = is_filled_from_words = False

    start_date = DayField(label=_("First day"))
    end_date = DayField(label=_("Last day"))
    any_time = forms.BooleanField(label=_("Any time of the week is fine"), required=False)
    minutes = forms.IntegerField(
        label=_("How many minutes does one session take?"), min_value=1, max_value=DAY_MINUTES
    )
    sessions = forms.IntegerField(label=_("How many sessions?"), min_value=1, max_value=1000)
    shift_hours = forms.DecimalField(
        label=_("How many hours should a shift have?"),
        min_value=Decimal("0.5"),
        max_value=24,
        max_digits=4,
        decimal_places=2,
        help_text=_("A shift of this length must fit into the times above."),
    )
    shifts_per_week = forms.IntegerField(
        label=_("How many shifts a week?"), min_value=1, max_value=14
    )

    def known(self) -> dict[str, Any]:
        posting = self.posting
        known = super().known()
        known["start_date"] = posting.start_date or self.today
        was_asked = posting.start_date is not None
        known["any_time"] = was_asked and not posting.slots
        if isinstance(posting, Need):
            known["shift_hours"] = shift_hours(posting.minutes) if posting.shifts_per_week else None
        return known

    def prepare(self) -> None:
        super().prepare()
        if self.is_need and self.is_class:
            self.drop("shift_hours", "shifts_per_week")
        elif self.is_need:
            self.drop("minutes", "sessions", "any_time")
        else:
            self.drop("minutes", "sessions", "shift_hours", "shifts_per_week")
        self._say_why()
        self._take_from_words()

    def _take_from_words(self) -> None:
        """Where nobody was asked yet, what the words say of times is filled in to be confirmed."""
        posting = self.posting
        was_asked = posting.start_date or posting.slots or posting.dates
        if was_asked or self.is_bound or self.is_redrawn:
            return
        words = f"{posting.title}\n{posting.description}"
        cells = cells_said(words)
        lengths = {"minutes": minutes_said(words), "sessions": sessions_said(words)}
        said = {name: number for name, number in lengths.items() if number and name in self.fields}
        self.initial["grid"] = [f"{day}-{part}" for day, part in sorted(cells)]
        self.initial.update(said)
        self.is_ticked_from_words, self.is_filled_from_words = bool(cells), bool(said)

    def _say_why(self) -> None:
        start, end = self.fields["start_date"], self.fields["end_date"]
        start.help_text = _("Nothing happens before this day.")
        if self.is_need:
            end.help_text = _("We look until this day. You can renew it later.")
        else:
            end.required = False
            end.help_text = _("Empty: until you say otherwise.")
        if "shifts_per_week" in self.fields:
            self.fields["shifts_per_week"].help_text = _(
                "Give at least as many times above as shifts, each as long as a shift."
            )
        if "sessions" in self.fields:
            self.fields["sessions"].help_text = _(
                "At least so many of the times above must suit the person who comes."
            )

    # How it is laid out

    @property
    def dates_are_open(self) -> bool:
        used = any(field.errors or field.value() for field in self.date_fields)
        return used or self.posting.format == Format.ONE_TIME_HELP

    @property
    def hours_title(self) -> str:
        if self.is_class:
            return gettext("At what times?")
        return (
            gettext("Which hours are possible?")
            if self.is_need
            else gettext("Between which hours?")
        )

    # What was answered

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._clean_any_time(cleaned)
        self._clean_range(cleaned)
        if not self.errors:
            self._clean_dates(cleaned)
            self._clean_length(cleaned)
        return cleaned

    def _clean_any_time(self, cleaned: dict[str, Any]) -> None:
        wrong_times = any(
            name.startswith(("from_", "to_", "more_", "grid")) for name in self.errors
        )
        if cleaned.get("any_time") and cleaned["slots"]:
            self.add_error(
                "any_time", _("You also gave times below. Untick this, or clear the times.")
            )
        elif self.asks_all and not (cleaned.get("any_time") or cleaned["slots"] or wrong_times):
            if "any_time" in self.fields:
                self.add_error("any_time", _("Please give at least one time, or tick this."))
            else:
                self.add_error("grid", _("Please give the possible hours of at least one day."))

    def _clean_range(self, cleaned: dict[str, Any]) -> None:
        start, end = cleaned.get("start_date"), cleaned.get("end_date")
        if start and end and end < start:
            self.add_error("end_date", _("The last day cannot come before the first."))
        elif end and end < self.today and end != self.posting.end_date:
            self.add_error("end_date", _("This day is over already."))
        elif start and end and end - start > LONGEST:
            self.add_error(
                "end_date", _("Please choose a day within three years. You can renew it.")
            )

    def _clean_dates(self, cleaned: dict[str, Any]) -> None:
        """A date without a time on its weekday would never happen."""
        weekdays = {slot.weekday for slot in cleaned["slots"]}
        start, end = cleaned.get("start_date"), cleaned.get("end_date")
        for number, day in enumerate(self.days()):
            if day is None:
                continue
            if (start and day < start) or (end and day > end):
                self.add_error(
                    f"date_{number}", _("This date is not between the first and the last day.")
                )
            elif weekdays and day.weekday() not in weekdays:
                self.add_error(
                    f"date_{number}",
                    gettext("This is a %(weekday)s. Please give a time for that day above.")
                    % {"weekday": WEEKDAYS[day.weekday()]},
                )

    def _clean_length(self, cleaned: dict[str, Any]) -> None:
        """What no stretch of time can hold would never be found."""
        if self.is_need and not self.is_class and cleaned.get("shift_hours"):
            cleaned["minutes"] = round(cleaned["shift_hours"] * 60)
        asked = "minutes" if "minutes" in self.fields else "shift_hours"
        minutes, slots = cleaned.get("minutes"), cleaned["slots"]
        if minutes and slots and all(slot.end - slot.start < minutes for slot in slots):
            self.add_error(asked, _("None of the times above is that long."))
        elif "shifts_per_week" in self.fields and cleaned.get("shifts_per_week") and minutes:
            self._clean_shifts(slots, minutes)
        elif "sessions" in self.fields and cleaned.get("sessions"):
            possible = self._times(cleaned)
            if possible is not None and possible < cleaned["sessions"]:
                self.add_error(
                    "sessions",
                    gettext(
                        "Between the first and the last day there are only %(count)d such times."
                    )
                    % {"count": possible},
                )

    def _clean_shifts(self, slots: list[Slot], minutes: int) -> None:
        long_enough = sum(slot.end - slot.start >= minutes for slot in slots)
        if self.asks_all and long_enough < self.cleaned_data["shifts_per_week"]:
            self.add_error(
                "shifts_per_week",
                gettext("Only %(count)d of the times above are long enough for a shift.")
                % {"count": long_enough},
            )

    def _times(self, cleaned: dict[str, Any]) -> int | None:
        """How often the weekly times happen in the range; None where any time will do."""
        start, end = cleaned.get("start_date"), cleaned.get("end_date")
        if not (cleaned["slots"] and start and end):
            return None
        per_weekday: dict[int, int] = defaultdict(int)
        for slot in cleaned["slots"]:
            if slot.end - slot.start >= (cleaned.get("minutes") or 0):
                per_weekday[slot.weekday] += 1
        days = cleaned["dates"] or [
            start + timedelta(days=number) for number in range((end - start).days + 1)
        ]
        return sum(per_weekday[day.weekday()] for day in days)

    def facts(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        facts = super().facts() | {
            "slots": [format_slot(slot) for slot in cleaned["slots"]],
            "dates": cleaned["dates"],
        }
        if "shift_hours" in self.fields and cleaned.get("minutes"):
            facts["minutes"] = cleaned["minutes"]
        return facts


def shift_hours(minutes: int) -> Decimal:
    return Decimal(f"{minutes / 60:.4g}")
