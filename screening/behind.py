"""Which words are behind a reason, so that a reviewer sees what a program saw."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from screening.columns import CONTACT, TEXT, about
from screening.findings import Findings
from screening.flags import BY_CODE, LIKE_SCAMS, SOUNDS_RISKY
from screening.learned import LEADS_ASTRAY, log_odds, weightiest
from screening.reading import Reading
from screening.scams import telling_words
from screening.weighing import stretches

MOST = 3  # stretches that are shown beside one reason
MOST_OF_SCAMS = 5  # pairs of words, each of which says less
LETTERS = 120  # of a stretch


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
    if code == SOUNDS_RISKY.code:
        return list(_most_like(LEADS_ASTRAY, readings))
    found = [*_asked(code, readings, findings), *_flagged(code, readings)]
    return list(dict.fromkeys(found))[:MOST]


def _most_like(model: str, readings: list[Reading]) -> Iterator[Behind]:
    """The sentence that speaks most for a model's sort, and its field; none in no text."""
    typed = [one for one in readings if about(one.field) == TEXT and one.plain.strip()]
    found = []
    for number, one in enumerate(typed):
        start, end = weightiest(model, one)
        found.append((log_odds(model, Reading("", one.plain[start:end])), number, start, end))
    for _odds, number, start, end in sorted(found)[-1:]:
        begins, ends = typed[number].where(start, end)
        yield Behind(typed[number].field, _short(typed[number].typed[begins:ends]))


def _short(words: str) -> str:
    return words if len(words) <= LETTERS else f"{words[:LETTERS]}…"


def _asked(code: str, readings: list[Reading], findings: Findings) -> Iterator[Behind]:
    typed = {reading.field: reading.typed for reading in readings}
    for mark in findings.marks:
        if mark.code == code:
            yield Behind(mark.field, _short(typed[mark.field][mark.start : mark.end]))


def _flagged(code: str, readings: list[Reading]) -> Iterator[Behind]:
    if code not in BY_CODE:
        return
    for reading in readings:
        for span in stretches(BY_CODE[code], reading):
            start, end = reading.where(*span)
            yield Behind(reading.field, _short(reading.typed[start:end]))
