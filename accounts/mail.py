"""The mails of this app, in neutral words: never who, what or where."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from accounts.models import Invitation


def invitation_mail(invitation: Invitation) -> EmailMessage:
    """Ask somebody to join a team, in the language of the one who asks.

    The Message-ID comes from the row: a second copy is the same message.
    """
    path = reverse("accounts:invitation", args=[invitation.public_id])
    with translation.override(invitation.invited_by.language):
        facts = {"url": f"{settings.SITE_URL.rstrip('/')}{path}", "days": Invitation.OPEN_FOR.days}
        subject = render_to_string("accounts/email/invitation_subject.txt", facts)
        body = render_to_string("accounts/email/invitation_message.txt", facts)
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body,
        to=[invitation.email],
        headers={"Message-ID": f"<invitation-{invitation.public_id}@{_mail_domain()}>"},
    )


def _mail_domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >")
