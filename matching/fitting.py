"""Which pairs of a market may be proposed: the fit rules, and the conditions of live postings."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from matching import rules
from matching.arrays import Bools
from matching.models import Block, Match
from matching.retrieve import Market, Parties, Touched
from matching.rules import Pairs
from opportunities.models import Need, Offer

REOPENED_ONCE_IN = timedelta(days=90)  # a pair that said no is not asked a third time sooner
REFUSED = (Match.Status.DECLINED, Match.Status.BLOCKED, Match.Status.ENDED)
Side = tuple[int, frozenset[int]]  # a party and the people on its side of a posting


def fitting(found: Market, changed: Touched | None = None) -> Pairs:
    """Every pair that the rules and the live conditions allow, of what changed if given."""
    pairs = fits(found) if changed is None else _fits_of_changed(found, changed)
    return pairs.take(may_meet(found, pairs))


def fits(found: Market) -> Pairs:
    """Every pair that the rules allow."""
    return rules.fits(found.need_columns, found.offer_columns, found.book)


def _fits_of_changed(found: Market, changed: Touched) -> Pairs:
    """Changed needs against every offer; every other need against changed offers."""
    is_changed = np.array([need.pk in changed.needs for need in found.needs], np.bool_)
    offer_changed = np.array([offer.pk in changed.offers for offer in found.offers], np.bool_)
    every_offer = np.arange(len(found.offers))
    blocks = (
        (np.flatnonzero(is_changed), every_offer),
        (np.flatnonzero(~is_changed), np.flatnonzero(offer_changed)),
    )
    return _joined([_fits_of_rows(found, needs, offers) for needs, offers in blocks])


def _fits_of_rows(found: Market, needs: Any, offers: Any) -> Pairs:
    pairs = rules.fits(found.need_columns.take(needs), found.offer_columns.take(offers), found.book)
    return replace(pairs, need=needs[pairs.need], offer=offers[pairs.offer])


def _joined(blocks: Sequence[Pairs]) -> Pairs:
    """Pairs of several blocks as one."""
    names = [field.name for field in fields(Pairs)]
    return Pairs(**{n: np.concatenate([getattr(block, n) for block in blocks]) for n in names})


def may_meet(found: Market, pairs: Pairs) -> Bools:
    """(P,) whether the pair is of strangers that nobody blocked and that have not met before."""
    if not len(pairs):
        return np.zeros(0, np.bool_)
    return ~(too_close(found, pairs) | _met_before(found, pairs))


def too_close(found: Market, pairs: Pairs) -> Bools:
    """(P,) the same party or person on both sides, or a block between the two, either way."""
    needs, need_group = _grouped(found.needs, found.parties)
    offers, offer_group = _grouped(found.offers, found.parties)
    forbidden = _in_common([people for _, people in needs], [people for _, people in offers])
    kept_away = _blocked({party for party, _ in (*needs, *offers)})
    for party in {party for party, _ in needs}:
        kept_away[party].add(party)
    forbidden |= _in_common([kept_away[party] for party, _ in needs], [{one} for one, _ in offers])
    return _is_among(need_group[pairs.need], offer_group[pairs.offer], forbidden, len(offers))


def _grouped(rows: Sequence[Need | Offer], parties: Parties) -> tuple[list[Side], Any]:
    """The different sides, and for each row the number of its own."""
    numbers: dict[Side, int] = {}
    group = [
        numbers.setdefault((row.party_id, parties.people_of(row)), len(numbers)) for row in rows
    ]
    return list(numbers), np.array(group, np.int64)


def _in_common(
    needs: Sequence[Collection[int]], offers: Sequence[Collection[int]]
) -> set[tuple[int, int]]:
    """Numbers of a need's side and an offer's side that have an id in common."""
    owners: dict[int, list[int]] = defaultdict(list)
    for number, ids in enumerate(needs):
        for one in ids:
            owners[one].append(number)
    return {
        (number, other)
        for other, ids in enumerate(offers)
        for one in ids
        for number in owners.get(one, ())
    }


def _blocked(parties: Collection[int]) -> dict[int, set[int]]:
    """For each party those it never meets, whichever of the two wanted it so."""
    apart: dict[int, set[int]] = defaultdict(set)
    rows = Block.objects.filter(party__in=parties, blocked__in=parties)
    for party, blocked in rows.values_list("party_id", "blocked_id"):
        apart[party].add(blocked)
        apart[blocked].add(party)
    return apart


def _met_before(found: Market, pairs: Pairs) -> Bools:
    """Proposed before, and neither side has changed since, or too often."""
    need_rows, offer_rows = np.unique(pairs.need), np.unique(pairs.offer)
    needs = {found.needs[row].pk: row for row in need_rows.tolist()}
    offers = {found.offers[row].pk: row for row in offer_rows.tolist()}
    before = Match.objects.filter(need__in=needs, offer__in=offers).order_by("proposed_at", "pk")
    histories: dict[tuple[int, int], list[Match]] = defaultdict(list)
    for match in before:
        histories[needs[match.need_id], offers[match.offer_id]].append(match)
    forbidden = {
        (need, offer)
        for (need, offer), history in histories.items()
        if _not_again(history, found.needs[need], found.offers[offer], found.at)
    }
    return _is_among(pairs.need, pairs.offer, forbidden, len(found.offers))


def _not_again(history: Sequence[Match], need: Need, offer: Offer, at: datetime) -> bool:
    """Whether a pair with these matches, oldest first, stays apart for now."""
    refused = False
    for match in history:
        if match.status in Match.LIVE or (match.need_revision, match.offer_revision) == (
            need.revision,
            offer.revision,
        ):
            return True
        if refused and match.proposed_at > at - REOPENED_ONCE_IN:
            return True
        refused = refused or match.status in REFUSED
    return False


def _is_among(needs: Any, offers: Any, pairs: Collection[tuple[int, int]], width: int) -> Bools:
    """(P,) which of the pairs of numbers are among these; ``width`` is above every offer's."""
    codes = np.array([need * width + offer for need, offer in pairs], np.int64)
    return np.isin(needs * width + offers, codes)
