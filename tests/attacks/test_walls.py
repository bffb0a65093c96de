"""Everybody tries every address of another party, by every method; only what is listed opens.

The party is a confidential home, and no page tells anybody more of it than they may know.

The list is ``allowed.py``: one line an address, with the roles for whom it opens and why.
An address that is not listed fails here, so nobody adds a page without saying whose it is.
"""

import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from itertools import islice
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from alongside import urls
from opportunities.models import Need
from tests.attacks import world as worlds
from tests.attacks.addresses import addresses_of
from tests.attacks.allowed import ALLOWED
from tests.attacks.canaries import BY_ITS_OWN_LINK, MESSAGE, READS, hide, words_in, written_down
from tests.attacks.routes import Route, routes
from tests.factories import NOON
from tests.pages import Page

pytestmark = pytest.mark.django_db
DOORS = ("/account/login/", "/admin/login/", "/account/reauthenticate/", "/account/2fa/reauth")
NOT_FOUND = {"/admin/", "/team/new/"}  # no such row; no party to act for
HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
}
AT_THE_ADMIN = ("signed_out", "reviewer", "staff", "root")
WITHOUT_IDS = ("signed_out", "volunteer", *worlds.INSIDE, *worlds.PLATFORM)
AREAS = (
    "account",
    "mfa",
    "accounts",
    "opportunities",
    "public",
    "matching",
    "engagements",
    "desk",
    "notices",
    "keeping",
    "admin",
)
OTHER_METHODS = ("PUT", "PATCH", "DELETE")
# Django takes a PUT as a POST on its own pages and on those of allauth.
NOT_OURS = ("account_", "mfa_", "admin:", "usersessions_", "set_language")


class Visitor:
    """Somebody at the walls: each request begins in the same state and leaves nothing behind."""

    def __init__(self, person):
        self.client = Client(raise_request_exception=False)
        if person:
            self.client.force_login(person)
        self._cookies = self.client.cookies.output(header="")

    def try_(self, method, address):
        self.client.cookies = SimpleCookie(self._cookies.replace("\r\n", "; "))
        with transaction.atomic():
            answer = self.client.generic(method, address)
            transaction.set_rollback(True)
        return answer

    def send(self, address, body):
        """The answer to a form, and the page it leads to, in one state that is gone afterwards."""
        self.client.cookies = SimpleCookie(self._cookies.replace("\r\n", "; "))
        with transaction.atomic():
            answers = [self.client.post(address, body)]
            to = answers[0].headers.get("Location", "")
            if to.startswith("/") and not to.startswith(DOORS):
                answers.append(self.client.get(to))
            transaction.set_rollback(True)
        return answers


def refuses(_request, exception):
    status = 403 if isinstance(exception, PermissionDenied) else 404
    return HttpResponse(status=status)


def opens(answer):
    """Whether somebody got through, rather than to a door or a wall."""
    assert answer.status_code != 500, answer
    if answer.status_code in {301, 302, 303}:
        to = answer.headers["Location"]
        return not to.startswith(DOORS) and to not in NOT_FOUND
    return answer.status_code not in {401, 403, 404, 405, 429}


def attempts(world, route) -> Iterator[tuple[str, str]]:
    """Role and address: the counterpart that was introduced comes to its own match.

    Where no id stands in the address, one member of some party is like another; to the
    admin whoever is no staff is like another.
    """
    first, second = addresses_of(world, route)
    if route.name.startswith("admin:"):
        yield from ((role, first) for role in AT_THE_ADMIN)
    elif not route.parameters:
        yield from ((role, first) for role in WITHOUT_IDS)
    else:
        yield from ((role, first) for role in worlds.ROLES if role != "after")
        yield from ((role, second) for role in ("after", *worlds.INSIDE))


@pytest.fixture
def world():
    cache.clear()
    with time_machine.travel(NOON, tick=False), written_down() as log:
        found = worlds.build()
        hide(found.party, Need.objects.filter(party=found.party).values_list("pk", flat=True))
        found.log = log
        yield found


@pytest.fixture
def visitors(world):
    return {role: Visitor(person) for role, person in world.people.items()}


def answers_at(visitors, world, route: Route, method: str) -> list[tuple[str, Any]]:
    """What each role is answered."""
    answers = []
    for role, address in dict.fromkeys(attempts(world, route)):
        if route.path.startswith("account/"):
            cache.clear()  # tries are counted, and these are many
        answers.append((role, visitors[role].try_(method, address)))
    return answers


def wrong_with(answers) -> Iterator[str]:
    """What a page may not do, whoever reads it. Of pages that open the first is read whole."""
    for role, answer in answers:
        headers = answer.headers
        policy = headers.get("Content-Security-Policy", "")
        if "default-src 'self'" not in policy or "unsafe" in policy:
            yield f"policy {policy}"
        yield from (name for name, value in HEADERS.items() if headers.get(name) != value)
        if role != "signed_out" and "no-store" not in headers.get("Cache-Control", ""):
            yield "a copy may be kept"
    pages = (answer for _role, answer in answers if is_page(answer))
    for answer in islice(pages, 1):
        yield from Page(answer.text).wrong


def is_page(answer):
    return answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")


def area_of(route):
    """The first word of its name, such as "accounts"; empty for all that is in no area."""
    word = re.split("[:_]", route.name)[0]
    return word if word in AREAS else ""


def test_every_address_is_listed_and_every_line_is_about_one():
    assert {route.name for route in routes()} == set(ALLOWED)


@pytest.mark.parametrize("area", ["", *AREAS])
def test_only_what_is_listed_opens_and_tells_what_it_may(visitors, world, monkeypatch, area):
    """GET and POST of every address by everybody, in one state of the database."""
    different, ugly, read = [], set(), {role: set() for role in READS}
    for route in routes():
        if area_of(route) != area:
            continue
        line = ALLOWED[route.name]
        for method, listed in (("GET", line.get), ("POST", line.post)):
            with monkeypatch.context() as patched:
                if method == "POST":  # nobody reads on, so the page of a refusal may be short
                    for handler in ("handler403", "handler404"):
                        patched.setattr(urls, handler, refuses, raising=False)
                answers = answers_at(visitors, world, route, method)
            through = {role for role, answer in answers if opens(answer)}
            if through != listed & {role for role, _answer in answers}:
                different.append(f"{method} {route.name} opens for {sorted(through)}")
            ugly |= {(route.name, what) for what in wrong_with(answers)}
            for role, answer in answers:
                if role in READS and route.name != BY_ITS_OWN_LINK:
                    read[role] |= words_in(f"{answer.headers} {answer.text}")
    assert not different, "\n".join(different)
    assert not ugly, sorted(ugly)
    assert {role: read[role] - READS[role] for role in READS} == {role: set() for role in READS}
    there = {"matching": READS["after"] - MESSAGE, "engagements": MESSAGE}.get(area, set())
    assert read["after"] >= there  # they are there to be found
    assert world.log
    assert words_in(" ".join(world.log)) == set()


def test_other_methods_do_nothing(visitors, world):
    """Whoever has the most rights on an address gets nowhere with them either."""
    opened = set()
    for route in (route for route in routes() if not route.name.startswith(NOT_OURS)):
        for role in ("own_owner", "reviewer"):
            for method in OTHER_METHODS:
                answer = visitors[role].try_(method, addresses_of(world, route)[1])
                if opens(answer):
                    opened.add((method, route.name))
    assert opened == set()


def test_every_line_says_why():
    assert [name for name, line in ALLOWED.items() if not line.why] == []
