"""When both sides of a class are there at the same time: days, hours, and nothing else.

Wall-clock hours become moments through each side's own zone, as in the matcher's rule; what
is told is in the need's zone. A side without hours is there all day.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from matching.models import Match
from opportunities.models import Need, Offer
from opportunities.schedules import DAY_MINUTES, Slot

AHEAD = timedelta(days=366)  # a class without a last day is looked at for a year
MOST_TIMES = 60  # events in a file: more than a year of weeks
DAY = timedelta(days=1)
ALL_DAY = tuple(Slot(weekday, 0, DAY_MINUTES) for weekday in range(7))


class Window(NamedTuple):
    """A stretch of time in which both are there, in the need's zone."""

    start: datetime
    end: datetime

    @property
    def is_all_day(self) -> bool:
        return self.end - self.start >= DAY


class Times(NamedTuple):
    """A series that can be put into a calendar: the listed dates, or one weekly hour."""

    windows: tuple[Window, ...]

    @property
    def first(self) -> Window:
        return self.windows[0]


def choices_of(match: Match, *, since: date) -> list[Times]:
    """The series both sides share from that day on; none for work, whose hours a contract says.

    Listed dates are one series. Weekly hours are a series for each hour of the week, since
    only the two sides know which of them they agreed on; each has as many times as the class.
    """
    need, offer = match.need, match.offer
    if need.is_work or not (need.slots or offer.slots or need.dates or offer.dates):
        return []
    windows = [window for day in _days(need, offer, since) for window in _shared(need, offer, day)]
    if need.dates or offer.dates:
        return [Times(tuple(windows[:MOST_TIMES]))] if windows else []
    return [Times(tuple(series[: _count(need)])) for series in _by_hour(windows)]


def _count(need: Need) -> int:
    return min(need.sessions or MOST_TIMES, MOST_TIMES)


def _by_hour(windows: list[Window]) -> list[list[Window]]:
    """Each hour of the week with its times, in the order of the week."""
    found: dict[tuple[int, time, time], list[Window]] = defaultdict(list)
    for window in windows:
        hour = (window.start.weekday(), window.start.time(), window.end.time())
        found[hour].append(window)
    return [found[hour] for hour in sorted(found)]


def _days(need: Need, offer: Offer, since: date) -> Iterator[date]:
    """The days on which both may meet, in order."""
    first = max([since, *(day for day in (need.start_date, offer.start_date) if day)])
    last = min([first + AHEAD, *(day for day in (need.end_date, offer.end_date) if day)])
    listed = [set(one.dates) for one in (need, offer) if one.dates]
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if all(day in dates for dates in listed):
            yield day


def _shared(need: Need, offer: Offer, day: date) -> Iterator[Window]:
    """What the hours of both have in common on that day, long enough for a session."""
    zone = ZoneInfo(need.time_zone)
    least = timedelta(minutes=need.minutes or 1)
    near = [one for days in (-1, 0, 1) for one in _hours(offer, day + timedelta(days=days))]
    for start, end in _hours(need, day):
        for other_start, other_end in near:
            begins, ends = max(start, other_start), min(end, other_end)
            if ends - begins >= least:
                length = ends - begins if ends - begins >= DAY else least
                until = begins + (length if need.minutes else ends - begins)
                yield Window(begins.astimezone(zone), until.astimezone(zone))


def _hours(posting: Need | Offer, day: date) -> Iterator[tuple[datetime, datetime]]:
    """The posting's hours on that day of its own zone, as moments."""
    zone = ZoneInfo(posting.time_zone)
    midnight = datetime.combine(day, time(), zone)
    for slot in posting.weekly_slots or ALL_DAY:
        if slot.weekday == day.weekday():
            start, end = (midnight + timedelta(minutes=at) for at in (slot.start, slot.end))
            yield start.astimezone(UTC), end.astimezone(UTC)
