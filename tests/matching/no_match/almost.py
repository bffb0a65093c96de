"""Who would fit if one condition moved, once more: slow, from the reference's rules alone.

Nothing here is shared with ``matching.no_match.almost``; the tests compare the two.
"""

import math
from dataclasses import replace
from datetime import date, timedelta

from tests.matching import reference

LADDER = [16, 40, 80, 160, 320, 800, 5000]
BLUR = 14.0
LONG = timedelta(days=30)


def obstacles(need, offer):
    """What keeps these two apart, of the seven."""
    opened = replace(offer, start_date=min(offer.start_date, need.start_date - LONG), end_date=None)
    at_all = reference.sessions(need, opened) >= need.sessions
    in_time = reference.ranges_meet(need, offer) and (
        reference.sessions(need, offer) >= need.sessions or not at_all
    )
    holds = {
        "place": reference.can_meet(need, offer),
        "dates": in_time,
        "time": at_all,
        "language": bool(set(need.languages) & set(offer.languages)),
        "check": reference.check_suffices(need, offer),
        "room": offer.capacity >= (need.seats if need.kind == "class" else 1),
        "terms": set(need.requires) <= set(offer.terms),
    }
    return frozenset(name for name, held in holds.items() if not held)


def about_the_same(need, offer, topics):
    """Of verified parties, of one kind, with a topic in common."""
    same = need.verified and offer.verified and need.kind == offer.kind
    return same and reference.share_a_topic(need, offer, topics)


def counts_for_need(need, offer, topics):
    """Whether a need's counts know this offer: the silent rules keep nobody apart."""
    audience = reference.people(need.audience) <= reference.people(offer.audience)
    allowed = not set(need.exclusions) & set(offer.tags)
    return about_the_same(need, offer, topics) and audience and allowed and not offer.confidential


def counts_for_offer(need, offer, topics):
    """Whether an offer's counts know this need."""
    return about_the_same(need, offer, topics) and need.audience == "adults"


def cell(degrees):
    return None if degrees is None else (math.floor(degrees / 0.5) + 0.5) * 0.5


def coarse_need(need):
    return replace(
        need, latitude=cell(need.latitude), longitude=cell(need.longitude), zip="", exclusions=()
    )


def coarse_offer(offer):
    return replace(
        offer,
        latitude=cell(offer.latitude),
        longitude=cell(offer.longitude),
        zip="",
        radius_km=next((km for km in LADDER if km >= offer.radius_km), 5000) + BLUR,
    )


def moved(posting, move):
    """The facts of a posting with this condition at its new value."""
    code, value, _gained = move
    own = {name: getattr(posting, name) for name in ("languages", "slots")}
    patterns = {
        "evenings": [(day, 17 * 60, 21 * 60) for day in range(5)],
        "workdays": [(day, 9 * 60, 17 * 60) for day in range(5)],
        "weekends": [(5, 9 * 60, 17 * 60), (6, 9 * 60, 17 * 60)],
    }
    is_need = hasattr(posting, "seats")
    changes = {
        "mode": lambda: {"mode": value},
        "radius": lambda: {"radius_km": value + BLUR},
        "hours": lambda: {"slots": tuple({*own["slots"], *patterns[value]})},
        "language": lambda: {"languages": (*own["languages"], value)},
        "sessions": lambda: {"sessions": value},
        "seats": lambda: {"seats": value},
        "capacity": lambda: {"capacity": value},
        "start": lambda: {"start_date": date.fromisoformat(value)},
        "end": lambda: {"end_date": value and date.fromisoformat(value)},
        "term": lambda: (
            {"requires": tuple(one for one in posting.requires if one != value)}
            if is_need
            else {"terms": (*posting.terms, value)}
        ),
    }
    return replace(posting, **changes[code]())
