"""The same rules as one SQL statement on PostgreSQL, as fast as we could make it, twice.

Both tries get what the engine has: unit vectors for a cheap distance before the exact
one, conditions as bits, and the days on which two schedules have a session in common as a
bit string, made beforehand. ``ARRAYS`` finds candidates by a GIN index of topics;
``KEYS`` has a row for each topic of an offer, sorted by subject, radius, latitude band and
longitude, and another table of what meets online, by subject and hours.
"""

import threading
import time
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
import psycopg

from alongside.embedded import Servers
from benchmarks.engine_chances import RADII_KM
from benchmarks.engine_country import Country
from benchmarks.engine_ours import TRIES, WORKERS
from benchmarks.engine_rows import BEGIN, Schedules, needs, offers
from matching.columns.arrays import IN_PERSON, NO_END, REMOTE
from matching.columns.days import NEAR
from matching.columns.discs import EARTH_KM

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

COLUMNS = """o.id, o.subjects, o.mode, o.north, o.east, o.flat, o.x, o.y, o.z, o.zip, o.county,
    o.radius, o.chord, o.has, o.languages, o.start_day, o.end_day, o.hours, o.dates,
    o.check1, o.check2, o.check3, o.capacity"""

KEYS = """
    SELECT {columns}
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
    SELECT {columns}
    FROM unnest(n.subjects) s (subject) JOIN listing o
        ON o.subject = s.subject AND o.county = n.county
    WHERE n.mode & {in_person} <> 0 AND n.county >= 0
    UNION ALL
    SELECT {columns}
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
            "columns": COLUMNS,
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
        self._copy("offer", offers(country, schedules))
        self._copy("need", needs(country, schedules))
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
