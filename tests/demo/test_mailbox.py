"""The mail of a demo can be read on a page that nobody else has."""

import pytest
from django.core.mail import EmailMessage, get_connection

from alongside.demo.mailbox import mails_in


@pytest.fixture
def folder(tmp_path, settings):
    """Where the mail goes, with the page that shows it."""
    settings.EMAIL_FILE_PATH = str(tmp_path)
    settings.ROOT_URLCONF = "tests.demo.urls"
    return tmp_path


def _send(folder, subject, text="Hello."):
    backend = "django.core.mail.backends.filebased.EmailBackend"
    connection = get_connection(backend, file_path=str(folder))
    message = EmailMessage(subject, text, "hello@example.org", ["ada@example.org"])
    connection.send_messages([message])


def test_the_newest_mail_comes_first(folder):
    _send(folder, "One")
    _send(folder, "Two")

    assert [mail.subject for mail in mails_in(folder)] == ["Two", "One"]


def test_a_mail_is_read_as_its_reader_would(folder):
    _send(folder, "Grüße", "Line one.\n\nSí, line two.")

    (mail,) = mails_in(folder)

    assert (mail.to, mail.subject) == ("ada@example.org", "Grüße")
    assert mail.text == "Line one.\n\nSí, line two."


def test_a_mail_that_is_still_being_written_is_left_out(folder):
    _send(folder, "Whole")
    (written,) = folder.glob("*.log")
    with written.open("ab") as file:
        file.write(b"Subject: Half\n\nNot yet")

    assert [mail.subject for mail in mails_in(folder)] == ["Whole"]


def test_the_page_shows_mail_as_text_only(folder, client):
    _send(folder, "An update", "<script>alert(1)</script>")

    page = client.get("/demo/mail/").content.decode()

    assert "An update" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_site_that_is_no_demo_has_no_such_page(client, db):
    assert client.get("/demo/mail/").status_code == 404
