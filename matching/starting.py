"""What must be in place while both meet: a check that still holds, and staff where minors come.

Who confirms that staff are there stands in the audit, which nobody changes afterwards.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.checks import Levels, levels_held
from accounts.choices import CheckLevel
from accounts.models import User
from matching import locks
from matching.models import Match, MatchQuerySet
from matching.reasons import Side
from matching.refusals import CannotAnswer, NotIntroduced, NotYours
from opportunities.models.postings import LATEST_DAY
from trail import actions as trail
from trail.models import Audit

STAFF_CONFIRMED = "match_staff_confirmed"


class CheckMissing(CannotAnswer):
    message = _(
        "The check of who comes has ended, or was taken back. It cannot start before the check is"
        " renewed. Our reviewers know."
    )


class StaffNotConfirmed(CannotAnswer):
    message = _("Please confirm first that somebody of your staff is there the whole time.")


class NotYetInPlace(CannotAnswer):
    """What the offer's side hears of what only the need's side knows: whom it is for."""

    message = _("Not all is in place yet for this to start. The other side has one thing to do.")


class Missing(NamedTuple):
    """What is not in place.

    check  somebody comes without the check that the need asks for, or nobody is named
    staff  the need is for minors, and nobody has confirmed that staff are there
    """

    check: bool
    staff: bool


def missing(match: Match, *, at: datetime) -> Missing:
    coming = list(match.offer.people.all())
    lacks = bool(_unchecked(match, coming, _held(coming), at)) or (_asks(match) and not coming)
    return Missing(lacks, staff=match.need.is_for_minors and not is_staff_confirmed(match))


def why_not_start(match: Match, side: Side, *, at: datetime) -> CannotAnswer | None:
    """Why it cannot be said to have started; None if it can."""
    lacks = missing(match, at=at)
    if lacks.check:
        return CheckMissing()
    if lacks.staff:
        return StaffNotConfirmed() if side == "need" else NotYetInPlace()
    return None


@transaction.atomic
def confirm_staff(*, match: Match, by: User, at: datetime) -> None:
    """The need's side says that staff will be there the whole time. Raises ``CannotAnswer``."""
    match = locks.hold_match(match)
    if not match.need.party.members.contains(by):
        raise NotYours
    if match.status not in Match.HOLDING:
        raise NotIntroduced
    if not is_staff_confirmed(match):
        trail.record(actor_id=by.pk, verb=STAFF_CONFIRMED, subject=match, at=at)


def is_staff_confirmed(match: Match) -> bool:
    said = Audit.objects.filter(verb=STAFF_CONFIRMED, subject="matching.match")
    return said.filter(subject_id=match.pk).exists()


def started_at(match: Match) -> datetime | None:
    """When somebody wrote down that it has started; None before, or where the trace is gone."""
    said = Audit.objects.filter(verb="match_started", subject="matching.match")
    return said.filter(subject_id=match.pk).values_list("at", flat=True).order_by("pk").first()


def without_check(matches: MatchQuerySet, *, at: datetime) -> list[tuple[Match, list[User]]]:
    """Of these introductions those without the check, with who lacks it, if anybody is named."""
    asking = matches.holding().exclude(need__check_level="none", need__audience="adults")
    found = asking.select_related("need__party", "offer__party").prefetch_related("offer__people")
    rows = [(match, list(match.offer.people.all())) for match in found.order_by("pk")]
    held = _held({person for _match, coming in rows for person in coming})
    lacking = [(match, coming, _unchecked(match, coming, held, at)) for match, coming in rows]
    return [(match, people) for match, coming, people in lacking if people or not coming]


def _held(people: Collection[User]) -> dict[int, Levels]:
    return levels_held([person.pk for person in people])


def _asks(match: Match) -> bool:
    return match.need.required_check != CheckLevel.NONE


def _unchecked(
    match: Match, coming: Iterable[User], held: Mapping[int, Levels], at: datetime
) -> list[User]:
    """Who of these holds no check of the level now; it counts until its last day is over."""
    day, level = (at - LATEST_DAY).date(), match.need.required_check
    if not _asks(match):
        return []
    return [
        person
        for person in coming
        if level not in held[person.pk] or (held[person.pk][level] or date.max) < day
    ]
