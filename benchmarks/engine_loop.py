"""The same rules as a careful loop over rows that Django's ORM reads; Django is set up before.

Rows are read as plain tuples by an index on the subject, the cheapest tests come first, and
the days on which two schedules meet are known beforehand and looked up, as the SQL does.
"""

import math
import time
from typing import Any

from django.db import connection, models

from benchmarks.engine_sql import BEGIN
from matching.columns.arrays import IN_PERSON, NO_END, REMOTE
from matching.columns.days import NEAR
from matching.columns.discs import EARTH_KM

FACTS = (
    "id", "has", "languages", "start_day", "end_day", "capacity", "mode", "check1", "check2",
    "check3", "hours", "dates", "zip", "county", "radius", "north", "east", "flat",
)  # fmt: skip


class Numbers(models.Field):  # type: ignore[type-arg]  # read only: psycopg makes the list
    """An array of whole numbers."""


class Need(models.Model):
    id = models.IntegerField(primary_key=True)
    subjects, own = Numbers(), Numbers()
    mode, zip, county, rank, room = (models.IntegerField() for _ in range(5))
    north, east, flat = (models.FloatField() for _ in range(3))
    asks, forbids, languages = (models.BigIntegerField() for _ in range(3))
    first_day, last_day, plan, sessions = (models.IntegerField() for _ in range(4))

    class Meta:
        app_label, db_table, managed = "benchmarks", "need", False

    def __str__(self) -> str:
        return str(self.pk)


class Listing(models.Model):
    """An offer under one of its subjects, in whatever mode."""

    id = models.IntegerField(primary_key=True)
    subject, mode, zip, county = (models.IntegerField() for _ in range(4))
    north, east, flat, radius = (models.FloatField() for _ in range(4))
    has, languages = models.BigIntegerField(), models.BigIntegerField()
    start_day, end_day, hours, capacity = (models.IntegerField() for _ in range(4))
    check1, check2, check3 = (models.IntegerField() for _ in range(3))
    dates, subjects = Numbers(), Numbers()

    class Meta:
        app_label, db_table, managed = "benchmarks", "every", False

    def __str__(self) -> str:
        return str(self.pk)


class Loop:
    """What the loop knows beforehand: the sessions of every two schedules."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT plan, hours, tally FROM hour_pair")
            self.pairs = {(plan, hours): tally for plan, hours, tally in cursor.fetchall()}
            cursor.execute("SELECT tally, days::text, lean_first, lean_last, alike FROM tally")
            self.tallies = {row[0]: row[1:] for row in cursor.fetchall()}
            cursor.execute("SELECT plan, hours, day, lean_first, lean_last FROM session_day")
            self.days: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
            for plan, hours, *day in cursor.fetchall():
                self.days.setdefault((plan, hours), []).append(tuple(day))

    def close(self) -> None:
        """Let the server go."""
        connection.close()

    def one(self, need_id: int) -> tuple[float, int]:
        """Seconds and number of fits of one need: the exact count, and the top by score."""
        begin = time.perf_counter()
        need = Need.objects.filter(pk=need_id).first()
        found: dict[int, float] = {}
        if need is not None:
            rows = Listing.objects.filter(subject__in=need.subjects)
            for row in rows.values_list(*FACTS, "subject").iterator(chunk_size=5000):
                score = self.score(need, row)
                if score is not None:
                    found[row[0]] = max(score, found.get(row[0], 0.0))
        sorted(found.values(), reverse=True)[:20]
        return time.perf_counter() - begin, len(found)

    def score(self, need: Need, row: tuple[Any, ...]) -> float | None:
        """How good this pair would be, or None if a rule forbids it."""
        (_, has, languages, start, end, capacity, mode, *checks, hours, dates, zip_, county,
         radius, north, east, flat, subject) = row  # fmt: skip
        last = min(need.last_day, end)
        if has & need.asks != need.asks or has & need.forbids or not languages & need.languages:
            return None  # 2, 7, 9, 10, 12
        if max(need.first_day, start) > last or capacity < need.room:
            return None  # 5, 11
        if (checks[need.rank - 1] if need.rank else NO_END) < last:
            return None  # 8
        tally = self.pairs.get((need.plan, hours))
        both = mode & need.mode
        if tally is None or not both:
            return None
        distance = None
        reached = bool(both & IN_PERSON)
        if reached and not (need.county >= 0 and county == need.county):
            distance = 0.0 if zip_ == need.zip else _distance(need, north, east, flat)
            reached = distance <= radius + 1e-9
        if not reached and not both & REMOTE:
            return None  # 4
        sessions = self.sessions(need, tally, hours, dates, start, end)
        if sessions < need.sessions:
            return None  # 6
        told = reached and need.county < 0
        place = 2 ** (-distance / 20) if told and distance is not None else 0.6
        spare = 1 - 0.5 * need.sessions / sessions
        return 0.5 * place + 0.3 * spare + 0.2 * (subject in need.own)

    def sessions(
        self, need: Need, tally: int, hours: int, dates: list[int] | None, start: int, end: int
    ) -> int:
        days, lean_first, lean_last, alike = self.tallies[tally]
        since = max(need.first_day, start - lean_first)
        until = min(need.last_day, end - lean_last)
        if dates:
            listed = [day - lean_first for day in dates]
            return sum(days[day - BEGIN] == "1" for day in listed if since <= day <= until)
        if alike or (start <= need.first_day - NEAR and end >= need.last_day + NEAR):
            return days.count("1", since - BEGIN, max(since, until + 1) - BEGIN)
        return sum(
            need.first_day <= day <= need.last_day and day + a >= start and day + b <= end
            for day, a, b in self.days[need.plan, hours]
        )


def _distance(need: Need, north: float, east: float, flat: float) -> float:
    up = math.sin((north - need.north) / 2) ** 2
    across = need.flat * flat * math.sin((east - need.east) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(up + across)))
