"""A mail about a notice gives nobody away, whoever looks over the shoulder."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from notices import actions
from notices.mail import notice_mail
from notices.models import Notice
from tests.factories import NOON, make_need, make_offer, make_user

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
GIVEAWAYS = """
    aftercare apprentic class clase coalition crime decision decline empleo employ engag fit
    home hogar human introduc job match need nonprofit offer oferta organi victim víctima
    party posting refug rehab rescue rescat restor review safe shelter survivor sobreviv team
    trabajo traffick trata training verif volunt www http: <img <a utm_
""".split()  # noqa: SIM905 - a lexicon reads better as a text


def mail_for(event, language="en", path="/matches/"):
    """The mail of an event, as it goes over the wire."""
    person = make_user(language=language)
    actions.owe(recipient=person, event=event, key="match 1 of 2", path=path, at=NOON)
    return notice_mail(Notice.objects.get(recipient=person)).message()


def words_of(mail):
    """Subject and body, without the one link."""
    body = mail.get_payload(decode=True).decode()
    return f"{mail['Subject']}\n{body}".replace(inbox_url(), "").lower()


def inbox_url():
    return settings.SITE_URL + reverse("notices:inbox")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event", Notice.Event.values)
def test_no_mail_holds_a_word_of_the_lexicon_or_of_the_event(event, language):
    words = words_of(mail_for(event, language))

    label = str(Notice.Event(event).label).lower()
    found = [word for word in [*GIVEAWAYS, label] if word in words]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_makes_the_same_mail(language):
    mails = [mail_for(event, language) for event in Notice.Event.values]

    for mail in mails:
        for own in ("Message-ID", "Date", "To"):
            del mail[own]
    assert {mail.as_string() for mail in mails} == {mails[0].as_string()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_holds_no_word_of_the_postings_it_is_about(language):
    postings = [make_need(), make_offer()]
    own_words = {
        word.lower().strip(".,")
        for posting in postings
        for text in (posting.title, posting.description, posting.party.name, posting.county)
        for word in text.split()
        if len(word) > 3
    }
    mail = mail_for("proposed", language, path=f"/matches/{postings[0].public_id}/")

    assert [word for word in own_words if word in words_of(mail)] == []
    assert str(postings[0].public_id) not in mail.as_string()


def test_a_mail_is_plain_text_and_holds_one_link_to_the_inbox():
    mail = mail_for("introduced")

    body = mail.get_payload(decode=True).decode()
    assert mail.get_content_type() == "text/plain"
    assert [word for word in body.split() if "://" in word] == [inbox_url()]


def test_a_mail_says_that_a_machine_wrote_it_and_from_whom_it_is():
    mail = mail_for("proposed")

    assert mail["From"] == settings.DEFAULT_FROM_EMAIL
    assert mail["Auto-Submitted"] == "auto-generated"


def test_the_sender_has_no_display_name_in_the_message_id(settings):
    settings.DEFAULT_FROM_EMAIL = '"A name, with a comma" <hello@mail.example.org>'
    mail = mail_for("proposed")

    assert mail["Message-ID"].endswith("@mail.example.org>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_is_in_the_language_of_its_recipient(language):
    assert mail_for("proposed", language)["Content-Language"] == language


def test_a_mail_scanner_that_presses_the_link_changes_nothing(tmp_path):
    mail = mail_for("introduced")
    link = next(w for w in mail.get_payload(decode=True).decode().split() if "://" in w)
    stranger, person = Client(), Client()
    person.force_login(Notice.objects.get().recipient)

    def everything(name):
        call_command("dumpdata", "accounts", "notices", "trail", output=tmp_path / name)
        return (tmp_path / name).read_text()

    before = everything("before.json")
    for _ in range(3):
        stranger.get(link)
        person.get(link)
    assert everything("after.json") == before
