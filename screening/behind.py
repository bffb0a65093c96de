"""Which words are behind a reason, so that a reviewer sees what a program saw."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from screening.columns import CONTACT, about
from screening.findings import Findings
from screening.flags import BY_CODE, LIKE_SCAMS
from screening.reading import Reading
from screening.scams import telling_words
from screening.weighing import stretches

MOST = 3  # stretches that are shown beside one reason
MOST_OF_SCAMS = 5  # pairs of words, each of which says less
LETTERS = 80  # of a stretch


class Behind(NamedTuple):
    """Words as they were typed; ``field`` is empty where they stand in several."""

    field: str
    words: str


def words_behind(
    codes: Iterable[str], text: Mapping[str, str], findings: Findings
) -> dict[str, list[Behind]]:
    """By code of a flag or question, the words that raised it; none where something is missing."""
    readings = [Reading(field, typed) for field, typed in text.items()]
    return {code: _behind(code, readings, findings) for code in codes}


def _behind(code: str, readings: list[Reading], findings: Findings) -> list[Behind]:
    if code == LIKE_SCAMS.code:
        words = " ".join(one.folded for one in readings if about(one.field) != CONTACT)
        return [Behind("", pair) for pair in telling_words(words, most=MOST_OF_SCAMS)]
    found = [*_asked(code, readings, findings), *_flagged(code, readings)]
    return list(dict.fromkeys(found))[:MOST]


def _asked(code: str, readings: list[Reading], findings: Findings) -> Iterator[Behind]:
    typed = {reading.field: reading.typed for reading in readings}
    for mark in findings.marks:
        if mark.code == code:
            yield Behind(mark.field, typed[mark.field][mark.start : mark.end][:LETTERS])


def _flagged(code: str, readings: list[Reading]) -> Iterator[Behind]:
    if code not in BY_CODE:
        return
    for reading in readings:
        for span in stretches(BY_CODE[code], reading):
            start, end = reading.where(*span)
            yield Behind(reading.field, reading.typed[start:end][:LETTERS])
