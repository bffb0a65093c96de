"""The measurements of the delivery benchmark; imported once Django is set up."""

import multiprocessing
import os
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from matching.models import Match
from matching.telling import tell_of_proposals
from notices import actions, sorting
from notices.models import Notice, Preference
from tests.factories import make_need, make_offer, make_party, owner_of

EACH = 4  # notices a person: all that go out by themselves in a day
WRITE_AT_ONCE = 250  # people in one transaction, a thousand notices, as the matcher writes them
CLAIM_AT_ONCE = 500
MATCHES_AT_ONCE = 500  # in one transaction
REASONS = [
    {"code": "topic", "params": {"topic": "car-maintenance"}},
    {"code": "near", "params": {"miles": 4}},
    {"code": "sessions", "params": {"sessions": 24, "asked": 4}},
    {"code": "room", "params": {"seats": 6}},
]

_WORKERS = multiprocessing.get_context("fork")


def make_people(count: int) -> list[int]:
    """So many people who sleep at no hour, so that the figures do not depend on the clock."""
    people = User.objects.bulk_create(
        [User(email=f"reader{number}@example.org") for number in range(count)], batch_size=2000
    )
    Preference.objects.bulk_create(
        [Preference(person=person, has_quiet_hours=False) for person in people], batch_size=2000
    )
    return [person.pk for person in people]


def write_and_claim(people: Sequence[int], *, workers: int) -> dict[str, Any]:
    """Write a few notices for each person, then claim all, by so many processes at once."""
    parts = [people[number::workers] for number in range(workers)]
    total = len(people) * EACH
    written_s, written_cpu_s, _ = _by_workers(_write, parts)
    _tidy()
    claimed_s, claimed_cpu_s, claimed = _by_workers(_claim, [()] * workers)
    ids = [notice_id for part in claimed for notice_id in part]
    return {
        "notices": total,
        "written_per_s": round(total / written_s),
        "claimed_per_s": round(len(ids) / claimed_s),
        "written_cpu_us": round(written_cpu_s / total * 1e6, 1),
        "claimed_cpu_us": round(claimed_cpu_s / total * 1e6, 1),
        "claimed_by_each": [len(part) for part in claimed],
        "claimed_twice": len(ids) - len(set(ids)),
        "never_claimed": total - len(set(ids)),
    }


def _by_workers(
    work: Callable[[Any], list[int]], parts: Sequence[Any]
) -> tuple[float, float, list[list[int]]]:
    """Seconds from the common start to the last one's end, of the processors, and what each did."""
    connection.close()
    start, done = _WORKERS.Barrier(len(parts) + 1), _WORKERS.SimpleQueue()

    def run(part: Any) -> None:
        User.objects.first()  # the connection stands before the clock starts
        start.wait()
        before = _cpu_seconds()
        result = work(part)
        done.put((result, _cpu_seconds() - before))
        connection.close()

    processes = [_WORKERS.Process(target=run, args=(part,)) for part in parts]
    for process in processes:
        process.start()
    start.wait()
    began = time.perf_counter()
    results = [done.get() for _process in processes]
    seconds = time.perf_counter() - began
    for process in processes:
        process.join()
    return seconds, sum(cpu for _, cpu in results), [result for result, _ in results]


def _cpu_seconds() -> float:
    """What this process and its PostgreSQL have taken: the same whatever else is running."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [pid] = cursor.fetchone()
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return time.process_time() + (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _write(people: Sequence[int]) -> list[int]:
    now = timezone.now()
    for first in range(0, len(people), WRITE_AT_ONCE):
        batch = people[first : first + WRITE_AT_ONCE]
        with transaction.atomic():
            actions.owe_all(
                event=Notice.Event.PROPOSED,
                owed=[
                    (person, f"match {number} proposed", "/matches/")
                    for person in batch
                    for number in range(EACH)
                ],
                at=now,
            )
    return []


def _claim(_part: Any) -> list[int]:
    now, mine = timezone.now(), []
    while (batch := sorting.take(limit=CLAIM_AT_ONCE, at=now)) is not None:
        mine += [notice.pk for notice in batch]
    return mine


def outbox_cost(rounds: int) -> dict[str, Any]:
    """Milliseconds for a batch of matches alone and with both notices of each, turn by turn."""
    needs = [_with_its_person(make_need(make_party())) for _ in range(40)]
    offers = [_with_its_person(make_offer(make_party("volunteer"))) for _ in range(40)]
    pairs = _pairs(needs, offers)
    alone, together = [], []
    for _ in range(rounds):
        alone.append(_seconds_of_matches(next(pairs), told=False))
        together.append(_seconds_of_matches(next(pairs), told=True))
    match_ms, both_ms = statistics.median(alone) * 1000, statistics.median(together) * 1000
    return {
        "matches_ms": round(match_ms, 1),
        "matches_and_notices_ms": round(both_ms, 1),
        "outbox_percent": round((both_ms / match_ms - 1) * 100, 1),
        "matches_at_once": MATCHES_AT_ONCE,
    }


def _pairs(needs: Sequence[Any], offers: Sequence[Any]) -> Iterator[list[tuple[Any, Any, int]]]:
    """Batches of pairs that were never matched, by counting their revisions up."""
    revision = 1
    while True:
        pairs = [(need, offer, revision) for need in needs for offer in offers]
        yield pairs[:MATCHES_AT_ONCE]
        revision += 1


def _seconds_of_matches(pairs: list[tuple[Any, Any, int]], *, told: bool) -> float:
    now = timezone.now()
    with _timed() as seconds, transaction.atomic():
        matches = Match.objects.bulk_create(
            Match(
                need=need,
                offer=offer,
                need_revision=revision,
                offer_revision=revision,
                score=0.6,
                reasons=REASONS,
                proposed_at=now,
            )
            for need, offer, revision in pairs
        )
        if told:
            tell_of_proposals(
                [(match, person) for match in matches for person in _both_sides(match)], at=now
            )
    _make_room(now)
    return seconds[0]


def _make_room(now: datetime) -> None:
    """A pair has one open match at a time."""
    Match.objects.unanswered().update(status=Match.Status.WITHDRAWN, closed_at=now)


def _with_its_person(posting: Any) -> Any:
    """With whom to tell, known beforehand as in the matcher."""
    posting.person_id = owner_of(posting.party).pk
    return posting


def _both_sides(match: Any) -> list[int]:
    return [match.need.person_id, match.offer.person_id]


@contextmanager
def _timed() -> Iterator[list[float]]:
    seconds = [0.0]
    began = time.perf_counter()
    yield seconds
    seconds[0] = time.perf_counter() - began


def _tidy() -> None:
    """What autovacuum would have done by then."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE notices_notice")
