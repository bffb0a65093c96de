"""Minimum wages, and the pay that a posting states in its fields or in words."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from screening.numbers import ANY_WORD, as_number
from screening.reading import Reading

AS_OF = "2026-01-01"  # the day the table speaks of; a floor that has risen since refuses too little
SOURCE = "https://www.dol.gov/agencies/whd/minimum-wage/state"
_TABLE = Path(__file__).parent / "data" / "minimum_wages.csv"
FEDERAL = "federal"

_HOUR = r"(?:hours?|hrs?|h\b|hora)"
_PER = r"(?: ?(?:/|per|an|a|each|every|la|por|al|cada|x) ?)"
_PERIODS = (
    ("hour", _HOUR), ("day", r"(?:days?|dia|shift|turno|night|noche)\b(?! (?:shift|job|class))|\b(?:daily|diari[ao]s?|nightly)"),
    ("week", r"(?:weeks?|wk|semana)\b|\b(?:weekly|semanal(?:es)?)"),
    ("month", r"(?:months?|mo|mes)\b|\b(?:monthly|mensual(?:es)?)"),
    ("year", r"(?:years?|yr|annum|ano)\b|\b(?:yearly|annually|anual(?:es)?|a year)"),
)  # fmt: skip
_AMOUNT = re.compile(
    r"(?:\$ ?|usd ?)(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,6}(?:\.\d{1,2})?)(?P<thousand> ?k\b)?"
    r"(?P<range> ?(?:-|to|a) ?\$? ?\d[\d,.]*k?)?"
    r"|(?<![\d.,$])(?P<plain>\d{1,6}(?:\.\d{1,2})?)(?= ?(?:dollars|dolares|usd)\b)"
    rf"|\b(?P<words>(?:{ANY_WORD})(?:[- ](?:{ANY_WORD}))?)(?= (?:dollars|dolares)\b)"
)
_UNIT = re.compile(
    r"(?: ?(?:dollars|dolares|usd))?(?: ?(?:cash|en efectivo|plus tips|before tips))?"
)
_HOURS_A_WEEK = re.compile(
    rf"\b(\d{{1,3}}) ?(?:-| )?{_HOUR}s? ?(?:a|per|/|por|a la|each|every)? ?(?:week|semana)|\bfor (\d\d) hours\b"
    r"|\b(\d\d) horas(?: semanales| por semana| a la semana)"
)
HOURS = {
    "hour": 1.0,
    "day": 8.0,
    "week": 40.0,
    "month": 40 * 52 / 12,
    "year": 2080.0,
}  # at full time


@dataclass(frozen=True, slots=True)
class Pay:
    """An amount of dollars for a period: hour, day, week, month or year."""

    amount: float
    period: str
    start: int
    end: int

    def hourly(self, hours: float | None = None) -> float:
        """Dollars an hour; ``hours`` of work in the period where they are known."""
        return self.amount / (hours or HOURS[self.period])


@cache
def minimum_wages() -> Mapping[str, tuple[float, float]]:
    """State, or "federal": (minimum wage, cash wage where tips come on top), dollars an hour.

    Meant to be what the US Department of Labor's tables (``SOURCE``) say for ``AS_OF``: the
    lowest figure where a state has several by size of the employer or region; the federal one
    where it is higher. Local ones are the reviewer's. The rows of the states were written
    without those tables at hand and are not compared with them yet: do so before relying on them.
    """
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {
            row["state"]: (float(row["hourly"]), float(row["cash_with_tips"]))
            for row in csv.DictReader(file)
        }


def floor(state: str = "", *, tips: bool = False) -> float:
    """The least that may be paid there, dollars an hour."""
    wages = minimum_wages()
    return wages.get(state.upper(), wages[FEDERAL])[tips]


def too_low(least: float) -> str:
    """Why a pay is refused, and what to do where our figure is wrong: no office has checked it."""
    words = _(
        "This pay comes to less than the minimum wage, which is $%(least)s an hour as far as we know"
        " (figures of %(day)s). If that is wrong for your state, please tell us: choose “Report a"
        " concern” at the foot of the page."
    )
    return words % {"least": f"{least:.2f}", "day": as_of()}


def as_of() -> str:
    """The day of the figures, in words."""
    return date_format(date.fromisoformat(AS_OF), "DATE_FORMAT")


def stated(reading: Reading) -> Iterator[Pay]:
    """Every amount for a period that a text speaks of."""
    text = reading.folded
    if "$" not in text and "dol" not in text and "usd" not in text:
        return
    for found in _AMOUNT.finditer(text):
        unit = _UNIT.match(text, found.end())
        end = unit.end() if unit else found.end()
        period = period_of(text[end : end + 16])
        amount = _amount(found)
        if period and amount is not None:
            yield Pay(amount, period, found.start(), end)


def _amount(found: re.Match[str]) -> float | None:
    if found["words"]:
        return as_number(found["words"])
    value = float((found["digits"] or found["plain"]).replace(",", ""))
    return value * 1000 if found["thousand"] else value


def period_of(after: str) -> str:
    """The period that folded text begins with, such as "/hour" or " a week"; empty for none."""
    for name, unit in _PERIODS:
        if re.match(rf"{_PER}(?:{unit})|[ ,]{{1,2}}(?:{unit})", after):
            return name
    return ""


def hours_a_week(text: str) -> float | None:
    """Weekly hours that folded text speaks of."""
    found = _HOURS_A_WEEK.search(text)
    value = float(next(group for group in found.groups() if group)) if found else None
    return value if value and value <= 168 else None
