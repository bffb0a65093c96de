"""From words to topics: what somebody typed becomes ranked entries of the taxonomy.

How people speak of a topic stands in three files: its synonyms in ``data/topics.json``, in
``data/sayings.json`` what else they call it, in English and Spanish, formal and casual, and in
``data/told.json`` what they tell who do not call it anything.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from opportunities.hearing import Hearing
from opportunities.lexicon import Sayings

TOPICS = Path(__file__).with_name("data") / "topics.json"
SAYINGS = TOPICS.with_name("sayings.json")
TOLD = TOPICS.with_name("told.json")
LONGEST = 5000  # letters read: a title and a description hold no more
SURE_ENOUGH = 0.56  # below it a text more often speaks of something else
GROUPS = {  # of each kind, in the order in which lists show them
    "class": ("life-skills", "career-readiness", "certification", "care"),
    "apprenticeship": ("apprenticeship",),
    "job": ("job",),
}


class Entry(NamedTuple):
    """One topic of the shipped taxonomy."""

    slug: str
    name: str
    group: str
    synonyms: tuple[str, ...]
    umbrella: bool
    soc: str
    names: dict[str, str]  # by language, where it is not English

    @property
    def phrases(self) -> tuple[str, ...]:
        """Its names and synonyms; a name with a slash or brackets is several."""
        names = [self.name, *self.names.values()]
        parts = [part for name in names for part in re.split(r"[/()]", name)]
        return (*names, *parts, *self.synonyms)


@cache
def taxonomy() -> tuple[Entry, ...]:
    """Every topic of ``data/topics.json``, in the order of the file.

    Their names in another language stand in a file of its own, such as ``topics.es.json``.
    """
    return tuple(
        Entry(
            slug=row["slug"],
            name=row["name"],
            group=row["group"],
            synonyms=tuple(row["synonyms"]),
            umbrella=bool(row.get("umbrella")),
            soc=row["soc"] or "",
            names=_names(row["slug"]),
        )
        for row in json.loads(TOPICS.read_text(encoding="utf-8"))
    )


def name_of(slug: str, language: str) -> str:
    """A topic's name in a language such as "es" or "es-mx", in English if it has none in it.

    Empty for a topic that left the taxonomy.
    """
    entry = _by_slug().get(slug)
    return entry.names.get(language.partition("-")[0], entry.name) if entry else ""


def name_like(name: str, language: str) -> str:
    """What the topics of this English name are called in a language; a foreign word stays."""
    slug = _first_slugs().get(name, "")
    return name_of(slug, language) or name


def group_of(name: str) -> str:
    """The group of the topic of this English name; empty for one that left the taxonomy."""
    return group_of_slug(_first_slugs().get(name, ""))


def group_of_slug(slug: str) -> str:
    entry = _by_slug().get(slug)
    return entry.group if entry else ""


def slugs_named(written: Iterable[str]) -> list[str]:
    """The topics of these slugs or names; a name that twins share is all of them."""
    return [
        slug
        for each in written
        for slug in _slugs_by_name().get(" ".join(each.lower().split()), ())
    ]


@cache
def _slugs_by_name() -> dict[str, list[str]]:
    named: dict[str, list[str]] = defaultdict(list)
    for entry in taxonomy():
        for name in {entry.slug, entry.name.lower()}:
            named[name].append(entry.slug)
    return named


def _names(slug: str) -> dict[str, str]:
    return {code: names[slug] for code, names in _other_names().items() if slug in names}


@cache
def _other_names() -> dict[str, dict[str, str]]:
    """By language, the names by slug."""
    return {
        path.suffixes[0][1:]: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(TOPICS.parent.glob("topics.*.json"))
    }


@cache
def _first_slugs() -> dict[str, str]:
    """By English name; twins share one."""
    return {entry.name: entry.slug for entry in reversed(taxonomy())}


@cache
def _by_slug() -> dict[str, Entry]:
    return {entry.slug: entry for entry in taxonomy()}


def suggest(
    text: str, kind: str = "class", language: str = "", limit: int = 6
) -> list[tuple[str, float]]:
    """The topics a text speaks of, best first: (slug, confidence 0..1), none where nothing fits.

    text      a title, or a title, a line break and a description, in English or Spanish
    kind      of the posting: it decides between twins ("welding" the class, the job)
    language  of the text, such as "en" or "es"; empty where it is not known
    """
    entries, hearing = _hearing(kind)
    heard = hearing.topics(text[:LONGEST], language.partition("-")[0])
    best = islice(((topic, sure) for topic, sure in heard if sure >= SURE_ENOUGH), limit)
    return [(entries[topic].slug, round(sure, 3)) for topic, sure in best]


def get_ready() -> None:
    """Read the sayings of every kind, which takes a second or two."""
    for kind in GROUPS:
        _hearing(kind)


@cache
def _hearing(kind: str) -> tuple[tuple[Entry, ...], Hearing]:
    groups = GROUPS[kind]
    entries = tuple(entry for entry in taxonomy() if entry.group in groups)
    return entries, Hearing([*map(sayings_of, entries)], _elsewhere(kind))


def sayings_of(entry: Entry) -> Sayings:
    """Everything people say for a topic."""
    said = _sayings()[entry.slug]
    phrases = (*entry.phrases, *said["said"])
    return Sayings(phrases, tuple(said["cues"]), entry.umbrella, tuple(_told()[entry.slug]))


def fields() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """By slug, the phrases that mean a topic, and the words that are often near."""
    return {entry.slug: sayings_of(entry)[:2] for entry in taxonomy()}


def _elsewhere(kind: str) -> Sayings:
    """What postings of this kind speak of that no topic covers."""
    said, tales = (
        tuple(text for row in rows if _is_elsewhere(row, kind) for text in row[key])
        for rows, key in ((sayings(), "said"), (told(), "told"))
    )
    return Sayings(said, (), umbrella=False, told=tales)


def _is_elsewhere(row: dict[str, Any], kind: str) -> bool:
    return not row["topics"] and row.get("kind", kind) == kind


@cache
def _sayings() -> dict[str, dict[str, list[str]]]:
    """By slug, what is said for it; a row of the file may speak of several twins at once."""
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: {"said": [], "cues": []})
    for row in sayings():
        for slug in row["topics"]:
            said[slug]["said"] += row["said"]
            said[slug]["cues"] += row["cues"]
    return said


@cache
def sayings() -> list[dict[str, Any]]:
    """The rows of ``data/sayings.json``.

    One without topics speaks of what none covers, in postings of its kind, or of all kinds.
    """
    rows: list[dict[str, Any]] = json.loads(SAYINGS.read_text(encoding="utf-8"))
    return rows


@cache
def _told() -> dict[str, list[str]]:
    """By slug, what is told of it."""
    told_of: dict[str, list[str]] = defaultdict(list)
    for row in told():
        for slug in row["topics"]:
            told_of[slug] += row["told"]
    return told_of


@cache
def told() -> list[dict[str, Any]]:
    """The rows of ``data/told.json``: how people tell of topics without a name for them.

    One without topics tells of what none covers, in postings of its kind.
    """
    rows: list[dict[str, Any]] = json.loads(TOLD.read_text(encoding="utf-8"))
    return rows
