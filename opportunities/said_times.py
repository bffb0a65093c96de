"""Plain phrases of weekly time in a text, English or Spanish, as the parts of days they mean.

"weekday evenings", "Tuesdays and Thursdays in the morning", "los martes por la tarde". Read with
care rather than in full: what may be one date, or no time at all ("on Monday", "a morning
baker"), is left out, and a person sees and confirms what is found.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from opportunities.weekly_grid import PARTS, WEEKDAYS, WEEKEND, Cell

MORNING, AFTERNOON, EVENING = range(3)
FAR = 4  # words from which a part no longer belongs to the day before it
_WORD = re.compile(r"\d{1,2}(?::\d\d)?|[^\W\d_]+|[.,;!?\n]")
_DAYS = (
    ("monday", "lunes"),
    ("tuesday", "martes"),
    ("wednesday", "miercoles"),
    ("thursday", "jueves"),
    ("friday", "viernes"),
    ("saturday", "sabado"),
    ("sunday", "domingo"),
)
_SHORT = {"Mon": 0, "Tue": 1, "Wed": 2, "Thu": 3, "Fri": 4, "Sat": 5, "Sun": 6}
_REWRITTEN = (  # so that one word says it
    (r"([ap])\.\s?m\b\.?", r"\1m"),
    (r"[-–—]", " to "),
    (r"\bgood (?:morning|afternoon|evening|night)s?\b|\bbuen[ao]s (?:dias|tardes|noches)\b", " "),
    (r"\bweek ?nights?\b", "weekday evenings"),
    (r"\bafter work\b|\bdespues del trabajo\b", "evenings"),
    (r"\bduring the day\b|\bdurante el dia\b", "daytime"),
    (r"\bfin(?:es)? de semana\b", "weekends"),
    (r"\bentre semana\b|\bdias? (?:de semana|laborables)\b", "weekdays"),
    (r"\b(?:por|en|de) las? mananas?\b", "morning"),
    (r"\b(?:por|en|de) las? tardes?\b", "afternoon"),
    (r"\b(?:each|any|cada|cualquier|los|todos los|todas las)\b", "every"),
)
_DAYS_OF: dict[str, set[int]] = {
    **{word: {number} for number, words in enumerate(_DAYS) for word in words},
    "weekday": set(WEEKDAYS),
    "weekend": set(WEEKEND),
}
_PARTS_OF: dict[str, set[int]] = {
    "morning": {MORNING},
    "afternoon": {AFTERNOON},
    "evening": {EVENING},
    "night": {EVENING},
    "noche": {EVENING},
    "daytime": {MORNING, AFTERNOON},
}
_PLURALS = {"mananas": "morning", "tardes": "afternoon", "daytime": "daytime"} | {
    f"{word}s": word for word in {*_DAYS_OF, *_PARTS_OF}
}
_END = {".", ";", "!", "?", "\n", "but", "pero"}
_NOT = {"not", "no", "except", "never", "nunca", "excepto", "menos", "salvo"}
_AND = {"and", "or", "y", "e", "o", "u", "ni"}
_TO = {"to", "through", "thru", "until", "a", "hasta"}


class _Named(NamedTuple):
    """A day, several, or a part of the day; sure where it names a habit by itself."""

    days: set[int]
    parts: set[int]
    is_sure: bool = False


@dataclass
class _Phrase:
    """Days and parts that stand together; ``is_taken``: it says when not."""

    days: set[int] = field(default_factory=set)
    parts: set[int] = field(default_factory=set)
    is_sure: bool = False
    is_taken: bool = False
    ends: int = 0  # where its last word stands
    ends_with_day: bool = False

    def add(self, named: _Named, place: int) -> None:
        self.days |= named.days
        self.parts |= named.parts
        self.is_sure |= named.is_sure
        self.ends, self.ends_with_day = place, bool(named.days)

    def goes_on_with(self, named: _Named, place: int, between: Sequence[str]) -> bool:
        """Whether this belongs to it: "evenings on Fridays", but not "evenings and weekends"."""
        if not (self.days or self.parts):
            return True
        if self.parts and named.parts and "every" in between:
            return False  # "Saturday mornings or any evening"
        changes = bool(named.days) != self.ends_with_day
        if place - self.ends > FAR or (changes and self.days and self.parts and named.days):
            return False
        is_listed = bool(_AND & set(between)) or ("," in between and named.days == set(WEEKEND))
        return not (changes and is_listed)

    @property
    def cells(self) -> set[Cell]:
        if not (self.is_sure or (self.days and self.parts)):
            return set()
        days = self.days or set(range(7) if self.is_taken else WEEKDAYS)
        return set(product(days, self.parts or range(len(PARTS))))


def cells_said(text: str) -> set[Cell]:
    """The parts of days that a text names as its weekly times; empty where it is silent."""
    found: set[Cell] = set()
    taken: set[Cell] = set()
    for phrase in _phrases(_words(text)):
        (taken if phrase.is_taken else found).update(phrase.cells)
    return found - taken


def _words(text: str) -> list[str]:
    """Small and without accents. A short name of a day is one only with its capital: "Sat"."""
    apart = unicodedata.normalize("NFKD", text)
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    for short, number in _SHORT.items():
        plain = re.sub(rf"\b{short}(?:s|rs|urs|r|ur)?\b\.?", _DAYS[number][0], plain)
    plain = plain.lower()
    for pattern, word in _REWRITTEN:
        plain = re.sub(pattern, word, plain)
    return _WORD.findall(plain)


def _phrases(words: Sequence[str]) -> Iterator[_Phrase]:
    phrase = _Phrase()
    for place, word in enumerate(words):
        if word in _END or word in _NOT:
            yield phrase
            phrase = _Phrase(is_taken=word in _NOT, ends=place)
        elif named := _named(words, place):
            if phrase.is_taken and place - phrase.ends > FAR:
                phrase = _Phrase()
            between = words[phrase.ends + 1 : place]
            if not phrase.goes_on_with(named, place, between):
                yield phrase
                phrase = _Phrase(is_taken=phrase.is_taken and bool(_AND & set(between)))
            phrase.add(named, place)
    yield phrase


def _named(words: Sequence[str], place: int) -> _Named | None:
    """What the word there names, if it names a time."""
    word, before = words[place], words[place - 1] if place else ""
    if hour := _hour(words, place):
        end = before in _TO  # at five it is over, so that the evening has no part in it
        return _Named(set(), {_part_at(hour * 60 - end)})
    one = _PLURALS.get(word, word)
    is_sure = word in _PLURALS or (before == "every" and word != "night")  # "home every night"
    if one in _DAYS_OF:
        first = _DAYS_OF.get(words[place - 2], set()) if place > 1 and before in _TO else set()
        days = _from_to(min(first), max(_DAYS_OF[one])) if first else _DAYS_OF[one]
        return _Named(days, set(), is_sure or bool(first))
    return _Named(set(), _PARTS_OF[one], is_sure) if one in _PARTS_OF else None


def _hour(words: Sequence[str], place: int) -> int | None:
    """The hour of "6 pm", "6:30 pm" or "18:30"; None for any other number."""
    hour, colon, _minutes = words[place].partition(":")
    if not hour.isdecimal() or int(hour) > 23:
        return None
    following = words[place + 1] if place + 1 < len(words) else ""
    if following in {"am", "pm"}:
        return int(hour) % 12 + (12 if following == "pm" else 0)
    return int(hour) if colon and int(hour) > 12 else None


def _part_at(minutes: int) -> int:
    """The part of the day at that many minutes after midnight; the nearest one at night."""
    return next((number for number, part in enumerate(PARTS) if minutes < part.end), EVENING)


def _from_to(first: int, last: int) -> set[int]:
    """Monday to Friday, or Friday to Monday."""
    return {day % 7 for day in range(first, last + 1 + (7 if last < first else 0))}
