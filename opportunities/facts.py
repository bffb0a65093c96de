"""What may be said about a posting: which facts there are, and what a change of each means."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.refusals import Refused
from opportunities.choices import Audience, Format, Kind, Mode, Venue
from opportunities.models import MAX_TOPICS, Condition, Need, Offer
from opportunities.placing import PLACE_FACTS, inherit_place, place
from opportunities.schedules import format_slot, parse_slots

SHARED = (
    "kind", "title", "description", "format", "venue", "mode", "slots", "dates", "start_date",
    "end_date", "languages", "audience", "contact", "import_id",
)  # fmt: skip
NEED = (
    "minutes", "sessions", "shifts_per_week", "check_level", "exclusions", "requires", "seats",
    "helpers",
)  # fmt: skip
PAY = ("pay_amount", "pay_period", "tips", "wage_steps")
OFFER = (
    *PAY, "radius_km", "tags", "terms", "capacity", "groups", "hours_per_week", "shift_minutes",
    "workplace", "supervisor", "record_policy", "length_months", "credential", "sponsor",
    "instruction",
)  # fmt: skip
WORDS = ("title", "description", "workplace", "supervisor", "credential", "sponsor", "instruction",
         "wage_steps")  # fmt: skip
LISTS_OF_WORDS = ("exclusions", "requires", "tags", "terms")
LISTS = ("languages", *LISTS_OF_WORDS, "dates")

# Rules 2 to 12 of the matching, and pay: a declined pair may be looked at again.
MATERIAL = frozenset({
    *PAY, "topics", "mode", "zip", "latitude", "longitude", "county", "confidential", "counties",
    "radius_km", "start_date", "end_date", "time_zone", "slots", "dates", "minutes", "sessions",
    "languages", "check_level", "people", "audience", "exclusions", "tags", "seats", "capacity",
    "requires", "terms",
})  # fmt: skip

# What reviewers of a job or an apprenticeship decided on. Pay, place, duties and contact are
# looked at by two people again; the rest by one. When it happens (dates and weekly hours) is the
# poster's to change; hours a week are not, because with the pay they say what somebody earns.
BY_TWO = frozenset({
    *PAY, "zip", "latitude", "longitude", "county", "state", "workplace", "mode", "venue",
    "title", "description", "topics", "format", "contact", "people", "supervisor",
})  # fmt: skip
BY_NOBODY = frozenset({"start_date", "end_date", "time_zone", "slots", "dates", "import_id"})


class CannotSay(Refused):
    """The base of every reason why a fact cannot be taken as it is."""


class NotOfTheTeam(CannotSay):
    message = _("The contact and everyone who comes must belong to the team.")


class TooManyTopics(CannotSay):
    message = _("Choose up to six topics.")


class HoursUnreadable(CannotSay):
    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.message = why


class NeverOneToOne(CannotSay):
    message = _(
        "With minors nobody meets one to one, and your staff are in the room. Choose a group"
        " class or one-time help."
    )


class WishesAreForClasses(CannotSay):
    message = _("Wishes about who teaches, or about faith, are possible for classes only.")


def facts_of(model: type[Need] | type[Offer]) -> tuple[str, ...]:
    """The fields a posting of this model is described by, but for topics and people."""
    own = (*NEED, "confidential", "counties") if model is Need else OFFER
    place_columns = ("zip", "latitude", "longitude", "county", "state", "time_zone")
    return (*SHARED, *own, *place_columns)


def snapshot(posting: Need | Offer) -> dict[str, Any]:
    """Every fact as it is now, to tell later what changed."""
    now = {field: getattr(posting, field) for field in facts_of(type(posting))}
    now["topics"] = frozenset(posting.topics.values_list("pk", flat=True))
    if isinstance(posting, Offer):
        now["people"] = frozenset(posting.people.values_list("pk", flat=True))
    return now


def touched(before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(field for field, value in after.items() if before[field] != value)


def fill_in_defaults(posting: Need | Offer, facts: Mapping[str, Any]) -> dict[str, Any]:
    """For a new posting: what its party implies, as far as ``facts`` do not say it."""
    filled = dict(facts)
    inherit_place(posting, facts)
    if not filled.get("languages"):
        filled["languages"] = posting.party.languages or ["en"]
    if filled.get("kind", Kind.CLASS) == Kind.CLASS:
        filled["format"] = filled.get("format") or "group_class"
        filled["venue"] = filled.get("venue") or _usual_venue(posting, filled)
    return filled


def _usual_venue(posting: Need | Offer, facts: Mapping[str, Any]) -> Venue:
    if facts.get("mode") == Mode.REMOTE:
        return Venue.ONLINE
    if isinstance(posting, Need):
        hidden = facts.get("confidential", posting.confidential)
        return Venue.NEUTRAL if hidden else Venue.NONPROFIT
    return Venue.NONPROFIT if posting.party.is_volunteer else Venue.HELPER


def take(posting: Need | Offer, facts: Mapping[str, Any]) -> None:
    """Set the given facts on a posting, tidied, without saving it.

    Raises ``CannotSay``, ``UnknownZip`` or ``UnknownCounty``.
    """
    _know(posting, facts)
    for field in set(facts) - set(PLACE_FACTS) - {"topics", "people"}:
        setattr(posting, field, _tidy(field, facts[field]))
    place(posting, facts)
    if posting.is_work:
        _derive_shifts(posting)
        _no_wishes(posting)
    _minors_in_groups(posting)
    _team_only(posting, facts)
    if len(set(facts.get("topics", ()))) > MAX_TOPICS:
        raise TooManyTopics


def link(posting: Need | Offer, facts: Mapping[str, Any]) -> None:
    """Save the topics and people that were given; the posting must be saved by now."""
    if "topics" in facts:
        posting.topics.set(facts["topics"])
    if isinstance(posting, Offer) and "people" in facts:
        posting.people.set(facts["people"])


def _know(posting: Need | Offer, facts: Mapping[str, Any]) -> None:
    """A fact nobody knows is a mistake of ours, not of the person."""
    known = {*facts_of(type(posting)), *PLACE_FACTS, "topics"}
    if isinstance(posting, Offer):
        known |= {"people"}
    if unknown := set(facts) - known:
        raise TypeError(f"{type(posting).__name__} has no {', '.join(sorted(unknown))}")


def _tidy(field: str, value: Any) -> Any:
    """Lists in one order and without doubles, so that the same facts compare equal."""
    if field == "slots":
        try:
            slots = parse_slots(";".join(value))
        except ValueError as unreadable:
            raise HoursUnreadable(str(unreadable)) from unreadable
        return [format_slot(slot) for slot in sorted(set(slots))]
    if field in LISTS:
        return sorted(set(value))
    return value.strip() if isinstance(value, str) else value


def _derive_shifts(posting: Need | Offer) -> None:
    """A need of work: ``sessions`` follows from the shifts a week, ``minutes`` is a shift's length.

    sessions = shifts a week times the whole weeks from the first day to the last, at least 1.
    """
    if not isinstance(posting, Need):
        return
    posting.helpers = 1
    if posting.shifts_per_week and posting.start_date and posting.end_date:
        weeks = _whole_weeks(posting.start_date, posting.end_date)
        posting.sessions = max(1, posting.shifts_per_week * weeks)


def _whole_weeks(first: date, last: date) -> int:
    return ((last - first).days + 1) // 7


def _no_wishes(posting: Need | Offer) -> None:
    """Wishes about gender or faith are refused for work, where the law forbids them."""
    said = (
        posting.exclusions + posting.requires
        if isinstance(posting, Need)
        else (posting.tags + posting.terms)
    )
    wishes = Condition.objects.filter(kind=Condition.Kind.CLASS_ONLY, slug__in=said)
    if said and wishes.exists():
        raise WishesAreForClasses


def _minors_in_groups(posting: Need | Offer) -> None:
    """Mentoring is one to one, and so for adults only."""
    if posting.format == Format.MENTORING and posting.audience != Audience.ADULTS:
        raise NeverOneToOne


def _team_only(posting: Need | Offer, facts: Mapping[str, Any]) -> None:
    """Nobody names as contact, or as coming, a person who has not joined the party."""
    named = {person.pk for person in facts.get("people", ())}
    if facts.get("contact"):
        named.add(facts["contact"].pk)
    if named and posting.party.memberships.filter(user__in=named).count() != len(named):
        raise NotOfTheTeam
