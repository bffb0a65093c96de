"""What each column of a spreadsheet holds, for people who fill one in."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_WORDS: dict[str, Promise] = {
    "need_id": _("Your own id for the row, such as N-1. Needed. The same id later changes it."),
    "offer_id": _("Your own id for the row, such as O-1. Needed. The same id later changes it."),
    "title": _("In one line. Needed."),
    "description": _("A little more. No names, phones or addresses."),
    "kind": _("class, apprenticeship or job. Empty: class."),
    "format": _("group_class, mentoring or one_time_help."),
    "topics": _("Up to six, parted by |. Empty: we look for them in your words."),
    "zip": _("Five digits. Empty: as your profile says."),
    "latitude": _("Only if the ZIP code is not exact enough."),
    "longitude": _("Likewise."),
    "mode": _("in_person, remote or either."),
    "timezone": _("Such as America/Chicago. Empty: that of the place."),
    "slots": _("Such as Tue 18:00-20:00;Sat 09:00-12:00. Empty: any time."),
    "dates": _("Only on these days, parted by |, such as 2027-01-31."),
    "minutes": _("How long one time takes. Empty: 60."),
    "sessions": _("How many times. Empty: 1."),
    "start_date": _("The first day. Empty: today."),
    "end_date": _("The last day. Empty: a need ends after a year, an offer stays."),
    "languages": _("Such as en|es."),
    "check_level": _("none, references, registry or fingerprint."),
    "audience": _("adults, minors or both."),
    "exclusions": _("What must not be there, parted by |. Nobody else sees it."),
    "requires": _("What must be promised, parted by |."),
    "seats": _("How many people take part."),
    "helpers": _("How many helpers are wanted."),
    "radius_km": _(
        "How far you would go, in kilometers: 16 for 10 miles, 40 for 25, 80 for 50."
        " Empty: 40, which is 25 miles."
    ),
    "tags": _("What people would find there, parted by |."),
    "terms": _("What you promise, parted by |."),
    "capacity": _("How many people at once."),
    "groups": _("How many groups in the same weeks."),
    "pay": _("The lowest pay in dollars. For jobs and apprenticeships."),
    "pay_period": _("hour, day, week, month or year."),
    "hours_per_week": _("For jobs and apprenticeships."),
    "shift_minutes": _("How long a shift is, in minutes: 480 is eight hours."),
    "workplace": _("Where the work is done."),
    "supervisor": _("The role, not the name."),
    "record_policy": _("not_asked, after_offer, before_offer or barred_by_law."),
    "length_months": _("For apprenticeships, as all that follows."),
    "credential": _("What it leads to, such as Journeyworker card."),
    "sponsor": _("Who runs and registers it: you, a union, a college."),
    "instruction": _("The classes that go with it, and who pays for them."),
    "wage_steps": _("Such as $20 at first, $23 after 12 months."),
}


def columns_in_words(columns: Iterable[str]) -> list[tuple[str, Promise]]:
    """(name, what it holds) of each column that a party fills in for itself."""
    return [(name, _WORDS[name]) for name in columns if name in _WORDS]
