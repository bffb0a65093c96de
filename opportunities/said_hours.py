"""Hours of the day in a text, English or Spanish: "from 6 to 8 pm", "a las siete de la noche".

Read from words that ``said_times`` has made small and plain. Each hour is replaced by one mark, so
that it stands among the words as one word. "6 to 8" alone may be in the morning or the evening, or
count people: it is an hour only where the words around it say so, and open until they say which.
"""

import re
from typing import NamedTuple

from opportunities.weekly_grid import PARTS

NOON, DAY = 12 * 60, 24 * 60
LATEST = PARTS[-1].end
_ENGLISH = "one two three four five six seven eight nine ten eleven twelve"
_SPANISH = "una dos tres cuatro cinco seis siete ocho nueve diez once doce"
_HOURS_OF = {
    word: number
    for words in (_ENGLISH, _SPANISH)
    for number, word in enumerate(words.split(), start=1)
}
_FIXED = {"noon": NOON, "mediodia": NOON, "midnight": DAY, "medianoche": DAY}
_MORNING = {"am", "in the morning"}
_TWELVE = {"in the morning": NOON, "at night": DAY, "in the evening": DAY}  # "de nueve a doce"


def _one(number: str) -> str:
    """The pattern of one hour, with what says in which half of the day it is."""
    named = "|".join(rf"{word}\b" for word in [*_FIXED, *_HOURS_OF])
    return (
        rf"(?:las? |el )?(?<![\d$.:/])\b(?P<hour{number}>{named}|\d{{1,2}}(?::\d\d)?(?![\d:/%]))"
        r"(?: y (?:media|cuarto)\b)?(?: (?:h|hrs|o'clock)\b)?"
        rf"(?: ?(?P<half{number}>am|pm|in the (?:morning|afternoon|evening)|at night)\b)?(?!\w)"
    )


_RANGE = re.compile(
    r"(?:(?P<lead>\b(?:from|between|de|desde|entre|,|:)) )?"
    rf"{_one('')} (?P<to>to|until|till|and|a|y|hasta) (?:a )?{_one('_end')}"
    r"(?P<next> ?(?:[.,;!?\n)]|$| (?:and|or|y|o|on|in|at|every)\b))?"
)
_POINT = re.compile(
    r"(?:\b(?P<lead>at|a|after|from|starting at|desde|a partir de|despues de|before|until|till"
    rf"|antes de|antes del|hasta) )?{_one('')}"
)
_AFTER = {"after", "from", "starting at", "desde", "a partir de", "despues de"}
_BEFORE = {"before", "until", "till", "antes de", "antes del", "hasta"}
MARK = r"@[rp]\d+to\d+\??"


class Hours(NamedTuple):
    """From when until when, in minutes after midnight. Open: half a day later is possible, too."""

    start: int
    end: int  # the start again where only one moment is named
    is_open: bool

    @property
    def is_moment(self) -> bool:
        return self.start == self.end

    def settled(self, *, morning: bool) -> "Hours":
        """In the half of the day that other words name."""
        if not self.is_open:
            return self
        end = _at(self.end, morning=morning) or NOON  # "9 to 12" in the morning ends at noon
        start = end if self.is_moment else _before(self.start, end)
        return Hours(start, end, False)

    @property
    def parts(self) -> set[int]:
        """The parts of the day it lies in: an hour of each, or the one with most of it."""
        if self.is_moment:
            return {n for n, part in enumerate(PARTS) if part.start <= self.start < part.end}
        shared = {
            number: min(self.end, part.end) - max(self.start, part.start)
            for number, part in enumerate(PARTS)
        }
        most = max(shared.values())
        return {number for number, some in shared.items() if some > 0 and some >= min(60, most)}


def with_marks(plain: str) -> str:
    """The text with one mark in place of each stretch of hours and each hour."""
    return _POINT.sub(_mark_point, _RANGE.sub(_mark_range, plain))


def hours_of(mark: str) -> Hours:
    start, _to, end = mark[2:].rstrip("?").partition("to")
    return Hours(int(start), int(end), mark.endswith("?"))


def _mark_range(found: re.Match[str]) -> str:
    written, lead, after = found[0], found["lead"], found["next"]
    if found["to"] in {"and", "y"} and lead not in {"between", "entre"}:
        return written
    first = _minutes(found["hour"], found["half"])
    last = _minutes(found["hour_end"], found["half_end"])
    if first is None or last is None or first.start == last.start:
        return written
    if not (first.is_open and last.is_open):
        hours = _fitting(first, last)
    elif first.start > last.start and first.start >= 7 * 60:
        hours = Hours(first.start, last.start + NOON, False)  # "9 to 5"
    elif lead and after is not None:
        hours = Hours(first.start, last.start, True)
    else:
        return written  # "6 to 8 women"
    return f"{lead or ''} {_mark('r', hours)}{after or ''}"


def _fitting(first: Hours, last: Hours) -> Hours:
    """The shortest stretch between two hours of which at most one is open."""
    if first.is_open:
        return Hours(_before(first.start, last.start), last.start, False)
    end = last.start
    if last.is_open and end <= first.start:
        end += NOON
    return Hours(first.start, end + (DAY if end <= first.start else 0), False)


def _before(hour: int, end: int) -> int:
    """That hour, in the morning or after noon: the later one that comes before the end."""
    return hour % NOON + NOON if hour % NOON + NOON < end else hour % NOON


def _mark_point(found: re.Match[str]) -> str:
    lead, written = found["lead"] or "", found[0]
    one = _minutes(found["hour"], found["half"])
    if one is None or one.start == DAY or (one.is_open and lead not in {"at", "a"}):
        return written
    if one.is_open and lead == "a" and " la" not in written:
        return written  # "a dos mujeres"
    if lead in _AFTER:
        return f" {_mark('r', Hours(one.start, max(LATEST, one.start + 60), False))}"
    if lead in _BEFORE:
        return f" {_mark('r', Hours(min(PARTS[0].start, one.start - 60), one.start, False))}"
    return written if one.start == NOON else f" {_mark('p', one)}"


def _mark(kind: str, hours: Hours) -> str:
    return f"@{kind}{hours.start}to{hours.end}{'?' if hours.is_open else ''}"


def _minutes(hour: str, half: str | None) -> Hours | None:
    """One moment; None where the number is no hour."""
    if hour in _FIXED:
        return Hours(_FIXED[hour], _FIXED[hour], False)
    number, colon, rest = hour.partition(":")
    hours = _HOURS_OF.get(number) or int(number)
    minutes = hours * 60 + int(rest or 0)
    if hours > 12 or hours == 0:
        return Hours(minutes, minutes, False) if colon and minutes < DAY else None
    if half:
        settled = _at(minutes, morning=half in _MORNING)
        if hours == 12 and half in _TWELVE:
            settled = _TWELVE[half]
        return Hours(settled, settled, False)
    return Hours(minutes, minutes, True)


def _at(minutes: int, *, morning: bool) -> int:
    return minutes % NOON + (0 if morning else NOON)
