"""What a schedule causes: postings end after their last day, or open when their party may."""

from datetime import datetime

from django.db import transaction

from opportunities.lifecycle import save, settle
from opportunities.models import Need, Offer

AT_ONCE = 500  # postings that one transaction of a sweep moves


def expire_postings(*, at: datetime) -> int:
    """End what has had its last day. Returns how many ended."""
    return sum(_expire(model, at=at) for model in (Need, Offer))


@transaction.atomic
def _expire(model: type[Need] | type[Offer], *, at: datetime) -> int:
    ending = {"in_review", "open", "active", "at_capacity", "paused"}
    over = model.objects.over_at(at).filter(status__in=ending).held(limit=AT_ONCE)
    for posting in over:
        posting.status = model.Status.EXPIRED
        save(posting, verb="expired", actor=None, at=at)
    return len(over)


def open_waiting(*, at: datetime) -> int:
    """Open what only waited for its party's verification. Returns how many opened."""
    return sum(_open_waiting(model, at=at) for model in (Need, Offer))


@transaction.atomic
def _open_waiting(model: type[Need] | type[Offer], *, at: datetime) -> int:
    ready = model.objects.waiting_for_party().of_verified_parties(at).in_date_on(at)
    waiting = ready.held(limit=AT_ONCE)
    for posting in waiting:
        settle(posting, at=at)
        save(posting, verb="opened", actor=None, at=at)
    return len(waiting)
