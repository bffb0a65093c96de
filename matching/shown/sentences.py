"""Where a match stands, in a sentence or two, as one side may know it."""

from django.utils.translation import gettext as _

from matching.models import Match
from matching.reasons import Side
from opportunities.models import Need, Offer


def where_it_stands(match: Match, side: Side, *, closes_on: str, reminded_on: str) -> str:
    """What happened and what comes next.

    closes_on    the day on which silence closes it
    reminded_on  the day on which this person chose to be asked again; empty where they chose none
    """
    if match.may_answer(side):
        return _asks(match, side, closes_on=closes_on, reminded_on=reminded_on)
    return _sentences(match, side)[match.status_for(side)] % {"day": closes_on}


def _asks(match: Match, side: Side, *, closes_on: str, reminded_on: str) -> str:
    if reminded_on:
        return _("We remind you on %(day)s. You can answer at any time until %(last)s.") % {
            "day": reminded_on,
            "last": closes_on,
        }
    words = (
        _("The other side has said yes. Please answer by %(day)s.")
        if match.is_second_yes(side)
        else _("Please say yes or no by %(day)s.")
    )
    return words % {"day": closes_on}


def _sentences(match: Match, side: Side) -> dict[str, str]:
    return {
        Match.Status.PROPOSED: _("Please say yes or no by %(day)s."),
        Match.Status.ACCEPTED: _("You said yes. The other side has until %(day)s to answer."),
        Match.Status.WAITING: _(
            "Both sides said yes. There is no free place right now. You are in line, and we"
            " tell you as soon as a place is free."
        ),
        Match.Status.INTRODUCED: _("Both sides said yes. Please get in touch with each other."),
        Match.Status.ENGAGED: _("It is under way."),
        Match.Status.COMPLETED: _("It is done. Thank you."),
        Match.Status.DECLINED: _no(match, side),
        Match.Status.EXPIRED: _silence(match, side),
        Match.Status.WITHDRAWN: _withdrawn(match, side),
        Match.Status.ENDED: _("This introduction was ended. We keep looking."),
    }


def _no(match: Match, side: Side) -> str:
    """A block looks like any other no."""
    if match.answer_of(side) == Match.Answer.NO:
        return _("You said no. We keep looking.")
    return _("The other side cannot do this one. We keep looking.")


def _silence(match: Match, side: Side) -> str:
    if match.answer_of(side) == Match.Answer.YES:
        return _("The other side did not answer in time. We keep looking.")
    return _("It was closed because it had no answer in time. We keep looking.")


def _withdrawn(match: Match, side: Side) -> str:
    """Only what is still looked for is looked for."""
    if match.posting_of(side).status in {Need.Status.OPEN, Offer.Status.ACTIVE}:
        return _("It is no longer open. We keep looking.")
    return _("It is no longer open.")
