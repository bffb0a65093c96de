"""One row of a need or an offer as the facts that the rules read. No SQL here."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from accounts.choices import CheckLevel
from accounts.places import county_centroid
from matching.columns.arrays import NeedFacts, OfferFacts, SlotFacts
from matching.market.hours import Taken, free_slots, has_hours
from matching.market.light import LightNeed, LightOffer
from opportunities.choices import Audience, Kind, Mode
from opportunities.models import Need, Offer

DAY_SECONDS = 24 * 3600
# As sets of their own: asking the choices themselves puts all their labels into words first.
KINDS, MODES = frozenset(Kind.values), frozenset(Mode.values)
AUDIENCES, CHECK_LEVELS = frozenset(Audience.values), frozenset(CheckLevel.values)
AnyNeed = Need | LightNeed
AnyOffer = Offer | LightOffer


class Unreadable(ValueError):
    """A row that no form would have saved; it is left out rather than guessed at."""


class NoHoursLeft(ValueError):
    """All of the offer's hours are taken by classes it was introduced to."""


def need_facts(
    need: AnyNeed,
    *,
    verified: bool,
    topics: Sequence[str],
    at: datetime,
    since: date | None = None,
) -> NeedFacts:
    """What the rules may know about this need. Raises ``Unreadable``.

    verified  whether its party is
    since     sessions count from this day on; what is past cannot be attended
    """
    _is_readable(need)
    if need.end_date is None:
        raise Unreadable("a need without a last day")
    hidden = need.confidential
    return NeedFacts(
        **_shared(need, verified=verified, topics=topics, at=at, since=since),
        zip="" if hidden else need.zip,
        latitude=None if hidden else need.latitude,
        longitude=None if hidden else need.longitude,
        confidential=hidden,
        counties=tuple(_county(name) for name in need.counties) if hidden else (),
        end_date=need.end_date,
        slots=need.weekly_slots,
        minutes=need.minutes,
        sessions=need.sessions,
        check_level=need.check_level,
        exclusions=tuple(need.exclusions),
        requires=tuple(need.requires),
        seats=need.seats,
        helpers=need.helpers,
    )


def offer_facts(
    offer: AnyOffer,
    *,
    verified: bool,
    confidential: bool,
    topics: Sequence[str],
    checks: Mapping[str, date | None],
    taken: Sequence[Taken] = (),
    at: datetime,
    since: date | None = None,
) -> OfferFacts:
    """What the rules may know about this offer. Raises ``Unreadable`` or ``NoHoursLeft``.

    verified, confidential  whether its party is
    checks                  the levels that everyone who comes holds, with the last day of each
    taken                   the hours of the classes it was introduced to, which it no longer has
    """
    _is_readable(offer)
    if not has_hours_left(offer, taken):
        raise NoHoursLeft
    return OfferFacts(
        **_shared(offer, verified=verified, topics=topics, at=at, since=since),
        zip=offer.zip,
        latitude=offer.latitude,
        longitude=offer.longitude,
        county=offer.county,
        radius_km=offer.radius_km,
        end_date=offer.end_date,
        slots=_slots_left(offer, taken),
        checks=tuple(sorted(checks.items())),
        tags=tuple(offer.tags),
        terms=tuple(offer.terms),
        capacity=offer.capacity,
        groups=offer.groups,
        confidential=confidential,
    )


def _shared(
    posting: AnyNeed | AnyOffer,
    *,
    verified: bool,
    topics: Sequence[str],
    at: datetime,
    since: date | None,
) -> dict[str, Any]:
    """What a need and an offer say alike. Raises ``Unreadable`` without a first day."""
    if posting.start_date is None:
        raise Unreadable("a posting without a first day")
    return {
        "key": posting.pk,
        "verified": verified,
        "kind": posting.kind,
        "topics": tuple(topics),
        "mode": posting.mode,
        "start_date": max(posting.start_date, since or posting.start_date),
        "time_zone": posting.time_zone,
        "dates": tuple(posting.dates),
        "languages": tuple(posting.languages),
        "audience": posting.audience,
        "title": posting.title,
        "description": posting.description,
        "wait_days": _wait_days(posting, at),
    }


def has_hours_left(offer: AnyOffer, taken: Sequence[Taken]) -> bool:
    """Whether a class offer has hours beside the classes it was introduced to."""
    if not taken:
        return True
    try:
        return has_hours(_slots_left(offer, taken))
    except ValueError:  # hours that cannot be read are none
        return False


def _slots_left(offer: AnyOffer, taken: Sequence[Taken]) -> tuple[SlotFacts, ...]:
    if not taken:
        return offer.weekly_slots
    return free_slots(
        offer.weekly_slots, time_zone=offer.time_zone, groups=offer.groups, taken=taken
    )


def hours_of(need: Need) -> Taken:
    """The hours that this need takes of an offer it is introduced to: all, if unreadable."""
    try:
        _is_readable(need)
        return Taken(need.time_zone, need.weekly_slots)
    except ValueError:
        return Taken("UTC", ())


def _county(name: str) -> tuple[str, float | None, float | None]:
    latitude, longitude = county_centroid(name) or (None, None)
    return name, latitude, longitude


def _wait_days(posting: AnyNeed | AnyOffer, at: datetime) -> float:
    since = posting.opened_at or at
    return max(0.0, (at - since).total_seconds() / DAY_SECONDS)


def _is_readable(posting: AnyNeed | AnyOffer) -> None:
    words = (
        posting.kind in KINDS,
        posting.mode in MODES,
        posting.audience in AUDIENCES,
        getattr(posting, "check_level", CheckLevel.NONE) in CHECK_LEVELS,
        posting.time_zone in _zones(),
    )
    if not all(words):
        raise Unreadable("a word or a time zone that does not exist")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
