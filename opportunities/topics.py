"""From words to topics: what somebody typed becomes ranked entries of the taxonomy, without a database."""

from typing import NamedTuple


class Entry(NamedTuple):
    """One topic of the shipped taxonomy."""

    slug: str
    name: str
    group: str
    synonyms: tuple[str, ...]
    umbrella: bool
    soc: str


def taxonomy() -> tuple[Entry, ...]:
    """Every topic of ``data/topics.json``, in the order of the file."""
    raise NotImplementedError


def suggest(text: str, kind: str = "class", limit: int = 6) -> list[tuple[str, float]]:
    """The topics a text speaks of, best first: (slug, confidence 0..1), none where nothing fits.

    text   a title, or a title and a description, in English or Spanish
    kind   of the posting: it decides between twins ("welding" the class, the job)
    """
    raise NotImplementedError
