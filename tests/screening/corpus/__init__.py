"""Texts and postings that judge the screening; the held-out half is older than its patterns."""

import csv
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent
HALVES = ("tuning", "held_out")


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


def third_hand(half: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(group, kind, title, description and pay), by somebody who saw no pattern.

    half    ``seen`` or, never to be read, ``held_out``, by a hash of the id
    groups  ``identity`` and ``clean`` texts, ``risky`` and ``fair`` postings
    """
    for row in _rows(f"third_hand_{half}.csv"):
        yield (
            row["group"],
            row["kind"],
            {name: row[name] for name in ("title", "description", "pay")},
        )
