"""What can happen to an owed message."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from notices import sorting
from notices.claiming import InHand
from notices.mail import notice_mail
from notices.mail_server import MailServer, ServerAway, Undeliverable
from notices.models import Notice, NoticeQuerySet
from notices.preferences import Kind, Preference
from trail import actions as trail
from trail.tasks import wake_on_commit

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

SENDER = "notices.tasks.send_due_notices"
SEND_AT_ONCE = 100
SEND_FOR = 60.0  # seconds a round may take; with one slow last mail still under the lease


def owe(
    *,
    recipient: "AbstractBaseUser",
    event: str,
    key: str,
    path: str,
    at: datetime,
    due_at: datetime | None = None,
    urgent: bool = False,
) -> None:
    """Owe this person this message. Call it in the transaction that makes it true.

    The same ``key`` is owed once: asking again changes nothing.
    """
    owed = [(recipient.pk, key, path)]
    Notice.objects.owe(owed, event=event, urgent=urgent, at=at, due_at=due_at or at)
    wake_on_commit(SENDER)


def owe_all(*, event: str, owed: Iterable[tuple[int, str, str]], at: datetime) -> None:
    """Owe many people the same event in one statement, under the promises of ``owe``.

    owed  the recipient's id, key and path of each
    """
    if owed := list(owed):
        Notice.objects.owe(owed, event=event, at=at, due_at=at)
        wake_on_commit(SENDER)


def send_due(*, at: datetime) -> int:
    """Send what is owed now, a hundred at a time. Returns how many went out.

    A worker that dies in between leaves a lease that runs out; the mail then goes
    again under the same Message-ID, so that two copies are one message.
    """
    sent = 0
    with MailServer(seconds=SEND_FOR) as server:
        while server.is_there and (mails := sorting.take(limit=SEND_AT_ONCE, at=at)) is not None:
            sent += sum(_deliver(notice, server, at=at) for notice in mails)
    return sent


def _deliver(notice: InHand, server: MailServer, *, at: datetime) -> bool:
    """Try once, and write down how it went. True if it went out."""
    try:
        server.send(notice_mail(notice))
    except ServerAway:
        notice.release()
    except Undeliverable as refusal:
        notice.give_up(refusal, at=at)
    except OSError as failure:
        notice.put_back(failure, at=at)
    else:
        notice.mark_sent(at=at)
        return True
    return False


@transaction.atomic
def try_again(*, notices: NoticeQuerySet, by: "AbstractBaseUser", at: datetime) -> int:
    """A person has mail that was given up tried once more. Returns how much of it still was."""
    given_up = list(notices.undeliverable().select_for_update(of=("self",)))
    Notice.objects.filter(pk__in=[notice.pk for notice in given_up]).update(
        failed_at=None, claimed_until=None, tries=0
    )
    for notice in given_up:
        trail.record(actor_id=by.pk, verb="notice_tried_again", subject=notice, at=at)
    if given_up:
        wake_on_commit(SENDER)
    return len(given_up)


def read(*, notice: Notice, at: datetime) -> None:
    """The person opened it, and with it all else that leads to the same page."""
    settle(people=[notice.recipient_id], path=notice.path, at=at)


def settle(
    *, people: Iterable[int], path: str, events: Collection[str] = Notice.Event.values, at: datetime
) -> None:
    """These people know what they were told about this page, or it is of no use any more.

    events  the kinds of notices that are settled; left out, all of them
    """
    found = Notice.objects.unread().filter(recipient__in=people, path=path, event__in=events)
    found.update(read_at=at)


def read_all(*, person: "AbstractBaseUser", at: datetime) -> int:
    """The person has seen all there is at that moment. Returns how many were new."""
    return Notice.objects.of(person, at=at).unread().update(read_at=at)


@transaction.atomic
def choose_mail(
    *, person: "AbstractBaseUser", choices: Mapping[str, object], at: datetime
) -> Preference:
    """What this person wants by mail from now on. What waits in a digest stays there."""
    preference, _new = Preference.objects.update_or_create(
        person_id=person.pk, defaults=dict(choices)
    )
    trail.record(actor_id=person.pk, verb="mail_chosen", subject=preference, at=at, **choices)
    return preference


def stop_mail(*, person: "AbstractBaseUser", at: datetime) -> Preference:
    """No more mail, but for codes to sign in and what is urgent. The inbox keeps all."""
    off = dict.fromkeys(Kind.values, Preference.When.OFF.value)
    return choose_mail(person=person, choices=off, at=at)
