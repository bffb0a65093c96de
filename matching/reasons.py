"""The reasons of a match as sentences, for the need's side and for the offer's.

Only what stands here can be told: a code that is not on the white-list, or a
fact that is not of the expected kind, gives no sentence at all.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from matching.why import MILES, REASONS, Reason
from opportunities.topics import name_of

Side = Literal["need", "offer"]
Params = Mapping[str, Any]


class Told(NamedTuple):
    """A match in sentences: what fits, what is close, what is unknown."""

    fits: list[str]
    close: list[str]
    unknown: list[str]


def told(reasons: Sequence[Reason], *, side: Side) -> Told:
    """The same sentences, each where it belongs."""
    return Told(*(sentences(_about(reasons, part), side=side) for part in Told._fields))


def _about(reasons: Sequence[Reason], section: str) -> list[Reason]:
    return [reason for reason in reasons if REASONS.get(reason["code"]) == section]


def sentences(reasons: Sequence[Reason], *, side: Side) -> list[str]:
    """One translated sentence a reason, in order, as that side reads it."""
    said = [_sentence(reason, side) for reason in reasons]
    return [sentence for sentence in said if sentence]


def _sentence(reason: Reason, side: Side) -> str:
    tell = SENTENCES.get(reason["code"])
    return tell(reason["params"], side) if tell else ""


def _topics_same(params: Params, side: Side) -> str:
    names = _topic_names(params)
    if not names:
        return _("You are looking for the same thing.")
    return ngettext(
        "It is about the same topic: %(topics)s.",
        "It is about the same topics: %(topics)s.",
        len(names),
    ) % {"topics": ", ".join(names)}


def _topic_related(params: Params, side: Side) -> str:
    asked, given = _topic_name(params.get("asked")), _topic_name(params.get("given"))
    if not asked or not given:
        return _("It is about topics of the same kind.")
    return _("The topics are related: %(asked)s, and %(given)s.") % {
        "asked": asked,
        "given": given,
    }


def _topics_missing(params: Params, side: Side) -> str:
    names = _topic_names(params)
    if not names:
        return ""
    topics = {"topics": ", ".join(names)}
    if side == "need":
        return _("You also asked for this, and they do not name it: %(topics)s.") % topics
    return _("They also asked for this, and you do not name it: %(topics)s.") % topics


def _words_close(params: Params, side: Side) -> str:
    return _("You and the other side describe it in much the same way.")


def _place_near(params: Params, side: Side) -> str:
    miles = _whole(params, "miles")
    if miles not in MILES:
        return ""
    return _("You are within %(miles)d miles of each other.") % {"miles": miles}


def _place_in_reach(params: Params, side: Side) -> str:
    return _("You can meet in person.")


def _place_in_county(params: Params, side: Side) -> str:
    if side == "need":
        return _("They can come to a county you named.")
    return _("It is in a county you can come to.")


def _online(params: Params, side: Side) -> str:
    return _("You can meet online.")


def _sessions_fit(params: Params, side: Side) -> str:
    sessions = _whole(params, "sessions")
    if not sessions:
        return ""
    return ngettext(
        "The time of the session fits.",
        "The times of all %(sessions)d sessions fit.",
        sessions,
    ) % {"sessions": sessions}


def _sessions_some(params: Params, side: Side) -> str:
    counts = {name: _whole(params, name) for name in ("covered", "possible")}
    if not 0 < counts["covered"] < counts["possible"]:
        return ""
    if side == "need":
        return _("They can come to %(covered)d of your %(possible)d times.") % counts
    return _("You can come to %(covered)d of their %(possible)d times.") % counts


def _dates_some(params: Params, side: Side) -> str:
    return _("Your dates and theirs meet for a part of the time.")


def _hours_fit(params: Params, side: Side) -> str:
    return _("The working hours fit.")


def _times_to_spare(params: Params, side: Side) -> str:
    return _("There are more times that would work, should one fall through.")


def _room_for_all(params: Params, side: Side) -> str:
    return _("There is room for everyone.")


def _room_for_some(params: Params, side: Side) -> str:
    return _("There is room for some of the people, not for all.")


def _extra_asked(params: Params, side: Side) -> str:
    extra = _word(_extras(), params, "extra")
    if not extra:
        return ""
    if side == "need":
        return _("It offers what you ask for: %(extra)s.") % {"extra": extra}
    return _("You offer what they ask for: %(extra)s.") % {"extra": extra}


def _extra_offered(params: Params, side: Side) -> str:
    extra = _word(_extras(), params, "extra")
    if not extra:
        return ""
    if side == "need":
        return _("It also offers: %(extra)s.") % {"extra": extra}
    return _("You also offer: %(extra)s.") % {"extra": extra}


def _waited(params: Params, side: Side) -> str:
    if side == "need":
        return _("You have waited for some time.")
    return _("They have waited for some time.")


def _venue_same(params: Params, side: Side) -> str:
    venue = _word(_venues(side), params, "venue")
    return _("You both plan to meet here: %(venue)s.") % {"venue": venue} if venue else ""


def _venue_differs(params: Params, side: Side) -> str:
    asked, given = (_word(_venues(side), params, name) for name in ("asked", "given"))
    if not asked or not given:
        return ""
    mine, theirs = (asked, given) if side == "need" else (given, asked)
    return _(
        "You do not plan to meet in the same place. Your posting says: %(mine)s. Theirs says:"
        " %(theirs)s. Nothing is fixed: you agree on one place after the introduction."
    ) % {"mine": mine, "theirs": theirs}


def _venue_unsaid(params: Params, side: Side) -> str:
    known = _word(_venues(side), params, "asked") or _word(_venues(side), params, "given")
    if not known:
        return _("Nobody has said yet where you would meet.")
    own = "asked" if side == "need" else "given"
    if _word(_venues(side), params, own):
        return _("They have not said where you would meet. Your posting says: %(venue)s.") % {
            "venue": known
        }
    return _("You have not said where you would meet. Theirs says: %(venue)s.") % {"venue": known}


def _format_differs(params: Params, side: Side) -> str:
    asked, given = (_word(_formats(), params, name) for name in ("asked", "given"))
    if not asked or not given:
        return ""
    if side == "need":
        return _("You asked for %(asked)s, and they offer %(given)s.") % {
            "asked": asked,
            "given": given,
        }
    return _("They asked for %(asked)s, and you offer %(given)s.") % {
        "asked": asked,
        "given": given,
    }


def _unstated(params: Params, side: Side) -> str:
    words = _extras() | {"description": _("more about it in their own words")}
    if side == "offer":
        words["description"] = _("more about it in your own words")
    what = [words[one] for one in _many(params, "what") if one in words]
    if not what:
        return ""
    if side == "need":
        return _("They have not said yet: %(what)s.") % {"what": ", ".join(what)}
    return _("You have not said yet: %(what)s.") % {"what": ", ".join(what)}


SENTENCES: Mapping[str, Callable[[Params, Side], str]] = {
    "topics_same": _topics_same,
    "topic_related": _topic_related,
    "words_close": _words_close,
    "place_near": _place_near,
    "place_in_reach": _place_in_reach,
    "place_in_county": _place_in_county,
    "online": _online,
    "sessions_fit": _sessions_fit,
    "hours_fit": _hours_fit,
    "times_to_spare": _times_to_spare,
    "room_for_all": _room_for_all,
    "extra_asked": _extra_asked,
    "extra_offered": _extra_offered,
    "waited": _waited,
    "topics_missing": _topics_missing,
    "sessions_some": _sessions_some,
    "dates_some": _dates_some,
    "room_for_some": _room_for_some,
    "venue_same": _venue_same,
    "venue_differs": _venue_differs,
    "venue_unsaid": _venue_unsaid,
    "format_differs": _format_differs,
    "unstated": _unstated,
}


def _extras() -> dict[str, str]:
    """What the terms of ``why.EXTRAS`` mean to people, in the reader's language."""
    return {
        "child_care": _("child care"),
        "transport": _("transport"),
        "guaranteed_interview": _("a guaranteed interview"),
        "no_record_question_before_offer": _("no question about records before a job offer"),
        "no_license_needed": _("no license needed"),
        "time_off_for_appointments": _("time off for appointments"),
        "paid_training": _("paid training"),
    }


def _venues(side: Side) -> dict[str, str]:
    """Where they meet, as that side says it: the need is the nonprofit's, the offer the helper's.

    A name for the place alone: it never says where it is.
    """
    is_nonprofit = side == "need"
    return {
        "nonprofit": _("your place") if is_nonprofit else _("their place, the nonprofit's"),
        "helper": _("their place, the helper's") if is_nonprofit else _("your place"),
        "neutral": _("a neutral place, such as a library"),
        "online": _("online"),
    }


def _formats() -> dict[str, str]:
    return {
        "group_class": _("a group class"),
        "mentoring": _("mentoring"),
        "one_time_help": _("help at one time"),
    }


def _word(words: Mapping[str, str], params: Params, name: str) -> str:
    """The words for a parameter, if it is one of those that have any."""
    value = params.get(name)
    return words.get(value, "") if isinstance(value, str) else ""


def _whole(params: Params, name: str) -> int:
    """A parameter that counts something, 0 if it does not."""
    value = params.get(name)
    return value if isinstance(value, int) and value > 0 else 0


def _many(params: Params, name: str) -> list[str]:
    """The words of a parameter that is a list of some."""
    value = params.get(name)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _topic_names(params: Params) -> list[str]:
    return [name for topic in _many(params, "topics") if (name := _topic_name(topic))]


def _topic_name(slug: object) -> str:
    return name_of(slug, get_language() or "en") if isinstance(slug, str) else ""
