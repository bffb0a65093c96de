"""A mail about a notice gives nobody away, whoever looks over the shoulder."""

import re
from email import message_from_bytes, policy
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from notices import actions
from notices.mail import notice_mail
from notices.models import Notice
from notices.unsubscribing import stop_path
from tests.factories import NOON, make_need, make_offer, make_user

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _name in settings.LANGUAGES]
GIVEAWAYS = """
    aftercare apprentic class clase coalition crime decision decline empleo employ engag fit
    home hogar human introduc job match need nonprofit offer oferta organi victim víctima
    party posting refug rehab rescue rescat restor review safe shelter survivor sobreviv team
    trabajo traffick trata training verif volunt www http: <img <a utm_
""".split()  # noqa: SIM905 - a lexicon reads better as a text
PREHEADER = 100  # characters that a lock screen or a list of mails shows of the text
OWN = ("Message-ID", "Date", "To", "List-Unsubscribe", "Content-Type")  # of each mail, or random


def mail_for(event, language="en", path="/matches/", person=None, grouped=0):
    """The mail of an event, as it goes over the wire. A digest tells of so many others."""
    person = person or make_user(language=language)
    facts = {"recipient": person, "path": path, "at": NOON}
    actions.owe(event=event, key=f"match 1 of 2 {event}", **facts)
    notice = Notice.objects.get(recipient=person, event=event)
    for number in range(grouped):
        actions.owe(event="introduced", key=f"introduced {number}", **facts)
    others = Notice.objects.filter(recipient=person, event="introduced").exclude(pk=notice.pk)
    others.update(digest=notice if grouped else None, without_mail_at=NOON if grouped else None)
    wire = notice_mail(notice).message().as_bytes()
    return message_from_bytes(wire, policy=policy.default)


def text_of(mail):
    return mail.get_body(["plain"]).get_content()


def html_of(mail):
    return mail.get_body(["html"]).get_content()


class Seen(HTMLParser):
    """What a reader of the HTML sees, and every address and tag in it."""

    def __init__(self, html):
        super().__init__()
        self.words, self.tags, self.links, self.others = [], set(), [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        for name, value in attributes:
            if name == "href":
                self.links.append(value)
            elif "/" in (value or "") or ":" in (value or ""):
                self.others.append(value)

    def handle_data(self, data):
        if self.lasttag != "style":
            self.words.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.words).split())


def everything_said(mail):
    """All that is readable: headers, text and HTML, without the two addresses."""
    headers = [value for name, value in mail.items() if name not in OWN]
    said = "\n".join([*headers, text_of(mail), Seen(html_of(mail)).text])
    return re.sub(rf"{re.escape(settings.SITE_URL)}\S*", "", said).lower()


def inbox_url():
    return settings.SITE_URL + reverse("notices:inbox")


def stop_url(person):
    return settings.SITE_URL + stop_path(person)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("event", Notice.Event.values)
def test_no_mail_holds_a_word_of_the_lexicon_or_of_the_event(event, language):
    words = everything_said(mail_for(event, language))

    label = str(Notice.Event(event).label).lower()
    found = [word for word in [*GIVEAWAYS, label] if word in words]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_digest_holds_no_word_of_the_lexicon_or_of_what_it_groups(language):
    mail = mail_for("digest", language, grouped=3)

    words = everything_said(mail)
    labels = [str(event.label).lower() for event in Notice.Event]
    assert [word for word in [*GIVEAWAYS, *labels] if word in words] == []
    assert "3" in mail["Subject"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_makes_the_same_mail(language):
    person = make_user(language=language)
    mails = [mail_for(event, person=person) for event in Notice.Event.values]

    shared = [[item for item in mail.items() if item[0] not in OWN] for mail in mails]
    assert shared == [shared[0]] * len(mails)
    assert {(text_of(mail), html_of(mail)) for mail in mails} == {
        (text_of(mails[0]), html_of(mails[0]))
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("grouped", [0, 2])
def test_what_a_lock_screen_shows_says_only_that_there_is_something(language, grouped):
    mail = mail_for("digest", language, grouped=grouped)

    shown = [mail["Subject"], mail["From"], text_of(mail)[:PREHEADER]]
    shown.append(Seen(html_of(mail)).text[:PREHEADER])
    words = re.sub(rf"{re.escape(settings.SITE_URL)}\S*", "", " ".join(shown)).lower()
    assert [word for word in GIVEAWAYS if word in words] == []


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

    assert [word for word in own_words if word in everything_said(mail)] == []
    assert str(postings[0].public_id) not in mail.as_string()


@pytest.mark.parametrize("grouped", [0, 2])
def test_text_and_html_lead_to_the_inbox_and_to_stopping_and_nowhere_else(grouped):
    person = make_user()
    mail = mail_for("digest", person=person, grouped=grouped)

    both = [inbox_url(), stop_url(person)]
    seen = Seen(html_of(mail))
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert [word for word in text_of(mail).split() if "://" in word] == both
    assert (seen.links, seen.others) == (both, [])


def test_the_html_fetches_nothing_and_adapts_to_a_phone_and_to_the_dark():
    html = html_of(mail_for("introduced"))

    assert Seen(html).tags == {"html", "head", "meta", "title", "style", "body", "p", "a"}
    assert [
        word
        for word in ("url(", "@import", "src=", "width: ", "px; height")
        if word in html.replace("max-width: ", "")
    ] == []
    assert 'name="viewport" content="width=device-width, initial-scale=1"' in html
    assert "color-scheme: light dark" in html


def test_a_mail_program_can_stop_it_with_one_press():
    person = make_user()
    mail = mail_for("proposed", person=person)

    assert mail["List-Unsubscribe"].strip() == f"<{stop_url(person)}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


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
    mail = mail_for("proposed", language)

    assert mail["Content-Language"] == language
    assert f'<html lang="{language}"' in html_of(mail)


def test_a_mail_scanner_that_presses_every_link_changes_nothing(tmp_path):
    mail = mail_for("introduced")
    links = Seen(html_of(mail)).links
    stranger, person = Client(), Client()
    person.force_login(Notice.objects.get().recipient)

    def everything(name):
        call_command("dumpdata", "accounts", "notices", "trail", output=tmp_path / name)
        return (tmp_path / name).read_text()

    before = everything("before.json")
    for link in links * 3:
        stranger.get(link)
        person.get(link)
        stranger.head(link)
    assert everything("after.json") == before
