"""The reasons of a match as sentences, for the need's side and for the offer's.

Only what stands here can be told: a code that is not on the white-list, or a
fact that is not of the expected kind, gives no sentence at all.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from matching.score import MILES, Reason
from opportunities.topics import name_of

Side = Literal["need", "offer"]
Params = Mapping[str, Any]


def sentences(reasons: Sequence[Reason], *, side: Side) -> list[str]:
    """One translated sentence a reason, in order, as that side reads it."""
    told = [_sentence(reason, side) for reason in reasons]
    return [sentence for sentence in told if sentence]


def _sentence(reason: Reason, side: Side) -> str:
    tell = SENTENCES.get(reason["code"])
    return tell(reason["params"], side) if tell else ""


def _topics_same(params: Params, side: Side) -> str:
    names = [name for topic in params["topics"] if (name := _topic_name(topic))]
    if not names:
        return _("You are looking for the same thing.")
    return ngettext(
        "It is about the same topic: %(topics)s.",
        "It is about the same topics: %(topics)s.",
        len(names),
    ) % {"topics": ", ".join(names)}


def _topic_related(params: Params, side: Side) -> str:
    asked, given = _topic_name(params["asked"]), _topic_name(params["given"])
    if not asked or not given:
        return _("It is about topics of the same kind.")
    return _("The topics are related: %(asked)s, and %(given)s.") % {
        "asked": asked,
        "given": given,
    }


def _words_close(params: Params, side: Side) -> str:
    return _("You and the other side describe it in much the same words.")


def _place_near(params: Params, side: Side) -> str:
    miles = params["miles"]
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
    return ngettext(
        "The time of the session fits.",
        "The times of all %(sessions)d sessions fit.",
        int(params["sessions"]),
    ) % {"sessions": int(params["sessions"])}


def _hours_fit(params: Params, side: Side) -> str:
    return _("The working hours fit.")


def _times_to_spare(params: Params, side: Side) -> str:
    return _("There are more times that would work, should one fall through.")


def _room_for_all(params: Params, side: Side) -> str:
    return _("There is room for everyone.")


def _extra_asked(params: Params, side: Side) -> str:
    extra = _extras().get(params["extra"])
    if not extra:
        return ""
    if side == "need":
        return _("It offers what you ask for: %(extra)s.") % {"extra": extra}
    return _("You offer what they ask for: %(extra)s.") % {"extra": extra}


def _extra_offered(params: Params, side: Side) -> str:
    extra = _extras().get(params["extra"])
    if not extra:
        return ""
    if side == "need":
        return _("It also offers: %(extra)s.") % {"extra": extra}
    return _("You also offer: %(extra)s.") % {"extra": extra}


def _waited(params: Params, side: Side) -> str:
    if side == "need":
        return _("You have waited for some time.")
    return _("They have waited for some time.")


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
}


def _extras() -> dict[str, str]:
    """What the terms of ``score.EXTRAS`` mean to people, in the reader's language."""
    return {
        "child_care": _("child care"),
        "transport": _("transport"),
        "guaranteed_interview": _("a guaranteed interview"),
        "no_record_question_before_offer": _("no question about records before a job offer"),
        "no_license_needed": _("no license needed"),
        "time_off_for_appointments": _("time off for appointments"),
        "paid_training": _("paid training"),
    }


def _topic_name(slug: str) -> str:
    return name_of(slug, get_language() or "en")
