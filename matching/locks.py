"""One order for locks: needs, offers, parties, people, matches, each by its key.

Whoever gives room away or takes it holds the rows that own it, so what was counted
is still true when it is written. Nobody waits for a match's row while holding none
of its postings': sweeps skip what somebody else holds.
"""

from collections.abc import Collection

from django.db.models import Q

from accounts.models import Party, User
from matching.models import Match
from opportunities.models import Need, Offer


def hold(*, needs: Collection[int], offers: Collection[int]) -> None:
    """Hold these postings and their parties until the transaction ends."""
    parties: set[int] = set()
    for rows in (Need.objects.filter(pk__in=needs), Offer.objects.filter(pk__in=offers)):
        held = rows.select_for_update(no_key=True).order_by("pk")
        parties |= set(held.values_list("party_id", flat=True))
    held_parties = Party.objects.select_for_update(no_key=True).filter(pk__in=parties)
    list(held_parties.order_by("pk").values_list("pk"))


def hold_people(ids: Collection[int]) -> None:
    """Hold these people, so that their proposals of the day are counted once."""
    list(
        User.objects.select_for_update(no_key=True)
        .filter(pk__in=ids)
        .order_by("pk")
        .values_list("pk")
    )


def hold_match(match: Match) -> Match:
    """The match as it is now, with both postings, all of them held."""
    hold(needs=[match.need_id], offers=[match.offer_id])
    return _fresh(match)


def hold_match_and_line(match: Match) -> tuple[Match, set[int], set[int]]:
    """The same, and all that wait in line beside it, whose turn may come.

    Returns the match and the ids of the needs and offers held.
    """
    line = Match.objects.waiting().filter(Q(need=match.need_id) | Q(offer=match.offer_id))
    pairs = list(line.values_list("need_id", "offer_id"))
    needs = {match.need_id, *(need for need, _ in pairs)}
    offers = {match.offer_id, *(offer for _, offer in pairs)}
    hold(needs=needs, offers=offers)
    return _fresh(match), needs, offers


def _fresh(match: Match) -> Match:
    held = Match.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("need__party", "offer__party").get(pk=match.pk)
