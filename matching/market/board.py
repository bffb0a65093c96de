"""Every live posting as columns, held by a worker and kept fresh from the log of changes.

What the board says may be a moment old: proposing checks every rule again on locked
rows, so a stale row costs a proposal and never breaks a rule. What time alone changes,
such as the end of a party's year, is looked at when somebody asks.
"""

from dataclasses import replace
from datetime import datetime
from threading import local

from django.db import connection

from matching import rules
from matching.columns import index
from matching.columns.book import Book
from matching.columns.pairs import Pairs
from matching.columns.ragged import Rows
from matching.market.demand import demand_at
from matching.market.live import live_needs, live_offers
from matching.market.retrieve import taxonomy
from matching.market.shelf import Shelf
from matching.market.touched import Touched, touched
from trail import log


class Board:
    """The market as columns. Row numbers of needs and offers hold until the next refresh."""

    def __init__(self, *, at: datetime) -> None:
        self._load(at)

    def _load(self, at: datetime) -> None:
        """Read everything; what is committed meanwhile, the log tells afterwards."""
        mark, topics = log.mark(), taxonomy()
        self.book = Book(topics)
        self.needs = Shelf(live_needs(self.book, at=at), index.of_needs, self.book)
        self.offers = Shelf(live_offers(self.book, at=at), index.of_offers, self.book)
        self.demand = demand_at(self.book, at=at)
        self._mark, self._topics, self._day = mark, topics, at.date()

    def refresh(self, *, at: datetime) -> None:
        """See what was committed since: by the log, or anew where that is not all there.

        The mark moves last, so that what fails half-way is done again.
        """
        try:
            changes, mark = log.read(self._mark)
        except log.Cut:
            self._load(at)
            return
        if taxonomy() != self._topics:
            self._load(at)
            return
        if at.date() > self._day:
            self._turn_to_day_of(at)
        self._look_at(touched(changes), at)
        self._mark = mark

    def _turn_to_day_of(self, at: datetime) -> None:
        self.needs.turn_to(at.date())
        self.offers.turn_to(at.date())
        self.demand = demand_at(self.book, at=at)
        self._day = at.date()

    def _look_at(self, changed: Touched, at: datetime) -> None:
        if changed.needs:
            self.needs.put(changed.needs, live_needs(self.book, at=at, ids=changed.needs))
        if changed.offers:
            self.offers.put(changed.offers, live_offers(self.book, at=at, ids=changed.offers))

    # What fits

    def fits_of_needs(self, needs: Rows, *, at: datetime) -> Pairs:
        """Every pair of these needs that the rules allow at this moment."""
        asking, shelf = self.needs.take(needs).columns, self.offers
        settled = rules.fits(
            asking, shelf.settled.columns, self.book, index=shelf.index, gone=shelf.gone
        )
        fresh = rules.fits(asking, shelf.fresh.columns, self.book)
        fresh = replace(fresh, offer=fresh.offer + len(shelf.settled))
        pairs = Pairs.joined([settled, fresh])
        return self._live(replace(pairs, need=needs[pairs.need]), at)

    def fits_of_offers(self, offers: Rows, *, at: datetime) -> Pairs:
        """Every pair of these offers, likewise."""
        asking, shelf = self.offers.take(offers).columns, self.needs
        settled = rules.fits(
            shelf.settled.columns, asking, self.book, index=shelf.index, gone=shelf.gone
        )
        fresh = rules.fits(shelf.fresh.columns, asking, self.book)
        fresh = replace(fresh, need=fresh.need + len(shelf.settled))
        pairs = Pairs.joined([settled, fresh])
        return self._live(replace(pairs, offer=offers[pairs.offer]), at)

    def _live(self, pairs: Pairs, at: datetime) -> Pairs:
        both = self.needs.is_live(pairs.need, at=at) & self.offers.is_live(pairs.offer, at=at)
        return pairs.take(both)


_kept = local()


def kept(*, at: datetime) -> Board:
    """This worker's own board, loaded once.

    Inside a transaction that may yet be rolled back it is nobody's: what only that
    transaction sees must not outlive it.
    """
    if connection.in_atomic_block:
        return Board(at=at)
    board: Board | None = getattr(_kept, "board", None)
    if board is None:
        board = _kept.board = Board(at=at)
    return board
