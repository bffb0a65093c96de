"""What somebody typed is not lost when the session ended before they sent it."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts.models import Membership
from opportunities.kept_answers import SESSION_KEY
from opportunities.models import Need
from tests.factories import NOON, make_need, make_party, make_user, owner_of
from tests.opportunities.pages import CLASS_HOURS, CLASS_WORDS, hidden, signed_in, url

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("noon", "nobody_has_tried_too_often"),
]

PASSWORD = "a-long-and-calm-word"


def with_password(person):
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def sign_in(client, person, following):
    """As a person does, on the page they were sent to."""
    page = client.get(following)
    answers = {"login": person.email, "password": PASSWORD, "next": after(following)}
    return client.post(following, hidden(page) | answers)


def after(address):
    return address.partition("?next=")[2]


def session_ends(client):
    client.session.flush()
    client.cookies.pop("sessionid")


def test_answers_sent_after_the_session_ended_wait_for_their_writer():
    person = with_password(owner_of(make_party()))
    client = signed_in(person, enforce_csrf_checks=True)
    address = reverse("opportunities:need_new")
    typed = hidden(client.get(address)) | CLASS_WORDS
    session_ends(client)

    sent = client.post(address, typed)
    assert Need.objects.count() == 0
    back = sign_in(client, person, sent.url)
    assert back.url == address
    page = client.get(address)

    html = page.content.decode()
    assert "You were signed out in the meantime." in html
    assert f'value="{CLASS_WORDS["title"]}"' in html
    assert CLASS_WORDS["description"] in html
    assert Need.objects.count() == 0  # looking saves nothing
    client.post(address, hidden(page) | CLASS_WORDS)
    assert Need.objects.get().title == CLASS_WORDS["title"]
    assert SESSION_KEY not in client.session


def test_one_comes_back_to_the_step_and_the_draft():
    person = with_password(owner_of(make_party()))
    client = signed_in(person)
    draft = make_need(owner_of_party(person), status="draft", slots=[])
    address = url(draft, "step", "hours")
    typed = hidden(client.get(address)) | CLASS_HOURS
    session_ends(client)

    back = sign_in(client, person, client.post(address, typed).url)

    assert back.url == address
    assert 'value="18:00"' in client.get(address).content.decode()
    assert draft.title in client.get(reverse("opportunities:mine")).content.decode()


def owner_of_party(person):
    return person.memberships.get().party


def test_nobody_else_who_signs_in_there_sees_the_answers():
    writer, other = owner_of(make_party()), with_password(owner_of(make_party()))
    client = signed_in(writer)
    address = reverse("opportunities:need_new")
    typed = hidden(client.get(address)) | CLASS_WORDS
    session_ends(client)

    sign_in(client, other, client.post(address, typed).url)

    assert CLASS_WORDS["description"] not in client.get(address).content.decode()


def test_the_answers_go_to_the_party_they_were_written_for():
    first, second = make_party(), make_party()
    person = with_password(owner_of(first))
    Membership.objects.create(user=person, party=second, role="staff", joined_at=NOON)
    client = signed_in(person)
    client.post(reverse("accounts:party_act", args=[second.public_id]))
    address = reverse("opportunities:need_new")
    typed = hidden(client.get(address)) | CLASS_WORDS
    session_ends(client)

    sign_in(client, person, client.post(address, typed).url)
    page = client.get(address)
    client.post(address, hidden(page) | CLASS_WORDS)

    assert Need.objects.get().party == second


def test_what_names_a_person_is_not_kept():
    client = signed_in(owner_of(make_party()))
    address = reverse("opportunities:need_new")
    typed = hidden(client.get(address)) | CLASS_WORDS | {"description": "Call 212-555-0100"}
    session_ends(client)

    client.post(address, typed)

    assert "0100" not in client.session[SESSION_KEY]["answers"]
    assert "Budgeting" in client.session[SESSION_KEY]["answers"]


def test_nothing_is_kept_for_who_was_never_signed_in():
    address = reverse("opportunities:need_new")

    for mark in ("", "forged:1:x"):
        Client().post(address, CLASS_WORDS | {"writer": mark})

    assert Session.objects.count() == 0


def test_too_much_is_not_kept():
    client = signed_in(owner_of(make_party()))
    address = reverse("opportunities:need_new")
    typed = hidden(client.get(address)) | {"title": "x" * 100_000}
    session_ends(client)

    client.post(address, typed)

    assert SESSION_KEY not in client.session


def test_a_party_one_does_not_belong_to_gets_nothing():
    client = signed_in(owner_of(make_party()))
    address = reverse("opportunities:need_new")
    foreign = make_party(owner=make_user())

    for party in (str(foreign.public_id), "nonsense"):
        client.post(address, CLASS_WORDS | {"party": party})

    assert {need.party for need in Need.objects.all()} == {client.get(address).context["party"]}
