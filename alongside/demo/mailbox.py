"""Read the mail that a demo "sends": Django's file backend writes it into a folder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

_END_OF_MESSAGE = b"\n" + b"-" * 79 + b"\n"


@dataclass(frozen=True)
class Mail:
    """One mail as its reader would see it, in plain text."""

    to: str
    sender: str
    subject: str
    sent_at: datetime | None
    text: str


def mails_in(folder: Path) -> list[Mail]:
    """All mails that are written to the end, newest first."""
    files = sorted(folder.glob("*.log"), key=lambda path: (path.stat().st_mtime_ns, path.name))
    found = [mail for path in files for mail in _mails_of(path)]
    return found[::-1]


def _mails_of(path: Path) -> Iterator[Mail]:
    *whole, _unfinished = path.read_bytes().split(_END_OF_MESSAGE)
    for written in whole:
        message = message_from_bytes(written, policy=policy.default)
        yield Mail(
            to=str(message["To"]),
            sender=str(message["From"]),
            subject=str(message["Subject"]),
            sent_at=parsedate_to_datetime(message["Date"]) if message["Date"] else None,
            text=_text(message),
        )


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain",))
    return str(body.get_content()).strip() if body else ""
