"""Weekly hours as people type them: ``Tue 18:00-20:00;Sat 09:00-12:00``."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
DAY_MINUTES = 24 * 60
_SLOT = re.compile(
    r"([a-z]{3})[a-z]*\.?\s+(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})", re.IGNORECASE
)


class Slot(NamedTuple):
    """A stretch of one weekday's wall clock.

    weekday  0 is Monday
    start    minutes after midnight, 0 to 1439
    end      minutes after the same midnight, after ``start``; past 1440 it ends next day
    """

    weekday: int
    start: int
    end: int


def parse_slots(text: str) -> tuple[Slot, ...]:
    """Read slots split by semicolons. Raises ``ValueError`` with a sentence for people."""
    return tuple(parse_slot(part.strip()) for part in text.split(";") if part.strip())


def parse_slot(text: str) -> Slot:
    """Read one slot. An end that is not after the start is on the next day."""
    found = _SLOT.fullmatch(text)
    day = found[1].title() if found else ""
    if found is None or day not in DAYS:
        raise ValueError(_("“%(text)s” is not like “Tue 18:00-20:00”.") % {"text": text})
    start, end = _minutes(found[2], found[3], text), _minutes(found[4], found[5], text)
    start, end = start % DAY_MINUTES, end % DAY_MINUTES
    return Slot(DAYS.index(day), start, end if end > start else end + DAY_MINUTES)


def _minutes(hours: str, minutes: str, text: str) -> int:
    total = int(hours) * 60 + int(minutes)
    if int(minutes) > 59 or total > DAY_MINUTES:
        raise ValueError(_("“%(text)s” has a time that no clock shows.") % {"text": text})
    return total


def format_slots(slots: Iterable[Slot]) -> str:
    """The inverse of ``parse_slots``."""
    return ";".join(format_slot(slot) for slot in slots)


def format_slot(slot: Slot) -> str:
    end = slot.end % DAY_MINUTES
    return (
        f"{DAYS[slot.weekday]} {slot.start // 60:02}:{slot.start % 60:02}"
        f"-{end // 60:02}:{end % 60:02}"
    )
