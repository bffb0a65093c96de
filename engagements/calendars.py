"""A file for the calendar of a phone that many may look at: hours, and not one word typed.

No topic, no name, no place: the title is the same for everybody.
"""

from datetime import datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from engagements.sessions import Times, Window
from matching.models import Match


def calendar_file(match: Match, times: Times, *, at: datetime) -> bytes:
    """An iCalendar file (RFC 5545) with an event for each time, and the zone they are in."""
    calendar = Calendar()
    calendar.add("prodid", "-//Alongside//Class//EN")
    calendar.add("version", "2.0")
    for window in times.windows:
        calendar.add_component(_event(match, window, at=at))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(match: Match, window: Window, *, at: datetime) -> Event:
    """One hour of a match has one uid, so that a second file replaces the first."""
    event = Event()
    event.add("uid", f"{match.public_id}-{window.start:%Y%m%dT%H%M}@{_domain()}")
    event.add("dtstamp", at)
    event.add("summary", _("Alongside: class"))
    event.add("class", "PRIVATE")
    if window.is_all_day:
        event.add("dtstart", window.start.date())
        event.add("dtend", window.start.date() + timedelta(days=1))
    else:
        event.add("dtstart", window.start)
        event.add("dtend", window.end)
    return event


def _domain() -> str:
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return address.rpartition("@")[2]
