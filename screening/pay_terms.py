"""Whether work pays what the law asks: nothing at all, or less than the minimum wage."""

import re
from collections.abc import Iterable, Iterator

from screening import wages
from screening.columns import HOURS, PAY, PLACE, about
from screening.findings import Mark
from screening.forbidden import UNPAID
from screening.reading import Reading

_NOTHING = re.compile(
    r"\W*(?:\$? ?0(?:\.0+)?(?: ?(?:/|per|an?) ?(?:hr|hour|h))?|none|nothing|no pay|unpaid|volunteer|n/?a unpaid"
    r"|exposure|experience|(?:\w{1,20} )?meals?(?: (?:and|y) \w{1,20})?|food|room(?: and board)?|board|lodging|tips(?: only)?"
    r"|commissions?(?: only)?|free|stipend of 0|nada|ninguno|gratis|comida(?: y techo)?|techo|propinas|comision"
    r"|solo propinas|sin sueldo|hospedaje)\W*"
)
_BARE = re.compile(r"\W*\$? ?(\d{1,3}(?:\.\d{1,2})?)\W*(?:usd|dollars|dolares)?\W*")
_BARE_PER = re.compile(r"\W*\$? ?(\d{1,4}(?:\.\d{1,2})?)(?= ?[a-z/])")  # "7/hora"
_TIPS = re.compile(r"\b(?:tips?|tipped|propinas?)\b")
_ABROAD = re.compile(
    r"\b(?:inr|rs\.?|php|ksh|mxn|pesos|rupees|lakhs?|gbp|eur|cad|aud|euros?)\b|[€£₹]"
)
_STATE = re.compile(r"\b([A-Z]{2})\b(?:,? \d{5})?\W*$")
_PART = re.compile(r"\b(?:bonus|sign-?on|stipend|allowance|raise|extra|off|discount|differential|per diem|until"
                   r"|save|tip|reimburs\w*|mileage|miles|aumento|bono)\b")  # fmt: skip


def problems(readings: Iterable[Reading]) -> Iterator[Mark]:
    """What the pay of a job is refused for: (mark by mark), at the words that say it."""
    every = list(readings)
    words = " ".join(reading.folded for reading in every)
    hours = _hours(every, words)
    least = wages.floor(_state(every), tips=bool(_TIPS.search(words)))
    for reading in every:
        if about(reading.field) == PAY and _NOTHING.fullmatch(reading.folded):
            yield Mark(
                reading.field, 0, len(reading.typed), "forbidden", "unpaid", str(UNPAID.message)
            )
        elif not _ABROAD.search(reading.folded):
            yield from _too_little(reading, hours, least)


def _too_little(reading: Reading, hours: float | None, least: float) -> Iterator[Mark]:
    said = list(wages.stated(reading)) or (_bare(reading) if about(reading.field) == PAY else [])
    for pay in said:
        in_period = hours if pay.period == "week" else None
        if pay.period == "week" and hours is None and about(reading.field) != PAY:
            continue
        nearby = reading.folded[max(0, pay.start - 25) : pay.end + 25]
        is_low = pay.amount >= 1 and pay.hourly(in_period) < least
        if is_low and pay.period in {"hour", "day", "week"} and not _PART.search(nearby):
            yield _mark(reading, pay, least)


def _bare(reading: Reading) -> list[wages.Pay]:
    """A number in the field of the pay: dollars, an hour's where no other period is named."""
    if bare := _BARE.fullmatch(reading.folded):
        return [wages.Pay(float(bare[1]), "hour", 0, len(reading.plain))]
    found = _BARE_PER.match(reading.folded)
    period = wages.period_of(reading.folded[found.end() : found.end() + 16]) if found else ""
    return (
        [wages.Pay(float(found[1]), period, found.start(1), found.end())]
        if found and period
        else []
    )


def _mark(reading: Reading, pay: wages.Pay, least: float) -> Mark:
    at, until = reading.where(pay.start, pay.end)
    message = wages.too_low(least)
    return Mark(reading.field, at, until, "forbidden", "under_minimum", message)


def _hours(readings: Iterable[Reading], words: str) -> float | None:
    for reading in readings:
        if about(reading.field) == HOURS and (bare := _BARE.fullmatch(reading.folded)):
            return float(bare[1]) or None
    return wages.hours_a_week(words)


def _state(readings: Iterable[Reading]) -> str:
    """The state that a place names, as "TX" or "El Paso, TX 79901"; empty where none does."""
    for reading in readings:
        if about(reading.field) == PLACE and (found := _STATE.search(reading.plain)):
            return found[1] if found[1] in wages.minimum_wages() else ""
    return ""
