"""Postings as rows of a spreadsheet: read in again, they change nothing."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from accounts.models import Party
from opportunities.models import Need, Offer
from opportunities.spreadsheets.facts import FACTS_OF_NEED, FACTS_OF_OFFER
from opportunities.spreadsheets.rows import NEED_COLUMNS, NOT_OF, OFFER_COLUMNS
from opportunities.spreadsheets.tables import guarded

AT_ONCE = 500  # postings held in memory


def export_rows(model: type[Need] | type[Offer], party: Party) -> Iterator[list[str]]:
    """The header, then each posting of the party, drafts too, the oldest first.

    A posting that was not imported is known by its public id, in the import as well. Checks are
    left out: they belong to people and are never taken from a file.
    """
    columns = NEED_COLUMNS if model is Need else OFFER_COLUMNS
    facts = FACTS_OF_NEED if model is Need else FACTS_OF_OFFER
    yield list(columns)
    found = model.objects.filter(party=party).prefetch_related("topics").order_by("pk")
    for posting in found.iterator(chunk_size=AT_ONCE):
        cells = {column: _cell(column, getattr(posting, fact)) for column, fact in facts.items()}
        if model is Offer:
            cells |= dict.fromkeys(NOT_OF[posting.kind], "")
        cells |= {
            columns[0]: posting.import_id or str(posting.public_id),
            "topics": "|".join(sorted(topic.slug for topic in posting.topics.all())),
            "party": party.name,
        }
        yield [guarded(cells.get(column, "")) for column in columns]


def _cell(column: str, value: Any) -> str:
    if isinstance(value, list):
        return (";" if column == "slots" else "|").join(str(part) for part in value)
    if isinstance(value, float | Decimal):
        return f"{value:f}" if isinstance(value, Decimal) else repr(value)
    return "" if value is None else str(value)
