"""How long and how often, as a text says it in English or Spanish: "90 minutes", "six sessions".

Read with care, like ``said_times``: where a text names two lengths, none is taken.
"""

import re

from opportunities.schedules import DAY_MINUTES
from opportunities.wording import without_accents

MOST_SESSIONS = 60  # more is a year, a price, or a number of people
_COUNTED = (
    ("one", "an", "a", "uno", "una", "un"),
    ("two", "dos"),
    ("three", "tres"),
    ("four", "cuatro"),
    ("five", "cinco"),
    ("six", "seis"),
    ("seven", "siete"),
    ("eight", "ocho"),
    ("nine", "nueve"),
    ("ten", "diez"),
    ("eleven", "once"),
    ("twelve", "doce"),
)
_NUMBERS = {word: number for number, words in enumerate(_COUNTED, start=1) for word in words} | {
    "thirty": 30, "treinta": 30, "forty-five": 45, "cuarenta y cinco": 45,
    "sixty": 60, "sesenta": 60, "ninety": 90, "noventa": 90,
}  # fmt: skip
_NUMBER = rf"(?<![\w-])(\d{{1,3}}(?:\.5)?|{'|'.join(_NUMBERS)})"
_HALF = r"(?:( and a half| y media))?"
_MINUTES = re.compile(rf"{_NUMBER}[ -]?min(?:ute|uto)?s?\b")
_HOURS = re.compile(
    rf"{_NUMBER}{_HALF}[ -]?(?:hours?|hrs?|horas?)\b{_HALF}(?! a week| a day| per| (?:a|por) la)"
)
_SESSIONS = re.compile(
    rf"{_NUMBER} (?:short |weekly )?"
    r"(?:sessions?|classes|lessons|meetings|sesion(?:es)?|clases)\b"
)


def minutes_said(text: str) -> int | None:
    """How many minutes one time takes; None where it is not said, or said twice."""
    plain = _plain(text)
    said = {round(_number(found[1])) for found in _MINUTES.finditer(plain)}
    for found in _HOURS.finditer(plain):
        said.add(round(60 * (_number(found[1]) + (0.5 if found[2] or found[3] else 0))))
    return said.pop() if len(said) == 1 and 0 < min(said) <= DAY_MINUTES else None


def sessions_said(text: str) -> int | None:
    """How many times; None where it is not said, or said twice."""
    said = {round(_number(found[1])) for found in _SESSIONS.finditer(_plain(text))}
    return said.pop() if len(said) == 1 and 0 < min(said) <= MOST_SESSIONS else None


def _number(word: str) -> float:
    return float(_NUMBERS.get(word) or word)


def _plain(text: str) -> str:
    """Small, without accents, and with halves of an hour as minutes."""
    plain = without_accents(text.lower())
    plain = re.sub(r"\b(?:una )?hora y media\b", "90 minutos", plain)
    return re.sub(r"\bhalf[ -](?:an[ -])?hour\b|\bmedia hora\b", "30 minutes", plain)
