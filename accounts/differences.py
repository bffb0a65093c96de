"""What changed since reviewers last said yes, side by side."""

from collections.abc import Mapping
from typing import NamedTuple

from django.contrib.admin.utils import label_for_field

from accounts.facts_asked import REVIEWED_FACTS, reviewed_facts
from accounts.models import Party, Review

NUMBERS = {"registration_number", "license_number"}  # shown on request, which is written down


class Difference(NamedTuple):
    """One fact, as it was said yes to and as it is now."""

    label: str
    before: str
    now: str


def changed_facts(party: Party, *, shows_number: bool) -> list[Difference]:
    """Reviewed facts that differ from the last ones that verified it; none for a new party."""
    yeses = party.reviews.filter(decision=Review.Decision.VERIFY, closes=True)
    last = yeses.order_by("-at", "-pk").first()
    if last is None:
        return []
    return differences(last.facts, reviewed_facts(party), shows_number=shows_number)


def differences(
    before: Mapping[str, str], now: Mapping[str, str], *, shows_number: bool = False
) -> list[Difference]:
    """Facts that two yeses, or a yes and today, do not share; those kept with both alone."""
    hidden = set() if shows_number else NUMBERS
    return [
        Difference(
            str(label_for_field(field, Party)),
            "…" if field in hidden else before[field] or "—",
            "…" if field in hidden else now[field] or "—",
        )
        for field in REVIEWED_FACTS
        if field in before and field in now and before[field] != now[field]
    ]
