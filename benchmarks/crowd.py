"""A crowd of invented postings, written straight into the tables: what a worker has loaded.

Five offers to every need, three hundred towns of which few are large, topics of which few
are common, three in twenty online. A party has ten postings of one side.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import numpy as np
from django.db import connection, models, transaction

from accounts.models import Membership, Party, User
from accounts.places import Place, place_of_zip
from opportunities.models import Need, Offer, Topic

SEED = 20_270_112
AT_ONCE = 2_000  # rows of one statement
TOWNS, EACH = 300, 10  # postings of a party
OFFERS = 5 / 6  # of all postings
EVENINGS = ("Mon 18:00-20:00", "Tue 18:00-20:00", "Wed 18:30-20:30", "Thu 17:00-21:00")
WEEKENDS = ("Sat 09:00-12:00", "Sun 13:00-17:00")
ModelT = TypeVar("ModelT", bound=models.Model)


@transaction.atomic
def gather(postings: int, *, at: datetime, say: Callable[[str], None]) -> None:
    """Write so many live postings, and whoever is behind them."""
    random = np.random.default_rng(SEED)
    towns = _towns(random)
    topics = list(Topic.objects.filter(umbrella=False).order_by("pk"))
    for model, count in ((Offer, round(postings * OFFERS)), (Need, postings // 6)):
        parties = _parties(model.WORD, -(-count // EACH), towns, random, at=at)
        rows = [_posting(model, parties[number // EACH], random, at=at) for number in range(count)]
        written = _write(model, rows)
        _write(model.topics.through, list(_links(model, written, topics, random)))
        say(f"{count:,} {model.WORD}s are there")
    with connection.cursor() as cursor:
        cursor.execute("analyze")  # as PostgreSQL does by itself within a minute


def _towns(random: np.random.Generator) -> list[Place]:
    found: list[Place] = []
    while len(found) < TOWNS:
        try:
            place = place_of_zip(f"{random.integers(10_000, 99_999):05}")
        except ValueError:  # no such ZIP code
            continue
        if place.latitude is not None:
            found.append(place)
    return found


def _parties(
    side: str, count: int, towns: list[Place], random: np.random.Generator, *, at: datetime
) -> list[Party]:
    """Verified parties with one owner each, most of them in the first towns."""
    where = _few_common(len(towns), count, random)
    people = _write(
        User, [User(email=f"{side}.{n}@example.org", name=f"Owner {n}") for n in range(count)]
    )
    parties = _write(Party, [_party(side, n, towns[where[n]], at=at) for n in range(count)])
    joined = {"role": Membership.Role.OWNER, "joined_at": at - timedelta(days=30)}
    members = zip(people, parties, strict=True)
    _write(Membership, [Membership(user=user, party=party, **joined) for user, party in members])
    return parties


def _party(side: str, number: int, town: Place, *, at: datetime) -> Party:
    return Party(
        kind="nonprofit" if side == "need" else "volunteer",
        name=f"Crowd {side} {number}",
        legal_name=f"Crowd {side} {number} Inc.",
        registration_number=f"99-{number:07}",
        languages=["en"],
        status=Party.Status.VERIFIED,
        verified_at=at - timedelta(days=20),
        verified_until=at + timedelta(days=340),
        round=1,
        created_at=at - timedelta(days=30),
        zip=town.zip,
        latitude=town.latitude,
        longitude=town.longitude,
        county=town.county,
        state=town.state,
        time_zone=town.time_zone,
    )


def _posting(
    model: type[Need] | type[Offer], party: Party, random: np.random.Generator, *, at: datetime
) -> Need | Offer:
    since = at - timedelta(days=int(random.integers(1, 60)))
    start = at.date() + timedelta(days=int(random.integers(-30, 30)))
    common: dict[str, Any] = {
        "party": party,
        "title": f"Class number {random.integers(10_000)}",
        "description": "Everyday things, step by step, in a small group.",
        "format": "group_class",
        "venue": "neutral",
        "mode": "remote" if random.random() < 0.15 else "in_person",
        "zip": party.zip,
        "latitude": party.latitude,
        "longitude": party.longitude,
        "county": party.county,
        "state": party.state,
        "time_zone": party.time_zone,
        "slots": _slots(random),
        "languages": ["en", "es"] if random.random() < 0.2 else ["en"],
        "status": model.LIVE,
        "start_date": start,
        "created_at": since,
        "updated_at": since,
        "submitted_at": since,
        "opened_at": since,
    }
    return model(**common, **_own(model, start, random))


def _own(
    model: type[Need] | type[Offer], start: date, random: np.random.Generator
) -> dict[str, Any]:
    """What only a need, or only an offer has."""
    length = timedelta(days=int(random.integers(60, 300)))
    if model is Need:
        numbers = {"minutes": 60, "sessions": int(random.integers(1, 9))}
        return numbers | {"end_date": start + length, "seats": int(random.integers(1, 12))}
    return {
        "end_date": start + length if random.random() < 0.5 else None,
        "radius_km": float(random.choice([10, 25, 40, 80])),
        "capacity": int(random.integers(1, 20)),
    }


def _slots(random: np.random.Generator) -> list[str]:
    several = random.choice([*EVENINGS, *WEEKENDS], size=random.integers(1, 4), replace=False)
    return [str(slot) for slot in several]


def _links(
    model: type[Need] | type[Offer],
    postings: list[Any],
    topics: list[Topic],
    random: np.random.Generator,
) -> Iterator[Any]:
    """One topic each."""
    name = f"{model.WORD}_id"
    chosen = _few_common(len(topics), len(postings), random)
    for posting, number in zip(postings, chosen.tolist(), strict=True):
        yield model.topics.through(**{name: posting.pk, "topic_id": topics[number].pk})


def _few_common(kinds: int, count: int, random: np.random.Generator) -> Any:
    """(count,) numbers of kinds, the n-th of them n times rarer than the first (Zipf)."""
    weights = 1 / np.arange(1, kinds + 1)
    return random.choice(kinds, size=count, p=weights / weights.sum())


def _write(model: type[ModelT], rows: list[ModelT]) -> list[ModelT]:
    return model._default_manager.bulk_create(rows, batch_size=AT_ONCE)  # noqa: SLF001 - Django documents it
