"""Who sees what of a posting, in words: the same on the preview, one's own page and for reviewers.

Three tiers: everybody, the verified counterpart, and after an introduction. What is
never shown to the other side works as a rule, in silence.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from django.utils import formats
from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import TIME_ZONES, CheckLevel, Language
from accounts.models import User
from accounts.places import STATES
from opportunities.choices import Audience, Format, Kind, Mode, PayPeriod, RecordPolicy, Venue
from opportunities.distances import in_miles
from opportunities.models import Condition, Need, Offer
from opportunities.needed import a_few_or
from opportunities.schedules import DAY_MINUTES, Slot


@dataclass(frozen=True)
class Fact:
    """One line: what it is, and what it says."""

    label: str
    value: str


@dataclass(frozen=True)
class Shown:
    """A posting's facts, by who may read them. ``own`` is for its team and for reviewers alone."""

    public: list[Fact] = field(default_factory=list)
    counterpart: list[Fact] = field(default_factory=list)
    introduced: list[Fact] = field(default_factory=list)
    never: list[Fact] = field(default_factory=list)


def shown_of(posting: Need | Offer) -> Shown:
    """Everything about it that has a value; a handful of queries if it comes ``with_told``."""
    labels = _condition_labels(posting)
    topics = sorted(topic.label for topic in posting.topics.all())
    if isinstance(posting, Need):
        return _shown_need(posting, topics, labels)
    return _shown_offer(posting, topics, labels)


def _shown_need(need: Need, topics: list[str], labels: dict[str, str]) -> Shown:
    silent = need.audience != Audience.ADULTS
    return Shown(
        public=[] if silent else _facts(_public(need, topics)),
        counterpart=_facts(
            [
                *_words(need, topics),
                *_place(need),
                *_times(need),
                (_("People"), a_few_or(need.seats)),
                (_("Helpers wanted"), str(need.helpers) if need.helpers > 1 else ""),
                (_("Check of those who come"), _check(need.check_level)),
                (_("Must be promised"), _listed(need.requires, labels)),
            ]
        ),
        introduced=_facts([*_contact(need), (_("Exact number of people"), str(need.seats))]),
        never=_facts(
            [
                (
                    _("What must not be there"),
                    _listed(need.exclusions, labels) or _("Nothing named"),
                ),
                (_("Minors among them"), str(need.get_audience_display()) if silent else _("No")),
                _silent_place(need),
            ]
        ),
    )


def _shown_offer(offer: Offer, topics: list[str], labels: dict[str, str]) -> Shown:
    people = [person.get_full_name() for person in offer.people.order_by("name", "pk")]
    room = _("People at once") if offer.kind == Kind.CLASS else _("Openings")
    return Shown(
        counterpart=_facts(
            [
                *_words(offer, topics),
                *_place(offer),
                *_times(offer),
                *_work(offer),
                (room, str(offer.capacity)),
                (_("Groups in the same weeks"), str(offer.groups) if offer.groups > 1 else ""),
                (_("With whom"), str(offer.get_audience_display())),
                (_("Promised"), _listed(offer.terms, labels)),
                (_("What people would find there"), _listed(offer.tags, labels)),
            ]
        ),
        introduced=_facts([*_contact(offer), (_("Who comes"), ", ".join(people))]),
        never=_facts([_silent_place(offer), (_("How far"), _reach(offer))]),
    )


def _facts(lines: Iterable[tuple[str | Promise, str]]) -> list[Fact]:
    """Lines that say something."""
    return [Fact(str(label), value) for label, value in lines if value]


def _public(need: Need, topics: list[str]) -> list[tuple[str, str]]:
    return [(_("Topics"), ", ".join(topics)), (_("State"), STATES.get(need.state, ""))]


def _words(posting: Need | Offer, topics: list[str]) -> list[tuple[str, str]]:
    return [
        (
            _("Asked by") if isinstance(posting, Need) else _("Offered by"),
            posting.party.public_name,
        ),
        (_("In one line"), posting.title),
        (_("A little more"), posting.description),
        (_("Topics"), ", ".join(topics)),
        (_("Form"), "" if posting.is_work or not posting.format else _form(posting.format)),
    ]


def _place(posting: Need | Offer) -> list[tuple[str, str]]:
    counties = posting.counties if isinstance(posting, Need) and posting.confidential else []
    online = posting.mode == Mode.REMOTE
    meets = posting.venue and not online and not posting.is_work
    venue = Venue(posting.venue).label if meets else ""
    return [
        (_("In person or online"), str(Mode(posting.mode).label)),
        (_("At whose place"), str(venue)),
        (_("Where"), " · ".join(counties) or posting.county or STATES.get(posting.state, "")),
    ]


def _times(posting: Need | Offer) -> list[tuple[str, str]]:
    lines = [
        (_("When"), " · ".join(map(slot_in_words, posting.weekly_slots)) or _("Any time")),
        (_("Only on"), " · ".join(map(_day, posting.dates))),
        (_("Times are in"), time_zone_in_words(posting.time_zone)),
        (_("First day"), _day(posting.start_date)),
        (_("Last day"), _day(posting.end_date)),
        (_("Languages"), ", ".join(map(_language, posting.languages))),
    ]
    if isinstance(posting, Need):
        lines.insert(3, (_("How long and how often"), _length(posting)))
    return lines


def _length(need: Need) -> str:
    if need.kind != Kind.CLASS:
        if not need.shifts_per_week:
            return ""
        return _("%(shifts)s a week of %(hours)s") % {
            "shifts": _shifts(need.shifts_per_week),
            "hours": _hours(need.minutes),
        }
    sessions = ngettext("%(count)d session", "%(count)d sessions", need.sessions)
    return _("%(sessions)s of %(minutes)d minutes") % {
        "sessions": sessions % {"count": need.sessions},
        "minutes": need.minutes,
    }


def _work(offer: Offer) -> list[tuple[str, str]]:
    if offer.kind == Kind.CLASS:
        return []
    hours = offer.hours_per_week
    policy = RecordPolicy(offer.record_policy).label if offer.record_policy else ""
    lines = [
        (_("Pay"), pay_in_words(offer)),
        (_("Hours a week"), f"{hours.normalize():f}" if hours else ""),
        (_("Length of a shift"), _hours(offer.shift_minutes) if offer.shift_minutes else ""),
        (_("Place of work"), offer.workplace),
        (_("Who supervises"), offer.supervisor),
        (_("Criminal records"), str(policy)),
    ]
    if offer.kind == Kind.APPRENTICESHIP:
        months = offer.length_months
        lines += [
            (_("Length in months"), str(months) if months else ""),
            (_("Credential earned"), offer.credential),
            (_("Sponsor"), offer.sponsor),
            (_("Related instruction"), offer.instruction),
            (_("Wage steps"), offer.wage_steps),
        ]
    return lines


def _contact(posting: Need | Offer) -> list[tuple[str, str]]:
    person: User | None = posting.told
    reached = [person.email, person.phone] if person else []
    return [
        (_("Name of the team"), posting.party.name),
        (_("Contact person"), person.get_full_name() if person else ""),
        (_("How to reach them"), " · ".join(filter(None, reached))),
    ]


def _silent_place(posting: Need | Offer) -> tuple[str, str]:
    if isinstance(posting, Need) and posting.confidential:
        return _("ZIP code"), _("Not stored: the place is confidential")
    return _("ZIP code"), posting.zip


def _reach(offer: Offer) -> str:
    return _("%(miles)s miles (%(km)s kilometers)") % {
        "miles": in_miles(offer.radius_km),
        "km": f"{offer.radius_km:g}",
    }


# Single values in words


def pay_in_words(offer: Offer) -> str:
    """Such as "$21.50 an hour, tips come on top"."""
    if offer.pay_amount is None or not offer.pay_period:
        return ""
    amount = offer.pay_amount.quantize(Decimal("0.01"))
    text = f"${formats.number_format(amount, force_grouping=True)}"
    pay = f"{text} {PayPeriod(offer.pay_period).label}"
    return _("%(pay)s, tips come on top") % {"pay": pay} if offer.tips else pay


def slot_in_words(slot: Slot) -> str:
    """Such as "Tuesday 6 p.m. – 8 p.m."."""
    end = _clock(slot.end)
    if slot.end > DAY_MINUTES:
        end = _("%(time)s the next day") % {"time": end}
    return f"{WEEKDAYS[slot.weekday]} {_clock(slot.start)} – {end}"


def time_zone_in_words(name: str) -> str:
    return str(dict(TIME_ZONES).get(name, name.replace("_", " ")))


def _clock(minutes: int) -> str:
    hours, minutes = divmod(minutes % DAY_MINUTES, 60)
    return str(formats.time_format(time(hours, minutes), "TIME_FORMAT"))


def _day(day: date | None) -> str:
    return str(formats.date_format(day, "DATE_FORMAT")) if day else ""


def _hours(minutes: int) -> str:
    hours = f"{minutes / 60:.4g}"
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if hours == "1" else 2) % {
        "hours": hours
    }


def _shifts(count: int) -> str:
    return ngettext("%(count)d shift", "%(count)d shifts", count) % {"count": count}


def _form(code: str) -> str:
    return str(Format(code).label)


def _language(code: str) -> str:
    return str(Language(code).label) if code in Language.values else code


def _check(level: str) -> str:
    return "" if level == CheckLevel.NONE else str(CheckLevel(level).label)


def _listed(slugs: list[str], labels: dict[str, str]) -> str:
    return " · ".join(capfirst(labels.get(slug, slug)) for slug in slugs)


def _condition_labels(posting: Need | Offer) -> dict[str, str]:
    carried = (
        [*posting.requires, *posting.exclusions]
        if isinstance(posting, Need)
        else [*posting.terms, *posting.tags]
    )
    if not carried:
        return {}
    return {one.slug: str(one) for one in Condition.objects.filter(slug__in=carried)}
