"""Real Chromium against the real pages: one browser a run, one fresh profile a person."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accounts.models import User
from tests.attacks.looks import inhabited
from tests.attacks.world import World
from tests.browser.looking import Wire
from tests.factories import NOON
from tests.matching.workers import Broker, own_broker

# Playwright's loop runs in this thread; the tests' own database calls stand outside of it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's chromium, started once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), chromium_sandbox=False, args=ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def nobody_has_tried_before() -> None:
    """No count of tries is left over: three codes to an address in as many minutes are the most."""
    cache.clear()


@pytest.fixture
def open_page(chromium: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """``open_page(scripts=True, size=PHONE)``: a new person's browser, on the home page."""
    contexts: list[BrowserContext] = []

    def open_one(
        *, scripts: bool = True, size: dict[str, int] = PHONE, locale: str = "en-US"
    ) -> Page:
        context = chromium.new_context(
            java_script_enabled=scripts,
            viewport=size,
            base_url=live_server.url,
            locale=locale,
            reduced_motion="reduce",  # or places and colors are measured on their way
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto("/")
        return page

    yield open_one
    for context in contexts:
        context.close()


def sign_in(page: Page, person: User) -> None:
    """Without a form: this browser is this person's from its next page on."""
    client = Client()
    client.force_login(person)
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": page.url}])


@pytest.fixture
def world(transactional_db) -> Iterator[World]:
    """A world with people and pages in it, at NOON."""
    with time_machine.travel(NOON):
        yield inhabited()


@pytest.fixture
def pages(open_page, world: World, live_server) -> Callable[..., tuple[Page, Wire]]:
    """``pages(who, language)``: this person's browser, signed in anew, and what it asks for."""
    known: dict[str, tuple[Page, Wire]] = {}

    def page_of(who: str, language: str, size: dict[str, int] = PHONE) -> tuple[Page, Wire]:
        if who not in known:
            page = open_page(locale=language, size=size)
            known[who] = page, Wire(page, live_server.url)
        if person := world.people[who]:
            User.objects.filter(pk=person.pk).update(language=language)
            sign_in(known[who][0], person)  # anew for each page, since some end the session
        return known[who]

    return page_of


@pytest.fixture
def broker(transactional_db) -> Iterator[Broker]:
    """A Valkey of this test's own, which the pages publish through."""
    with own_broker() as broker:
        yield broker
