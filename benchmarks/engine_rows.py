"""The country of ``engine_country`` as rows of the tables that ``engine_sql`` makes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.engine_country import TODAY, Country
from matching.columns.arrays import KINDS, NeedColumns, OfferColumns
from matching.columns.book import Book, Shape
from matching.columns.clocks import same_clock
from matching.columns.days import NEAR, Meetings
from matching.columns.discs import EARTH_KM
from matching.columns.times import leanings

BEGIN, DAYS = TODAY.toordinal(), 400  # needs in this country begin and end within
AT_ONCE = 4000  # pairs of schedules


class Schedules:
    """Every two schedules that ever have a session in common, straight from ``times``."""

    def __init__(self, country: Country) -> None:
        self.shapes: list[Shape] = []
        self._country = country
        self._numbers: dict[tuple[str, Any], int] = {}
        needs, offers = country.needs, country.offers
        self.hours = self._by_clock(offers.shape)
        pairs = np.stack([self._by_clock(needs.shape), needs.minutes])
        self.plans, self.plan = np.unique(pairs, axis=1, return_inverse=True)

    def _by_clock(self, shape: NDArray[np.int32]) -> NDArray[np.int64]:
        """Numbers of the same hours by the same clock, listed dates aside."""
        numbers, number = np.unique(shape, return_inverse=True)
        return np.array([self._number(self._country.book.shapes[n]) for n in numbers])[number]

    def _number(self, shape: Shape) -> int:
        clock = same_clock(shape.zone, BEGIN, BEGIN + DAYS)
        number = self._numbers.setdefault((clock, shape.slots), len(self.shapes))
        if number == len(self.shapes):
            self.shapes.append(Shape(clock, shape.slots, None))
        return number

    def tables(self) -> Iterator[tuple[str, list[Any]]]:
        """Tables and their columns, some at a time."""
        tallies: dict[Any, int] = {}
        plan, hours = np.indices((self.plans.shape[1], len(self.shapes))).reshape(2, -1)
        for start in range(0, len(plan), AT_ONCE):
            some = slice(start, start + AT_ONCE)
            yield from self._some(plan[some], hours[some], tallies)
        yield "tally", list(zip(*[(n, *tally) for tally, n in tallies.items()], strict=True))

    def _some(self, plan: Any, hours: Any, tallies: dict[Any, int]) -> Iterator[tuple[str, Any]]:
        pairs, unlike = [], []
        for row, days in self._days(plan, hours).items():
            leaning = {day[1:] for day in days}
            first, last, suffices = next(iter(leaning))
            alike = len(leaning) == 1 and suffices
            on = {day[0] for day in days}
            bits = "".join("1" if day in on else "0" for day in range(BEGIN, BEGIN + DAYS))
            tally = tallies.setdefault((bits, first, last, alike), len(tallies))
            pairs.append((plan[row], hours[row], tally))
            if not alike:
                unlike += [(plan[row], hours[row], *day[:3]) for day in days]
        for table, rows in (("hour_pair", pairs), ("session_day", unlike)):
            if rows:
                yield table, list(zip(*rows, strict=True))

    def _days(self, plan: Any, hours: Any) -> dict[int, list[tuple[int, int, int, bool]]]:
        """For each row the days with a session, and the offer's days that each leans on."""
        begin = np.full(len(plan), BEGIN)
        meetings = Meetings(
            need_shape=self.plans[0, plan],
            first=begin,
            last=begin + DAYS - 1,
            minutes=self.plans[1, plan],
            offer_shape=hours,
            start=begin - NEAR - 1,
            end=begin + DAYS + NEAR,
        )
        days = defaultdict(list)
        for piece in leanings(meetings, self.shapes):
            columns = (*piece.found, piece.first, piece.last, piece.suffices)
            for row, _, day, times, *leans in zip(*map(np.ndarray.tolist, columns), strict=True):
                days[row] += [(day + 7 * week, *leans) for week in range(times)]
        return days


def offers(country: Country, schedules: Schedules) -> list[Any]:
    """The columns of the table ``offer``: verified ones, in their order."""
    rows = np.flatnonzero(country.offers.verified)
    own = country.offers.take(rows)
    shapes = [country.book.shapes[number] for number in own.shape.tolist()]
    return [
        own.keys,
        [_braced(one) for one in _subjects(own)],
        own.mode,
        *_globe(own.latitude, own.longitude),
        own.zip,
        own.county,
        own.radius_km,
        (2 * np.sin(own.radius_km / EARTH_KM / 2)) ** 2 * (1 + 1e-9) + 1e-14,
        own.has[:, 0],
        own.languages[:, 0],
        own.start,
        own.end,
        schedules.hours[rows],
        [_braced(shape.dates) if shape.dates else "\\N" for shape in shapes],
        *own.check_until[:, 1:].T,
        own.capacity,
    ]


def needs(country: Country, schedules: Schedules) -> list[Any]:
    """The columns of the table ``need``: a confidential one stands at its county's centroid."""
    rows = np.flatnonzero(country.needs.verified)
    own, book = country.needs.take(rows), country.book
    latitude, longitude, county = _shown_places(own, book)
    subjects = _subjects(own)
    return [
        own.keys,
        [_braced(_shared(one, book)) for one in subjects],
        [_braced(one) for one in subjects],
        own.mode,
        *_globe(latitude, longitude),
        own.zip,
        county,
        own.asks[:, 0],
        own.forbids[:, 0],
        own.languages[:, 0],
        own.start,
        own.end,
        schedules.plan[rows],
        own.sessions,
        own.check,
        own.room,
    ]


def _shown_places(needs: NeedColumns, book: Book) -> tuple[Any, Any, Any]:
    """(N,) degrees of latitude and longitude, and the county of a confidential need, else -1."""
    row, county, centroid = book.counties_of(needs.area[needs.area >= 0])
    hidden = np.flatnonzero(needs.area >= 0)[row]
    places, counties = np.stack([needs.latitude, needs.longitude]), np.full(len(needs), -1)
    places[:, hidden], counties[hidden] = centroid.T, county
    return *places, counties


def _subjects(columns: NeedColumns | OfferColumns) -> list[list[int]]:
    """Topic and kind in one number, as many as a posting has."""
    kinds = columns.kind.tolist()
    return [
        [topic * len(KINDS) + kind for topic in topics if topic >= 0]
        for topics, kind in zip(columns.topics.tolist(), kinds, strict=True)
    ]


def _shared(subjects: list[int], book: Book) -> list[int]:
    """Every subject that one of these is shared with (rule 3)."""
    return sorted(
        {
            topic * len(KINDS) + subject % len(KINDS)
            for subject in subjects
            for topic in book.topics.shared_with(subject // len(KINDS))
        }
    )


def _braced(numbers: Iterable[int]) -> str:
    return "{" + ",".join(map(str, numbers)) + "}"


def _globe(latitude: NDArray[np.float64], longitude: NDArray[np.float64]) -> list[Any]:
    """Radians, the cosine of the latitude, and the place on a globe of radius 1."""
    north, east = np.radians(latitude), np.radians(longitude)
    flat = np.cos(north)
    return [north, east, flat, flat * np.cos(east), flat * np.sin(east), np.sin(north)]
