"""What happened to a party: who did what and when, with the differences a yes was said to."""

from typing import NamedTuple

from django.db.models import Q

from accounts.differences import Difference, differences
from accounts.models import Party, Review, User
from desk import audit
from desk.audit import Trace
from trail.models import AuditQuerySet

SHOWN = 30
LEFT_OUT = ("party_read", "posting_read", "need_saved", "offer_saved")  # the whole audit has them


class Event(NamedTuple):
    """A trace, and what had changed since the yes before, where it is a yes."""

    trace: Trace
    changes: list[Difference]


def history_of(party: Party, *, user: User) -> list[Event]:
    """The newest of it, about the party and its postings, as far as this reviewer may read it."""
    traces = audit.told(list(_rows(party, user)[:SHOWN]))
    changes = _changes_by_yes(party)
    return [
        Event(trace, changes.get((trace.row.actor_id, trace.row.facts.get("round")), []))
        if trace.row.verb == "party_decided"
        else Event(trace, [])
        for trace in traces
    ]


def _rows(party: Party, user: User) -> AuditQuerySet:
    about = (
        Q(subject="accounts.party", subject_id=party.pk)
        | Q(subject="opportunities.need", subject_id__in=party.needs.values("pk"))
        | Q(subject="opportunities.offer", subject_id__in=party.offers.values("pk"))
    )
    rows = audit.seen_by(user).filter(about).exclude(verb__in=LEFT_OUT)
    return rows.newest_first()


def _changes_by_yes(party: Party) -> dict[tuple[int | None, int | None], list[Difference]]:
    """By reviewer and round: what differs from the last round that verified it."""
    yeses = party.reviews.filter(decision=Review.Decision.VERIFY).order_by("at", "pk")
    found: dict[tuple[int | None, int | None], list[Difference]] = {}
    before: dict[str, str] = {}
    for review in yeses:
        if before and review.facts:
            found[review.reviewer_id, review.round] = differences(before, review.facts)
        if review.closes and review.facts:
            before = review.facts
    return found
