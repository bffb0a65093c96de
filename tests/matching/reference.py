"""The twelve fit rules once more: slow, obvious, written from their text alone.

Nothing here is shared with ``matching.rules`` or ``matching.columns.times``; the tests
compare the two. Where the text leaves room, both read it alike: the same ZIP is
no distance even where both places are known; a range that ends before it starts
meets none; a side without slots is there whole days, from midnight to midnight,
each day an occurrence of its own; a slot listed twice happens twice; listed
dates outside the side's own range do not happen.
"""

import math
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

LEVELS = ["none", "references", "registry", "fingerprint"]
ONE_DAY = timedelta(days=1)


def fits(need, offer, topics):
    """Whether these facts satisfy all twelve rules; ``topics`` is a list of ``TopicFacts``."""
    return (
        need.verified
        and offer.verified  # 1
        and need.kind == offer.kind  # 2
        and share_a_topic(need, offer, topics)  # 3
        and can_meet(need, offer)  # 4
        and ranges_meet(need, offer)  # 5
        and sessions(need, offer) >= need.sessions  # 6
        and bool(set(need.languages) & set(offer.languages))  # 7
        and check_suffices(need, offer)  # 8
        and people(need.audience) <= people(offer.audience)  # 9
        and not set(need.exclusions) & set(offer.tags)  # 10
        and offer.capacity >= (need.seats if need.kind == "class" else 1)  # 11
        and set(need.requires) <= set(offer.terms)  # 12
    )


# 3. They share a topic. An umbrella topic is shared with every topic of its own group.


def share_a_topic(need, offer, topics):
    known = {topic.slug: topic for topic in topics}
    return any(shared(one, other, known) for one in need.topics for other in offer.topics)


def shared(one, other, known):
    if one == other:
        return True
    if one not in known or other not in known:
        return False
    umbrella = known[one].umbrella or known[other].umbrella
    return umbrella and known[one].group == known[other].group


# 4. They share a mode. In person, the distance is at most the offer's radius.


def can_meet(need, offer):
    modes = means(need.mode) & means(offer.mode)
    return "remote" in modes or ("in_person" in modes and in_reach(need, offer))


def means(mode):
    return {"in_person", "remote"} if mode == "either" else {mode}


def in_reach(need, offer):
    if need.confidential:
        return any(county_in_reach(county, offer) for county in need.counties)
    if need.zip and need.zip == offer.zip:
        return offer.radius_km + 1e-9 >= 0
    return within(offer, need.latitude, need.longitude)


def county_in_reach(county, offer):
    name, latitude, longitude = county
    return (bool(name) and offer.county == name) or within(offer, latitude, longitude)


def within(offer, latitude, longitude):
    if None in (latitude, longitude, offer.latitude, offer.longitude):
        return False
    distance = haversine(latitude, longitude, offer.latitude, offer.longitude)
    return distance <= offer.radius_km + 1e-9


def haversine(latitude, longitude, other_latitude, other_longitude):
    north, east, other_north, other_east = map(
        math.radians, (latitude, longitude, other_latitude, other_longitude)
    )
    h = (
        math.sin((other_north - north) / 2) ** 2
        + math.cos(north) * math.cos(other_north) * math.sin((other_east - east) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


# 5. Their date ranges meet, both ends inclusive.


def ranges_meet(need, offer):
    return max(need.start_date, offer.start_date) <= last_common_day(need, offer)


def last_common_day(need, offer):
    return min(need.end_date, offer.end_date or date.max)


# 6. Time.


def sessions(need, offer):
    """How many of the need's occurrences hold ``minutes`` unbroken that the offer covers."""
    covered = joined(occurrences(offer, until=need.end_date + 4 * ONE_DAY))
    long_enough = timedelta(minutes=need.minutes)
    return sum(
        any(min(end, until) - max(start, since) >= long_enough for since, until in covered)
        for start, end in occurrences(need, until=need.end_date)
    )


@lru_cache(maxsize=1_000)  # asked of a need for each offer that it may meet
def occurrences(posting, until):
    """Start and end of everything that happens, as instants, to the posting's end or ``until``."""
    zone = ZoneInfo(posting.time_zone)
    slots = posting.slots or [(weekday, 0, 24 * 60) for weekday in range(7)]
    found = []
    for day in days(posting.start_date, min(posting.end_date or until, until)):
        if posting.dates and day not in posting.dates:
            continue
        for weekday, start, end in slots:
            if day.weekday() == weekday:
                begins = instant(day, start, zone)
                ends = instant(day, end if end > start else end + 24 * 60, zone)
                if begins < ends:
                    found.append((begins, ends))
    return found


def days(first, last):
    return [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]


@lru_cache(maxsize=50_000)  # the slow part of it all
def instant(day, minutes, zone):
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def joined(intervals):
    """The intervals, those that touch or overlap made one."""
    apart = []
    for start, end in sorted(intervals):
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


# 8. Checks: at least the level, not expiring before the last day of the common range.


def check_suffices(need, offer):
    required = need.check_level if need.audience == "adults" else "fingerprint"
    return required == "none" or any(
        LEVELS.index(level) >= LEVELS.index(required)
        and (expires is None or expires >= last_common_day(need, offer))
        for level, expires in offer.checks
    )


# 9. The need's audience is contained in the offer's.


def people(audience):
    return {"adults", "minors"} if audience == "both" else {audience}
