"""Which pages search engines may name and caches may keep: those for everybody, and no other."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse

from tests.factories import make_user

pytestmark = pytest.mark.django_db
STAY_OUT = '<meta name="robots" content="noindex">'
FOR_EVERYBODY = (
    "/",
    "/how-it-works/",
    "/needed/",
    "/needed/ny/",
    "/help-out/",
    "/help-out/neighbor/",
    "/safety/",
    "/help/",
    "/accessibility/",
)


def marked(patterns):
    """Names of the views that are for everybody."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from marked(pattern.url_patterns)
        elif hasattr(pattern.callback, "is_for_everybody"):
            yield pattern.name


def test_no_other_page_is_marked_as_one_for_everybody():
    assert set(marked(get_resolver().url_patterns)) == {
        *("home", "how_it_works", "needed", "needed_in", "help_out", "help_what"),
        *("safety", "get_help", "accessibility"),
    }


@pytest.mark.parametrize("path", FOR_EVERYBODY)
def test_a_page_for_everybody_is_found_and_kept_and_sets_no_cookie(path):
    page = Client().get(path)

    assert f'<link rel="canonical" href="{settings.SITE_URL}{path}">' in page.text
    assert STAY_OUT not in page.text
    assert "csrfmiddlewaretoken" not in page.text
    assert page.headers["Cache-Control"] == "public, max-age=300"
    assert {"Accept-Language", "Cookie"} <= set(page.headers["Vary"].split(", "))
    assert not page.cookies


@pytest.mark.parametrize(
    "path",
    [
        "/needed/?group=classes",
        "/help-out/neighbor/?words=knitting",
        "/account/login/",
        "/nowhere/",
    ],
)
def test_what_somebody_asked_or_must_not_find_is_neither_found_nor_kept(path):
    page = Client().get(path)

    assert STAY_OUT in page.text
    assert "public" not in page.headers.get("Cache-Control", "")


def test_nothing_of_a_session_is_found_or_kept():
    client = Client()
    client.force_login(make_user())

    page = client.get("/how-it-works/")

    assert STAY_OUT in page.text
    assert page.headers["Cache-Control"] == "no-store, private"


def test_a_page_that_tells_a_stranger_something_is_not_kept():
    client, stranger = Client(), Client()
    client.force_login(make_user())
    client.post(reverse("account_logout"))
    stranger.cookies["messages"] = client.cookies["messages"].value  # all that is left of it

    page = stranger.get("/")

    assert "You have signed out." in page.text
    assert "Cache-Control" not in page.headers


def test_robots_are_asked_to_leave_answers_alone_and_a_demo_altogether(client, settings):
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /*?\n"

    settings.DEMO = True
    assert client.get("/robots.txt").text == "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    ("origin", "shown"),
    [
        (None, "es"),
        ("http://testserver", "es"),
        ("https://ours.example.org", "es"),
        ("https://foreign.example.org", "en"),
        ("null", "en"),
        ("http://[", "en"),
    ],
)
def test_only_our_own_pages_switch_the_language(origin, shown, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://ours.example.org"]
    client = Client(enforce_csrf_checks=True)
    headers = {"Origin": origin} if origin else {}

    client.post(reverse("set_language"), {"language": "es", "next": "/"}, headers=headers)

    assert f'<html lang="{shown}"' in client.get("/").text
