"""What a press of a button changes: a move as facts of the posting, and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.refusals import Refused
from matching.models import Outlook
from matching.no_match.widening import PATTERNS
from opportunities import actions as opportunities
from opportunities.lifecycle import approvals_after_edit, lock
from opportunities.models import MAX_TOPICS, Need, Offer, Topic
from opportunities.schedules import Slot, format_slot

FIELDS = {
    "mode": "mode", "radius": "radius_km", "hours": "slots", "language": "languages",
    "sessions": "sessions", "seats": "seats", "capacity": "capacity", "start": "start_date",
    "end": "end_date", "county": "counties", "topic": "topics",
}  # fmt: skip
DAYS = ("start_date", "end_date")


class HasMoved(Refused):
    message = _("This has changed meanwhile. Please look at the page once more.")


@dataclass(frozen=True, slots=True)
class Step:
    """One fact before and after, JSON-ready, so that it can be taken back."""

    field: str
    before: Any
    after: Any


def field_of(code: str, posting: Need | Offer) -> str:
    """The fact that a move changes."""
    if code == "term":
        return "requires" if isinstance(posting, Need) else "terms"
    return FIELDS[code]


def may_be_pressed(posting: Need | Offer, code: str) -> bool:
    """A check is nothing to press, and who names six topics can add none."""
    if code == "topic":
        return posting.topics.count() < MAX_TOPICS
    return code != "check"


def goes_to_review(posting: Need | Offer, code: str) -> bool:
    """Whether reviewers look at it again before it goes on."""
    return approvals_after_edit(posting, frozenset({field_of(code, posting)})) > 0


@transaction.atomic
def widen(*, posting: Need | Offer, code: str, value: str, by: User, at: datetime) -> Step:
    """Make a move that the posting's outlook names.

    Raises ``HasMoved`` where there is no such move any more, and what ``edit`` raises.
    """
    posting = lock(posting)
    outlook = Outlook.objects.filter(**{posting.WORD: posting}).first()
    named = _named(outlook, posting, code, value)
    field = field_of(code, posting)
    before = as_json(posting, field)
    after = _after(posting, code, named, before)
    edited = opportunities.edit(posting=posting, by=by, facts=_facts(field, after), at=at)
    return Step(field, before, as_json(edited, field))


@transaction.atomic
def take_back(*, posting: Need | Offer, step: Step, by: User, at: datetime) -> None:
    """Put the fact back where it was. Raises ``HasMoved`` if it was changed again since."""
    posting = lock(posting)
    if as_json(posting, step.field) != step.after:
        raise HasMoved
    opportunities.edit(posting=posting, by=by, facts=_facts(step.field, step.before), at=at)


def _named(outlook: Outlook | None, posting: Need | Offer, code: str, value: str) -> Any:
    """The move's value, as long as it was counted for what the posting is now."""
    if outlook is not None and outlook.revision == posting.revision:
        for one, named, _count in outlook.counts["moves"]:
            if (one, as_text(named)) == (code, value) and may_be_pressed(posting, code):
                return named
    raise HasMoved


def as_text(value: Any) -> str:
    """A move's value as forms carry it."""
    return "" if value is None else str(value)


def _after(posting: Need | Offer, code: str, value: Any, before: Any) -> Any:
    """The fact with the move made."""
    if code == "hours":
        return [*before, *(format_slot(Slot(*slot)) for slot in PATTERNS[value])]
    if code == "term" and isinstance(posting, Need):
        return [term for term in before if term != value]
    return [*before, value] if isinstance(before, list) else value


def as_json(posting: Need | Offer, field: str) -> Any:
    """A fact as it is now, as JSON can hold it."""
    if field == "topics":
        return list(posting.topics.order_by("slug").values_list("slug", flat=True))
    value = getattr(posting, field)
    return value.isoformat() if isinstance(value, date) else value


def _facts(field: str, value: Any) -> Mapping[str, Any]:
    """The same for ``edit``."""
    if field == "topics":
        return {field: list(Topic.objects.filter(slug__in=value))}
    if field in DAYS and value is not None:
        return {field: date.fromisoformat(value)}
    return {field: value}
