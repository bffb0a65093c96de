"""The cache goes on without Valkey, and never makes a page wait for it."""

import time

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts.models import User
from alongside.cache import SturdyCache
from alongside.settings import CACHES


def cache_at(path):
    options = CACHES["default"]["OPTIONS"]
    return SturdyCache(f"unix://{path}", {"OPTIONS": options, "TIMEOUT": 60})


@pytest.fixture(autouse=True)
def nobody_rests():
    SturdyCache._rests_until.clear()


def test_what_was_set_is_shared_through_valkey(short_place, valkey_at):
    path = short_place / "valkey.sock"
    with valkey_at(path):
        cache_at(path).set("tries", 3)
        assert cache_at(path).get("tries") == 3
        assert cache_at(path)._own.get("tries") is None


def test_without_valkey_each_process_counts_for_itself(dead_socket):
    cache = cache_at(dead_socket)
    cache.clear()

    assert cache.add("tries", 1) is True
    assert cache.add("tries", 1) is False
    assert cache.incr("tries") == 2
    assert cache.get("tries") == 2
    assert "tries" in cache
    assert cache.touch("tries", 30) is True
    assert cache.delete("tries") is True
    assert cache.get("tries", 0) == 0


def test_a_deaf_valkey_is_asked_once_and_then_left_alone(deaf_socket):
    cache = cache_at(deaf_socket)
    began = time.monotonic()

    for _try in range(20):
        cache.get("tries")

    assert time.monotonic() - began < 1


def test_after_a_rest_valkey_is_asked_again(short_place, valkey_at):
    path = short_place / "valkey.sock"
    cache = cache_at(path)
    cache.set("tries", 1)
    with valkey_at(path):
        SturdyCache._rests_until.clear()  # the rest is over
        assert cache.get("tries") is None
        cache.set("tries", 5)
        assert cache_at(path).get("tries") == 5


@pytest.fixture
def without_valkey(settings, dead_socket):
    """The site while its Valkey is dead."""
    default = settings.CACHES["default"] | {"LOCATION": f"unix://{dead_socket}"}
    settings.CACHES = {"default": default}


@pytest.mark.django_db
def test_signing_in_works_while_valkey_is_dead(client, without_valkey):
    person = User.objects.create_user("ana@example.org", "correct-horse-9")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    began = time.monotonic()

    answer = client.post(
        reverse("account_login"), {"login": person.email, "password": "correct-horse-9"}
    )

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)
    assert time.monotonic() - began < 2


@pytest.mark.django_db
def test_tries_are_still_counted_while_valkey_is_dead(client, without_valkey):
    person = User.objects.create_user("ana@example.org", "correct-horse-9")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    for _try in range(5):
        client.post(reverse("account_login"), {"login": person.email, "password": "wrong"})

    client.post(reverse("account_login"), {"login": person.email, "password": "correct-horse-9"})

    assert "_auth_user_id" not in client.session
