"""Which buttons a posting has: what may be done with it as it stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opportunities import actions
from opportunities.models import Need, Offer

ENDS_SOON = timedelta(days=30)


@dataclass(frozen=True)
class Move:
    """Something one can do with a posting by pressing a button.

    word     its word in the address
    asks     what the page asks before it is done
    done     what is said afterwards
    at_once  the button does it; otherwise it leads to the page that asks
    """

    word: str
    label: Promise
    asks: Promise
    done: Promise
    at_once: bool = False


PAUSE = Move(
    "pause",
    _("Pause"),
    _("Nothing new is brought to you until you go on. What is agreed stays agreed."),
    _("Paused. Nothing new is brought to you until you go on."),
    at_once=True,
)
RESUME = Move(
    "resume",
    _("Go on looking"),
    _("It is matched again from now on."),
    _("It goes on from here."),
    at_once=True,
)
COMPLETE = Move(
    "complete",
    _("It is done"),
    _("We stop looking, and keep it in your list as completed. This cannot be undone."),
    _("Good to hear. It is completed."),
)
WITHDRAW = Move(
    "withdraw",
    _("Take it back"),
    _("We stop looking, and open questions to the other side end. This cannot be undone."),
    _("Taken back. Nobody is asked any more."),
)
MOVES = {move.word: move for move in (PAUSE, RESUME, COMPLETE, WITHDRAW)}
VERBS = {
    "pause": actions.pause,
    "resume": actions.resume,
    "complete": actions.complete,
    "withdraw": actions.withdraw,
}


def moves_of(posting: Need | Offer) -> list[Move]:
    """The buttons that do something now."""
    possible = actions.possible(posting)
    return [move for word, move in MOVES.items() if word in possible]


def may_be_edited(posting: Need | Offer) -> bool:
    """A draft or something published; what is over stays as it was."""
    return bool({"save", "edit"} & actions.possible(posting))


def may_be_renewed(posting: Need | Offer, at: datetime) -> bool:
    """Near its last day or after it; before, there is nothing to renew."""
    if posting.end_date is None or "renew" not in actions.possible(posting):
        return False
    return posting.end_date <= at.date() + ENDS_SOON


def first_of(posting: Need | Offer) -> str:
    """The one thing its page puts first; empty where it waits for reviewers, or is over.

    returns  "publish", "renew", "resume", "look" (at what stands in the way) or "matches"
    """
    possible = actions.possible(posting)
    if "publish" in possible:
        return "publish"
    if posting.status == "expired":
        return "renew"
    if "resume" in possible:
        return "resume"
    if getattr(posting, "outlook", None):  # counted for what has no match yet
        return "look"
    return "matches" if "edit" in possible and posting.status != "in_review" else ""


def may_be_published(posting: Need | Offer) -> bool:
    return "publish" in actions.possible(posting)
