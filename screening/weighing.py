"""Red flags and what they add up to."""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from screening import wages
from screening.columns import CONTACT, NAME, PAY, PLACE, SUPERVISOR, TEXT, about
from screening.findings import Findings
from screening.flags import (
    BY_CODE,
    FLAGS,
    HIGH_PAY,
    LEFT_EMPTY,
    LIKE_SCAMS,
    NO_COMPANY,
    NO_DEDUCTIONS,
    NO_PAY,
    NO_SUPERVISOR,
    NO_TRANSPORT,
    NO_WORKPLACE,
    OF_THE_ROW,
    SHORT,
    SOUNDS_RISKY,
    Flag,
)
from screening.learned import LEADS_ASTRAY, log_odds, says_enough
from screening.patterns import Span, denied
from screening.reading import Reading
from screening.scams import likeness

MOST_OF_SCAMS = 0.49  # what likeness to scams adds at most: alone it never has anybody look
LIKE_SCAMS_FROM = 0.8  # that is told: of adverts kept aside half the frauds, 1 in 300 honest
MOST_OF_WEAK = 0.49  # below the score from which a person looks
FORBIDDEN_ADDS = 0.8  # a forbidden term, for whoever sorts refused rows
ASKS_FROM = 0.45  # of what a flag adds: alone enough
WORTH_TELLING = 0.02  # what a flag must add to be told
HIGH_HOURLY = 34.0  # dollars an hour that work without a named skill seldom pays
LEADING_AWAY = (
    "favors",
    "outside_contact",
    "private_interview",
    "cut_off",
    "alone",
    "bodies",
    "recruiting",
    "false_name",
    "debt",
)  # what a class is asked about
WEAK = frozenset(
    {"sector", *(flag.code for flag in OF_THE_ROW)}
    - {"high_pay", "shared_contact", "left_empty", "sounds_risky"}
)
LONG_FROM = 800  # letters, from which one such phrase is to be expected
IN_LONG = 0.6  # of what a flag adds, there, and where the whole reads like fair work
# Log-odds of the learned model, chosen on hands that it was not taught. Work is read by people
# whatever it says; so is no class, and of a class no reason is taken back.
RISKY_FROM = 0.0
CALM_BELOW = -3.0
SHORT_BELOW = 60  # letters that say very little of the work

_MISSING: tuple[tuple[Flag, str, str], ...] = (
    (NO_PAY, PAY, r"\$|\bpay\b|\bpaid\b|\bwages?\b|\bsalary\b|\bpago\b|\bsueldo\b|\bsalario\b"),
    (NO_SUPERVISOR, SUPERVISOR, r"\bsupervis\w+|\breport(?:s|ing)? to\b|\bmanager\b|\blead\b|\bforeman\b"),
    (NO_WORKPLACE, PLACE, r"\b(?:located|office|shop|store|plant|remote|downtown|hospital|school)\b"),
    (NO_COMPANY, NAME, r"\b(?:inc|llc|company|our team|we are|empresa|somos)\b"),
    (NO_DEDUCTIONS, "", r"\b(?:tax(?:es)?|deduct\w+|w-?2|pay ?stub|check|direct deposit|payroll"
     r"|benefits|insurance|overtime|cheque|impuestos|recibo|seguro)\b"),
    (NO_TRANSPORT, "", r"\b(?:bus|transport\w*|parking|drive|mileage|train|commute|remote|autobus"
     r"|camion|millas)\b"),
)  # fmt: skip
_SKILL = re.compile(
    r"\b(?:licen[sc]ed?|nurse|rn|engineer\w*|manager|director|degree|bachelor\w*|master|years|certif\w+|cdl"
    r"|therapist|electrician|plumb\w+|developer|software|attorney|lawyer|physician|dentist|hygienist|account\w*"
    r"|analyst|teacher|architect|technician|journey\w*|welder|mechanic|consultant|programmer|scientist|designer"
    r"|salary|licencia|enfermer[ao]|ingenier[ao]|contador[a]?|gerente|experience (?:in|with)|proficien\w+|union)\b"
)


def flags_of(
    readings: Collection[Reading], *, is_class: bool, states_terms: bool
) -> dict[str, float]:
    """Code to what it adds. What is missing counts where the terms of work should be stated."""
    odds = _odds_of_risk(readings)
    is_long = sum(len(one.folded) for one in readings) >= LONG_FROM
    weight = IN_LONG if is_long or (odds < CALM_BELOW and not is_class) else 1.0
    adds = _of_a_class(readings) if is_class else _of_work(readings, weight)
    if not is_class and states_terms:
        adds |= _unstated(readings)
    if odds >= RISKY_FROM and not asks(adds):
        adds[SOUNDS_RISKY.code] = weight * SOUNDS_RISKY.adds
    return adds


def _of_a_class(readings: Collection[Reading]) -> dict[str, float]:
    return {code: BY_CODE[code].adds for code in LEADING_AWAY if _is_said(BY_CODE[code], readings)}


def _of_work(readings: Collection[Reading], weight: float) -> dict[str, float]:
    adds = {flag.code: weight * flag.adds for flag in FLAGS if _is_said(flag, readings)}
    if _pays_high(readings):
        adds[HIGH_PAY.code] = HIGH_PAY.adds
    words = " ".join(one.folded for one in readings if about(one.field) != CONTACT)
    adds[LIKE_SCAMS.code] = MOST_OF_SCAMS * likeness(words)
    return adds


def _unstated(readings: Collection[Reading]) -> dict[str, float]:
    missing = [*_missing(readings), *([LEFT_EMPTY] if _left_empty(readings) > 1 else [])]
    return {flag.code: flag.adds for flag in missing}


def score(adds: Mapping[str, float], findings: Findings) -> float:
    """Independent reasons together: one minus the chance that none of them holds.

    What is weak by itself (a sector, likeness to scams, something missing) never adds up to a
    reason to hold a posting.
    """
    weak = 1 - math.prod(1 - adds[code] for code in WEAK & set(adds))
    strong = [add for code, add in adds.items() if code not in WEAK]
    every = [
        min(weak, MOST_OF_WEAK),
        *strong,
        *(FORBIDDEN_ADDS for _ in findings.codes("forbidden")),
    ]
    return round(1 - math.prod(1 - each for each in every), 4)


def asks(adds: Mapping[str, float]) -> bool:
    """Whether one flag is enough to have a person look; in a long text few are."""
    return any(BY_CODE[code].asks and add >= ASKS_FROM for code, add in adds.items())


def told(adds: Mapping[str, float]) -> tuple[str, ...]:
    """The reasons worth a reviewer's time, the weightiest first."""
    worth = {code: add for code, add in adds.items() if add >= WORTH_TELLING}
    if adds.get(LIKE_SCAMS.code, 0.0) < MOST_OF_SCAMS * LIKE_SCAMS_FROM:
        worth.pop(LIKE_SCAMS.code, None)
    return tuple(sorted(worth, key=lambda code: (-worth[code], code)))


def _is_said(flag: Flag, readings: Iterable[Reading]) -> bool:
    return any(True for reading in readings for _span in stretches(flag, reading))


def stretches(flag: Flag, reading: Reading) -> Iterator[Span]:
    """Where a text says it and does not take it back, in letters of ``reading.plain``."""
    if flag.found is None:
        return
    for found in flag.found.finditer(reading.folded):
        if not (flag.deniable and denied(reading, found)):
            yield found.span()


def _odds_of_risk(readings: Iterable[Reading]) -> float:
    """What no single phrase says, and the whole does to a learned model: log-odds."""
    said = [one.typed for one in readings if about(one.field) in {TEXT, PAY} and one.typed.strip()]
    whole = Reading("", ". ".join(said))
    return log_odds(LEADS_ASTRAY, whole) if says_enough(whole) else CALM_BELOW


def _missing(readings: Collection[Reading]) -> list[Flag]:
    """What a posting of work should say and does not."""
    filled = {about(reading.field) for reading in readings if reading.folded.strip()}
    words = " ".join(reading.folded for reading in readings)
    missing = [
        flag for flag, topic, said in _MISSING if topic not in filled and not re.search(said, words)
    ]
    told_of_work = sum(len(one.folded) for one in readings if one.field in {"description", "text"})
    return [*missing, SHORT] if told_of_work < SHORT_BELOW else missing


def _left_empty(readings: Iterable[Reading]) -> int:
    """How many of employer, place and supervisor have a field and nothing in it."""
    asked: dict[str, bool] = {}
    for reading in readings:
        topic = about(reading.field)
        asked[topic] = asked.get(topic, False) or bool(reading.folded.strip())
    return sum(not asked.get(topic, True) for topic in (NAME, PLACE, SUPERVISOR))


def _pays_high(readings: Iterable[Reading]) -> bool:
    every = list(readings)
    words = " ".join(one.folded for one in every)
    if _SKILL.search(words) or len(words) > 600:
        return False
    return any(
        pay.hourly() >= HIGH_HOURLY and pay.period != "year"
        for one in every
        for pay in wages.stated(one)
    )
