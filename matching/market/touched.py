"""Which postings changes are about: what to look at again."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from opportunities.models import Need, Offer
from trail.models import Change


@dataclass(frozen=True, slots=True)
class Touched:
    """The postings that changes are about.

    rechecked  the offers whose people's checks changed, which counts no revision up
    """

    needs: frozenset[int]
    offers: frozenset[int]
    rechecked: frozenset[int] = frozenset()


def touched(changes: Iterable[Change]) -> Touched:
    """The postings to look at again: a party's and a person's are theirs."""
    ids: dict[str, set[int]] = defaultdict(set)
    for change in changes:
        ids[change.subject].add(change.subject_id)
    needs, offers = ids["need"], ids["offer"]
    if ids["party"]:
        needs |= set(Need.objects.filter(party__in=ids["party"]).values_list("pk", flat=True))
        offers |= set(Offer.objects.filter(party__in=ids["party"]).values_list("pk", flat=True))
    rechecked = set[int]()
    if ids["person"]:
        rechecked |= set(
            Offer.objects.filter(people__in=ids["person"]).values_list("pk", flat=True)
        )
    return Touched(frozenset(needs), frozenset(offers | rechecked), frozenset(rechecked))
