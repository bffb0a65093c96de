"""One round with the mail server: a single connection for as long as it holds."""

import logging
import smtplib
from contextlib import suppress
from time import monotonic
from types import TracebackType
from typing import Self

from django.core.mail import EmailMessage, get_connection

logger = logging.getLogger(__name__)

CLOSING = 421  # the reply of a server that hangs up


class ServerAway(Exception):
    """The mail server is not there for us now. No message is to blame."""


class Undeliverable(Exception):
    """The mail server refuses this one message for good."""


class MailServer:
    """The mail server as it is in this round.

    ``is_there`` turns false, and stays so, when it cannot be reached, refuses
    our sender, breaks off several times in a row, or when the round is over.
    """

    BREAKS = 3  # connections that broke in a row: now it is not the message's fault

    def __init__(self, *, seconds: float) -> None:
        """Open for ``seconds`` at most; a message begun before then is finished."""
        self._connection = get_connection()
        self._ends = monotonic() + seconds
        self._breaks = 0
        self._is_there = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._hang_up()

    @property
    def is_there(self) -> bool:
        return self._is_there and monotonic() < self._ends

    def send(self, mail: EmailMessage) -> None:
        """Hand over one mail.

        Raises ``ServerAway``, ``Undeliverable``, or ``OSError`` where a later try may help.
        """
        self._open()
        try:
            self._connection.send_messages([mail])
        except smtplib.SMTPSenderRefused as refusal:
            raise self._away(refusal) from refusal
        except smtplib.SMTPRecipientsRefused as refusal:
            self._refused(*next(iter(refusal.recipients.values())))
        except smtplib.SMTPResponseException as refusal:
            self._refused(refusal.smtp_code, refusal.smtp_error)
        except ValueError as error:  # an address that no mail program would take
            raise Undeliverable(str(error)) from error
        except OSError:
            self._broke()
            raise
        self._breaks = 0

    def _open(self) -> None:
        if not self.is_there:
            raise ServerAway
        try:
            self._connection.open()
        except OSError as error:
            raise self._away(error) from error

    def _away(self, error: OSError) -> ServerAway:
        """Log the kind of error only: the text may hold an address."""
        logger.warning("The mail server is away: %s.", type(error).__name__)
        self._is_there = False
        return ServerAway(str(error))

    def _broke(self) -> None:
        self._hang_up()
        self._breaks += 1
        if self._breaks == self.BREAKS:
            logger.warning("The mail server broke off %s times in a row.", self._breaks)
            self._is_there = False

    def _refused(self, code: int, words: bytes | str) -> None:
        """Raise what the server's answer to one message means."""
        self._breaks = 0
        said = words.decode(errors="replace") if isinstance(words, bytes) else words
        if code >= 500:
            raise Undeliverable(f"{code} {said}")
        if code == CLOSING:
            self._hang_up()
        raise OSError(code, said)

    def _hang_up(self) -> None:
        with suppress(OSError):  # it is gone either way
            self._connection.close()
