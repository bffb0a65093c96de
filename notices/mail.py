"""The mail of a notice: the same neutral words for every event, and a link to the inbox."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from notices.claiming import InHand
from notices.models import Notice
from notices.unsubscribing import stop_path


def notice_mail(notice: Notice | InHand) -> EmailMultiAlternatives:
    """Ask the recipient to sign in, in their language. It says nothing of the event.

    A digest differs by a number only.
    """
    stop_url = _address(stop_path(notice.recipient))
    facts = {
        "url": _address(reverse("notices:inbox")),
        "stop_url": stop_url,
        "updates": _updates(notice),
    }
    with translation.override(notice.recipient.language):
        subject = render_to_string("notices/email/notice_subject.txt", facts)
        text = render_to_string("notices/email/notice_message.txt", facts)
        html = render_to_string("notices/email/notice_message.html", facts)
    mail = EmailMultiAlternatives(
        subject=" ".join(subject.split()),
        body=text,
        to=[notice.recipient.email],
        headers=_headers(notice, stop_url=stop_url),
    )
    mail.attach_alternative(html, "text/html")
    return mail


def _headers(notice: Notice | InHand, *, stop_url: str) -> dict[str, str]:
    """The Message-ID comes from the row: a second copy is the same message to every mail program.

    Mail programs offer to stop it with one press (RFC 8058).
    """
    return {
        "Message-ID": f"<notice-{notice.public_id}@{_mail_domain()}>",
        "Content-Language": notice.recipient.language,
        "Auto-Submitted": "auto-generated",  # so that no absence note answers it
        "List-Unsubscribe": f"<{stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _updates(notice: Notice | InHand) -> int:
    """How much there is to read: what a digest tells of and was not read meanwhile."""
    if notice.event != Notice.Event.DIGEST:
        return 1
    return max(1, Notice.objects.filter(digest=notice.pk).unread().count())


def _address(path: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def _mail_domain() -> str:
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return address.rpartition("@")[2]
