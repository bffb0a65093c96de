"""Full, or with room again: matching says so in its own transactions, where room is counted."""

from datetime import datetime

from opportunities.models import Need, Offer
from trail import actions as trail


def mark_filled(*, need: Need, at: datetime) -> None:
    """An open need has all it asked for."""
    _mark(need, Need.Status.OPEN, Need.Status.FILLED, at)


def mark_open(*, need: Need, at: datetime) -> None:
    """A filled need has a free seat again."""
    _mark(need, Need.Status.FILLED, Need.Status.OPEN, at)


def mark_at_capacity(*, offer: Offer, at: datetime) -> None:
    """An active offer has given all it can."""
    _mark(offer, Offer.Status.ACTIVE, Offer.Status.AT_CAPACITY, at)


def mark_active(*, offer: Offer, at: datetime) -> None:
    """An offer at capacity has room again."""
    _mark(offer, Offer.Status.AT_CAPACITY, Offer.Status.ACTIVE, at)


def _mark(posting: Need | Offer, leaves: str, enters: str, at: datetime) -> None:
    """Move it if it is where it should come from; a paused one, for example, stays paused."""
    standing = type(posting).objects.filter(pk=posting.pk, status=leaves)
    if standing.update(status=enters, updated_at=at):
        posting.status = enters
        trail.changed(subject=posting.WORD, ids=[posting.pk], at=at)
        trail.record(
            actor_id=None, verb=f"{posting.WORD}_moved", subject=posting, at=at, status=str(enters)
        )
