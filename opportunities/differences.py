"""What changed in a posting since reviewers last approved it, side by side."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.admin.utils import label_for_field
from django.utils.translation import gettext as _

from accounts.differences import Difference
from accounts.models import User
from opportunities.facts import snapshot
from opportunities.in_words import day_in_words
from opportunities.models import Need, Offer, PostingReview, Topic

DAYS = {"start_date", "end_date", "dates"}
NOT_SHOWN = {"import_id", "latitude", "longitude"}  # of no meaning to a reviewer


def facts_to_keep(posting: Need | Offer) -> dict[str, Any]:
    """Every fact as JSON can hold it: people and topics as ids, days as ISO dates."""
    return {field: _plain(value) for field, value in snapshot(posting).items()}


def changed_facts(posting: Need | Offer) -> list[Difference]:
    """Facts that differ from those approved last; none before a first approval."""
    approved = posting.reviews.filter(decision=PostingReview.Decision.APPROVE)
    last = approved.exclude(facts={}).order_by("-at", "-pk").first()
    if last is None:
        return []
    now = facts_to_keep(posting)
    changed = [
        field
        for field in now
        if field in last.facts and now[field] != last.facts[field] and field not in NOT_SHOWN
    ]
    names = _names(last.facts, now)
    return [
        Difference(
            str(label_for_field(field, type(posting))),
            _in_words(posting, field, last.facts[field], names),
            _in_words(posting, field, now[field], names),
        )
        for field in changed
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, User):
        return value.pk
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset | list | tuple):
        return sorted(_plain(item) for item in value)
    return value


def _names(*kept: Mapping[str, Any]) -> dict[str, dict[int, str]]:
    """What ids of people and topics stand for."""
    people = {key for facts in kept for key in [*facts.get("people", ()), facts.get("contact")]}
    topics = {key for facts in kept for key in facts["topics"]}
    found = {user.pk: user.get_full_name() for user in User.objects.filter(pk__in=people - {None})}
    labels = {topic.pk: topic.label for topic in Topic.objects.filter(pk__in=topics)}
    return {"people": found, "contact": found, "topics": labels}


def _in_words(
    posting: Need | Offer, field: str, value: Any, names: Mapping[str, Mapping[int, str]]
) -> str:
    """One value as a reviewer reads it."""
    if isinstance(value, list):
        return ", ".join(_in_words(posting, field, item, names) for item in value) or "—"
    if field in names and value is not None:
        return names[field].get(value, "?")
    if field in DAYS and value:
        return day_in_words(date.fromisoformat(value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value in {None, ""}:
        return "—"
    choices = getattr(type(posting), field).field.flatchoices
    return str(dict(choices).get(value, value))
