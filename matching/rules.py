"""May these two meet? The twelve fit rules over whole columns, exactly.

The rules are those of ``docs/matching.md``, found here by their numbers. An index
brings the candidates (``columns.index``: who shares a topic and a kind, and is near or online);
here every rule is held against them, the cheapest first. Where the text leaves room,
this is how it is read, here and in the tests' reference: the same ZIP is no
distance even where both places are known; a range that ends before it starts
meets none; an unknown county lies nowhere.
"""

import numpy as np

from matching.columns.arrays import (
    IN_PERSON,
    REMOTE,
    Bits,
    Bools,
    Floats,
    Ints,
    NeedColumns,
    OfferColumns,
)
from matching.columns.book import Book
from matching.columns.discs import DEGREE_KM, EARTH_KM
from matching.columns.index import Index, of_offers
from matching.columns.pairs import Pairs, Two
from matching.columns.ragged import Rows, chosen, first_of_each, spread
from matching.columns.tallies import tallies_of

REACH_KM = 1e-9  # so much past the radius is still within it: rounding, not distance
OFFERS = 32  # bits of a pair's number that tell the offer, the others tell the need
MOST_OFFERS = (1 << OFFERS) - 1


def fits(
    needs: NeedColumns,
    offers: OfferColumns,
    book: Book,
    *,
    index: Index | None = None,
    gone: Bools | None = None,
) -> Pairs:
    """Every pair that satisfies the twelve rules, and no other.

    needs, offers  columns made with the same ``book``, in any number and order
    index          of one of the two, which the other then asks; without it one is made
    gone           (N,) or (O,), rows of the indexed side to leave out
    returns        the fitting pairs; ``need`` and ``offer`` are row numbers
    """
    index = index or of_offers(offers, book)
    tallies = tallies_of(book, needs)
    plans = index.plans if index.of_needs else tallies.plans(needs)
    found = []
    for need, offer in index.candidates(needs, offers, book, tallies):
        two = _without(Two(needs, offers, need, offer), gone, index)
        two = two.where(_conditions_hold(two) & share_a_language(two))
        two = two.where(dates_meet(two) & has_room(two) & check_holds(two))
        sessions = tallies.sessions(needs, offers, plans, two.need, two.offer)
        kept = chosen(sessions >= needs.sessions[two.need])  # rule 6
        found.append((two.need[kept] << OFFERS | two.offer[kept], sessions[kept]))
    two, sessions = _once(needs, offers, found)
    return _pairs(two, sessions, book)


def _once(
    needs: NeedColumns, offers: OfferColumns, found: list[tuple[Rows, Ints]]
) -> tuple[Two, Ints]:
    """Each pair once, in order: a pair may be found under two topics, or online and near."""
    pairs = np.concatenate([np.zeros(0, np.int64), *(pairs for pairs, _ in found)])
    sessions = np.concatenate([np.zeros(0, np.int32), *(sessions for _, sessions in found)])
    order = pairs.argsort(kind="stable")  # pieces come in order, and merging beats sorting
    pairs = pairs[order]
    once = chosen(first_of_each(pairs))
    pairs = pairs[once]
    return Two(needs, offers, pairs >> OFFERS, pairs & MOST_OFFERS), sessions[order[once]]


def _without(two: Two, gone: Bools | None, index: Index) -> Two:
    if gone is None:
        return two
    return two.where(~gone[two.need if index.of_needs else two.offer])


def _pairs(two: Two, sessions: Ints, book: Book) -> Pairs:
    """Those that share a topic and can meet, with all that the score wants to know."""
    same, shared = _topics_in_common(two, book)
    distance, reached = in_reach(two, book)
    kept = chosen((shared > 0) & (reached | share_mode(two, REMOTE)))  # rules 3 and 4
    return Pairs(
        need=two.need[kept],
        offer=two.offer[kept],
        topics_same=same[kept],
        topics_shared=shared[kept],
        in_person=reached[kept],
        distance_km=distance[kept],
        sessions=sessions[kept],
    )


# 1. Both parties are verified: the index knows no others.
# 2, 9, 10 and 12. Same kind, audience contained, nothing excluded, every term stated.


def _conditions_hold(two: Two) -> Bools:
    """All that is asked is there, nothing that is excluded; of 8 whether a check was ever held."""
    hold = np.ones(len(two.need), np.bool_)
    for word in range(max(two.needs.asks.shape[1], two.offers.has.shape[1])):
        has = _word(two.offers.has, word)[two.offer]
        asks = _word(two.needs.asks, word)[two.need]
        forbids = _word(two.needs.forbids, word)[two.need]
        hold &= (has & (asks | forbids)) == asks
    return hold


def _word(bits: Bits, word: int) -> Bits:
    """One word of each row; columns made when the book knew fewer have nothing of the newer."""
    if word < bits.shape[1]:
        return bits[:, word]
    return np.zeros(len(bits), np.uint64)


# 3. They share a topic.


def _topics_in_common(two: Two, book: Book) -> tuple[Ints, Ints]:
    """How many of the need's topics the offer names, and how many it shares.

    Topic by topic, since rows of two or three are slow to add up.
    """
    group, over = book.topics.groups()
    given = [topics[two.offer] for topics in two.offers.topics.T]
    groups_given = [(group.take(topic), over.take(topic)) for topic in given]
    same, shared = np.zeros((2, len(two.need)), np.int32)
    for topics in two.needs.topics.T:
        asked = topics[two.need]
        there = asked >= 0
        if not there.any():
            continue
        in_group, over_group = group.take(asked), over.take(asked)
        named, related = np.zeros((2, len(asked)), np.bool_)
        for topic in given:
            named |= asked == topic
        for other_group, other_over in groups_given:
            related |= (in_group == other_over) | (over_group == other_group)
        named &= there
        same += named
        shared += named | related
    return same, shared


# 4. They share a mode, and in person the offer reaches the place.


def share_mode(two: Two, mode: int) -> Bools:
    both: Bools = (two.needs.mode[two.need] & two.offers.mode[two.offer] & mode) != 0
    return both


def in_reach(two: Two, book: Book) -> tuple[Floats, Bools]:
    """The distance, NaN where there is none or none to be known, and who can meet in person."""
    distance = np.full(len(two.need), np.nan)
    reached = np.zeros(len(two.need), np.bool_)
    together = chosen(share_mode(two, IN_PERSON))
    if not len(together):
        return distance, reached
    confidential = two.needs.area[two.need[together]] >= 0
    rows = together[~confidential]
    distance[rows] = _distance(two.take(rows))
    reached[rows] = ~np.isnan(distance[rows])
    rows = together[confidential]
    if len(rows):
        reached[rows] = _reaches_a_county(two.take(rows), book)
    return distance, reached


def _distance(two: Two) -> Floats:
    """Between the two places; NaN out of reach. The same ZIP is no distance."""
    latitude, longitude = two.needs.latitude[two.need], two.needs.longitude[two.need]
    distance = distance_in_reach(two.offers, two.offer, latitude, longitude)
    zips = two.needs.zip[two.need]
    distance[(zips >= 0) & (zips == two.offers.zip[two.offer])] = 0.0
    return distance


def distance_in_reach(
    offers: OfferColumns, rows: Rows, latitude: Floats, longitude: Floats
) -> Floats:
    """From these offers to these points; NaN where one is unknown, or the point out of reach.

    The way north alone is cheap to see, and rules most out that were found online.
    """
    reach = offers.radius_km[rows] + REACH_KM
    north = np.abs(latitude - offers.latitude[rows]) * DEGREE_KM
    near = chosen(north <= reach + 1.0)  # km to spare, far above all rounding
    rows = rows[near]
    km = distance_km(latitude[near], longitude[near], offers.latitude[rows], offers.longitude[rows])
    km[km > reach[near]] = np.nan
    distance = np.full(len(north), np.nan)
    distance[near] = km
    return distance


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
    first = chosen(first_of_each(two.need))  # the pairs of one need stand together
    size = np.append(first[1:], len(two.need)) - first
    need, county, centroid = book.counties_of(two.needs.area[two.need[first]])
    of_county, pair = spread(first[need], size[need])
    offer = two.offer[pair]
    latitude, longitude = centroid[of_county].T
    comes = reaches(two.offers, offer, latitude, longitude)
    comes |= (county[of_county] >= 0) & (county[of_county] == two.offers.county[offer])
    reached = np.zeros(len(two.need), np.bool_)
    reached[pair[comes]] = True
    return reached


def reaches(offers: OfferColumns, rows: Rows, latitude: Floats, longitude: Floats) -> Bools:
    """Whether these offers come as far as these points; never where one is unknown."""
    return ~np.isnan(distance_in_reach(offers, rows, latitude, longitude))


# 5. Their date ranges meet.


def dates_meet(two: Two) -> Bools:
    """The first day of both is no later than the last."""
    first = np.maximum(two.needs.start[two.need], two.offers.start[two.offer])
    met: Bools = first <= _common_end(two)
    return met


def _common_end(two: Two) -> Ints:
    """The last day of the common range."""
    return np.minimum(two.needs.end[two.need], two.offers.end[two.offer])


# 6. Enough sessions: ``tallies`` reads them off, ``times`` counts them.
# 7. They share a language.


def share_a_language(two: Two) -> Bools:
    """One at least."""
    share = np.zeros(len(two.need), np.bool_)
    for word in range(min(two.needs.languages.shape[1], two.offers.languages.shape[1])):
        asked, spoken = two.needs.languages[:, word], two.offers.languages[:, word]
        share |= (asked[two.need] & spoken[two.offer]) != 0
    return share


# 8. The check holds to the last day of the common range.


def check_holds(two: Two) -> Bools:
    """Of the level that the need requires; most require none."""
    rank = two.needs.check[two.need]
    asked = chosen(rank > 0)
    some = two.take(asked)
    holds = np.ones(len(rank), np.bool_)
    holds[asked] = two.offers.check_until[some.offer, rank[asked]] >= _common_end(some)
    return holds


# 11. There is room.


def has_room(two: Two) -> Bools:
    """For all learners of a class, else for one."""
    room: Bools = two.offers.capacity[two.offer] >= two.needs.room[two.need]
    return room
