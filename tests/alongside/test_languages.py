"""Every word is said in every language, and each reader is spoken to in their own."""

import ast
import re
from datetime import time
from html.parser import HTMLParser

import pytest
import time_machine
from allauth.account.models import EmailAddress
from babel.messages.mofile import read_mo
from django.conf import settings
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.formats import number_format, time_format
from django.utils.translation import get_language_info

from accounts.inviting import invite
from accounts.mail import invitation_mail
from accounts.states import states_by_name
from notices import actions
from notices.mail import notice_mail
from notices.models import Notice
from opportunities.models import Topic
from opportunities.topics import suggest, taxonomy
from tests.alongside.catalogs import (
    ROOT,
    catalog,
    catalog_files,
    code_files,
    said_in_source,
    template_files,
)
from tests.factories import NOON, make_need, make_party, make_user, owner_of

CATALOGS = catalog_files()
LANGUAGES = [code for code, _name in settings.LANGUAGES]
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]")
FROM_TRANSLATION = re.compile(r"from django\.utils\.translation import ([^\n(]+|\([^)]*\))")
SAME_IN_BOTH = {"Alongside", "No", "Alaska (Anchorage)", "Puerto Rico", "alias", "hindi", "Hindi"}
SAME_IN_BOTH |= {"$%(amount)s %(period)s", "%(group)s: other topics", "Alias", "total"}
SAME_IN_BOTH |= {  # states that Spanish calls as English does
    *("Alabama", "Alaska", "Arizona", "Arkansas", "California", "Colorado", "Connecticut"),
    *("Delaware", "Florida", "Georgia", "Guam", "Idaho", "Illinois", "Indiana", "Iowa", "Kansas"),
    *("Kentucky", "Maine", "Maryland", "Massachusetts", "Minnesota", "Montana", "Nebraska"),
    *("Nevada", "Ohio", "Oklahoma", "Rhode Island", "Tennessee", "Texas", "Utah", "Vermont"),
    *("Virginia", "Washington", "Wisconsin", "Wyoming"),
}


def of_catalogs(test):
    return pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parent.parent.name)(test)


def test_every_language_but_english_has_a_catalog():
    assert {path.parent.parent.name for path in CATALOGS} == {*LANGUAGES} - {"en"}


@of_catalogs
def test_every_text_is_translated(path):
    assert [said.english for said in catalog(path) if not all(said.translated)] == []


@of_catalogs
def test_no_translation_is_a_guess(path):
    assert [said.english for said in catalog(path) if said.fuzzy] == []


@of_catalogs
def test_translations_keep_the_places_for_values(path):
    wrong = [
        said.english
        for said in catalog(path)
        if places(said.translated[-1]) != places(*said.english)
        or not places(*said.translated) <= places(*said.english)  # one alone may go uncounted
    ]
    assert wrong == []


def places(*forms):
    return {found for form in forms for found in PLACEHOLDER.findall(form)}


@of_catalogs
def test_the_catalog_holds_what_the_source_says_and_nothing_else(path):
    kept = {said.english for said in catalog(path)}
    said = said_in_source()

    assert {english: where for english, where in said.items() if english not in kept} == {}
    assert kept - {*said} == set()


@of_catalogs
def test_the_compiled_catalog_is_that_of_the_file(path):
    with path.with_suffix(".mo").open("rb") as file:  # missing or old? make setup
        compiled = {str(entry.id): entry.string for entry in read_mo(file) if entry.id}

    assert {said.english[0] for said in catalog(path) if len(said.english) == 1} <= {*compiled}
    assert [
        said.english[0]
        for said in catalog(path)
        if len(said.english) == 1 and compiled[said.english[0]] != said.translated[0]
    ] == []


@of_catalogs
def test_a_text_that_stays_as_it_is_was_meant_to(path):
    same = {said.english[0] for said in catalog(path) if said.english == said.translated}

    assert {text for text in same if re.search(r"[A-Za-z]{2}", PLACEHOLDER.sub("", text))} <= (
        SAME_IN_BOTH
    )


# What is not marked


TAG = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
NAMES_A_CLASS = r"block(?=\s+main_class\b)"
BLOCK = re.compile(
    rf"\{{%\s*(comment|blocktranslate|blocktrans|{NAMES_A_CLASS})\b.*?%\}}.*?\{{%\s*end\1\s*%\}}",
    re.DOTALL,
)
SPOKEN = {"alt", "aria-label", "title", "placeholder", "content"}
PLAIN_TEXT = {"width=device-width, initial-scale=1", "noindex", "light dark", "UTC"}
PLAIN_TEXT |= {"humantraffickinghotline.org"}
SILENT = {"script", "style", "kbd", "code"}  # letters of the keyboard, names of columns


class Unmarked(HTMLParser):
    """The words of a template that stand in no tag of the template language."""

    def __init__(self, source):
        super().__init__()
        self.words = []
        self._silent = 0
        self.feed(TAG.sub("", BLOCK.sub("", source)))

    def handle_starttag(self, tag, attributes):
        self._silent += tag in SILENT
        self.words += [
            value
            for name, value in attributes
            if name in SPOKEN and re.search(r"[^\W\d_]", value or "") and value not in PLAIN_TEXT
        ]

    def handle_endtag(self, tag):
        self._silent -= tag in SILENT

    def handle_data(self, data):
        if not self._silent and re.search(r"[^\W\d_]", data) and data.strip() not in PLAIN_TEXT:
            self.words.append(data.strip())


def test_every_word_of_a_template_is_marked():
    unmarked = {
        str(path.relative_to(ROOT)): words
        for path in template_files()
        if (words := Unmarked(path.read_text(encoding="utf-8")).words)
    }
    assert unmarked == {}


def test_a_word_that_is_not_marked_would_be_seen():
    source = '<p title="Hello">{% if x %}Welcome{% endif %} {% translate "back" %}</p>'

    assert Unmarked(source).words == ["Hello", "Welcome"]


ASKED_IN_WORDS = {"label", "help_text", "empty_label", "verbose_name", "verbose_name_plural"}
TOLD_BY = {"success", "info", "warning", "error", "add_error", "ValidationError", "Refused"}


def bare_words(path):
    """Literals in code that would be shown as they are: (line, text)."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        logs = getattr(getattr(node.func, "value", None), "id", "") in {"logger", "log"}
        shown = [word.value for word in node.keywords if word.arg in ASKED_IN_WORDS]
        if name in TOLD_BY and not logs:
            shown += node.args[1:] if name != "ValidationError" else node.args[:1]
        for value in shown:
            text = value.value if isinstance(value, ast.Constant) else ""
            if isinstance(value, ast.JoinedStr) or (isinstance(text, str) and " " in text):
                yield node.lineno, text


def test_labels_help_and_messages_are_marked():
    bare = {
        str(path.relative_to(ROOT)): found
        for path in code_files()
        if "management" not in path.parts and (found := list(bare_words(path)))
    }
    assert bare == {}


def test_gettext_goes_by_a_name_that_extraction_knows():
    renamed = {
        (str(path.relative_to(ROOT)), name)
        for path in code_files()
        for imported in FROM_TRANSLATION.findall(path.read_text(encoding="utf-8"))
        for name in re.findall(r"\bas (\w+)", imported)
        if name != "_"
    }
    assert renamed == set()


# Pages


@pytest.mark.django_db
def test_pages_come_in_the_language_the_browser_asks_for(client):
    page = client.get(reverse("how_it_works"), headers={"Accept-Language": "es-MX,es;q=0.9"})

    assert "<h1>Cómo funciona</h1>" in page.text
    assert page.headers["Content-Language"] == "es"


@pytest.mark.django_db
def test_a_chosen_language_is_kept_against_the_browsers(client):
    client.post(reverse("set_language"), {"language": "es", "next": "/"})

    page = client.get(reverse("how_it_works"), headers={"Accept-Language": "en"})

    assert "<h1>Cómo funciona</h1>" in page.text


@pytest.mark.django_db
@pytest.mark.parametrize("code", LANGUAGES)
def test_the_switch_names_each_language_in_its_own_words(client, code):
    assert get_language_info(code)["name_local"].lower() in client.get("/").text.lower()


def test_spanish_writes_numbers_and_times_as_the_country_does():
    with translation.override("es"):
        assert number_format(1250.5, 2, force_grouping=True) == "1,250.50"
        assert time_format(time(18, 30)) == "6:30 p.m."


def test_an_accent_moves_no_state_in_the_list():
    with translation.override("es"):
        names = [name for _code, name in states_by_name() if name.startswith("M")]

    assert names[:6] == ["Maine", "Maryland", "Massachusetts", "Míchigan", "Minnesota", "Misisipi"]


# Mail


@pytest.mark.django_db
@pytest.mark.parametrize("event", Notice.Event.values)
def test_the_mail_of_an_event_is_in_the_language_of_its_recipient(event):
    person = make_user(language="es")
    actions.owe(recipient=person, event=event, key="1", path="/matches/", at=NOON)

    sent = notice_mail(Notice.objects.get())

    assert sent.subject == "Tiene una novedad en Alongside"
    assert "Inicie sesión para leerla" in sent.body


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_what_a_notice_says_in_the_inbox_is_in_the_readers_language(client):
    person = make_user(language="es")
    actions.owe(recipient=person, event="proposed", key="1", path="/matches/", at=NOON)
    client.force_login(person)

    assert "Puede haber una coincidencia para usted." in client.get(reverse("notices:inbox")).text


@pytest.mark.django_db
def test_an_invitation_is_in_the_language_of_the_one_who_asks():
    party = make_party(owner=make_user(language="es"))
    invitation = invite(
        party=party, email="ana@example.org", role="staff", by=owner_of(party), at=NOON
    )

    assert invitation_mail(invitation).subject == "Tiene una invitación en Alongside"


SIGN_IN_MAILS = [
    ("account_reset_password", "Elija una contraseña nueva"),
    ("account_request_login_code", "Su código para iniciar sesión"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("page", "subject"), SIGN_IN_MAILS)
def test_sign_in_mail_is_in_the_recipients_language_whoever_asks(page, subject):
    person = make_user(language="es")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)

    Client(headers={"Accept-Language": "en"}).post(reverse(page), {"email": person.email})

    assert [sent.subject for sent in mail.outbox] == [subject]
    assert mail.outbox[0].body.startswith("Hola:")


@pytest.mark.django_db
def test_a_new_account_is_confirmed_in_the_language_it_was_made_in():
    facts = {"kind": "volunteer", "name": "Ana Reyes", "email": "ana@example.org"}

    Client(headers={"Accept-Language": "es"}).post(reverse("account_signup"), facts)

    assert [sent.subject for sent in mail.outbox] == ["Confirme su dirección"]


# Topics


def test_every_topic_has_a_name_in_every_language():
    missing = [
        (entry.slug, code)
        for entry in taxonomy()
        for code in LANGUAGES
        if code != "en" and not entry.names.get(code)
    ]
    assert missing == []


def test_a_spanish_name_leads_to_its_topic():
    def found(entry):
        kind = entry.group if entry.group in {"apprenticeship", "job"} else "class"
        return [slug for slug, _sure in suggest(entry.names["es"], kind, limit=2)]

    assert [entry.names["es"] for entry in taxonomy() if entry.slug not in found(entry)] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "name"), [("en", "Car maintenance"), ("es", "Mantenimiento del auto")]
)
def test_pages_name_topics_in_the_readers_language(client, language, name):
    party = make_party(owner=make_user(language=language))
    need = make_need(party, topics=("car-maintenance",))
    client.force_login(owner_of(party))

    assert name in client.get(reverse("opportunities:need", args=[need.public_id])).text


@pytest.mark.django_db
def test_a_topic_calls_itself_by_its_name_in_the_readers_language():
    with translation.override("es-mx"):
        assert str(Topic.objects.get(slug="car-maintenance")) == "Mantenimiento del auto"
