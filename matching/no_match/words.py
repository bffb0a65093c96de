"""What stands in the way of a posting, in sentences for its own party.

Only obstacles, moves and counts that the row holds can be told, and a row holds nothing
silent. A count under five reads "a few"; for an offer the others are "at least" so many.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.choices import CheckLevel
from accounts.models import User
from matching.models import Outlook
from matching.no_match.almost import FEW
from matching.no_match.one_click import as_text, goes_to_review, may_be_pressed
from opportunities.distances import in_miles
from opportunities.in_words import condition_labels, day_in_words, language_in_words
from opportunities.models import Condition, Need, Offer
from opportunities.topics import name_of


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One press of a button, with its effect before it is pressed.

    review  whether reviewers look at the posting again before it goes on
    """

    code: str
    value: str
    change: str
    effect: str
    review: bool


@dataclass(frozen=True, slots=True)
class View:
    """A posting's outlook as a page and the interface show it.

    is_current  it was counted for what the posting is now
    """

    counted_at: datetime
    counted_on: str
    is_current: bool
    sentences: list[str]
    suggestions: list[Suggestion]


def view_of(outlook: Outlook, posting: Need | Offer, *, viewer: User) -> View | None:
    """All that may be shown; None before the first count."""
    if outlook.counted_at is None:
        return None
    is_current = outlook.revision == posting.revision
    moment = outlook.counted_at.astimezone(ZoneInfo(viewer.time_zone))
    return View(
        counted_at=outlook.counted_at,
        counted_on=date_format(moment, "DATETIME_FORMAT"),
        is_current=is_current,
        sentences=_sentences(outlook.counts, posting),
        suggestions=_suggestions(outlook.counts, posting) if is_current else [],
    )


def number(count: int) -> int | str:
    """A count as programs read it: ``"few"`` below five."""
    return "few" if 0 < count < FEW else count


# Who stands on the other side


def _who(posting: Need | Offer, count: int) -> str:
    """Such as "7 people", "a few employers", "at least 5 needs"."""
    if isinstance(posting, Offer):
        return _("at least %(n)s needs") % {"n": count} if count >= FEW else _("a few needs")
    if posting.is_work:
        return _("%(n)s employers") % {"n": count} if count >= FEW else _("a few employers")
    return _("%(n)s people") % {"n": count} if count >= FEW else _("a few people")


def _more(posting: Need | Offer, count: int) -> str:
    """What a move gains."""
    if count < FEW:
        return _("A few more would fit.")
    if isinstance(posting, Offer):
        return _("At least %(n)s more would fit.") % {"n": count}
    return _("%(n)s more would fit.") % {"n": count}


# What stands in the way


def _sentences(counts: dict[str, Any], posting: Need | Offer) -> list[str]:
    if not counts["sharing"]:
        return [_nobody(posting)]
    told = [_fitting(posting, counts["fitting"])] if counts["fitting"] else []
    told += [_alone(posting, obstacle, count) for obstacle, count in counts["alone"]]
    return told or _together(posting, counts)


def _nobody(posting: Need | Offer) -> str:
    if isinstance(posting, Need):
        return _("Nobody offers this topic yet. We look again each time somebody joins.")
    return _(
        "There are too few needs for this topic to say more. We look each time one is posted,"
        " and ask you when it fits."
    )


def _fitting(posting: Need | Offer, count: int) -> str:
    words = {"who": capfirst(_who(posting, count))}
    if isinstance(posting, Need):
        return _("%(who)s fit, but cannot be asked now. They may be busy, or said no.") % words
    return _("%(who)s look like a fit. We check the rest, and ask you if it holds.") % words


def _alone(posting: Need | Offer, obstacle: str, count: int) -> str:
    words = {"who": capfirst(_who(posting, count)), "check": ""}
    if isinstance(posting, Need):
        words["check"] = str(CheckLevel(posting.required_check).label)
        return _obstacles_of_need()[obstacle] % words
    return _obstacles_of_offer()[obstacle] % words


def _together(posting: Need | Offer, counts: dict[str, Any]) -> list[str]:
    who = {"who": capfirst(_who(posting, counts["sharing"]))}
    if isinstance(posting, Need):
        first = _("%(who)s offer this. More than one thing stands in the way.") % who
    else:
        first = _("%(who)s are about this. More than one thing stands in the way.") % who
    often = [str(_names()[obstacle]) for obstacle in counts["together"]]
    if not often:
        return [first]
    return [first, _("Most often: %(what)s.") % {"what": ", ".join(often)}]


def _obstacles_of_need() -> dict[str, str]:
    return {
        "place": _("%(who)s offer this, but not where you are, or not in the way you meet."),
        "dates": _("%(who)s offer this, but not between your first and last day."),
        "time": _("%(who)s offer this in reach, but not on your days and hours."),
        "language": _("%(who)s offer this, but not in your language."),
        "check": _("%(who)s offer this in reach, and would need a check first: %(check)s."),
        "room": _("%(who)s offer this, but not for a group as large as yours."),
        "terms": _("%(who)s offer this, but do not say that they give all you ask for."),
    }


def _obstacles_of_offer() -> dict[str, str]:
    return {
        "place": _("%(who)s are farther away, or meet in another way."),
        "dates": _("%(who)s are on other dates."),
        "time": _("%(who)s in reach are on other days or at other hours."),
        "language": _("%(who)s are in another language."),
        "check": _("%(who)s in reach ask for a check of who comes."),
        "room": _("%(who)s have more people than you have room for."),
        "terms": _("%(who)s ask for something that you do not state."),
    }


def _names() -> dict[str, str]:
    return {
        "place": _("the place"),
        "dates": _("the dates"),
        "time": _("the days and hours"),
        "language": _("the language"),
        "check": _("a check"),
        "room": _("the size of the group"),
        "terms": _("what is asked for"),
    }


# What could be changed


def _suggestions(counts: dict[str, Any], posting: Need | Offer) -> list[Suggestion]:
    return [
        Suggestion(
            code=code,
            value=as_text(value),
            change=CHANGES[code](posting, value),
            effect=_effect(posting, code, count),
            review=goes_to_review(posting, code),
        )
        for code, value, count in counts["moves"]
        if may_be_pressed(posting, code)
    ]


def _effect(posting: Need | Offer, code: str, count: int) -> str:
    if code != "topic":
        return _more(posting, count)
    who = {"who": capfirst(_who(posting, count))}
    if isinstance(posting, Need):
        return _("%(who)s offer it.") % who
    return _("%(who)s ask for it.") % who


def _mode(posting: Need | Offer, value: Any) -> str:
    if posting.mode == "remote":
        return _("Meet in person too, not only online")
    return _("Meet online too, not only in person")


def _radius(posting: Need | Offer, value: Any) -> str:
    own = posting.radius_km if isinstance(posting, Offer) else 0.0
    miles = {"miles": round(in_miles(value)), "own": in_miles(own)}
    return _("Come as far as %(miles)s miles instead of %(own)s") % miles


def _hours(posting: Need | Offer, value: Any) -> str:
    hours = {
        "evenings": _("Add weekday evenings, 5 p.m. to 9 p.m."),
        "workdays": _("Add weekdays, 9 a.m. to 5 p.m."),
        "weekends": _("Add Saturdays and Sundays, 9 a.m. to 5 p.m."),
    }
    return hours[value]


def _language(posting: Need | Offer, value: Any) -> str:
    return _("Add a language: %(language)s") % {"language": language_in_words(value)}


def _sessions(posting: Need | Offer, value: Any) -> str:
    own = posting.sessions if isinstance(posting, Need) else 0
    return _("Ask for %(n)s sessions instead of %(own)s") % {"n": value, "own": own}


def _seats(posting: Need | Offer, value: Any) -> str:
    own = posting.seats if isinstance(posting, Need) else 0
    return _("Ask for a group of %(n)s instead of %(own)s") % {"n": value, "own": own}


def _capacity(posting: Need | Offer, value: Any) -> str:
    own = posting.capacity if isinstance(posting, Offer) else 0
    return _("Make room for %(n)s people instead of %(own)s") % {"n": value, "own": own}


def _start(posting: Need | Offer, value: Any) -> str:
    return _("Start earlier: %(day)s") % {"day": day_in_words(date.fromisoformat(value))}


def _end(posting: Need | Offer, value: Any) -> str:
    if value is None:
        return _("Leave the last day open")
    return _("Go on longer: until %(day)s") % {"day": day_in_words(date.fromisoformat(value))}


def _term(posting: Need | Offer, value: Any) -> str:
    if isinstance(posting, Need):
        label = condition_labels(posting).get(value, value.replace("_", " "))
        return _("Do not insist on: %(term)s") % {"term": label}
    known = Condition.objects.filter(slug=value).first()
    return _("If you can promise it: %(term)s") % {"term": known or value.replace("_", " ")}


def _county(posting: Need | Offer, value: Any) -> str:
    return _("Name one more county: %(county)s") % {"county": value}


def _topic(posting: Need | Offer, value: Any) -> str:
    return _("Add a related topic: %(topic)s") % {"topic": name_of(value, get_language() or "en")}


CHANGES: dict[str, Callable[[Need | Offer, Any], str]] = {
    "mode": _mode,
    "radius": _radius,
    "hours": _hours,
    "language": _language,
    "sessions": _sessions,
    "seats": _seats,
    "capacity": _capacity,
    "start": _start,
    "end": _end,
    "term": _term,
    "county": _county,
    "topic": _topic,
}
