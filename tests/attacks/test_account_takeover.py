"""An attacker with a list of addresses, a planted cookie, a stolen one, and much patience."""

import os
import re
import subprocess
import sys

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.factories import make_user
from tests.matching.workers import database_url

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-9"
KNOWN, UNKNOWN = "somebody@example.org", "nobody.at.all@example.org"
SECRETS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


class Counted(MD5PasswordHasher):
    """Counts how often a password is worked through: what takes the time outside of tests."""

    times = 0

    def encode(self, password, salt):
        type(self).times += 1
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def no_tries_yet():
    cache.clear()


@pytest.fixture
def member():
    person = make_user(email=KNOWN)
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=KNOWN, verified=True, primary=True)
    return person


def sign_in(client, address=KNOWN, password=PASSWORD, **headers):
    facts = {"login": address, "password": password}
    return client.post(reverse("account_login"), facts, headers=headers)


def is_in(client):
    return client.get(reverse("accounts:person")).status_code == 200


# Who has an account


def seen_of(view, address, **facts):
    """Everything an attacker sees of an answer, and how much work it was."""
    mail.outbox.clear()
    cache.clear()
    Counted.times = 0
    client = Client()
    answer = client.post(reverse(view), {key: value or address for key, value in facts.items()})
    next_page = client.get(answer.url) if answer.status_code == 302 else answer
    text = SECRETS.sub("", next_page.text).replace(address, "ADDRESS")
    where = answer.headers.get("Location", "")
    return answer.status_code, where, text, Counted.times, len(mail.outbox), sorted(client.cookies)


@pytest.mark.parametrize(
    ("view", "facts"),
    [
        ("account_signup", {"email": "", "name": "A", "kind": "volunteer"}),
        ("account_login", {"login": "", "password": "wrong-horse-9"}),
        ("account_reset_password", {"email": ""}),
        ("account_request_login_code", {"email": ""}),
        (
            "account_signup",
            {"email": "", "name": "A", "kind": "volunteer", "password1": PASSWORD},
        ),
    ],
)
def test_nobody_learns_who_has_an_account(member, settings, view, facts):
    """By status, by where it leads, by words, by the work it takes, by mails sent."""
    settings.PASSWORD_HASHERS = [f"{__name__}.Counted"]
    member.set_password(PASSWORD)
    member.save()

    assert seen_of(view, KNOWN, **facts) == seen_of(view, UNKNOWN, **facts)


def test_wrong_passwords_of_a_stranger_keep_nobody_out(member):
    stranger, owner = Client(), Client()
    for _try in range(5):
        sign_in(stranger, password="wrong-horse-9")

    page = sign_in(owner)
    assert "choose “Send me a code by mail” below: it works right now" in page.text
    assert not is_in(owner)

    owner.post(reverse("account_request_login_code"), {"email": KNOWN})
    code = re.search(r"^([A-Z0-9-]{6,9})$", mail.outbox[-1].body, re.MULTILINE)[1]
    owner.post(reverse("account_confirm_login_code"), {"code": code})
    assert is_in(owner)


# Cookies


def test_a_planted_cookie_is_worth_nothing_after_the_sign_in(member):
    attacker, victim = Client(), Client()
    attacker.get(reverse("account_login"))
    sign_in(attacker, UNKNOWN)  # so that there is a session to plant
    session = attacker.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    victim.cookies["sessionid"] = attacker.cookies["sessionid"] = planted

    sign_in(victim)

    assert (is_in(victim), is_in(attacker)) == (True, False)
    assert victim.cookies["sessionid"].value != planted


@pytest.mark.parametrize("way", ["account_logout", "leave"])
def test_a_stolen_cookie_is_worth_nothing_after_the_sign_out(member, way):
    victim, thief = Client(), Client()
    sign_in(victim)
    thief.cookies["sessionid"] = victim.cookies["sessionid"].value
    assert is_in(thief)

    victim.post(reverse(way))

    assert not is_in(thief)


def test_a_changed_password_ends_every_other_session(member):
    owner, thief = Client(), Client()
    sign_in(thief)
    sign_in(owner)

    facts = {"oldpassword": PASSWORD, "password1": "new-horse-10", "password2": "new-horse-10"}
    owner.post(reverse("account_change_password"), facts)

    assert (is_in(owner), is_in(thief)) == (True, False)


def test_cookies_are_closed_to_scripts_and_to_other_sites(member, client):
    sign_in(client)
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert cookie["expires"] == ""  # it ends with the browser


# Patience


def test_another_address_in_a_header_is_no_other_place(member):
    """Ten wrong passwords a minute from one place, whatever place the request claims."""
    for number in range(10):
        sign_in(Client(), f"a{number}@example.org", "wrong", x_forwarded_for=f"203.0.113.{number}")
    client = Client()
    sign_in(client, x_forwarded_for="203.0.113.200")
    assert not is_in(client)


GUESS = f"""
import django
django.setup()
from django.test import Client
page = Client().post("/account/login/", {{"login": "{UNKNOWN}", "password": "wrong"}},
                     headers={{"host": "localhost"}})
print("Too many" in page.text)
"""


def test_tries_are_counted_across_processes():
    """Each web server would otherwise grant an attacker its own five."""
    elsewhere = subprocess.run(
        [sys.executable, "-c", GUESS],
        env=os.environ | {"DATABASE_URL": database_url(), "LOG_LEVEL": "ERROR"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )

    here = [sign_in(Client(), UNKNOWN, "wrong", host="localhost") for _try in range(5)]

    assert elsewhere.stdout.strip() == "False"
    assert ["Too many" in page.text for page in here] == [False] * 4 + [True]
