"""Texts and postings that judge the screening, and some that teach its models.

What is named ``held_out`` teaches nothing: no pattern was written by it, no model saw it.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
HALVES = ("tuning", "held_out")
# By who saw no pattern, but for the fifth to the eighth, whose author had mended patterns before.
# Nobody has read the texts of what is held out, but for the clean ones of the ninth that were
# refused.
HANDS = (
    "third_hand",
    "fourth_hand",
    "fourth_hand_held_out",
    "fifth_hand",
    "sixth_hand",
    "seventh_hand",
    "eighth_hand_held_out",
    "ninth_hand_held_out",
)


def texts(half: str) -> Iterator[tuple[str, str]]:
    """(category, text); the category ``clean`` names nobody."""
    for row in _rows(f"texts_{half}.csv"):
        yield row["category"], row["description"]


def postings(half: str) -> Iterator[tuple[str, dict[str, str]]]:
    """(``risky`` or ``clean``, the posting's columns)."""
    for row in _rows(f"postings_{half}.csv"):
        yield row.pop("label"), {name: row[name] for name in row if name not in {"id", "language"}}


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)


class Text(NamedTuple):
    """A text by somebody who saw no pattern.

    group   an ``identity`` or ``clean`` text, a ``risky`` or ``fair`` posting
    fields  title, description and pay
    """

    group: str
    kind: str
    language: str
    fields: dict[str, str]


def written_by(hand: str) -> Iterator[Text]:
    """The texts of one of ``HANDS``."""
    for row in _rows(f"{hand}.csv"):
        fields = {name: row[name] for name in ("title", "description", "pay")}
        yield Text(row["group"], row["kind"], row["language"], fields)
