"""From what changed to the few pairs worth a look: all that fits, less what cannot be proposed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching import allocate, score, worth
from matching.columns.arrays import Bools
from matching.columns.pairs import Pairs
from matching.columns.ragged import Rows
from matching.fitting import Versions, may_meet, met_before
from matching.market.board import Board
from matching.market.facts import DAY_SECONDS
from matching.market.live import ColumnsT
from matching.market.retrieve import Market, market
from matching.market.shelf import Shelf
from matching.market.touched import Touched
from matching.room import full_of_proposals
from matching.score import WEIGHTS
from opportunities.models import Need, Offer

AT_ONCE = 2_000  # postings that ask together: a million fits where there are a million offers
OF_AN_OFFER = 1_000  # needs looked at for an offer: twice what the largest capacity can be asked


def candidates(board: Board, changed: Touched, *, at: datetime) -> tuple[Market, Pairs]:
    """What may be proposed because of these changes, read in full.

    board  fresh enough to know the changes

    A changed need meets every offer, and every other need the changed offers. Only pairs
    that may be among the best of both sides are kept, with every fact that decides about them.
    """
    found = [_worth_a_look(board, pairs, at=at) for pairs in _fits(board, changed, at=at)]
    return _read(board, Pairs.joined(found), at=at)


def _fits(board: Board, changed: Touched, *, at: datetime) -> Iterator[Pairs]:
    """Every pair that the rules allow, some changed postings at a time."""
    needs, offers = board.needs.rows_of(changed.needs), board.offers.rows_of(changed.offers)
    for some in _parts(needs) or [needs]:
        yield board.fits_of_needs(some, at=at)
    for some in _parts(offers):
        pairs = board.fits_of_offers(some, at=at)
        yield pairs.take(~np.isin(pairs.need, needs))


def _parts(rows: Rows) -> list[Rows]:
    return [rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE)]


def _worth_a_look(board: Board, pairs: Pairs, *, at: datetime) -> Pairs:
    """Without the pairs that are known to lead to nothing."""
    if not len(pairs):
        return pairs
    needs, offers = board.needs, board.offers
    pairs = pairs.take(needs.beside("party", pairs.need) != offers.beside("party", pairs.offer))
    pairs = pairs.take(_can_take_more(needs, Need, pairs.need))
    pairs = pairs.take(_can_take_more(offers, Offer, pairs.offer))
    pairs = pairs.take(~_met_before(board, pairs, at=at))
    return pairs.take(_may_be_best(board, pairs, at=at))


def _can_take_more(shelf: Shelf[Any], model: type[Need | Offer], rows: Rows) -> Bools:
    """(R,) whose posting has room for a proposal."""
    ids = shelf.beside("keys", rows)
    full = full_of_proposals(model, np.unique(ids).tolist())
    return np.isin(ids, full, invert=True)


def _met_before(board: Board, pairs: Pairs, *, at: datetime) -> Bools:
    need_rows, need = np.unique(pairs.need, return_inverse=True)
    offer_rows, offer = np.unique(pairs.offer, return_inverse=True)
    needs, offers = _versions(board.needs, need_rows), _versions(board.offers, offer_rows)
    return met_before(replace(pairs, need=need, offer=offer), needs, offers, at=at)


def _versions(shelf: Shelf[Any], rows: Rows) -> Versions:
    return Versions(shelf.beside("keys", rows), shelf.beside("revision", rows))


def _may_be_best(board: Board, pairs: Pairs, *, at: datetime) -> Bools:
    """(P,) which pairs may be among the best of both their sides once texts are compared."""
    need_rows, need = np.unique(pairs.need, return_inverse=True)
    offer_rows, offer = np.unique(pairs.offer, return_inverse=True)
    needs, offers = _waiting(board.needs, need_rows, at), _waiting(board.offers, offer_rows, at)
    own = replace(pairs, need=need, offer=offer)
    scores, spare = score.score(score.without_words(own, needs, offers, board.book)), WEIGHTS.words
    values = worth.asking(scores, worth.worth(offers, board.demand)[offer])
    may = (scores + spare >= WEIGHTS.floor) & allocate.contenders(need, values, spare=spare)
    return may & allocate.contenders(offer, values, spare=spare, limit=OF_AN_OFFER)


def _waiting(shelf: Shelf[ColumnsT], rows: Rows, at: datetime) -> ColumnsT:
    """Columns of these rows, with how long each has waited by now."""
    found = shelf.take(rows)
    days = (at.timestamp() - found.beside.opened_at) / DAY_SECONDS
    return replace(found.columns, wait_days=np.maximum(0.0, days))


def _read(board: Board, pairs: Pairs, *, at: datetime) -> tuple[Market, Pairs]:
    """The rows and facts of these pairs; one that is gone meanwhile takes its pairs along."""
    need_rows, offer_rows = np.unique(pairs.need), np.unique(pairs.offer)
    found = market(
        needs=Need.objects.open_at(at).filter(pk__in=_ids(board.needs, need_rows)),
        offers=Offer.objects.active_at(at).filter(pk__in=_ids(board.offers, offer_rows)),
        at=at,
        since=at.date(),
        book=board.book,
    )
    need = _place(_ids(board.needs, pairs.need), found.need_columns.keys)
    offer = _place(_ids(board.offers, pairs.offer), found.offer_columns.keys)
    there = (need >= 0) & (offer >= 0)
    pairs = replace(pairs, need=need, offer=offer).take(there)
    return found, Pairs.joined([pairs.take(may_meet(found, pairs))])


def _ids(shelf: Shelf[Any], rows: Rows) -> list[int]:
    ids: list[int] = shelf.beside("keys", rows).tolist()
    return ids


def _place(ids: list[int], keys: NDArray[Any]) -> Rows:
    """Where each of these stands among the keys, -1 where it does not."""
    place = {key: row for row, key in enumerate(keys.tolist())}
    return np.array([place.get(one, -1) for one in ids], np.int64)
