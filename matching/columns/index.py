"""Where to look for counterparts: the few candidates among a million that may fit.

An index is made of the offers and asked by needs, or the other way round; the
rules are symmetrical here. It knows four ways to be found, each under a subject
(a topic and a kind, rules 2 and 3): near enough on the globe, in a county that stands
for a confidential place, under the same ZIP code, or online with hours that can
meet (rules 4 and 6). Candidates may come twice, and some do not fit; none that
fits is missing. It copies no facts but places: row numbers point into the columns.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.columns.arrays import IN_PERSON, KINDS, REMOTE, Floats, NeedColumns, OfferColumns
from matching.columns.book import Book
from matching.columns.discs import CHUNK, Discs, Points, Ranges
from matching.columns.ragged import Rows, chosen, distinct, spread
from matching.columns.tallies import Tallies, tallies_of

Candidates = Iterator[tuple[Rows, Rows]]  # pieces: rows of those who ask, rows of those found

NAMES = 1 << 32  # more than there are counties, or hours
SUBJECTS = 1 << 22  # more than there are topics of all kinds


class Lists:
    """Rows under a key each, to be looked up key by key or by a range of keys."""

    def __init__(self, keys: Rows, rows: Rows) -> None:
        order = np.argsort(keys, kind="stable")
        self.rows = rows[order].astype(np.int32)
        self.keys, self.first = np.unique(keys[order], return_index=True)
        self.count = np.diff(np.append(self.first, len(keys)))

    def under(self, asked: Rows, keys: Rows) -> Ranges:
        """The rows under just these keys."""
        place = self.keys.searchsorted(keys)
        there = chosen(place < len(self.keys))
        there = there[self.keys[place[there]] == keys[there]]
        return Ranges(asked[there], self.first[place[there]], self.count[place[there]])

    def pairs(self, ranges: Ranges) -> Candidates:
        """Who asks, and the rows found."""
        for some in ranges.chunks():
            there = spread(some.first, some.size)[1]
            yield some.asked.repeat(some.size), self.rows[there].astype(np.int64)


class Asked(NamedTuple):
    """Subjects that verified postings are listed under, or ask for; by row."""

    row: Rows
    subject: Rows

    def of(self, some: NDArray[np.bool_]) -> "Asked":
        """Only those of some postings."""
        kept = chosen(some[self.row])
        return Asked(self.row[kept], self.subject[kept])

    def for_each(self, rows: Rows) -> tuple[Rows, Rows]:
        """Which of these rows asks for which subject."""
        first = self.row.searchsorted(rows)
        count = self.row.searchsorted(rows, side="right") - first
        of_row, place = spread(first, count)
        return of_row, self.subject[place]


class Online:
    """Postings that meet online, by subject and, within it, by their hours."""

    def __init__(self, asked: Asked, hours: Rows) -> None:
        distinct_hours, number = np.unique(hours, return_inverse=True)
        self.hours = distinct_hours
        self.lists = Lists(asked.subject * NAMES + number[asked.row], asked.row)

    def pairs(self, asked: Asked, hours: Rows, tallies: Tallies, *, needs_ask: bool) -> Candidates:
        """Of each subject those lists whose hours can meet."""
        low = self.lists.keys.searchsorted(asked.subject * NAMES)
        high = self.lists.keys.searchsorted((asked.subject + 1) * NAMES)
        of_ask, number = spread(low, high - low)
        theirs = self.hours[self.lists.keys[number] % NAMES]
        ours = hours[asked.row[of_ask]]
        can = tallies.can_meet(ours, theirs) if needs_ask else tallies.can_meet(theirs, ours)
        kept = chosen(can)
        number = number[kept]
        rows = asked.row[of_ask[kept]]
        yield from self.lists.pairs(
            Ranges(rows, self.lists.first[number], self.lists.count[number])
        )


@dataclass(frozen=True, slots=True)
class Index:
    """All ways to find one side's postings. Made of columns that then stay as they are."""

    of_needs: bool
    near: Discs
    counties: Lists
    zips: Lists
    zip_places: Floats  # (2, Z) of each ZIP code in ``zips`` the place, NaN where there are two
    online: Online
    plans: Rows  # (N,) of needs what ``Tallies`` calls so; of offers none

    def candidates(
        self, needs: NeedColumns, offers: OfferColumns, book: Book, tallies: Tallies
    ) -> Candidates:
        """Pieces of candidates: rows of needs, rows of offers beside them."""
        if self.of_needs:
            for offer, need in _merged(self._found_by(offers, book, tallies)):
                yield need, offer
        else:
            yield from _merged(self._found_by(needs, book, tallies))

    def _found_by(
        self, asking: NeedColumns | OfferColumns, book: Book, tallies: Tallies
    ) -> Candidates:
        asked = _asked(asking, book)
        yield from self._near(asking, asked, book)
        yield from self._in_counties(asking, asked, book)
        yield from self._under_zip(asking)
        online = asked.of((asking.mode & REMOTE) != 0)
        if len(online.row):
            hours = _hours(asking, tallies)
            yield from self.online.pairs(online, hours, tallies, needs_ask=not self.of_needs)

    def _near(self, asking: NeedColumns | OfferColumns, asked: Asked, book: Book) -> Candidates:
        points = _points(asking, book)
        if len(points.row):
            yield from self.near.near(points, *asked.for_each(points.row))

    def _in_counties(
        self, asking: NeedColumns | OfferColumns, asked: Asked, book: Book
    ) -> Candidates:
        row, county = _counties(asking, book)
        if len(row):
            of_row, subject = asked.for_each(row)
            keys = subject * NAMES + county[of_row]
            yield from self.counties.pairs(self.counties.under(row[of_row], keys))

    def _under_zip(self, asking: NeedColumns | OfferColumns) -> Candidates:
        """Those of the same ZIP code that their places may not bring together."""
        row = chosen(_has_zip(asking))
        if not len(row):
            return
        ranges = self.zips.under(row, asking.zip[row].astype(np.int64))
        latitude, longitude = self.zip_places[:, self.zips.first.searchsorted(ranges.first)]
        elsewhere = latitude != asking.latitude[ranges.asked]
        elsewhere |= longitude != asking.longitude[ranges.asked]
        yield from self.zips.pairs(Ranges(*(column[elsewhere] for column in ranges)))


def of_offers(offers: OfferColumns, book: Book) -> Index:
    """An index of these offers, to be asked by needs."""
    return _index(offers, book, np.array(book.weekly, np.int64)[offers.shape])


def of_needs(needs: NeedColumns, book: Book) -> Index:
    """An index of these needs, to be asked by offers."""
    return _index(needs, book, _hours(needs, tallies_of(book, needs)))


def by_place(columns: NeedColumns | OfferColumns) -> Rows:
    """(N,) the rows in an order in which neighbors stand close together in memory, too.

    Who asks looks mostly at one town. Taken in this order, columns bring the processor many
    candidates at a time; in any other the answer is the same, in up to twice the time.
    """
    longitude, latitude = np.nan_to_num(columns.longitude), np.nan_to_num(columns.latitude)
    order: Rows = np.lexsort((longitude, np.round(latitude, 1)))
    return order


def _index(columns: NeedColumns | OfferColumns, book: Book, hours: Rows) -> Index:
    own, of_needs = _own(columns), isinstance(columns, NeedColumns)
    points = _points(columns, book)
    of_point, subject = own.for_each(points.row)
    row, county = _counties(columns, book)
    of_county, under = own.for_each(row)
    with_zip = chosen(_has_zip(columns))
    zips = Lists(columns.zip[with_zip].astype(np.int64), with_zip)
    return Index(
        of_needs=of_needs,
        near=Discs(subject, points.take(of_point), len(book.topics) * len(KINDS)),
        counties=Lists(under * NAMES + county[of_county], row[of_county]),
        zips=zips,
        zip_places=_places_of(zips, columns),
        online=Online(own.of((columns.mode & REMOTE) != 0), hours),
        plans=hours if of_needs else hours[:0],
    )


def _merged(pieces: Candidates) -> Candidates:
    """Small pieces put together, since every piece costs the same few steps."""
    waiting: list[tuple[Rows, Rows]] = []
    size = 0
    for piece in pieces:
        if size + len(piece[0]) > CHUNK and waiting:
            yield _joined(waiting)
            waiting, size = [], 0
        waiting.append(piece)
        size += len(piece[0])
    if size:
        yield _joined(waiting)


def _joined(pieces: list[tuple[Rows, Rows]]) -> tuple[Rows, Rows]:
    if len(pieces) == 1:
        return pieces[0]
    asking, found = zip(*pieces, strict=True)
    return np.concatenate(asking), np.concatenate(found)


# What postings are listed under, and what they ask for


def _own(columns: NeedColumns | OfferColumns) -> Asked:
    """Every topic of a verified posting, with its kind (rules 1 to 3)."""
    row, place = np.nonzero((columns.topics >= 0) & columns.verified[:, None])
    topic = columns.topics[row, place].astype(np.int64)
    return Asked(row, topic * len(KINDS) + columns.kind[row])


def _asked(columns: NeedColumns | OfferColumns, book: Book) -> Asked:
    """Every topic that one of its own is shared with, once."""
    own = _own(columns)
    first, count, topics = book.topics.sharing()
    topic = own.subject // len(KINDS)
    of_own, place = spread(first[topic], count[topic])
    row = own.row[of_own]
    subject = topics[place] * len(KINDS) + columns.kind[row]
    return Asked(*np.divmod(distinct(row * SUBJECTS + subject), SUBJECTS))


def _hours(columns: NeedColumns | OfferColumns, tallies: Tallies) -> Rows:
    """A need's plan, or an offer's hours, as ``Tallies`` numbers them."""
    if isinstance(columns, NeedColumns):
        return tallies.plans(columns)
    return tallies.weekly(columns.shape)


# Where postings are


def _points(columns: NeedColumns | OfferColumns, book: Book) -> Points:
    """Places in person: a posting's own, and the centroids of a confidential need's counties."""
    known = ((columns.mode & IN_PERSON) != 0) & ~np.isnan(columns.latitude)
    row = chosen(known)
    latitude, longitude = columns.latitude[row], columns.longitude[row]
    if isinstance(columns, OfferColumns):
        return Points(row, latitude, longitude, columns.radius_km[row])
    hidden, _, centroid = _hidden(columns, book)
    if len(hidden):
        somewhere = ~np.isnan(centroid[:, 0])
        row = np.concatenate([row, hidden[somewhere]])
        latitude = np.concatenate([latitude, centroid[somewhere, 0]])
        longitude = np.concatenate([longitude, centroid[somewhere, 1]])
    return Points(row, latitude, longitude, np.zeros(len(row)))


def _counties(columns: NeedColumns | OfferColumns, book: Book) -> tuple[Rows, Rows]:
    """Rows and the counties to find them in: a confidential need's, an offer's own."""
    if isinstance(columns, NeedColumns):
        row, county, _ = _hidden(columns, book)
    else:
        row = chosen((columns.mode & IN_PERSON) != 0)
        county = columns.county[row].astype(np.int64)
    known = chosen(county >= 0)
    return row[known], county[known]


def _hidden(needs: NeedColumns, book: Book) -> tuple[Rows, Rows, Floats]:
    """Rows of confidential needs that meet in person, each with every county it names."""
    row = chosen((needs.area >= 0) & ((needs.mode & IN_PERSON) != 0))
    if not len(row):
        return row, row, np.zeros((0, 2))
    of_row, county, centroid = book.counties_of(needs.area[row])
    return row[of_row], county, centroid


def _has_zip(columns: NeedColumns | OfferColumns) -> NDArray[np.bool_]:
    has: NDArray[np.bool_] = (columns.zip >= 0) & ((columns.mode & IN_PERSON) != 0)
    return has & columns.verified


def _places_of(zips: Lists, columns: NeedColumns | OfferColumns) -> Floats:
    """Of each ZIP code the one place that all of its postings have, else NaN."""
    places = np.full((2, len(zips.keys)), np.nan)
    if len(zips.keys):
        for axis, degrees in enumerate((columns.latitude, columns.longitude)):
            there = degrees[zips.rows]
            least = np.minimum.reduceat(there, zips.first)
            same = least == np.maximum.reduceat(there, zips.first)
            places[axis, same] = least[same]
    return places
