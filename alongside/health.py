"""Whether the parts answer: database, broker, and a worker that follows the clock."""

from datetime import datetime

from django.db import DatabaseError

from alongside.models import Heartbeat
from trail.tasks import broker_answers

OLDEST_BEAT_SECONDS = 60.0  # six beats missed


def health(at: datetime) -> dict[str, object]:
    """What stands; ``healthy`` is true if all of it does. Takes about a second at most."""
    age: float | None = None
    try:
        age = Heartbeat.age_seconds(at)
        database = True
    except DatabaseError:
        database = False
    broker = broker_answers()
    beats = age is not None and age <= OLDEST_BEAT_SECONDS
    return {
        "healthy": database and broker and beats,
        "database": database,
        "broker": broker,
        "newest_beat_seconds": None if age is None else round(age, 1),
    }
