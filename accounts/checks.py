"""People's checks: who records them, and what they say together."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.choices import CheckLevel
from accounts.models import Check, Consideration, Party, User
from accounts.refusals import Refused
from trail import actions as trail

Levels = dict[str, date | None]  # level -> last day it is held, None where it never ends


class MayNotRecord(Refused):
    message = _(
        "Only reviewers record checks, or the owner of a verified nonprofit for people who come"
        " to it; and nobody their own or a colleague's."
    )


class WithdrawnAlready(Refused):
    message = _("This check was withdrawn already.")


@transaction.atomic
def record_check(
    *,
    person: User,
    level: str,
    issued_date: date,
    expires_date: date | None,
    by: User,
    host: Party | None = None,
    at: datetime,
) -> Check:
    """Write down that a check came back clear. Raises ``MayNotRecord``.

    host  the nonprofit that had it made; who calls makes sure that the person comes to it

    Where something came up there is no check yet: ``adverse`` tells what happens then.
    """
    if not (_hosts(host, person, by, at) if host else _reviews(person, by)):
        raise MayNotRecord
    check = Check.objects.create(
        person=person,
        level=level,
        issued_date=issued_date,
        expires_date=expires_date,
        recorded_by=by,
        host=host,
        recorded_at=at,
    )
    _person_changed(check, verb="check_recorded", by=by, at=at)
    return check


def determine(consideration: Consideration, *, by: User, at: datetime) -> Check:
    """What a decided consideration comes to; called by ``adverse`` alone."""
    check = Check.objects.create(
        person=consideration.person,
        level=consideration.level,
        outcome=consideration.status,
        issued_date=consideration.issued_date,
        expires_date=consideration.expires_date,
        recorded_by=by,
        consideration=consideration,
        recorded_at=at,
    )
    _person_changed(check, verb=f"check_{consideration.status}", by=by, at=at)
    return check


def _reviews(person: User, by: User) -> bool:
    """A reviewer, of somebody with whom they share no party."""
    reviewer = User.objects.filter(pk=by.pk, is_reviewer=True, is_active=True)
    colleague = person.memberships.filter(party__memberships__user=by)
    return by.pk != person.pk and reviewer.exists() and not colleague.exists()


def _hosts(host: Party, person: User, by: User, at: datetime) -> bool:
    """An owner of a verified nonprofit, of somebody who does not belong to it nor to the owner."""
    owned = Party.objects.owned_by(by).verified_at(at).filter(pk=host.pk, kind=Party.Kind.NONPROFIT)
    colleague = person.memberships.filter(party__memberships__user=by)
    return owned.exists() and not colleague.exists()


@transaction.atomic
def withdraw_check(*, check: Check, by: User, at: datetime) -> None:
    """Have a check count no more. Raises ``MayNotRecord`` or ``WithdrawnAlready``."""
    if not _reviews(check.person, by):
        raise MayNotRecord
    moved = Check.objects.filter(pk=check.pk, withdrawn_at=None).update(withdrawn_at=at)
    if not moved:
        raise WithdrawnAlready
    _person_changed(check, verb="check_withdrawn", by=by, at=at)


def _person_changed(check: Check, *, verb: str, by: User, at: datetime) -> None:
    trail.changed(subject="person", ids=[check.person_id], at=at)
    trail.record(
        actor_id=by.pk, verb=verb, subject=check, at=at, person=check.person_id, level=check.level
    )


def levels_held(person_ids: Collection[int]) -> dict[int, Levels]:
    """For each person, each level they hold or held, with the last day of it (None: never ends).

    A higher check counts for every lower level, a withdrawn one for none; a level
    that was never held is absent. ``none`` is absent too: nobody needs it.
    """
    held: dict[int, Levels] = {person_id: {} for person_id in person_ids}
    found = Check.objects.standing().filter(person__in=held)
    for person_id, level, expires in found.values_list("person", "level", "expires_date"):
        for lower in levels_up_to(level):
            held[person_id][lower] = _later(held[person_id].get(lower, date.min), expires)
    return held


def levels_of_all(people: Iterable[Mapping[str, date | None]]) -> Levels:
    """What everyone of a group holds: a level only if all do, until the first one's ends."""
    group = list(people)
    return {
        level: min((held[level] for held in group), key=lambda day: day or date.max)
        for level in CheckLevel.values[1:]
        if group and all(level in held for held in group)
    }


def levels_up_to(level: str) -> list[str]:
    """The level and every lower one that means something."""
    return [str(lower) for lower in list(CheckLevel)[1 : CheckLevel(level).rank + 1]]


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)
