"""What members report: to the platform, never to the party it is about."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Concern, Party, User
from accounts.refusals import Refused
from notices import actions as notices
from notices.models import Notice
from trail import actions as trail

DAY = timedelta(days=1)
MOST_A_DAY = 20  # of one person: more than anybody has seen go wrong, too few to bury another's
WAKES_A_DAY = 3  # of them may come as mail at once, also at night; each stands in the queue


class ToldEnough(Refused):
    message = _(
        "You have told us a lot today, and we read all of it. Please go on tomorrow. If somebody"
        " is in danger now, call 911."
    )


class NotYoursToClose(Refused):
    message = _("Only a reviewer whom it does not concern may close this.")


class ClosedAlready(Refused):
    message = _("Somebody has closed this already.")


@transaction.atomic
def report(
    *,
    reporter: User,
    kind: str,
    text: str,
    party: Party | None,
    subject: str = "",
    subject_id: int | None = None,
    at: datetime,
) -> Concern:
    """Write it down and tell the reviewers. The party it is about hears nothing of it.

    subject  ``Concern.MATCH`` or ``Concern.MESSAGE`` with its id; empty for anything else

    Raises ``ToldEnough``.
    """
    before = _lately_told(reporter, at=at)
    if before >= MOST_A_DAY:
        raise ToldEnough
    concern = Concern.objects.create(
        reporter=reporter,
        kind=kind,
        text=text,
        party=party,
        subject=subject,
        subject_id=subject_id,
        reported_at=at,
    )
    trail.record(
        actor_id=reporter.pk,
        verb="concern_reported",
        subject=concern,
        at=at,
        kind=str(kind),
        party=party.pk if party else None,
    )
    wakes = kind == Concern.Kind.SAFETY and before < WAKES_A_DAY
    _tell_reviewers(concern, urgent=wakes, at=at)
    return concern


def _lately_told(reporter: User, *, at: datetime) -> int:
    """How much this person reported within a day; whoever reports at once waits here."""
    User.objects.select_for_update(no_key=True).get(pk=reporter.pk)
    return Concern.objects.of(reporter).filter(reported_at__gt=at - DAY).count()


def _tell_reviewers(concern: Concern, *, urgent: bool, at: datetime) -> None:
    """Every reviewer whom it does not concern."""
    page, event = "accounts:concern_review", Notice.Event.REPORTED
    for reviewer in User.objects.filter(is_reviewer=True, is_active=True).order_by("pk"):
        if Concern.objects.seen_by_reviewer(reviewer).filter(pk=concern.pk).exists():
            _tell(reviewer, concern, event, page, urgent=urgent, at=at)


@transaction.atomic
def close(*, concern: Concern, reviewer: User, note: str, at: datetime) -> None:
    """Say what was done, for reviewers alone; the reporter hears that somebody looked at it."""
    if not Concern.objects.seen_by_reviewer(reviewer).filter(pk=concern.pk).exists():
        raise NotYoursToClose
    closed = Concern.objects.open().filter(pk=concern.pk)
    if not closed.update(closed_at=at, closed_by=reviewer, note=note):
        raise ClosedAlready
    trail.record(actor_id=reviewer.pk, verb="concern_closed", subject=concern, at=at)
    if concern.reporter:
        _tell(concern.reporter, concern, Notice.Event.HEARD, "accounts:concern", at=at)


def _tell(
    person: User,
    concern: Concern,
    event: str,
    page: str,
    *,
    at: datetime,
    urgent: bool = False,
) -> None:
    notices.owe(
        recipient=person,
        event=event,
        key=f"concern {concern.pk} {event}",
        path=reverse(page, args=[concern.public_id]),
        at=at,
        urgent=urgent,
    )
