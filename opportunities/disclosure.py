"""What a posting tells the other side: a white-list, and nothing beside it.

Never here: exclusions, the audience, ZIP and coordinates, distances, registration
numbers, and where somebody lives. A place of work is told after an introduction.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import CheckLevel
from accounts.states import state_name
from opportunities.choices import Kind, Mode
from opportunities.in_words import (
    Labels,
    condition_labels,
    dates_in_words,
    day_in_words,
    duration_in_words,
    language_in_words,
    pay_in_words,
    people_in_words,
    slot_in_words,
    time_zone_in_words,
)
from opportunities.models import Need, Offer
from opportunities.small_numbers import FEW
from screening.links import without_links


class Fact(NamedTuple):
    """One line of what the other side may read; several values stand under each other."""

    label: str
    values: list[str]


def facts_of(posting: Need | Offer, *, has_met: bool, labels: Labels | None = None) -> list[Fact]:
    """What the other side may read before an introduction, or after it.

    labels  of its conditions, for who has read them already
    """
    labels = condition_labels(posting) if labels is None else labels
    if isinstance(posting, Need):
        facts = _facts_of_need(posting, labels, has_met=has_met)
    else:
        facts = _facts_of_offer(posting, labels, has_met=has_met)
    return [
        Fact(label, [words_of(value, has_met=has_met) for value in values])
        for label, values in facts
        if values
    ]


def words_of(text: str, *, has_met: bool) -> str:
    """What somebody typed, as the other side reads it: before an introduction without links.

    Phones, mail addresses and names of people are never stored in it.
    """
    return text if has_met else without_links(text, _("(link left out)"))


def _facts_of_need(need: Need, labels: Labels, *, has_met: bool) -> Iterator[Fact]:
    yield from _shared(need)
    yield Fact(_("Where"), _where(need, need.counties if need.confidential else []))
    yield from _when(need)
    yield Fact(_("How much"), _amount(need))
    yield Fact(_("For how many"), [_seats(need, has_met=has_met)])
    if need.helpers > 1:
        yield Fact(_("Helpers wanted"), [str(need.helpers)])
    if need.required_check != CheckLevel.NONE:
        yield Fact(_("Check of who comes"), [str(CheckLevel(need.required_check).label)])
    yield Fact(_("What it asks for"), [labels[slug] for slug in need.requires if slug in labels])


def _facts_of_offer(offer: Offer, labels: Labels, *, has_met: bool) -> Iterator[Fact]:
    yield from _shared(offer)
    yield Fact(_("Where"), _where(offer, offer.party.counties if offer.party.confidential else []))
    yield from _when(offer)
    if offer.kind == Kind.CLASS:
        yield Fact(_("Room for"), [people_in_words(offer.capacity)])
    else:
        yield from _work(offer, has_met=has_met)
    yield Fact(_("What it promises"), [labels[slug] for slug in offer.terms if slug in labels])
    yield Fact(_("Good to know"), [labels[slug] for slug in offer.tags if slug in labels])


def _shared(posting: Need | Offer) -> Iterator[Fact]:
    yield Fact(_("Kind"), [str(posting.get_kind_display()), *_format(posting)])
    yield Fact(_("Topics"), sorted(topic.label for topic in posting.topics.all()))
    yield Fact(_("Languages"), [language_in_words(code) for code in posting.languages])


def _format(posting: Need | Offer) -> list[str]:
    has_one = posting.kind == Kind.CLASS and posting.format
    return [str(posting.get_format_display())] if has_one else []


def _work(offer: Offer, *, has_met: bool) -> Iterator[Fact]:
    yield Fact(_("Openings"), [str(offer.capacity)])
    yield Fact(_("Pay"), _given(pay_in_words(offer)))
    if offer.hours_per_week:
        yield Fact(_("Hours a week"), [f"{offer.hours_per_week.normalize():f}"])
    if offer.shift_minutes:
        yield Fact(_("Shift"), [duration_in_words(offer.shift_minutes)])
    if has_met:
        yield Fact(_("Place of work"), _given(offer.workplace))
    yield Fact(_("Supervisor"), _given(offer.supervisor))
    yield Fact(_("Criminal records"), _given(str(offer.get_record_policy_display())))
    if offer.length_months:
        months = ngettext("%(n)s month", "%(n)s months", offer.length_months)
        yield Fact(_("Length"), [months % {"n": offer.length_months}])
    yield Fact(_("Leads to"), _given(offer.credential))
    yield Fact(_("Sponsor"), _given(offer.sponsor))
    yield Fact(_("Instruction"), _given(offer.instruction))
    yield Fact(_("Wage steps"), _given(offer.wage_steps))


def _given(text: str) -> list[str]:
    return [text] if text else []


def _where(posting: Need | Offer, counties: list[str]) -> list[str]:
    """How they meet, and the county at most; ``counties`` stand for a confidential place."""
    places = counties or [posting.county or state_name(posting.state)]
    meets = posting.venue and posting.mode != Mode.REMOTE and not posting.is_work
    venue = [str(posting.get_venue_display())] if meets else []
    return [str(posting.get_mode_display()), *venue, *(place for place in places if place)]


def place_in_words(posting: Need | Offer) -> str:
    """The county or state, for a line in a list."""
    hidden = posting.confidential if isinstance(posting, Need) else posting.party.confidential
    state = state_name(posting.state)
    return state if hidden else posting.county or state


def _when(posting: Need | Offer) -> Iterator[Fact]:
    if posting.dates:
        yield Fact(_("On these days"), [day_in_words(day) for day in sorted(posting.dates)])
    elif posting.start_date:
        yield Fact(_("Dates"), [dates_in_words(posting.start_date, posting.end_date)])
    hours = [slot_in_words(slot) for slot in posting.weekly_slots] or [_("Any time of the week")]
    zone = [time_zone_in_words(posting.time_zone)] if posting.slots else []
    yield Fact(_("Hours"), hours + zone)


def _amount(need: Need) -> list[str]:
    """How often and how long: the sessions of a class, the shifts of work."""
    if need.kind == Kind.CLASS:
        count = need.sessions
        words = ngettext("%(n)s time, %(length)s", "%(n)s times, %(length)s each", count)
    else:
        count = need.shifts_per_week or 0
        words = ngettext("%(n)s shift a week, %(length)s", "%(n)s shifts a week, %(length)s", count)
    return [words % {"n": count, "length": duration_in_words(need.minutes)}] if count else []


def _seats(need: Need, *, has_met: bool) -> str:
    """Small numbers point at people: under five they are told after an introduction alone."""
    return people_in_words(need.seats) if has_met or need.seats >= FEW else _("A few people")
