"""Leaving in Chromium: by the button with and without JavaScript, and by the Shift key."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.contrib.sessions.models import Session

from alongside import env
from tests.browser.conftest import sign_in
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


class Weather(BaseHTTPRequestHandler):
    """A neutral site, on another origin."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>Weather</title>Sunny")

    def log_message(self, *_words):
        pass


@pytest.fixture
def neutral_site(settings) -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Weather) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        settings.LEAVE_URL = f"http://127.0.0.1:{server.server_port}/"
        policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        here = env.origin(settings.LEAVE_URL)
        settings.CONTENT_SECURITY_POLICY = {
            "DIRECTIVES": policy | {"form-action": ["'self'", here]}
        }
        yield settings.LEAVE_URL
        server.shutdown()
        thread.join()


@pytest.fixture
def inbox(open_page, neutral_site):
    """A signed-in person's page, with JavaScript or without."""

    def open_inbox(*, scripts):
        page = open_page(scripts=scripts)
        sign_in(page, make_user())
        page.goto("/inbox/")
        assert page.url.endswith("/inbox/")  # and no sign-in: a narrow page folds its menu
        return page

    return open_inbox


def has_left(page, neutral_site):
    page.wait_for_url(neutral_site)
    assert page.title() == "Weather"
    assert session_has_ended(page)


def session_has_ended(page):
    """With scripts the page goes at once, and what ends the session arrives in its wake."""
    for _ in range(100):
        if not Session.objects.exists():
            return True
        page.wait_for_timeout(50)
    return False


def test_the_button_works_without_javascript(inbox, neutral_site):
    page = inbox(scripts=False)
    page.get_by_role("button", name="Leave now").click()
    has_left(page, neutral_site)


def test_the_button_replaces_the_page_and_going_back_shows_nothing_of_it(inbox, neutral_site):
    page = inbox(scripts=True)
    page.get_by_role("button", name="Leave now").click()
    has_left(page, neutral_site)

    page.go_back()  # to the page before the inbox
    assert page.get_by_role("link", name="Sign in", include_hidden=True).count() == 1
    assert page.get_by_role("button", name="Sign out", include_hidden=True).count() == 0


def test_shift_three_times_leaves(inbox, neutral_site):
    page = inbox(scripts=True)
    for _time in range(3):
        page.keyboard.press("Shift")
    has_left(page, neutral_site)


def test_capital_letters_leave_nobody_anywhere(inbox):
    page = inbox(scripts=True)
    for letter in "ABC":
        page.keyboard.press(f"Shift+{letter}")
    assert page.url.endswith("/inbox/")
    assert Session.objects.count() == 1


def test_the_way_out_is_the_first_stop_of_the_tab_key_and_stays_in_sight(inbox):
    page = inbox(scripts=True)
    page.keyboard.press("Tab")
    button = page.get_by_role("button", name="Leave now")
    assert button.evaluate("button => button === document.activeElement")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert button.bounding_box()["y"] >= 0
