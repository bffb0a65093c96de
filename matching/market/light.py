"""What the rules read of a live posting, without its words: a row of values, no model."""

from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from opportunities.schedules import Slot, parse_slots


class LightNeed(NamedTuple):
    """The columns of a need, under the names that a queryset knows them by."""

    pk: int
    party_id: int
    party__verified_until: datetime
    revision: int
    opened_at: datetime | None
    kind: str
    mode: str
    zip: str
    latitude: float | None
    longitude: float | None
    confidential: bool
    counties: list[str]
    start_date: date | None
    end_date: date | None
    time_zone: str
    slots: list[str]
    dates: list[date]
    minutes: int
    sessions: int
    languages: list[str]
    check_level: str
    audience: str
    exclusions: list[str]
    requires: list[str]
    seats: int
    helpers: int

    title: str = ""  # words are read of the few that matter
    description: str = ""

    @property
    def weekly_slots(self) -> tuple[Slot, ...]:
        return _weekly(";".join(self.slots))


class LightOffer(NamedTuple):
    """The columns of an offer, likewise."""

    pk: int
    party_id: int
    party__verified_until: datetime
    party__confidential: bool
    revision: int
    opened_at: datetime | None
    kind: str
    mode: str
    zip: str
    latitude: float | None
    longitude: float | None
    county: str
    radius_km: float
    start_date: date | None
    end_date: date | None
    time_zone: str
    slots: list[str]
    dates: list[date]
    languages: list[str]
    audience: str
    tags: list[str]
    terms: list[str]
    capacity: int
    groups: int

    title: str = ""  # words are read of the few that matter
    description: str = ""

    @property
    def weekly_slots(self) -> tuple[Slot, ...]:
        return _weekly(";".join(self.slots))


@lru_cache(maxsize=4096)  # most people choose the same few evenings
def _weekly(slots: str) -> tuple[Slot, ...]:
    return parse_slots(slots)
