"""Plain phrases of weekly time in a text, English or Spanish, as the parts of days they mean.

"weekday evenings", "Tuesdays and Thursdays in the morning", "los martes por la tarde". Hours win
over words ("por la tarde, de seis a ocho" is an evening). Read with care rather than in full: what
may be one date, or no time at all ("on Monday", "a morning baker"), or is in doubt ("maybe on
Mondays", "Tuesdays at 7"), is left out, and a person sees and confirms what is found.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from opportunities.said_hours import MARK, Hours, hours_of, with_marks
from opportunities.weekly_grid import PARTS, WEEKDAYS, WEEKEND, Cell
from opportunities.wording import without_accents

MORNING, AFTERNOON, EVENING = range(3)
FAR = 4  # words from which a part no longer belongs to the day before it
_WORD = re.compile(rf"{MARK}|[^\W\d_]+|[.,;!?\n]")
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
    (r" ?[-–—] ?", " to "),
    (r"n[’']t\b", " not"),
    (r"\bcannot\b", "can not"),
    (r"\b(?:i|yo) (?:work|trabajo)\b", "maybe"),  # whether those hours are free or taken
    (r"\b(?:at least|(?:al|por lo) menos|not only|no solo|no (?:hay )?problema?)\b", " "),
    (r"\bgood (?:morning|afternoon|evening|night)s?\b|\bbuen[ao]s (?:dias|tardes|noches)\b", " "),
    (r"\bweek ?nights?\b", "weekday evenings"),
    (r"\bafter work\b|\bdespues del trabajo\b", "evenings"),
    (r"\bduring the day\b|\bdurante el dia\b", "daytime"),
    (r"\bfin(?:es)? de semana\b", "weekends"),
    (r"\bentre semana\b|\bdias? (?:de semana|laborables)\b", "weekdays"),
    (r"\b(?:por|en|de) las? mananas?\b", "in the morning"),
    (r"\b(?:por|en|de) las? tardes?\b", "in the afternoon"),
    (r"\b(?:por|en|de) las? noches?\b", "in the evening"),
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
_STOP = {".", ";", "!", "?", "\n"}
_END = _STOP | {"but", "pero"}
_NOT = {"not", "no", "except", "never", "without", "neither", "nor", "off", "closed", "busy"} | {
    *("nunca", "excepto", "menos", "salvo", "sin", "ni", "cerrado", "ocupado", "ocupada"),
    *("unavailable", "impossible", "imposible"),
}
_MAYBE = {"maybe", "perhaps", "sometimes", "depending", "quiza", "quizas", "veces", "depende"}
_SMALL = {"on", "in", "at", "the", "every", "en", "el", "de", "also", "tambien"}
_AND = {"and", "or", "y", "e", "o", "u", "ni"}
_TO = {"to", "through", "thru", "until", "a", "hasta"}


class _Named(NamedTuple):
    """A day, several, or a part of the day; sure where it names a habit by itself."""

    days: set[int]
    parts: set[int]
    is_sure: bool = False
    hours: Hours | None = None


@dataclass
class _Phrase:
    """Days, parts and hours that stand together; ``is_taken``: it says when not."""

    days: set[int] = field(default_factory=set)
    parts: set[int] = field(default_factory=set)
    hours: list[Hours] = field(default_factory=list)
    is_sure: bool = False
    is_taken: bool = False
    ends: int = 0  # where its last word stands
    ends_with_day: bool = False

    def add(self, named: _Named, place: int) -> None:
        self.days |= named.days
        self.parts |= named.parts
        self.hours += [named.hours] if named.hours else []
        self.is_sure |= named.is_sure
        self.ends, self.ends_with_day = place, bool(named.days)

    def goes_on_with(self, named: _Named, place: int, between: Sequence[str]) -> bool:
        """Whether this belongs to it: "evenings on Fridays", but not "evenings and weekends"."""
        if not self.is_begun:
            return True
        if self.parts and named.parts and "every" in between:
            return False  # "Saturday mornings or any evening"
        has_parts = bool(self.parts or self.hours)
        changes = bool(named.days) != self.ends_with_day
        if changes and self.days and has_parts and named.days:
            return False
        if place - self.ends > FAR and not (changes and bool(self.days) != has_parts):
            return False  # but "mornings, before my own shift begins, every weekday"
        joined = [word for word in between if word not in _SMALL]
        is_listed = bool(_AND & set(joined[-1:])) or ("," in between and named.days == set(WEEKEND))
        return not (changes and is_listed)

    @property
    def is_begun(self) -> bool:
        return bool(self.days or self.parts or self.hours)

    @property
    def cells(self) -> set[Cell]:
        if not (self.is_sure or (self.days and (self.parts or self.hours))):
            return set()
        days = self.days or set(range(7) if self.is_taken else WEEKDAYS)
        return set(product(days, self._parts_meant()))

    def _parts_meant(self) -> set[int]:
        """Of the hours, where there are any; none where they are in doubt."""
        if not self.hours:
            return self.parts or set(range(len(PARTS)))
        halves = {part == MORNING for part in self.parts}
        if len(halves) != 1 and any(one.is_open for one in self.hours):
            return set()
        settled = [one.settled(morning=True in halves) for one in self.hours]
        stretches = [one for one in settled if not one.is_moment]
        meant = set().union(*(one.parts for one in stretches or settled))
        if not self.parts:
            return meant
        named = self.parts | ({EVENING} if AFTERNOON in self.parts else set())
        if stretches:
            return meant & named
        # "Mornings, my shift begins at 3 pm": a moment only tells which part a word means.
        return meant & named or self.parts


def cells_said(text: str) -> set[Cell]:
    """The parts of days that a text names as its weekly times; empty where it is silent."""
    found: set[Cell] = set()
    taken: set[Cell] = set()
    phrases = list(_phrases(_sure(_words(text))))
    _share_hours(phrases)
    for phrase in phrases:
        (taken if phrase.is_taken else found).update(phrase.cells)
    return found - taken


def _words(text: str) -> list[str]:
    """Small and without accents. A short name of a day is one only with its capital: "Sat"."""
    plain = without_accents(text)
    for short, number in _SHORT.items():
        plain = re.sub(rf"\b{short}(?:s|rs|urs|r|ur)?\b\.?", _DAYS[number][0], plain)
    plain = plain.lower()
    for pattern, word in _REWRITTEN:
        plain = re.sub(pattern, word, plain)
    return _WORD.findall(with_marks(plain))


def _sure(words: Sequence[str]) -> list[str]:
    """Without the sentences that are in doubt: "maybe on Mondays"."""
    sentences: list[list[str]] = [[]]
    for word in words:
        sentences[-1].append(word)
        if word in _STOP:
            sentences.append([])
    return [word for one in sentences if not _MAYBE & set(one) for word in one]


def _share_hours(phrases: Sequence[_Phrase]) -> None:
    """Days that name no hours take those that name no day: "8 am to noon. Monday to Friday."."""
    hours = [hour for one in phrases if not (one.days or one.is_taken) for hour in one.hours]
    for phrase in phrases:
        if phrase.days and not (phrase.parts or phrase.hours or phrase.is_taken):
            phrase.hours = hours


def _phrases(words: Sequence[str]) -> Iterator[_Phrase]:
    phrase = _Phrase()
    for place, word in enumerate(words):
        if word in _END:
            yield phrase
            phrase = _Phrase(ends=place)
        elif word in _NOT:
            says_before = phrase.is_begun and not _time_follows(words, place)
            phrase.is_taken |= says_before  # "Sundays are not possible"
            yield phrase
            phrase = _Phrase(is_taken=not says_before, ends=place)
        elif named := _named(words, place):
            if phrase.is_taken and place - phrase.ends > FAR:
                yield phrase
                phrase = _Phrase()
            between = words[phrase.ends + 1 : place]
            if not phrase.goes_on_with(named, place, between):
                yield phrase
                phrase = _Phrase(is_taken=phrase.is_taken and bool(_AND & set(between)))
            phrase.add(named, place)
    yield phrase


def _time_follows(words: Sequence[str], place: int) -> bool:
    """Whether a "not" speaks of what comes after it, as in "not on Sundays"."""
    for after in range(place + 1, min(place + 1 + FAR, len(words))):
        if words[after] in _END or words[after] == ",":
            return False
        if _named(words, after):
            return True
    return False


def _named(words: Sequence[str], place: int) -> _Named | None:
    """What the word there names, if it names a time."""
    word, before = words[place], words[place - 1] if place else ""
    if word.startswith("@"):
        return _Named(set(), set(), hours=hours_of(word))
    one = _PLURALS.get(word, word)
    is_sure = word in _PLURALS or (before == "every" and word != "night")  # "home every night"
    if one in _DAYS_OF:
        since = words[place - 2] if place > 1 and before in _TO else ""
        first = _DAYS_OF.get(_PLURALS.get(since, since), set())
        days = _from_to(min(first), max(_DAYS_OF[one])) if first else _DAYS_OF[one]
        return _Named(days, set(), is_sure or bool(first))
    return _Named(set(), _PARTS_OF[one], is_sure) if one in _PARTS_OF else None


def _from_to(first: int, last: int) -> set[int]:
    """Monday to Friday, or Friday to Monday."""
    return {day % 7 for day in range(first, last + 1 + (7 if last < first else 0))}
