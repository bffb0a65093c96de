"""Real Chromium against the real pages: one browser a run, one fresh profile a person."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

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


@pytest.fixture
def open_page(chromium: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """``open_page(scripts=True, size=PHONE)``: a new person's browser, on the home page."""
    contexts: list[BrowserContext] = []

    def open_one(
        *, scripts: bool = True, size: dict[str, int] = PHONE, locale: str = "en-US"
    ) -> Page:
        context = chromium.new_context(
            java_script_enabled=scripts, viewport=size, base_url=live_server.url, locale=locale
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto("/")
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def broker(transactional_db) -> Iterator[Broker]:
    """A Valkey of this test's own, which the pages publish through."""
    with own_broker() as broker:
        yield broker
