"""From words to topics: what somebody typed becomes ranked entries of the taxonomy."""

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

TOPICS = Path(__file__).with_name("data") / "topics.json"


class Entry(NamedTuple):
    """One topic of the shipped taxonomy."""

    slug: str
    name: str
    group: str
    synonyms: tuple[str, ...]
    umbrella: bool
    soc: str


@cache
def taxonomy() -> tuple[Entry, ...]:
    """Every topic of ``data/topics.json``, in the order of the file."""
    return tuple(
        Entry(
            slug=row["slug"],
            name=row["name"],
            group=row["group"],
            synonyms=tuple(row["synonyms"]),
            umbrella=bool(row.get("umbrella")),
            soc=row["soc"] or "",
        )
        for row in json.loads(TOPICS.read_text(encoding="utf-8"))
    )


def suggest(text: str, kind: str = "class", limit: int = 6) -> list[tuple[str, float]]:
    """The topics a text speaks of, best first: (slug, confidence 0..1), none where nothing fits.

    text   a title, or a title and a description, in English or Spanish
    kind   of the posting: it decides between twins ("welding" the class, the job)
    """
    raise NotImplementedError
