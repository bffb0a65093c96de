"""What people do while the faults benchmark breaks things; imported once Django is set up.

Small fictional markets of a few parties each, in a ZIP code of their own: needs and
offers are published, matches answered by many at once, and days go by, so that people
are reminded and silence closes. An operation that the database cut off is left as it
came out, as a person would who then closes the browser.
"""

import random
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import zipcodes
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from accounts.models import Party
from accounts.places import Place, UnknownZip, place_of_zip
from matching import actions as matching
from matching.models import OTHER, Match
from notices.models import Preference
from opportunities import actions as opportunities
from tests.factories import make_need, make_offer, make_party, owner_of
from trail import actions as trail
from trail.tasks import wake

WORKERS = 3  # people at the same time
CLOCK_SECONDS = 1.0  # the sweeps come round more often than in earnest
PAUSE_SECONDS = 0.05
SWEEPS = (
    "matching.tasks.match_changes",
    "matching.tasks.sweep_deadlines",
    "notices.tasks.send_due_notices",
)
CUT_OFF = (OperationalError, InterfaceError)


class Work:
    """Threads that publish, answer and tick, for as long as the block lasts."""

    def __init__(self, zips: list[str]) -> None:
        self._zips = iter(zips)
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._repeat, args=(task, pause), daemon=True)
            for task, pause in [
                (tick, CLOCK_SECONDS),
                (self._open_market, 8 * PAUSE_SECONDS),
                *[(_answer_some, PAUSE_SECONDS)] * WORKERS,
                (_let_days_go_by, 10 * PAUSE_SECONDS),
            ]
        ]
        self.unforeseen: Counter[str] = Counter()

    def __enter__(self) -> "Work":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _repeat(self, task: Callable[[], None], pause: float) -> None:
        while not self._over.wait(pause):
            try:
                task()
            except CUT_OFF:
                connection.close()
            except Exception as error:  # noqa: BLE001 - told at the end, as a failure
                self.unforeseen[f"{task.__name__}: {error!r}"] += 1
                connection.close()
        connection.close()

    def _open_market(self) -> None:
        """Two needs of one nonprofit, and more offers than they have places."""
        now, place = timezone.now(), place_of_zip(next(self._zips))
        kind = random.choice(["class", "job"])
        staff = _party("nonprofit", place, now)
        for _ in range(random.choice([2, 3])):
            _publish_offer(kind, place, now)
        for _ in range(2):
            need = make_need(
                staff,
                kind=kind,
                status="draft",
                opened_at=None,
                submitted_at=None,
                helpers=random.choice([1, 2]) if kind == "class" else 1,
                seats=random.choice([1, 2]),
                shifts_per_week=1,
                **_posting(place, now),
            )
            opportunities.publish(posting=need, by=owner_of(staff), at=now)


def _party(kind: str, place: Place, now: datetime) -> Party:
    with transaction.atomic():
        party = make_party(
            kind,
            zip=place.zip,
            latitude=place.latitude,
            longitude=place.longitude,
            county=place.county,
            state=place.state,
            time_zone=place.time_zone,
            verified_at=now,
            verified_until=now + timedelta(days=300),
        )
        Preference.objects.create(person=owner_of(party), has_quiet_hours=False)
    return party


def _posting(place: Place, now: datetime) -> dict[str, Any]:
    return {
        "time_zone": place.time_zone,
        "start_date": now.date() + timedelta(days=2),
        "end_date": now.date() + timedelta(days=180),
    }


@transaction.atomic
def _publish_offer(kind: str, place: Place, now: datetime) -> None:
    """A class is published by its volunteer; work as if reviewers had just approved it."""
    party = _party("volunteer" if kind == "class" else "business", place, now)
    facts = _posting(place, now) | {"kind": kind, "radius_km": 1.0}
    if kind == "class":
        draft = make_offer(party, status="draft", opened_at=None, submitted_at=None, **facts)
        opportunities.publish(posting=draft, by=owner_of(party), at=now)
    else:
        offer = make_offer(party, **facts | {"capacity": random.choice([1, 2])})
        trail.changed(subject="offer", ids=[offer.pk], at=now)


def _answer_some() -> None:
    """Open matches of a few chosen at random; most say yes."""
    for match in _some_open(3):
        side = random.choice(list(OTHER))
        person = match.posting_of(side).told
        at = timezone.now()
        with suppress(matching.CannotAnswer):
            if person and random.random() < 0.9:
                matching.accept(match=match, by=person, at=at)
            elif person:
                a_while_ago = max(match.proposed_at, at - Match.TAKE_BACK_FOR)
                matching.decline(match=match, by=person, at=a_while_ago)


def _let_days_go_by() -> None:
    """For a match of those nobody answered: people are reminded, or it runs out."""
    days = random.choice([Match.NUDGE_AFTER, Match.SECOND_CONTACT_AFTER, Match.CLOSE_AFTER])
    for match in _some_open(1):
        Match.objects.filter(pk=match.pk).update(proposed_at=timezone.now() - days)


def _some_open(limit: int) -> list[Match]:
    chosen = Match.objects.unanswered().order_by("?")[:limit]
    return list(chosen.select_related("need__party", "offer__party"))


def tick() -> None:
    """A round of the clock."""
    for task in SWEEPS:
        wake(task)


def shuffled_zips() -> list[str]:
    """Every ZIP code with a point and a clock, for one market each."""
    zips = [row["zip_code"] for row in zipcodes.list_all() if row["active"]]
    random.shuffle(zips)
    return [code for code in zips if _is_a_place(code)]


def _is_a_place(code: str) -> bool:
    try:
        return place_of_zip(code).latitude is not None
    except UnknownZip:
        return False
