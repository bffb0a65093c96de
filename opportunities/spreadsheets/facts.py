"""Between a spreadsheet's row and a posting: what a row says of it, and what it would change."""

from collections.abc import Collection, Mapping
from typing import Any

from accounts.models import Party
from opportunities.models import Need, Offer, Topic
from opportunities.schedules import format_slot
from opportunities.spreadsheets.rows import NOT_OF, NeedRow, OfferRow

_SHARED = {
    "title": "title", "description": "description", "kind": "kind", "format": "format",
    "zip": "zip", "latitude": "latitude", "longitude": "longitude", "mode": "mode",
    "timezone": "time_zone", "slots": "slots", "dates": "dates", "start_date": "start_date",
    "end_date": "end_date", "languages": "languages", "audience": "audience",
}  # fmt: skip
FACTS_OF_NEED = _SHARED | {
    "minutes": "minutes", "sessions": "sessions", "check_level": "check_level",
    "exclusions": "exclusions", "requires": "requires", "seats": "seats", "helpers": "helpers",
}  # fmt: skip
FACTS_OF_OFFER = _SHARED | {
    "radius_km": "radius_km", "tags": "tags", "terms": "terms", "capacity": "capacity",
    "groups": "groups", "pay": "pay_amount", "pay_period": "pay_period",
    "hours_per_week": "hours_per_week", "shift_minutes": "shift_minutes", "workplace": "workplace",
    "supervisor": "supervisor", "record_policy": "record_policy",
    "length_months": "length_months", "credential": "credential", "sponsor": "sponsor",
    "instruction": "instruction", "wage_steps": "wage_steps",
}  # fmt: skip

# What an empty cell leaves to the posting: its party's place, the form's format, and on a
# second run the dates and topics it has by then.
_PLACE = {"zip", "latitude", "longitude"}
_LEFT_TO_POSTING = _PLACE | {"timezone", "format"}
_LEFT_AS_IS = _LEFT_TO_POSTING | {"start_date", "end_date"}


def column_of(fact: str, key: str) -> str:
    """The column that a fact of a posting is read from."""
    names = {"import_id": key, "time_zone": "timezone", "pay_amount": "pay"}
    return names.get(fact, fact)


def new_facts(row: NeedRow | OfferRow, party: Party, topics: Mapping[str, Topic]) -> dict[str, Any]:
    """The facts of a posting that a row begins."""
    hidden = isinstance(row, NeedRow) and party.confidential
    skipped = _skipped(row, _LEFT_TO_POSTING, hidden=hidden)
    facts = {fact: value for fact, value in _facts(row).items() if fact not in skipped}
    return facts | {
        "import_id": row.import_id,
        "topics": [topics[slug] for slug in row.topics if slug in topics],
    }


def changed_facts(
    row: NeedRow | OfferRow,
    posting: Need | Offer,
    columns: Collection[str],
    topics: Mapping[str, Topic],
) -> dict[str, Any]:
    """The facts that a row would change; columns that the file lacks change nothing."""
    hidden = isinstance(posting, Need) and posting.confidential
    skipped = _skipped(row, _LEFT_AS_IS, hidden=hidden)
    names = FACTS_OF_NEED if isinstance(row, NeedRow) else FACTS_OF_OFFER
    facts = _facts(row)
    columns = set(columns) - NOT_OF[row.kind].keys()
    changed = {
        fact: facts[fact]
        for column, fact in names.items()
        if column in columns and fact not in skipped and _differs(posting, fact, facts[fact])
    }
    if {"latitude", "longitude"} & set(changed):  # a point moves as a whole
        changed |= {"latitude": row.latitude, "longitude": row.longitude}
    if "start_date" in changed and posting.end_date and posting.end_date < row.start_date:
        changed["end_date"] = row.end_date
    wanted = {slug for slug in row.topics if slug in topics}
    if wanted and wanted != {each.slug for each in posting.topics.all() if not each.retired}:
        changed["topics"] = [topics[slug] for slug in row.topics if slug in topics]
    return changed


def _skipped(row: NeedRow | OfferRow, left: set[str], *, hidden: bool) -> set[str]:
    """Facts that are not the row's to say; a confidential need has no place of its own."""
    columns = (left - row.given) | (_PLACE if hidden else set())
    return {_SHARED[column] for column in columns}


def _facts(row: NeedRow | OfferRow) -> dict[str, Any]:
    """All facts of a row, in the words of the models."""
    names = FACTS_OF_NEED if isinstance(row, NeedRow) else FACTS_OF_OFFER
    facts = {fact: _plain(getattr(row, _attribute(column))) for column, fact in names.items()}
    return facts | {"slots": [format_slot(slot) for slot in row.slots]}


def _attribute(column: str) -> str:
    return "time_zone" if column == "timezone" else column


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _differs(posting: Need | Offer, fact: str, value: Any) -> bool:
    now = getattr(posting, fact)
    if isinstance(value, list):  # the order of words, dates and hours means nothing
        return sorted(now) != sorted(value)
    return bool(now != value)
