"""The rounds of the latency benchmark; imported once Django is set up."""

import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from alongside.celery import app
from alongside.demo import country, settling
from alongside.demo.processes import Processes
from alongside.models import Heartbeat
from matching.models import Match
from notices.models import Notice
from opportunities import actions as opportunities
from opportunities.models import Need, Topic
from trail.models import Change

GIVE_UP_SECONDS = 30.0
START_SECONDS = 300.0  # on a busy machine a worker reads a hundred thousand postings in a minute
LOOK_AGAIN_SECONDS = 0.002


def start_worker(processes: Processes) -> None:
    """Start a worker as the demo does, and wait until a task went through it."""
    celery = [sys.executable, "-m", "celery", "--app", "alongside", "worker"]
    processes.start("worker", [*celery, "--concurrency", "2", "--without-gossip"])
    app.send_task("alongside.tasks.beat")
    _until(_has_beaten, processes.check, within=START_SECONDS)


def play(rounds: int, made: country.Country) -> Iterator[float]:
    """Yield the seconds from publishing a need to both notices, round by round."""
    reviewers = list(User.objects.filter(is_reviewer=True).order_by("pk"))
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    zips = sorted({plan.zip for plan in made.plans if plan.zip})
    for number in range(rounds):
        now = timezone.now()
        helper, staff = _plans(number, zips[number % len(zips)], now)
        settling.post(helper, settling.join(helper, reviewers, now=now), topics, at=now)
        party = settling.join(staff, reviewers, now=now)
        _until(_is_idle)
        yield _seconds_of_one(staff, party, topics)


def _plans(number: int, zip_code: str, now: datetime) -> tuple[country.Plan, country.Plan]:
    """A volunteer who can teach car care, and a nonprofit that will ask for it."""
    facts = _posting_facts(now) | {"radius_km": 1.0, "capacity": 10}
    helper = _plan("volunteer", number, zip_code)
    helper.offers.append(facts)
    return helper, _plan("nonprofit", number, zip_code)


def _plan(kind: str, number: int, zip_code: str) -> country.Plan:
    return country.Plan(
        kind=kind,
        facts={
            "name": f"Round {number} {kind}",
            "legal_name": f"Round {number} Inc.",
            "registration_number": f"00-{number:07}",
            "mission": "We take part in a measurement.",
            "website": "https://rounds.example.org/",  # their addresses are of this domain
            "languages": ["en"],
        },
        zip=zip_code,
        counties=(),
        people=(country.Person(f"Round {number}", f"{kind}.{number}@example.org"),),
        standing="verified",
        age_days=2,
        city="",
    )


def _posting_facts(now: datetime) -> dict[str, Any]:
    return {
        "kind": "class",
        "title": "Car care for beginners",
        "description": "Oil, tires, lights, and what the little red lamp means.",
        "topics": ["car-maintenance"],
        "format": "group_class",
        "venue": "nonprofit",
        "mode": "in_person",
        "slots": ["Tue 18:00-20:00"],
        "languages": ["en"],
        "start_date": now.date() + timedelta(days=3),
        "end_date": now.date() + timedelta(days=90),
    }


def _seconds_of_one(staff: country.Plan, party: Any, topics: dict[str, Topic]) -> float:
    owner = User.objects.get(email=staff.people[0].email)
    facts = _posting_facts(timezone.now()) | {
        "topics": [topics["car-maintenance"]],
        "minutes": 90,
        "sessions": 4,
        "seats": 6,
    }
    draft = opportunities.save_draft(
        model=Need, party=party, by=owner, facts=facts, at=timezone.now()
    )
    _until(_is_idle)
    began = time.perf_counter()
    need = opportunities.publish(posting=draft, by=owner, at=timezone.now())
    _until(lambda: _both_see_it(need, owner))
    return time.perf_counter() - began


def _both_see_it(need: Need, owner: User) -> bool:
    """Whether the inbox of either side shows a notice of this need's match."""
    match = Match.objects.filter(need=need).select_related("offer__party").first()
    if match is None:
        return False
    people = [owner, match.offer.told]
    return all(
        person and Notice.objects.of(person, at=timezone.now()).filter(event="proposed").exists()
        for person in people
    )


def _is_idle() -> bool:
    waiting = Notice.objects.owed_at(timezone.now())
    return not Change.objects.unmatched().exists() and not waiting.exists()


def _has_beaten() -> bool:
    return Heartbeat.age_seconds(timezone.now()) is not None


def _until(
    holds: Callable[[], bool],
    otherwise: Callable[[], None] | None = None,
    *,
    within: float = GIVE_UP_SECONDS,
) -> None:
    """Look again and again. Raises ``TimeoutError``."""
    give_up_at = time.monotonic() + within
    while not holds():
        if otherwise:
            otherwise()
        if time.monotonic() > give_up_at:
            raise TimeoutError("The worker does not get to it.")
        time.sleep(LOOK_AGAIN_SECONDS)
