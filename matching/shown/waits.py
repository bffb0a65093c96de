"""Days to answer and days to wait, in words, as the reader's calendar counts them."""

from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User


class Wait(NamedTuple):
    """How long an answer is put off: in days, in words, and until which day."""

    days: int
    words: str
    day: str


def day_of(moment: datetime, reader: User) -> str:
    """The day of that moment where the reader is."""
    return date_format(_day(moment, reader), "DATE_FORMAT")


def days_left(until: datetime, reader: User, *, at: datetime) -> str:
    """How many nights there are to sleep over it."""
    days = max(0, (_day(until, reader) - _day(at, reader)).days)
    if days == 0:
        return _("The last day to answer is today.")
    return ngettext("%(n)s day left to answer.", "%(n)s days left to answer.", days) % {"n": days}


def wait_of(moment: datetime, reader: User, *, at: datetime) -> Wait:
    """One choice of somebody who cannot answer yet."""
    days = (moment - at).days
    return Wait(days, _in_words(days), day_of(moment, reader))


def _in_words(days: int) -> str:
    if days == 1:
        return _("Tomorrow")
    if days == 7:
        return _("In a week")
    return ngettext("In %(n)s day", "In %(n)s days", days) % {"n": days}


def _day(moment: datetime, reader: User) -> date:
    return moment.astimezone(ZoneInfo(reader.time_zone)).date()
