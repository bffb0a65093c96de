"""What can happen to a posting: saved, sent in, edited, paused, renewed, ended."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Party, User
from accounts.refusals import Refused
from opportunities.models import Need, Offer

Facts = Mapping[str, Any]


class CannotChange(Refused):
    """The base of every reason why a posting cannot be moved or changed."""

    message = _("This is not possible for this posting as it stands now.")


class NotADraft(CannotChange):
    message = _("It is published already. Edit it instead.")


class KindIsFixed(CannotChange):
    message = _("The kind of a published posting never changes. Post a new one instead.")


class NotOfTheTeam(CannotChange):
    message = _("The contact and everyone who comes must belong to the team.")


class TooManyTopics(CannotChange):
    message = _("Choose up to six topics.")


class DateIsPast(CannotChange):
    message = _("Choose a last day that is still to come.")


class FactsMissing(Refused):
    """Something is still missing; ``missing`` names it, in words for people."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(missing)
        self.missing = missing

    def __str__(self) -> str:
        return _now("Before it can be published, please add: %(missing)s.") % {
            "missing": ", ".join(self.missing)
        }


class WordsRefused(Refused):
    """Some words must not be stored or published; ``problems`` is a list of (field, message)."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return " ".join(dict.fromkeys(message for _field, message in self.problems))


def save_draft(
    *,
    model: type[Need] | type[Offer],
    party: Party,
    by: User,
    facts: Facts,
    posting: Need | Offer | None = None,
    at: datetime,
) -> Need | Offer:
    """Create a draft, or save one again. Asks for nothing; only given facts change.

    A new one takes from its party what is not given: place (a confidential
    party's need: its counties), languages, and for a volunteer's offer who comes.
    Raises ``WordsRefused`` where an identity was typed, ``UnknownZip``,
    ``UnknownCounty``, ``NotOfTheTeam``, ``TooManyTopics``, ``NotADraft``.
    """
    raise NotImplementedError


def edit(*, posting: Need | Offer, by: User, facts: Facts, at: datetime) -> Need | Offer:
    """Change a published posting; only given facts change.

    A material change counts ``revision`` up. A change of what reviewers decided
    on stops matching and begins a new round of review in the same transaction.
    Raises what ``save_draft`` raises, ``FactsMissing``, ``KindIsFixed``.
    """
    raise NotImplementedError


def missing_facts(posting: Need | Offer) -> list[str]:
    """What must be filled in before it can be published, in words for people."""
    raise NotImplementedError


def publish(*, posting: Need | Offer, by: User, at: datetime) -> Need | Offer:
    """Send a draft (or a suspended offer) in: it opens, or waits for review or for its party.

    Raises ``FactsMissing``, ``WordsRefused``, ``DateIsPast`` or ``CannotChange``.
    """
    raise NotImplementedError


def pause(*, posting: Need | Offer, by: User, at: datetime) -> Need | Offer:
    """Be asked for nothing new for a while. Raises ``CannotChange``."""
    raise NotImplementedError


def resume(*, posting: Need | Offer, by: User, at: datetime) -> Need | Offer:
    """End a pause: it opens, or waits for what it still needs. Raises ``CannotChange``."""
    raise NotImplementedError


def withdraw(*, posting: Need | Offer, by: User, at: datetime) -> Need | Offer:
    """Take it back for good. Raises ``CannotChange``."""
    raise NotImplementedError


def complete(*, posting: Need | Offer, by: User, at: datetime) -> Need | Offer:
    """Say that a need is met. Raises ``CannotChange``, for an offer always."""
    raise NotImplementedError


def renew(*, posting: Need | Offer, by: User, end_date: date | None, at: datetime) -> Need | Offer:
    """Move the last day (none: an offer without an end); an expired one opens again.

    Raises ``DateIsPast`` or ``CannotChange``.
    """
    raise NotImplementedError


def expire_postings(*, at: datetime) -> int:
    """End what has had its last day. Returns how many ended."""
    raise NotImplementedError


def open_waiting(*, at: datetime) -> int:
    """Open what only waited for its party's verification. Returns how many opened."""
    raise NotImplementedError


def waits_for(posting: Need | Offer, at: datetime) -> str:
    """What it waits for and what to do next, in one sentence; no query if ``party`` is loaded."""
    raise NotImplementedError


# For matching, inside its own transactions: room is counted there.


def mark_filled(*, need: Need, at: datetime) -> None:
    """An open need has all it asked for."""
    raise NotImplementedError


def mark_open(*, need: Need, at: datetime) -> None:
    """A filled need has a free seat again."""
    raise NotImplementedError


def mark_at_capacity(*, offer: Offer, at: datetime) -> None:
    """An active offer has given all it can."""
    raise NotImplementedError


def mark_active(*, offer: Offer, at: datetime) -> None:
    """An offer at capacity has room again."""
    raise NotImplementedError
