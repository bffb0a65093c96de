"""What tests of notices share: a mail server that listens."""

from collections.abc import Iterator

import pytest

from tests.notices.mail_sink import MailSink


@pytest.fixture
def mail_sink(settings) -> Iterator[MailSink]:
    """A real mail server for this test, and settings that lead to it."""
    with MailSink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_TIMEOUT = 5
        yield sink
