"""Does an open match still hold? Both sides live and verified, unchanged, and fitting."""

from datetime import date, datetime

from accounts import conduct
from matching.fitting import fits, too_close
from matching.market.retrieve import market
from matching.models import OTHER, Match
from matching.reasons import Side
from matching.refusals import CannotAnswer, NoLongerFits, NoLongerLive, YoursIsNotLive
from opportunities.lifecycle import is_over
from opportunities.models import Need, Offer

# A full side is still live: who says yes then waits in line.
LIVE_NEED = (Need.Status.OPEN, Need.Status.FILLED)
LIVE_OFFER = (Offer.Status.ACTIVE, Offer.Status.AT_CAPACITY)


def why_not(match: Match, side: Side, *, at: datetime) -> CannotAnswer | None:
    """Why this side's yes cannot count now; None if it can. Call with both postings locked."""
    if not _is_live(match.posting_of(side), at):
        return YoursIsNotLive()
    if not _is_live(match.posting_of(OTHER[side]), at):
        return NoLongerLive()
    if _has_changed(match) or not pair_fits(match, whole_hours=True, at=at):
        return NoLongerFits()
    return None


def holds(match: Match, *, at: datetime) -> bool:
    """Whether it may be introduced after a wait, with enough of its sessions still to come."""
    return (
        _is_live(match.need, at)
        and _is_live(match.offer, at)
        and not _has_changed(match)
        and is_ready(match, "need")
        and is_ready(match, "offer")
        and pair_fits(match, whole_hours=True, since=at.date(), at=at)
    )


def pair_fits(match: Match, *, whole_hours: bool, since: date | None = None, at: datetime) -> bool:
    """Whether all twelve rules hold for the rows as they are, and nothing keeps the two apart.

    whole_hours  count the hours of the offer's introduced classes as free, too
    since        sessions count from this day on
    """
    pair = market(
        needs=Need.objects.filter(pk=match.need_id),
        offers=Offer.objects.filter(pk=match.offer_id),
        whole_hours=whole_hours,
        since=since,
        at=at,
    )
    pairs = fits(pair)
    return len(pairs) == 1 and not too_close(pair, pairs).any()


def is_ready(match: Match, side: Side) -> bool:
    """Whether whoever is introduced on that side has accepted the agreement on conduct."""
    person = match.posting_of(side).told
    return person is None or conduct.has_accepted(person)


def _is_live(posting: Need | Offer, at: datetime) -> bool:
    live = posting.status in (LIVE_NEED if isinstance(posting, Need) else LIVE_OFFER)
    return live and not is_over(posting, at) and posting.party.is_verified_at(at)


def _has_changed(match: Match) -> bool:
    """One side was edited materially since the proposal."""
    return (match.need_revision, match.offer_revision) != (
        match.need.revision,
        match.offer.revision,
    )
