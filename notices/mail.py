"""The mail of a notice: the same neutral words for every event, and a link to the inbox."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from notices.models import Notice


def notice_mail(notice: Notice) -> EmailMessage:
    """Ask the recipient to sign in, in their language. It says nothing of the event.

    The Message-ID comes from the row, so that a second copy is the same message
    to every mail program.
    """
    with translation.override(notice.recipient.language):
        facts = {"url": f"{settings.SITE_URL.rstrip('/')}{reverse('notices:inbox')}"}
        subject = render_to_string("notices/email/notice_subject.txt", facts)
        body = render_to_string("notices/email/notice_message.txt", facts)
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body,
        to=[notice.recipient.email],
        headers={
            "Message-ID": f"<notice-{notice.public_id}@{_mail_domain()}>",
            "Content-Language": notice.recipient.language,
            "Auto-Submitted": "auto-generated",  # so that no absence note answers it
        },
    )


def _mail_domain() -> str:
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return address.rpartition("@")[2]
