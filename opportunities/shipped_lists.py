"""The lists that ship with the project, brought into the database: topics and conditions."""

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.db import models

from opportunities.topics import Entry, taxonomy

CONDITIONS = Path(__file__).with_name("data") / "conditions.json"


class Loaded(NamedTuple):
    """How many rows a list gained, and how many it changed."""

    created: int
    updated: int
    retired: int = 0


def load_topics(rows: models.Manager[Any]) -> Loaded:
    """Bring the topics up to the shipped file; one that left the file is retired, never deleted.

    rows  ``Topic.objects``, or what a migration knows as such
    """
    known = {topic.slug: topic for topic in rows.all()}
    entries = {entry.slug: _topic_values(entry) for entry in taxonomy()}
    new = [rows.model(slug=slug, **values) for slug, values in entries.items() if slug not in known]
    moved = [
        topic for slug, topic in known.items() if slug in entries and _take(topic, entries[slug])
    ]
    gone = [topic for slug, topic in known.items() if slug not in entries and not topic.retired]
    for topic in gone:
        topic.retired = True
    rows.bulk_create(new)
    fields = ["name", "group", "synonyms", "umbrella", "soc", "retired"]
    if moved or gone:
        rows.bulk_update([*moved, *gone], fields)
    return Loaded(len(new), len(moved), len(gone))


@cache
def shipped_words() -> frozenset[str]:
    """The slugs of the shipped conditions."""
    return frozenset(each["slug"] for each in json.loads(CONDITIONS.read_text(encoding="utf-8")))


def load_conditions(rows: models.Manager[Any]) -> Loaded:
    """Add the shipped conditions that are missing; what reviewers added or changed stays theirs."""
    known = set(rows.values_list("slug", flat=True))
    shipped = json.loads(CONDITIONS.read_text(encoding="utf-8"))
    new = [rows.model(**values) for values in shipped if values["slug"] not in known]
    rows.bulk_create(new)
    return Loaded(len(new), 0)


def _topic_values(entry: Entry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "group": entry.group,
        "synonyms": list(entry.synonyms),
        "umbrella": entry.umbrella,
        "soc": entry.soc,
        "retired": False,
    }


def _take(topic: Any, values: dict[str, Any]) -> bool:
    """Set the values; say whether one of them was another before."""
    before = {field: getattr(topic, field) for field in values}
    for field, value in values.items():
        setattr(topic, field, value)
    return before != values
