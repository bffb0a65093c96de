"""May these two meet? The twelve fit rules over whole columns, exactly.

The rules are those of ``docs/matching.md``, found here by their numbers. The
cheapest come first, so that the dear ones (4, the place; 6, the time) see few
pairs. Where the text leaves room, this is how it is read, here and in the tests'
reference: the same ZIP is no distance even where both places are known; a range
that ends before it starts meets none; an unknown county lies nowhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from matching.arrays import (
    IN_PERSON,
    REMOTE,
    Bits,
    Bools,
    Floats,
    Ints,
    NeedColumns,
    OfferColumns,
    distinct,
    spread,
)
from matching.book import Book
from matching.times import Meetings, sessions_covered

Rows = NDArray[np.int64]

EARTH_KM = 6371.0
REACH_KM = 1e-9  # so much past the radius is still within it: rounding, not distance
DEGREE_KM = EARTH_KM * np.pi / 180
BLOCK = 1_000_000  # candidate pairs looked at together: some 100 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Needs and offers that fit, as arrays of one length P, ordered by need, then offer."""

    need: Rows  # (P,) row of the need
    offer: Rows  # (P,) row of the offer
    topics_same: Ints  # (P,) how many of the need's topics the offer names too
    topics_shared: Ints  # (P,) how many of the need's topics it shares, umbrellas included
    in_person: Bools  # (P,) they can meet in person; False: only online
    distance_km: Floats  # (P,) NaN where they meet online or the need's place is confidential
    sessions: Ints  # (P,) how many of the need's occurrences the offer covers

    def __len__(self) -> int:
        return len(self.need)

    def take(self, rows: Any) -> Self:
        """The same arrays of some pairs only; ``rows`` are indices or a mask."""
        return type(self)(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


class Two(NamedTuple):
    """Candidates: P needs, and the offer beside each."""

    needs: NeedColumns
    offers: OfferColumns
    need: Rows
    offer: Rows

    def take(self, kept: NDArray[Any]) -> "Two":
        return self._replace(need=self.need[kept], offer=self.offer[kept])


def fits(needs: NeedColumns, offers: OfferColumns, book: Book) -> Pairs:
    """Every pair that satisfies the twelve rules, and no other.

    needs, offers  columns made with the same ``book``, in any number and order
    returns        the fitting pairs; ``need`` and ``offer`` are row numbers
    """
    found = [_fitting(two, book) for two in _sharing_a_topic(needs, offers, book)]
    columns = {
        field.name: np.concatenate([getattr(pairs, field.name) for pairs in found])
        for field in fields(Pairs)
    }
    return Pairs(**columns)


def _fitting(two: Two, book: Book) -> Pairs:
    """Those of the candidates that fit."""
    for holds in (_dates_meet, _conditions_hold, _share_a_language, _has_room, _check_holds):
        two = two.take(holds(two))
    two = _once(two)
    distance, reached = _in_reach(two, book)
    in_person = _share_mode(two, IN_PERSON) & reached
    kept = in_person | _share_mode(two, REMOTE)  # rule 4
    two, distance, in_person = two.take(kept), distance[kept], in_person[kept]
    sessions = _sessions(two, book)
    kept = sessions >= two.needs.sessions[two.need]  # rule 6
    two, in_person = two.take(kept), in_person[kept]
    same, shared = _topics_in_common(two, book)
    return Pairs(
        need=two.need,
        offer=two.offer,
        topics_same=same,
        topics_shared=shared,
        in_person=in_person,
        distance_km=np.where(in_person, distance[kept], np.nan),
        sessions=sessions[kept],
    )


# Rules 1 and 3: verified parties, a shared topic


def _sharing_a_topic(needs: NeedColumns, offers: OfferColumns, book: Book) -> Iterator[Two]:
    """Blocks of candidates, in the order of the needs; a pair may come once for each topic."""
    need, topic = _topics_wanted(needs, book)
    offer, first, count = _offers_by_topic(offers, len(book.topics))
    starts, counts = first[topic], count[topic]
    for block in _blocks(need, counts):
        of_entry, place = spread(starts[block], counts[block])
        yield Two(needs, offers, need[block][of_entry], offer[place])


def _topics_wanted(needs: NeedColumns, book: Book) -> tuple[Rows, Rows]:
    """Verified needs, each with every topic that its own are shared with, in order."""
    row, column = np.nonzero((needs.topics >= 0) & needs.verified[:, None])  # rule 1
    own, number = np.unique(needs.topics[row, column], return_inverse=True)
    shared = [sorted(book.topics.shared_with(int(topic))) for topic in own]
    sizes = np.array([len(topics) for topics in shared], np.int64)
    flat = np.array([topic for topics in shared for topic in topics], np.int64)
    of_entry, place = spread((np.cumsum(sizes) - sizes)[number], sizes[number])
    wanted = np.unique(row[of_entry] * len(book.topics) + flat[place])
    need, topic = np.divmod(wanted, max(1, len(book.topics)))
    return need, topic


def _offers_by_topic(offers: OfferColumns, topics: int) -> tuple[Rows, Rows, Rows]:
    """Rows of verified offers, topic after topic; where each topic begins; how many it has."""
    row, column = np.nonzero((offers.topics >= 0) & offers.verified[:, None])  # rule 1
    topic = offers.topics[row, column]
    count = np.bincount(topic, minlength=topics)
    return row[np.argsort(topic, kind="stable")], np.cumsum(count) - count, count


def _blocks(need: Rows, counts: Rows) -> Iterator[slice]:
    """Cut the entries between needs, so that a block has about ``BLOCK`` candidates.

    At least one block, so that there is always something to put together.
    """
    before = np.cumsum(counts) - counts
    start = 0
    while start < len(need):
        end = int(np.searchsorted(before, before[start] + BLOCK))
        if end < len(need):
            whole, one = np.searchsorted(need, need[end]), np.searchsorted(need, need[start] + 1)
            end = int(max(whole, one))
        yield slice(start, end)
        start = end
    if not len(need):
        yield slice(0, 0)


def _once(two: Two) -> Two:
    """Each pair once, ordered by need, then offer."""
    size = max(1, len(two.offers))
    need, offer = np.divmod(distinct(two.need * size + two.offer), size)
    return two._replace(need=need, offer=offer)


def _topics_in_common(two: Two, book: Book) -> tuple[Ints, Ints]:
    """How many of the need's topics the offer names, and how many it shares."""
    asked, given = two.needs.topics[two.need], two.offers.topics[two.offer]
    shares, row_of = _umbrellas(np.unique(asked), book)
    same = np.zeros(asked.shape, np.bool_)
    shared = np.zeros(asked.shape, np.bool_)
    for topic in given.T[:, :, None]:
        same |= (asked == topic) & (topic >= 0)
        shared |= shares[row_of[asked], topic]
    shared |= same
    return same.sum(axis=1, dtype=np.int32), shared.sum(axis=1, dtype=np.int32)


def _umbrellas(asked: NDArray[Any], book: Book) -> tuple[Bools, Rows]:
    """Which topics are shared with others than themselves, as a table.

    returns  (R, topics + 1) whether the topic of a row is shared with a topic, and
             (topics + 1,) the row of each topic; of -1 and of lonely topics an empty one
    """
    others = {int(topic): book.topics.shared_with(int(topic)) for topic in asked if topic >= 0}
    others = {topic: shared for topic, shared in others.items() if len(shared) > 1}
    shares = np.zeros((len(others) + 1, len(book.topics) + 1), np.bool_)
    row_of = np.full(len(book.topics) + 1, len(others), np.int64)
    for row, (topic, shared) in enumerate(others.items()):
        shares[row, list(shared)] = True
        row_of[topic] = row
    return shares, row_of


# Rules 2 and 5 to 12 but 6: kind, dates, language, check, audience, exclusions, room, terms


def _dates_meet(two: Two) -> Bools:
    """Rule 5."""
    first = np.maximum(two.needs.start[two.need], two.offers.start[two.offer])
    met: Bools = first <= _common_end(two)
    return met


def _common_end(two: Two) -> Ints:
    """The last day of the common range (rule 5)."""
    return np.minimum(two.needs.end[two.need], two.offers.end[two.offer])


def _conditions_hold(two: Two) -> Bools:
    """Rules 2, 9, 10 and 12: kind, audience, exclusions and terms, and of 8 a check ever held."""
    words = max(two.needs.asks.shape[1], two.offers.has.shape[1])
    asks, forbids, has = (
        _widened(bits, words) for bits in (two.needs.asks, two.needs.forbids, two.offers.has)
    )
    broken = np.zeros(len(two.need), np.bool_)
    for word in range(words):
        given = has[two.offer, word]
        broken |= (asks[two.need, word] & ~given) != 0
        broken |= (forbids[two.need, word] & given) != 0
    return ~broken


def _widened(bits: Bits, words: int) -> Bits:
    """Columns made when the book knew fewer words have nothing of the newer ones."""
    return np.pad(bits, ((0, 0), (0, words - bits.shape[1])))


def _share_a_language(two: Two) -> Bools:
    """Rule 7."""
    words = min(two.needs.languages.shape[1], two.offers.languages.shape[1])
    common = two.needs.languages[two.need, :words] & two.offers.languages[two.offer, :words]
    some: Bools = (common != 0).any(axis=1)
    return some


def _has_room(two: Two) -> Bools:
    """Rule 11."""
    room: Bools = two.offers.capacity[two.offer] >= two.needs.room[two.need]
    return room


def _check_holds(two: Two) -> Bools:
    """Rule 8: to the last day of the common range."""
    until = two.offers.check_until[two.offer, two.needs.check[two.need]]
    holds: Bools = until >= _common_end(two)
    return holds


# Rule 4: mode and place


def _share_mode(two: Two, mode: int) -> Bools:
    both: Bools = (two.needs.mode[two.need] & two.offers.mode[two.offer] & mode) != 0
    return both


def _in_reach(two: Two, book: Book) -> tuple[Floats, Bools]:
    """The distance, NaN where it is unknown or not to be known, and whether it is in reach."""
    distance = np.full(len(two.need), np.nan)
    near = np.flatnonzero(_in_band(two))
    distance[near] = distance_km(
        two.needs.latitude[two.need[near]],
        two.needs.longitude[two.need[near]],
        two.offers.latitude[two.offer[near]],
        two.offers.longitude[two.offer[near]],
    )
    zips = two.needs.zip[two.need]
    distance[(zips >= 0) & (zips == two.offers.zip[two.offer])] = 0.0
    reached: Bools = distance <= two.offers.radius_km[two.offer] + REACH_KM
    confidential = np.flatnonzero(two.needs.area[two.need] >= 0)
    reached[confidential] = _reaches_a_county(two.take(confidential), book)
    distance[confidential] = np.nan
    return distance, reached


def _in_band(two: Two) -> Bools:
    """Whether the latitudes alone leave it possible, with a millimeter to spare."""
    apart = np.abs(two.needs.latitude[two.need] - two.offers.latitude[two.offer]) * DEGREE_KM
    near: Bools = apart <= two.offers.radius_km[two.offer] + 1e-6
    return near


def distance_km(
    latitude: Floats, longitude: Floats, other_latitude: Floats, other_longitude: Floats
) -> Floats:
    """Great-circle distance of points in degrees, by haversine; NaN where one is unknown."""
    north, other_north = np.radians(latitude), np.radians(other_latitude)
    up = np.sin((other_north - north) / 2) ** 2
    across = np.sin(np.radians(other_longitude - longitude) / 2) ** 2
    chord = np.minimum(1.0, up + np.cos(north) * np.cos(other_north) * across)
    km: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(chord))
    return km


def _reaches_a_county(two: Two, book: Book) -> Bools:
    """Of confidential needs: the offer is in a named county or its radius reaches a centroid."""
    area = two.needs.area[two.need]
    reached = np.zeros(len(area), np.bool_)
    for number in np.unique(area):
        rows = np.flatnonzero(area == number)
        offer = two.offer[rows]
        county = two.offers.county[offer]
        reached[rows] = np.isin(county, book.areas[number].counties) & (county >= 0)
        for latitude, longitude in book.areas[number].centroids:
            distance = distance_km(
                latitude, longitude, two.offers.latitude[offer], two.offers.longitude[offer]
            )
            reached[rows] |= distance <= two.offers.radius_km[offer] + REACH_KM
    return reached


# Rule 6: time


def _sessions(two: Two, book: Book) -> Ints:
    """How many of the need's occurrences the offer covers."""
    meetings = Meetings(
        need_shape=two.needs.shape[two.need].astype(np.int64),
        first=two.needs.start[two.need].astype(np.int64),
        last=two.needs.end[two.need].astype(np.int64),
        minutes=two.needs.minutes[two.need].astype(np.int64),
        offer_shape=two.offers.shape[two.offer].astype(np.int64),
        start=two.offers.start[two.offer].astype(np.int64),
        end=two.offers.end[two.offer].astype(np.int64),
    )
    return sessions_covered(meetings, book.shapes)
