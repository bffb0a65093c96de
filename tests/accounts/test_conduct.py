"""Everyone accepts the agreement, once a version."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.urls import reverse

from accounts import conduct
from accounts.models import User
from tests.factories import NOON, make_user
from tests.pages import Page
from trail.models import Audit

pytestmark = pytest.mark.django_db
PAGE = "/agreement/"


def newcomer(**fields):
    return make_user(conduct_version=0, conduct_accepted_at=None, **fields)


def now(person):
    return User.objects.get(pk=person.pk)


def test_accepting_writes_down_which_version_and_when():
    person = newcomer()

    conduct.accept(person=person, version=conduct.CURRENT, at=NOON)

    found = now(person)
    assert (found.conduct_version, found.conduct_accepted_at) == (conduct.CURRENT, NOON)
    assert Audit.objects.get().facts == {"version": conduct.CURRENT}


def test_accepting_twice_keeps_the_first_moment():
    person = make_user()

    conduct.accept(person=person, version=conduct.CURRENT, at=NOON)

    assert now(person).conduct_accepted_at < NOON
    assert Audit.objects.count() == 0


@pytest.mark.parametrize("version", [conduct.CURRENT - 1, conduct.CURRENT + 1])
def test_only_the_current_version_is_accepted(version):
    with pytest.raises(conduct.ReadTheNewOne):
        conduct.accept(person=newcomer(), version=version, at=NOON)


def test_a_new_version_asks_everybody_again(monkeypatch):
    person = make_user()
    conduct.require(person)

    monkeypatch.setattr(conduct, "CURRENT", conduct.CURRENT + 1)

    with pytest.raises(conduct.NotAccepted):
        conduct.require(person)


def test_an_acceptance_has_a_moment():
    with pytest.raises(IntegrityError, match="agreement_is_accepted_exactly_when_dated"):
        make_user(conduct_accepted_at=None)


# The page that asks


def test_whoever_has_not_accepted_meets_the_agreement_first_and_goes_on_from_there(client):
    person = newcomer()
    client.force_login(person)
    wanted = reverse("accounts:person") + "?x=1"

    asked = client.get(wanted, follow=True)
    ((address, _code),) = asked.redirect_chain
    answer = client.post(address, {"version": conduct.CURRENT, "agrees": "on"})

    assert "No private contact." in asked.text
    assert Page(asked.text).complaints == []
    assert answer.url == wanted
    assert client.get(wanted).status_code == 200


def test_the_box_must_be_ticked(client):
    person = newcomer()
    client.force_login(person)

    client.post(PAGE, {"version": conduct.CURRENT})

    assert now(person).conduct_version == 0


def test_nothing_leads_away_from_this_site(client):
    client.force_login(newcomer())

    answer = client.post(
        f"{PAGE}?next=https://elsewhere.example.org/",
        {"version": conduct.CURRENT, "agrees": "on"},
    )

    assert answer.url == reverse("home")


def test_what_somebody_is_sending_is_not_lost(client):
    person = newcomer()
    client.force_login(person)

    client.post(
        reverse("accounts:person"),
        {"name": "Ana Reyes", "language": "en", "time_zone": "Pacific/Guam"},
    )

    assert now(person).name == "Ana Reyes"


@pytest.mark.parametrize("name", ["account_email", "account_logout", "how_it_works", "healthz"])
def test_ones_account_help_and_the_way_out_stay_open(client, name):
    client.force_login(newcomer())

    answer = client.get(reverse(name))

    assert PAGE not in answer.headers.get("Location", "")


def test_strangers_are_asked_for_nothing(client):
    assert client.get(reverse("home")).wsgi_request.user == AnonymousUser()
    assert client.get(reverse("home")).status_code == 200


def test_it_can_be_read_again(client):
    client.force_login(make_user())

    assert "You have accepted this." in client.get(PAGE).text
