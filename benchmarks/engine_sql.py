"""The same rules as one SQL statement on PostgreSQL, as fast as we could make it, twice.

Both tries get what the engine has: unit vectors for a cheap distance before the exact
one, conditions as bits, and the days on which two schedules have a session in common as a
bit string, made beforehand. ``ARRAYS`` finds candidates by a GIN index of topics;
``KEYS`` has a row for each topic of an offer, sorted by subject, radius, latitude band and
longitude, and another table of what meets online, by subject and hours.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray

from alongside.embedded import Servers
from benchmarks.engine_country import RADII_KM, TODAY, Country
from benchmarks.engine_ours import TRIES, WORKERS
from matching.columns.arrays import IN_PERSON, KINDS, NO_END, REMOTE, NeedColumns, OfferColumns
from matching.columns.book import Book, Shape
from matching.columns.clocks import same_clock
from matching.columns.days import NEAR, Meetings
from matching.columns.discs import EARTH_KM
from matching.columns.times import leanings

BEGIN, DAYS = TODAY.toordinal(), 400  # needs in this country begin and end within
AT_ONCE = 4000  # pairs of schedules
BAND = 0.25  # degrees of latitude
SETTINGS = """SET jit = off; SET work_mem = '256MB'; SET random_page_cost = 1.1;
SET max_parallel_workers_per_gather = 0; SET plan_cache_mode = force_generic_plan"""

TABLES = """
CREATE TABLE offer (id int, subjects int[], mode int, north float8, east float8, flat float8,
    x float8, y float8, z float8, zip int, county int, radius float8, chord float8,
    has bigint, languages bigint, start_day int, end_day int, hours int, dates int[],
    check1 int, check2 int, check3 int, capacity int);
CREATE TABLE need (id int, subjects int[], own int[], mode int, north float8, east float8,
    flat float8, x float8, y float8, z float8, zip int, county int, asks bigint, forbids bigint,
    languages bigint, first_day int, last_day int, plan int, sessions int, rank int, room int);
CREATE TABLE tally (tally int, days bit varying, lean_first int, lean_last int, alike bool);
CREATE TABLE hour_pair (plan int, hours int, tally int);
CREATE TABLE session_day (plan int, hours int, day int, lean_first int, lean_last int);
CREATE TABLE klass (klass int, reach float8);
"""

INDEXES = """
ALTER TABLE need ADD PRIMARY KEY (id);
ALTER TABLE hour_pair ADD PRIMARY KEY (plan, hours) INCLUDE (tally);
ALTER TABLE tally ADD PRIMARY KEY (tally);
CREATE INDEX ON session_day (plan, hours, day);
CREATE INDEX offer_subjects ON offer USING gin (subjects) WITH (fastupdate = off);
CREATE TABLE listing AS
    SELECT s.subject, k.klass, floor((degrees(north) + 90) / {band})::int AS band, o.*
    FROM offer o CROSS JOIN LATERAL unnest(subjects) s (subject)
    JOIN klass k ON k.reach = o.radius WHERE mode & {in_person} <> 0
    ORDER BY subject, klass, band, east;
CREATE TABLE online AS
    SELECT s.subject, o.* FROM offer o CROSS JOIN LATERAL unnest(subjects) s (subject)
    WHERE mode & {remote} <> 0 ORDER BY subject, hours;
CREATE INDEX listing_place ON listing (subject, klass, band, east);
CREATE INDEX listing_county ON listing (subject, county);
CREATE INDEX online_hours ON online (subject, hours);
CREATE TABLE every AS SELECT s.subject, o.*
    FROM offer o CROSS JOIN LATERAL unnest(subjects) s (subject) ORDER BY subject;
CREATE INDEX every_subject ON every (subject);
VACUUM ANALYZE;
"""

ARRAYS = """
    SELECT o.* FROM offer o WHERE o.subjects && n.subjects
"""

KEYS = """
    SELECT o.id, o.subjects, o.mode, o.north, o.east, o.flat, o.x, o.y, o.z, o.zip, o.county,
        o.radius, o.chord, o.has, o.languages, o.start_day, o.end_day, o.hours, o.dates,
        o.check1, o.check2, o.check3, o.capacity
    FROM unnest(n.subjects) s (subject) CROSS JOIN klass k
    CROSS JOIN LATERAL generate_series(
        floor((degrees(n.north - k.reach / {earth} - 1e-7) + 90) / {band})::int,
        floor((degrees(n.north + k.reach / {earth} + 1e-7) + 90) / {band})::int) b (band)
    JOIN listing o ON o.subject = s.subject AND o.klass = k.klass AND o.band = b.band
        AND o.east BETWEEN n.east - asin(least(1, sin(k.reach / {earth} + 1e-7) / n.flat)) - 1e-7
            AND n.east + asin(least(1, sin(k.reach / {earth} + 1e-7) / n.flat)) + 1e-7
    WHERE n.mode & {in_person} <> 0
        AND (o.x - n.x) ^ 2 + (o.y - n.y) ^ 2 + (o.z - n.z) ^ 2 <= o.chord
    UNION ALL
    SELECT o.id, o.subjects, o.mode, o.north, o.east, o.flat, o.x, o.y, o.z, o.zip, o.county,
        o.radius, o.chord, o.has, o.languages, o.start_day, o.end_day, o.hours, o.dates,
        o.check1, o.check2, o.check3, o.capacity
    FROM unnest(n.subjects) s (subject) JOIN listing o
        ON o.subject = s.subject AND o.county = n.county
    WHERE n.mode & {in_person} <> 0 AND n.county >= 0
    UNION ALL
    SELECT o.id, o.subjects, o.mode, o.north, o.east, o.flat, o.x, o.y, o.z, o.zip, o.county,
        o.radius, o.chord, o.has, o.languages, o.start_day, o.end_day, o.hours, o.dates,
        o.check1, o.check2, o.check3, o.capacity
    FROM unnest(n.subjects) s (subject) JOIN hour_pair p ON p.plan = n.plan
    JOIN online o ON o.subject = s.subject AND o.hours = p.hours
    WHERE n.mode & {remote} <> 0
"""

FITTING = """
    SELECT f.id, f.in_person, f.distance, f.sessions, f.own && n.own AS exact FROM (
        SELECT o.id, o.subjects AS own,
            n.mode & o.mode & {in_person} <> 0 AND CASE
                WHEN n.county >= 0 THEN o.county = n.county OR d.distance <= o.radius + 1e-9
                ELSE n.zip = o.zip OR d.distance <= o.radius + 1e-9 END AS in_person,
            CASE WHEN n.county >= 0 THEN NULL WHEN n.zip = o.zip THEN 0 ELSE d.distance END
                AS distance,
            n.mode & o.mode & {remote} <> 0 AS remote, s.sessions
        FROM ({candidates}) o
        JOIN hour_pair p ON p.plan = n.plan AND p.hours = o.hours
        JOIN tally t ON t.tally = p.tally
        CROSS JOIN LATERAL (SELECT greatest(n.first_day, o.start_day - t.lean_first) AS since,
            least(n.last_day, o.end_day - t.lean_last) AS until OFFSET 0) r
        CROSS JOIN LATERAL (SELECT CASE
            WHEN o.dates IS NOT NULL THEN (SELECT count(*) FROM unnest(o.dates) u (day)
                WHERE u.day - t.lean_first BETWEEN r.since AND r.until
                    AND get_bit(t.days, u.day - t.lean_first - {begin}) = 1)
            WHEN t.alike OR o.start_day <= n.first_day - {near} AND o.end_day >= n.last_day + {near}
            THEN bit_count(substring(t.days FROM r.since - {begin} + 1
                FOR greatest(r.until - r.since + 1, 0)))
            ELSE (SELECT count(*) FROM session_day e WHERE e.plan = n.plan AND e.hours = o.hours
                AND e.day BETWEEN n.first_day AND n.last_day
                AND e.day + e.lean_first >= o.start_day AND e.day + e.lean_last <= o.end_day)
            END AS sessions OFFSET 0) s
        CROSS JOIN LATERAL (SELECT 2 * {earth} * asin(least(1, sqrt(
            sin((o.north - n.north) / 2) ^ 2
            + n.flat * o.flat * sin((o.east - n.east) / 2) ^ 2))) AS distance OFFSET 0) d
        WHERE o.has & (n.asks | n.forbids) = n.asks AND o.languages & n.languages <> 0
            AND greatest(n.first_day, o.start_day) <= least(n.last_day, o.end_day)
            AND o.capacity >= n.room
            AND CASE n.rank WHEN 0 THEN {no_end} WHEN 1 THEN o.check1 WHEN 2 THEN o.check2
                ELSE o.check3 END >= least(n.last_day, o.end_day)
            AND s.sessions >= n.sessions
    ) f WHERE f.in_person OR f.remote
"""

ONE = """
    SELECT count(*) OVER (), g.id, 0.5 * g.place + 0.3 * (1 - 0.5 * n.sessions / g.sessions)
        + 0.2 * g.exact::int AS score
    FROM need n CROSS JOIN LATERAL (
        SELECT f.id, max(f.sessions) AS sessions, bool_or(f.exact) AS exact,
            max(CASE WHEN f.in_person AND f.distance IS NOT NULL THEN 2 ^ (-f.distance / 20)
                ELSE 0.6 END) AS place
        FROM ({fitting}) f GROUP BY f.id) g
    WHERE n.id = %s ORDER BY score DESC LIMIT 20
"""

ALL = """
    SELECT n.id, count(DISTINCT f.id), sum(DISTINCT f.id::bigint)
    FROM need n CROSS JOIN LATERAL ({fitting}) f
    WHERE n.id BETWEEN %s AND %s GROUP BY n.id
"""


class Sql:
    """A database with the country in it, and the statements."""

    def __init__(self, running: Servers, country: Country, database: str = "engine") -> None:
        self._address = f"host={running.sockets} user=postgres dbname={database}"
        self.connection = self._connected()
        begin = time.perf_counter()
        self._load(country)
        self.load_s = time.perf_counter() - begin

    def statement(self, template: str, candidates: str) -> str:
        """One statement with its numbers filled in."""
        numbers = {
            "in_person": IN_PERSON,
            "remote": REMOTE,
            "earth": EARTH_KM,
            "band": BAND,
            "begin": BEGIN,
            "near": NEAR,
            "no_end": int(NO_END),
        }
        found = candidates.format(**numbers)
        return template.format(fitting=FITTING.format(candidates=found, **numbers))

    def one(self, need_id: int, candidates: str = KEYS) -> tuple[float, int]:
        """Seconds and number of fits of one need: the exact count, and the top by score."""
        begin = time.perf_counter()
        statement = self.statement(ONE, candidates)
        rows = self.connection.execute(statement, [need_id], prepare=True).fetchall()
        return time.perf_counter() - begin, int(rows[0][0]) if rows else 0

    def least(self, need_id: int, candidates: str = KEYS) -> tuple[float, int]:
        """The same, the least of some tries."""
        return min(self.one(need_id, candidates) for _ in range(TRIES))

    def rematch(self, first: int, last: int) -> tuple[float, dict[int, tuple[int, int]]]:
        """Every need with these ids: the number of its fits and the sum of their keys."""
        found: dict[int, tuple[int, int]] = {}
        cuts = np.linspace(first, last + 1, WORKERS + 1).astype(int).tolist()
        begin = time.perf_counter()
        threads = [
            threading.Thread(target=self._rematch, args=(low, high - 1, found))
            for low, high in pairwise(cuts)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.perf_counter() - begin, found

    def _rematch(self, first: int, last: int, found: dict[int, tuple[int, int]]) -> None:
        with self._connected() as connection:
            rows = connection.execute(self.statement(ALL, KEYS), [first, last])
            found.update({row[0]: (int(row[1]), int(row[2])) for row in rows})

    def _connected(self) -> "psycopg.Connection[Any]":
        connection = psycopg.connect(self._address, autocommit=True)
        connection.execute(SETTINGS)
        return connection

    # Loading

    def _load(self, country: Country) -> None:
        self.connection.execute(TABLES)
        schedules = Schedules(country)
        self._copy("offer", _offers(country, schedules))
        self._copy("need", _needs(country, schedules))
        self._copy("klass", [range(len(RADII_KM[0])), RADII_KM[0]])
        for table, columns in schedules.tables():
            self._copy(table, columns)
        for statement in INDEXES.format(band=BAND, in_person=IN_PERSON, remote=REMOTE).split(";"):
            if statement.strip():
                self.connection.execute(statement)

    def _copy(self, table: str, columns: Iterable[Iterable[Any]]) -> None:
        with self.connection.cursor().copy(f"COPY {table} FROM STDIN") as copy:
            for row in zip(*columns, strict=True):
                copy.write("\t".join(map(str, row)) + "\n")


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


def _offers(country: Country, schedules: Schedules) -> list[Any]:
    every = country.offers
    rows = np.flatnonzero(every.verified)
    offers, book = every.take(rows), country.book
    shapes = [book.shapes[number] for number in offers.shape.tolist()]
    return [
        offers.keys,
        [_braced(one) for one in _subjects(offers)],
        offers.mode,
        *_globe(offers.latitude, offers.longitude),
        offers.zip,
        offers.county,
        offers.radius_km,
        (2 * np.sin(offers.radius_km / EARTH_KM / 2)) ** 2 * (1 + 1e-9) + 1e-14,
        offers.has[:, 0],
        offers.languages[:, 0],
        offers.start,
        offers.end,
        schedules.hours[rows],
        [_braced(shape.dates) if shape.dates else "\\N" for shape in shapes],
        *offers.check_until[:, 1:].T,
        offers.capacity,
    ]


def _needs(country: Country, schedules: Schedules) -> list[Any]:
    """A confidential need stands at its county's centroid."""
    every, book = country.needs, country.book
    rows = np.flatnonzero(every.verified)
    needs = every.take(rows)
    row, county, centroid = book.counties_of(needs.area[needs.area >= 0])
    hidden = np.flatnonzero(needs.area >= 0)[row]
    places, counties = np.stack([needs.latitude, needs.longitude]), np.full(len(rows), -1)
    places[:, hidden], counties[hidden] = centroid.T, county
    own = _subjects(needs)
    return [
        needs.keys,
        [_braced(_shared(one, book)) for one in own],
        [_braced(one) for one in own],
        needs.mode,
        *_globe(*places),
        needs.zip,
        counties,
        needs.asks[:, 0],
        needs.forbids[:, 0],
        needs.languages[:, 0],
        needs.start,
        needs.end,
        schedules.plan[rows],
        needs.sessions,
        needs.check,
        needs.room,
    ]


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
