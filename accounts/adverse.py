"""When something came up in a check: look at it, ask the person, wait, and only then decide.

considered → (cleared) or notice sent → five business days → cleared or declined. A record
denies nothing by itself, "declined" is reached on this way alone, and it can always end well
at once. The steps follow the Fair Credit Reporting Act, 15 U.S.C. 1681b(b)(3); the five
business days are what the Federal Trade Commission and courts have called reasonable.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import checks
from accounts.business_days import after_business_days
from accounts.models import Check, Consideration, User
from accounts.refusals import Refused
from notices import actions as notices
from notices.models import Notice
from trail import actions as trail

Status = Consideration.Status


class CannotConsider(Refused):
    """The base of every reason why a step cannot be taken."""

    message = _("Only a reviewer who does not work with this person may do this.")


class OpenAlready(CannotConsider):
    message = _("Somebody looks at this already.")


class NotNow(CannotConsider):
    message = _("This step is done already, or cannot come yet.")


class TooEarly(CannotConsider):
    message = _("The person still has time to answer. Until then you can only clear it.")


@transaction.atomic
def consider(
    *,
    person: User,
    level: str,
    issued_date: date,
    expires_date: date | None,
    by: User,
    at: datetime,
) -> Consideration:
    """Something came up. Nothing is decided by it, and nothing of it is written down."""
    person = User.objects.select_for_update().get(pk=person.pk)
    found = Consideration(
        person=person,
        level=level,
        issued_date=issued_date,
        expires_date=expires_date,
        considered_by=by,
        considered_at=at,
    )
    if person.considerations.open().filter(level=level).exists():
        raise OpenAlready
    _may_look_at(person, by)
    found.save()
    _record(found, "check_considered", by=by, at=at)
    return found


@transaction.atomic
def send_notice(*, consideration: Consideration, by: User, at: datetime) -> Consideration:
    """Tell the person, before anything is decided, that they may answer, and until when."""
    found = _held(consideration, by)
    if found.status != Status.CONSIDERED:
        raise NotNow
    found.status, found.notice_at = Status.NOTICE_SENT, at
    found.save(update_fields=["status", "notice_at"])
    _record(found, "check_notice_sent", by=by, at=at)
    _tell(found, at=at)
    return found


@transaction.atomic
def answer(*, consideration: Consideration, by: User, text: str, at: datetime) -> None:
    """The person says their side; they may say more until it is decided."""
    mine = Consideration.objects.of(by).filter(pk=consideration.pk, status=Status.NOTICE_SENT)
    if not mine.update(answer=text, answered_at=at):
        raise NotNow
    _record(consideration, "check_answered", by=by, at=at)


@transaction.atomic
def clear(*, consideration: Consideration, by: User, at: datetime) -> Check:
    """It does not stand in the way: the check counts. Possible at every step."""
    return _decide(_held(consideration, by), Status.CLEARED, by=by, at=at)


@transaction.atomic
def decline(*, consideration: Consideration, by: User, at: datetime) -> Check:
    """The check does not count. Only after the notice and its wait: raises ``TooEarly``."""
    found = _held(consideration, by)
    if found.status != Status.NOTICE_SENT:
        raise NotNow
    if at.astimezone(ZoneInfo(found.person.time_zone)).date() <= answer_by(found):
        raise TooEarly
    return _decide(found, Status.DECLINED, by=by, at=at)


def answer_by(consideration: Consideration) -> date:
    """The last day on which the person can answer, where they live."""
    if consideration.notice_at is None:
        raise NotNow
    sent = consideration.notice_at.astimezone(ZoneInfo(consideration.person.time_zone))
    return after_business_days(sent.date(), Consideration.WAIT_DAYS)


def _decide(found: Consideration, status: Status, *, by: User, at: datetime) -> Check:
    """Write the determination down; what the person answered has done its work and goes."""
    if not found.is_open:
        raise NotNow
    asked = found.notice_at is not None
    found.status, found.decided_at, found.decided_by, found.answer = status, at, by, ""
    found.save(update_fields=["status", "decided_at", "decided_by", "answer"])
    check = checks.determine(found, by=by, at=at)
    if asked:
        _tell(found, at=at)
    return check


def _held(consideration: Consideration, by: User) -> Consideration:
    """As it is now, locked, for a reviewer who may look at it."""
    rows = Consideration.objects.select_for_update(of=("self",)).select_related("person")
    found = rows.get(pk=consideration.pk)
    _may_look_at(found.person, by)
    return found


def _may_look_at(person: User, by: User) -> None:
    reviewers = User.objects.filter(pk=by.pk, is_reviewer=True, is_active=True)
    colleague = person.memberships.filter(party__memberships__user=by)
    if by.pk == person.pk or not reviewers.exists() or colleague.exists():
        raise CannotConsider


def _tell(found: Consideration, *, at: datetime) -> None:
    notices.owe(
        recipient=found.person,
        event=Notice.Event.CHECK,
        key=f"consideration {found.pk} {found.status}",
        path=reverse("accounts:own_consideration", args=[found.public_id]),
        at=at,
    )


def _record(found: Consideration, verb: str, *, by: User, at: datetime) -> None:
    trail.record(actor_id=by.pk, verb=verb, subject=found, at=at, person=found.person_id)
