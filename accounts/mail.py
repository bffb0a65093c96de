"""The mails of this app, in neutral words: never who, what or where."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts.models import DomainProof, Invitation
from accounts.models.owed import OwedMail

OwedT = TypeVar("OwedT", bound=OwedMail)


def send_each(
    claimed: Iterable[OwedT], mail_of: Callable[[OwedT], EmailMessage], *, at: datetime
) -> int:
    """Send the mail of each row in hand. Returns how many went out.

    A worker that dies in between leaves a lease that runs out; the mail then goes
    again under the same Message-ID, so that two copies are one message.
    """
    sent = 0
    for owed in claimed:
        try:
            mail_of(owed).send()
        except (OSError, ValueError):  # a server that is away or unwilling; an odd address
            owed.put_back(at=at)
        else:
            owed.mark_sent(at=at)
            sent += 1
    return sent


def invitation_mail(invitation: Invitation) -> EmailMessage:
    """Ask somebody to join a team, in the language of the one who asks."""
    return _mail(
        "invitation",
        to=invitation.email,
        path=reverse("accounts:invitation", args=[invitation.public_id]),
        days=Invitation.OPEN_FOR.days,
        message_id=f"invitation-{invitation.public_id}",
        language=invitation.invited_by.language,
    )


def mailbox_mail(proof: DomainProof) -> EmailMessage:
    """A link that shows who reads this mailbox, in the language of the one who asks."""
    return _mail(
        "mailbox",
        to=proof.email,
        path=reverse("accounts:mailbox", args=[proof.secret]),
        days=DomainProof.OPEN_FOR.days,
        message_id=f"mailbox-{proof.pk}",
        language=proof.asked_by.language if proof.asked_by else settings.LANGUAGE_CODE,
    )


def _mail(
    name: str, *, to: str, path: str, days: int, message_id: str, language: str
) -> EmailMessage:
    """The Message-ID comes from the row: a second copy is the same message."""
    with translation.override(language):
        facts = {"url": f"{settings.SITE_URL.rstrip('/')}{path}", "days": days}
        subject = render_to_string(f"accounts/email/{name}_subject.txt", facts)
        body = render_to_string(f"accounts/email/{name}_message.txt", facts)
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body,
        to=[to],
        headers={"Message-ID": f"<{message_id}@{_mail_domain()}>"},
    )


def _mail_domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >")
