"""Which pairs of a market may be proposed: the fit rules, and the conditions of live postings."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching import rules
from matching.columns.arrays import Bools
from matching.columns.pairs import Pairs
from matching.market.parties import Parties
from matching.market.retrieve import Market
from matching.models import Block, Match
from opportunities.models import Need, Offer

REOPENED_ONCE_IN = timedelta(days=90)  # a pair that said no is not asked a third time sooner
REFUSED = (Match.Status.DECLINED, Match.Status.BLOCKED, Match.Status.ENDED)
RETURNS = 3  # so often may a pair fall apart, such as by a pause, before it stays apart
Side = tuple[int, frozenset[int]]  # a party and the people on its side of a posting


class Versions(NamedTuple):
    """Postings as they are now: (N,) their ids and their revisions."""

    keys: NDArray[Any]
    revisions: NDArray[Any]


class Meeting(NamedTuple):
    """What is left of a match of the two."""

    status: str
    need_revision: int
    offer_revision: int
    proposed_at: datetime


def fitting(found: Market) -> Pairs:
    """Every pair that the rules and the live conditions allow."""
    pairs = fits(found)
    return pairs.take(may_meet(found, pairs))


def fits(found: Market) -> Pairs:
    """Every pair that the rules allow."""
    return rules.fits(found.need_columns, found.offer_columns, found.book)


def may_meet(found: Market, pairs: Pairs) -> Bools:
    """(P,) whether the pair is of strangers that nobody blocked and that have not met before."""
    if not len(pairs):
        return np.zeros(0, np.bool_)
    needs, offers = versions(found.needs), versions(found.offers)
    return ~(too_close(found, pairs) | met_before(pairs, needs, offers, at=found.at))


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


def versions(rows: Sequence[Need | Offer]) -> Versions:
    """What these postings are, and how often they were changed materially."""
    keys = np.array([row.pk for row in rows], np.int64)
    return Versions(keys, np.array([row.revision for row in rows], np.int64))


def met_before(pairs: Pairs, needs: Versions, offers: Versions, *, at: datetime) -> Bools:
    """(P,) proposed before, and neither side has changed since, or too often."""
    need_rows, offer_rows = np.unique(pairs.need), np.unique(pairs.offer)
    need_of = dict(zip(needs.keys[need_rows].tolist(), need_rows.tolist(), strict=True))
    offer_of = dict(zip(offers.keys[offer_rows].tolist(), offer_rows.tolist(), strict=True))
    before = Match.objects.filter(need__in=need_of, offer__in=offer_of).order_by("proposed_at")
    histories: dict[tuple[int, int], list[Meeting]] = defaultdict(list)
    for need, offer, *met in before.values_list("need_id", "offer_id", *Meeting._fields):
        histories[need_of[need], offer_of[offer]].append(Meeting(*met))
    forbidden = {
        (need, offer)
        for (need, offer), history in histories.items()
        if _not_again(history, (needs.revisions[need], offers.revisions[offer]), at)
    }
    return _is_among(pairs.need, pairs.offer, forbidden, len(offers.keys))


def _not_again(history: Sequence[Meeting], now: tuple[int, int], at: datetime) -> bool:
    """Whether a pair with this history, oldest first, and now these revisions, stays apart.

    What was withdrawn was refused by nobody: a side was paused, full or suspended. Once
    that is over the two may meet, though whoever pauses often does not ask without end.
    """
    refused, fell_apart = False, 0
    for met in history:
        unchanged = (met.need_revision, met.offer_revision) == now
        withdrawn = met.status == Match.Status.WITHDRAWN
        if met.status in Match.LIVE or (unchanged and not withdrawn):
            return True
        if refused and met.proposed_at > at - REOPENED_ONCE_IN:
            return True
        refused = refused or met.status in REFUSED
        fell_apart += unchanged
    return fell_apart >= RETURNS


def _is_among(needs: Any, offers: Any, pairs: Collection[tuple[int, int]], width: int) -> Bools:
    """(P,) which of the pairs of numbers are among these; ``width`` is above every offer's."""
    codes = np.array([need * width + offer for need, offer in pairs], np.int64)
    return np.isin(needs * width + offers, codes)
