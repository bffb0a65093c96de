"""Read the cells of one row: each kind of cell once, each refusal a sentence for people."""

import math
import re
import zoneinfo
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_DOWN, Decimal
from functools import cache
from typing import TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from accounts.choices import Language
from accounts.places import Place, UnknownZip, place_of_zip
from opportunities.choices import PayPeriod
from opportunities.schedules import Slot, parse_slots
from opportunities.spreadsheets.tables import RowRejected

MAX_WORDS = 60  # in one list; more is no list but a mistake
MAX_SLOTS = 70  # ten a day
MAX_DATES = 400  # every day of a year and more
YEARS = range(1900, 2200)
_INTEGER = re.compile(r"\d{1,9}(\.0+)?|\d{1,3}(,\d{3}){1,2}", re.ASCII)  # Excel writes 12.0
_DECIMAL = re.compile(r"[-+]?(\d{1,12}(\.\d{0,20})?|\.\d{1,20})(e[-+]?\d{1,2})?", re.ASCII)
_MONEY = re.compile(r"\$? ?(\d{1,3}(,\d{3})+|\d{1,9})(\.\d{0,6})?", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})([T ][\d:.]+Z?)?", re.ASCII)
_US_DATE = re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})( [\d:]+)?", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_YES = {"", "yes", "y", "true", "1", "x"}
_NO = {"no", "n", "false", "0"}
_PERIODS = {
    "hourly": "hour",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "annual": "year",
    "annually": "year",
}
ChoiceT = TypeVar("ChoiceT", bound=TextChoices)
ValueT = TypeVar("ValueT")


class Cells:
    """The cells of one row. Each method reads one column and raises ``RowRejected``."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells
        self.warnings: list[str] = []

    @property
    def given(self) -> frozenset[str]:
        """The columns whose cell is not empty."""
        return frozenset(name for name, text in self._cells.items() if text)

    def text(self, column: str, limit: int, *, required: bool = False) -> str:
        text = self._cells.get(column, "")
        if required and not text:
            raise RowRejected(column, _("This cell must not be empty."))
        if len(text) > limit:
            raise RowRejected(
                column,
                _("The text has %(length)s characters; %(limit)s is the most.")
                % {"length": len(text), "limit": limit},
            )
        if _CONTROL.search(text):
            raise RowRejected(column, _("The text holds a sign that cannot be shown."))
        return text

    def line(self, column: str, limit: int, *, required: bool = False) -> str:
        """A text of one line: breaks and runs of spaces become one space."""
        flat = " ".join(self._cells.get(column, "").split())
        return Cells({column: flat}).text(column, limit, required=required)

    def choice(self, column: str, choices: type[ChoiceT], default: ChoiceT) -> ChoiceT:
        text = self._cells.get(column, "")
        if not text:
            return default
        if found := _choices(choices).get(_word(text)):
            return choices(found)
        raise RowRejected(
            column,
            _("“%(text)s” is none of: %(words)s.")
            % {"text": _short(text), "words": ", ".join(choices.values)},
        )

    def optional_choice(self, column: str, choices: type[TextChoices]) -> str:
        """A choice's word; empty where the cell is."""
        if not self._cells.get(column):
            return ""
        return str(self.choice(column, choices, next(iter(choices))).value)

    def pay_period(self, column: str) -> str:
        """A pay period; "hourly" and "annual" are understood."""
        text = self._cells.get(column, "")
        period = _PERIODS.get(text.lower(), text)
        return Cells({column: period}).optional_choice(column, PayPeriod)

    def time_zone(self, column: str, of_place: str, default: str) -> str:
        """A time zone's name; else the place's, else the default with a warning."""
        text = self._cells.get(column, "")
        if text and (zone := _time_zones().get(text.lower())):
            return zone
        if text:
            raise RowRejected(
                column,
                _("“%(text)s” is no time zone such as America/Chicago.") % {"text": _short(text)},
            )
        if default and not of_place and (self._cells.get("slots") or self._cells.get("dates")):
            self.warnings.append(
                _("timezone: there is no ZIP code to take it from; read as %(zone)s.")
                % {"zone": default}
            )
        return of_place or default

    def parts(self, column: str, most: int = MAX_WORDS) -> list[str]:
        """The parts of a list joined by ``|``, each once, empty ones left out."""
        parts = [" ".join(part.split()) for part in self._cells.get(column, "").split("|")]
        found = list(dict.fromkeys(part for part in parts if part))
        if len(found) > most:
            raise RowRejected(
                column,
                _("The list has %(count)s parts; %(most)s is the most.")
                % {"count": len(found), "most": most},
            )
        return found

    def words(self, column: str) -> tuple[str, ...]:
        """Words such as ``private_home``; unknown ones are kept."""
        words = [_word(part) for part in self.parts(column)]
        for word in words:
            if not 0 < len(word) <= 40:
                raise RowRejected(
                    column,
                    _("“%(text)s” is no word of up to 40 letters; join several words by “|”.")
                    % {"text": _short(word)},
                )
        return tuple(dict.fromkeys(words))

    def languages(self, column: str) -> tuple[str, ...]:
        codes = [_languages().get(part.lower(), part.lower()) for part in self.parts(column)]
        for code in codes:
            if not _LANGUAGE.fullmatch(code):
                raise RowRejected(
                    column,
                    _("“%(text)s” is no language code such as “en|es”.") % {"text": _short(code)},
                )
        return tuple(dict.fromkeys(codes)) or (Language.ENGLISH.value,)

    def whole(self, column: str, default: int, low: int, high: int) -> int:
        text = self._cells.get(column, "")
        if not text:
            return default
        number = int(text.split(".")[0].replace(",", "")) if _INTEGER.fullmatch(text) else -1
        if not low <= number <= high:
            raise RowRejected(
                column,
                _("“%(text)s” is no whole number from %(low)s to %(high)s.")
                % {"text": _short(text), "low": f"{low:,}", "high": f"{high:,}"},
            )
        return number

    def whole_or_none(self, column: str, low: int, high: int) -> int | None:
        return self.whole(column, low, low, high) if self._cells.get(column) else None

    def number(self, column: str, default: ValueT, low: float, high: float) -> float | ValueT:
        text = self._cells.get(column, "")
        if not text:
            return default
        number = float(text) if _DECIMAL.fullmatch(text.lower()) else math.nan
        if not low <= number <= high:
            raise RowRejected(
                column,
                _("“%(text)s” is no number from %(low)s to %(high)s, such as 40.7.")
                % {"text": _short(text), "low": low, "high": high},
            )
        return number

    def money(self, column: str) -> Decimal | None:
        """An amount above nothing, such as ``$18.50``; parts of a cent fall away."""
        text = self._cells.get(column, "")
        if not text:
            return None
        written = text.strip("$ ").replace(",", "") if _MONEY.fullmatch(text) else "0"
        amount = Decimal(written).quantize(Decimal("0.01"), ROUND_DOWN)
        if not 0 < amount < 10_000_000:
            raise RowRejected(
                column,
                _("“%(text)s” is no pay such as 18.50; work is never unpaid.")
                % {"text": _short(text)},
            )
        return amount

    def hours(self, column: str) -> Decimal | None:
        """Hours a week, to a tenth."""
        hours = self.number(column, None, 0.1, 168)
        return None if hours is None else Decimal(str(round(hours, 1)))

    def day(self, column: str) -> date | None:
        text = self._cells.get(column, "")
        return _date(column, text) if text else None

    def days(self, column: str) -> tuple[date, ...]:
        return tuple(sorted({_date(column, part) for part in self.parts(column, MAX_DATES)}))

    def slots(self, column: str) -> tuple[Slot, ...]:
        try:
            slots = parse_slots(self._cells.get(column, ""))
        except ValueError as wrong:
            raise RowRejected(column, _short(str(wrong), 200)) from wrong
        found = tuple(sorted(set(slots)))
        if len(found) > MAX_SLOTS:
            raise RowRejected(
                column, _("These are more than %(most)s times a week.") % {"most": MAX_SLOTS}
            )
        return found

    def yes(self, column: str) -> bool:
        """Yes or no; an empty cell is yes."""
        text = self._cells.get(column, "").lower()
        if text not in _YES | _NO:
            raise RowRejected(
                column, _("“%(text)s” is neither yes nor no.") % {"text": _short(text)}
            )
        return text in _YES

    def zip_place(self, column: str) -> Place | None:
        """The ZIP's place; zeros that a spreadsheet program took from its front come back."""
        text = self._cells.get(column, "")
        if not text:
            return None
        code = text
        if re.fullmatch(r"\d{3,4}", text, re.ASCII):
            code = text.zfill(5)
            self.warnings.append(
                _("zip: “%(text)s” was read as %(zip)s.") % {"text": text, "zip": code}
            )
        try:
            return place_of_zip(code)
        except UnknownZip as unknown:
            raise RowRejected(column, str(unknown)) from unknown

    def point(self) -> tuple[float, float] | None:
        latitude = self.number("latitude", None, -90, 90)
        longitude = self.number("longitude", None, -180, 180)
        if latitude is not None and longitude is not None:
            return latitude, longitude
        if latitude is None and longitude is None:
            return None
        lacking = "longitude" if longitude is None else "latitude"
        raise RowRejected(lacking, _("Give both latitude and longitude, or neither."))


@cache
def _choices(choices: type[TextChoices]) -> Mapping[str, str]:
    """What people write for each choice: its word, or its label in English."""
    return {_word(str(label)): value for value, label in choices.choices} | {
        value: value for value in choices.values
    }


@cache
def _time_zones() -> Mapping[str, str]:
    """Names of time zones by their lower case; only those of regions, "EST" knows no summer."""
    zones = zoneinfo.available_timezones()
    return {zone.lower(): zone for zone in zones if "/" in zone or zone == "UTC"}


@cache
def _languages() -> Mapping[str, str]:
    """Codes by the languages' names."""
    return {str(language.label).lower(): language.value for language in Language}


def _word(text: str) -> str:
    """``private_home`` for "Private home"."""
    return re.sub(r"[\W_]+", "_", text.lower()).strip("_")


def _date(column: str, text: str) -> date:
    """ISO, or as Excel in the US writes it: the month first, the year in full."""
    year, month, day = 0, 0, 0
    if iso := _ISO_DATE.fullmatch(text):
        year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
    elif us := _US_DATE.fullmatch(text):
        year, month, day = int(us["y"]), int(us["m"]), int(us["d"])
    try:
        if year in YEARS:
            return date(year, month, day)
    except ValueError:
        pass  # such as February 30: refused like any other text
    raise RowRejected(
        column,
        _("“%(text)s” is no date such as 2027-01-31 (or 1/31/2027).") % {"text": _short(text)},
    )


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
