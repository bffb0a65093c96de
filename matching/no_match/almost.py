"""Who would fit if one condition moved? Each rule by itself, over everyone who shares the topic.

One posting is held against all of the other side that are of its kind and share a topic
(rules 2 and 3). What is left of the rules becomes seven obstacles, since rules 5 and 6
hang together: who is there on other dates is never there at the same hour. So ``time``
asks about days and hours alone, as if the offer's dates were open, and ``dates`` says
that only they are in the way.

Two rules are silent: 9 (the audience) and 10 (what is excluded), and wishes about who
teaches. A need counts nobody whom they keep away. For an offer they are left out
altogether, for a count that moved with them would tell of them; and places are known to
it by coarse cells and steps of reach alone, for a count must not be a ruler either.
"""

from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

import numpy as np

from matching import rules
from matching.columns.arrays import (
    AUDIENCES,
    CHECK_LEVELS,
    NO_END,
    REMOTE,
    Bits,
    Bools,
    Floats,
    Ints,
    NeedColumns,
    OfferColumns,
)
from matching.columns.book import UNKNOWN, Book, Shape
from matching.columns.days import NEAR, Meetings
from matching.columns.pairs import Two
from matching.columns.ragged import Rows, chosen
from matching.columns.tallies import tallies_of
from matching.columns.times import sessions_covered

Side = Literal["need", "offer"]

OBSTACLES = ("place", "dates", "time", "language", "check", "room", "terms")
FEW = 5  # a smaller count is not told: it reads "a few"
A_FEW = 1  # and is kept as this
PARTIES_BEHIND = 3  # an offer is told of needs only where so many parties stand behind the count
STEPS = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)  # and then at least how many, in steps
CELL = 0.5  # degrees of a coarse cell, some 55 by 42 km: about a county
BLUR_KM = 14.0  # a quarter of a cell more, so that as many are counted as a circle would hold
REACH = (16.0, 40.0, 80.0, 160.0, 320.0, 800.0, 5000.0)  # km: an offer's reach, in steps


class Hours(NamedTuple):
    """Hours that somebody might have: a shape that is in no book."""

    side: Side
    shape: Shape


@dataclass(frozen=True, slots=True)
class Almost:
    """One posting beside everyone who shares its topic, P pairs, and which obstacles there are.

    side   whose posting it is: one row of that side's columns
    holds  (7, P) in the order of ``OBSTACLES``: False stands in the way
    """

    side: Side
    two: Two
    book: Book
    holds: Bools

    def __len__(self) -> int:
        return len(self.two.need)

    def fitting(self) -> Rows:
        """Pairs that nothing keeps apart."""
        fits: Bools = np.logical_and.reduce(self.holds)
        return chosen(fits)

    def failing(self, obstacle: str) -> Rows:
        """Pairs that this keeps apart, alone or with others; of hours see ``_holds``."""
        return chosen(~self.holds[OBSTACLES.index(obstacle)])

    def failing_only(self, obstacle: str) -> Rows:
        """Pairs that would fit if this did not stand in the way."""
        only: Bools = self.holds.sum(axis=0) == len(OBSTACLES) - 1
        return chosen(only & ~self.holds[OBSTACLES.index(obstacle)])

    def gained(self, *moved: str, hours: Hours | None = None, **values: Any) -> Rows:
        """Pairs that do not fit now and would if the posting's own columns said this.

        moved  the obstacles that the change can clear away
        """
        others = [number for number, name in enumerate(OBSTACLES) if name not in moved]
        near: Bools = np.logical_and.reduce(self.holds[others]) & ~np.logical_and.reduce(self.holds)
        rows = chosen(near)
        if not len(rows):
            return rows
        own = "needs" if self.side == "need" else "offers"
        two = self.two._replace(**{own: replace(getattr(self.two, own), **values)})
        return rows[_holds(two.take(rows), self.book, hours=hours).all(axis=0)]


def sharing(asking: NeedColumns | OfferColumns, others: Any, book: Book) -> Rows:
    """Rows of the other side, of verified parties, that share a kind and a topic (rules 1 to 3).

    asking  one row
    others  columns of the other side
    """
    wanted = np.zeros(len(book.topics) + 1, np.bool_)  # the last place is for -1
    for topic in asking.topics[0]:
        if topic != UNKNOWN:
            wanted[list(book.topics.shared_with(int(topic)))] = True
    shares = wanted[others.topics].any(axis=1)
    same_kind = others.kind == asking.kind[0]
    return chosen(shares & same_kind & others.verified & asking.verified[0])


def toward_offers(
    need: NeedColumns, offers: OfferColumns, book: Book, *, wishes: tuple[str, ...] = ()
) -> Almost:
    """What stands between a need and the offers that share its topic.

    need    one row
    offers  those of ``sharing``; a confidential party's are in no count
    wishes  words that tell who is to teach, silent wherever they stand
    """
    width = max(need.asks.shape[1], offers.has.shape[1], need.forbids.shape[1])
    has, asks = wide(offers.has, width), wide(need.asks, width)[0]
    silent = _silent(book, wishes, width) & asks
    forbids = wide(need.forbids, width)[0]
    counted = ((has & (silent | forbids)) == silent).all(axis=1) & ~offers.confidential
    rows = chosen(counted)
    return _almost("need", Two(need, offers, np.zeros(len(rows), np.int64), rows), book)


def toward_needs(
    offer: OfferColumns, needs: NeedColumns, book: Book, *, wishes: tuple[str, ...] = ()
) -> Almost:
    """What stands between an offer and the needs for adults that share its topic, coarsely."""
    width = needs.asks.shape[1]
    minors = bits_of(book, ["audience:minors"], width)
    rows = chosen(((needs.asks & minors) == 0).all(axis=1))
    needs = coarse_needs(needs, book, wishes=wishes)
    return _almost("offer", Two(needs, coarse(offer), rows, np.zeros(len(rows), np.int64)), book)


def told_to_need(rows: Rows) -> int:
    """How many, as a need's party may know it: ``A_FEW`` below ``FEW``."""
    return A_FEW if 0 < len(rows) < FEW else len(rows)


def told_to_offer(rows: Rows, parties: Rows) -> int:
    """How many, as an offer's party may know it: nothing where few parties are behind it.

    parties  (P,) whose each pair's need is
    """
    if len(np.unique(parties[rows])) < PARTIES_BEHIND:
        return 0
    return max((step for step in STEPS if step <= len(rows)), default=A_FEW)


# Coarse places


def coarse(offer: OfferColumns) -> OfferColumns:
    """The same anywhere in the cell, and for every radius of a step."""
    step = np.array(REACH)[np.minimum(np.searchsorted(REACH, offer.radius_km), len(REACH) - 1)]
    return replace(
        offer,
        latitude=_cell(offer.latitude),
        longitude=_cell(offer.longitude),
        zip=np.full_like(offer.zip, UNKNOWN),
        radius_km=step + BLUR_KM,
    )


def coarse_needs(needs: NeedColumns, book: Book, *, wishes: tuple[str, ...] = ()) -> NeedColumns:
    """In cells, and asking for nothing silent; a confidential one has its counties anyway.

    What a need excludes is compared in ``toward_offers`` alone.
    """
    silent = _silent(book, wishes, needs.asks.shape[1])
    return replace(
        needs,
        latitude=_cell(needs.latitude),
        longitude=_cell(needs.longitude),
        zip=np.full_like(needs.zip, UNKNOWN),
        asks=needs.asks & ~silent,
    )


def _cell(degrees: Floats) -> Floats:
    middle: Floats = (np.floor(degrees / CELL) + 0.5) * CELL
    return middle


# Each rule by itself


def _almost(side: Side, two: Two, book: Book) -> Almost:
    return Almost(side, two, book, _holds(two, book))


def _holds(two: Two, book: Book, *, hours: Hours | None = None) -> Bools:
    """(7, P) what does not stand in the way; hours are not held against who fails twice already."""
    met = rules.dates_meet(two)
    place = _can_meet(two, book)
    language, check, room = rules.share_a_language(two), rules.check_holds(two), rules.has_room(two)
    terms = _terms_hold(two, book)
    failures: Ints = (~np.stack([place, language, check, room, terms])).sum(axis=0)
    hopeful = chosen(failures <= 1)
    dates, time = met.copy(), np.ones(len(met), np.bool_)
    some = two.take(hopeful)
    asked = two.needs.sessions[some.need]
    openly = _sessions(_with_open_dates(some), book, hours) >= asked
    closely = openly.copy()
    short = chosen(met[hopeful] & openly)
    closely[short] = _sessions(some.take(short), book, hours) >= asked[short]
    time[hopeful] = openly
    dates[hopeful] &= closely | ~openly
    return np.stack([place, dates, time, language, check, room, terms])


def _can_meet(two: Two, book: Book) -> Bools:
    """Rule 4; how far it is, is asked only of those who cannot meet online."""
    can = rules.share_mode(two, REMOTE)
    rows = chosen(~can)
    can[rows] = rules.in_reach(two.take(rows), book)[1]
    return can


def _with_open_dates(two: Two) -> Two:
    """As if the offers were there before, during and after the needs."""
    first = two.needs.start.min(initial=NO_END) - NEAR - 1
    start = np.minimum(two.offers.start, np.int32(max(1, first)))
    return two._replace(offers=replace(two.offers, start=start, end=np.full_like(start, NO_END)))


def _sessions(two: Two, book: Book, hours: Hours | None) -> Ints:
    """(P,) rule 6: read off, or with hours that are in no book counted one by one."""
    if hours is None:
        tallies = tallies_of(book, two.needs)
        return tallies.sessions(
            two.needs, two.offers, tallies.plans(two.needs), two.need, two.offer
        )
    if not len(two.need):
        return np.zeros(0, np.int32)
    number = np.full(len(two.need), len(book.shapes))
    own = "need_shape" if hours.side == "need" else "offer_shape"
    meetings = replace(Meetings.of(two), **{own: number})
    return sessions_covered(meetings, [*book.shapes, hours.shape])


def _terms_hold(two: Two, book: Book) -> Bools:
    """Rule 12: nothing but terms and kinds is asked for here; the kind is the same."""
    width = max(two.needs.asks.shape[1], two.offers.has.shape[1])
    checks = [f"check:{level}" for level in CHECK_LEVELS]
    asks = wide(two.needs.asks, width) & ~bits_of(book, checks, width)
    asks &= ~_silent(book, (), width)
    asked = asks[two.need]
    hold: Bools = np.logical_and.reduce(
        (asked & wide(two.offers.has, width)[two.offer]) == asked, axis=1
    )
    return hold


# Bits


def _silent(book: Book, wishes: tuple[str, ...], width: int) -> Bits:
    """(W,) the bits of what is asked for silently: whom it is for, and who is to teach."""
    words = [f"audience:{word}" for word in AUDIENCES["both"]]
    return bits_of(book, words + [f"term:{word}" for word in wishes], width)


def bits_of(book: Book, words: list[str], width: int) -> Bits:
    """(W,) words of conditions as bits; newer than the columns are in none of them."""
    return words_of_mask(book.conditions.mask(words), width)


def words_of_mask(mask: int, width: int) -> Bits:
    """(W,) a number as so many 64-bit words, the lowest first."""
    return np.array([mask >> 64 * word & (2**64 - 1) for word in range(width)], np.uint64)


def wide(bits: Bits, width: int) -> Bits:
    """Filled up to so many words a row."""
    if bits.shape[1] == width:
        return bits
    return np.pad(bits, ((0, 0), (0, width - bits.shape[1])))
