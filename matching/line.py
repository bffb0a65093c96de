"""Who gets a place: introductions, the waiting line, and what is full.

Everything here is called with the needs and offers locked (``locks.hold``).
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from matching import closing
from matching.models import Match
from matching.room import counts_of_needs, has_room, is_full, places_left
from matching.standing import holds
from matching.telling import tell_both
from notices.models import Notice
from opportunities import filling
from opportunities.models import Need, Offer
from trail import actions as trail


def seat(match: Match, *, at: datetime) -> None:
    """Both said yes: introduce them, or have them wait in line for a free place."""
    if has_room(match, at=at):
        introduce(match, at=at)
        settle(needs=[match.need_id], offers=[match.offer_id], at=at)
        return
    match.status, match.waiting_since = Match.Status.WAITING, at
    match.save(update_fields=["status", "waiting_since"])
    tell_both(match, Notice.Event.WAITING, at=at)


def introduce(match: Match, *, at: datetime) -> None:
    """Each side now knows the other's contact."""
    match.status, match.introduced_at = Match.Status.INTRODUCED, at
    match.save(update_fields=["status", "introduced_at"])
    trail.changed(subject="offer", ids=[match.offer_id], at=at)  # it has fewer hours left
    trail.record(actor_id=None, verb="match_introduced", subject=match, at=at)
    tell_both(match, Notice.Event.INTRODUCED, at=at)


def settle(*, needs: Collection[int], offers: Collection[int], at: datetime) -> int:
    """Give free places to the line, and say what is full and what has room again.

    Returns how many moved up. Only pairs with both sides among these are looked at.
    """
    line = Match.objects.waiting().filter(need__in=needs, offer__in=offers)
    moved_up = 0
    for match in line.select_related("need__party", "offer__party"):
        if has_room(match, at=at) and holds(match, at=at):
            introduce(match, at=at)
            moved_up += 1
    for need in Need.objects.filter(
        pk__in=needs, status__in=(Need.Status.OPEN, Need.Status.FILLED)
    ).order_by("pk"):
        _settle_need(need, at=at)
    for offer in Offer.objects.filter(
        pk__in=offers, status__in=(Offer.Status.ACTIVE, Offer.Status.AT_CAPACITY)
    ).order_by("pk"):
        _settle_offer(offer, at=at)
    return moved_up


def _settle_need(need: Need, *, at: datetime) -> None:
    has_places = places_left(need, counts_of_needs([need.pk])) > 0
    if need.status == Need.Status.OPEN and not has_places:
        filling.mark_filled(need=need, at=at)
        closing.withdraw_unanswered(need, at=at)
    elif need.status == Need.Status.FILLED and has_places:
        filling.mark_open(need=need, at=at)


def _settle_offer(offer: Offer, *, at: datetime) -> None:
    full = is_full(offer)
    if offer.status == Offer.Status.ACTIVE and full:
        filling.mark_at_capacity(offer=offer, at=at)
    elif offer.status == Offer.Status.AT_CAPACITY and not full:
        filling.mark_active(offer=offer, at=at)


def with_room_at_stake(
    needs: Collection[int], offers: Collection[int]
) -> tuple[set[int], set[int]]:
    """Of these, what has given places away or has a line, with all that wait in that line.

    Returns the ids of needs and of offers to hold and settle.
    """
    stakes = Match.objects.filter(status__in=(*Match.MET, Match.Status.WAITING))
    own_needs = set(stakes.filter(need__in=needs).values_list("need_id", flat=True))
    own_offers = set(stakes.filter(offer__in=offers).values_list("offer_id", flat=True))
    line = Match.objects.waiting().filter(Q(need__in=own_needs) | Q(offer__in=own_offers))
    pairs = list(line.values_list("need_id", "offer_id"))
    return own_needs | {need for need, _ in pairs}, own_offers | {offer for _, offer in pairs}
