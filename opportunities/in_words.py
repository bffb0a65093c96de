"""Single values of a posting, as people say them in their own language."""

from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import TIME_ZONES, Language
from opportunities.choices import PayPeriod
from opportunities.models import Condition, Need, Offer
from opportunities.schedules import DAY_MINUTES, Slot

Labels = Mapping[str, str]


def pay_in_words(offer: Offer) -> str:
    """Such as "$21.50 an hour, tips come on top"; empty where it is not said."""
    if offer.pay_amount is None or not offer.pay_period:
        return ""
    amount = offer.pay_amount.quantize(Decimal("0.01"))
    text = f"${formats.number_format(amount, force_grouping=True)}"
    pay = f"{text} {PayPeriod(offer.pay_period).label}"
    return _("%(pay)s, tips come on top") % {"pay": pay} if offer.tips else pay


def slot_in_words(slot: Slot) -> str:
    """Such as "Tuesday, 6 p.m. to 8 p.m."."""
    end = _clock(slot.end)
    if slot.end > DAY_MINUTES:
        end = _("%(time)s the next day") % {"time": end}
    words = {"day": WEEKDAYS[slot.weekday], "start": _clock(slot.start), "end": end}
    return _("%(day)s, %(start)s to %(end)s") % words


def _clock(minutes: int) -> str:
    hours, minutes = divmod(minutes % DAY_MINUTES, 60)
    return formats.time_format(time(hours, minutes), "TIME_FORMAT")


def dates_in_words(first: date, last: date | None) -> str:
    if last is None:
        return _("From %(first)s on") % {"first": day_in_words(first)}
    return _("%(first)s to %(last)s") % {"first": day_in_words(first), "last": day_in_words(last)}


def day_in_words(day: date) -> str:
    return formats.date_format(day, "DATE_FORMAT")


def duration_in_words(minutes: int) -> str:
    """Such as "90 minutes", "8 hours", "7 hours and 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    if rest and hours < 2:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    in_hours = ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    if not rest:
        return in_hours
    return _("%(hours)s and %(minutes)s") % {"hours": in_hours, "minutes": duration_in_words(rest)}


def people_in_words(count: int) -> str:
    return ngettext("%(n)s person", "%(n)s people", count) % {"n": count}


def time_zone_in_words(name: str) -> str:
    return str(dict(TIME_ZONES).get(name, name.replace("_", " ")))


def language_in_words(code: str) -> str:
    """Its name, or the code of one that our list lacks: a spreadsheet may name any."""
    return str(Language(code).label) if code in Language.values else code


def condition_labels(posting: Need | Offer) -> Labels:
    """What its conditions are called in the reader's language, by slug; one query.

    Those alone that our list has: a file may bring any word, and nobody has read it.
    """
    lists = (
        (posting.requires, posting.exclusions)
        if isinstance(posting, Need)
        else (posting.terms, posting.tags)
    )
    carried = [slug for slugs in lists for slug in slugs]
    found = Condition.objects.filter(slug__in=carried) if carried else ()
    return {condition.slug: str(condition) for condition in found}
