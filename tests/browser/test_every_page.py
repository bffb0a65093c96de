"""Every address of the site in Chromium, in both languages, in light and in dark.

The list of the walls (``tests/attacks/allowed.py``) says for whom a page opens, so a new
page is walked as soon as it has an address. Left out are the admin, whose pages are Django's
own, and what answers with no page.
"""

from typing import NamedTuple

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Error

from tests.attacks import world as worlds
from tests.attacks.addresses import addresses_of
from tests.attacks.allowed import ALLOWED
from tests.attacks.routes import routes
from tests.browser.looking import Wire, barriers, restless, too_wide
from tests.factories import NOON, make_party, make_reviewer, owner_of

pytestmark = pytest.mark.django_db(transaction=True)
# Who looks: the first of these for whom a page opens. Whoever needs no sign-in looks as well.
EYES = ("own_owner", "own_staff", "reviewer", "root", "after")
NO_PAGES = {  # no page of ours, or none at all
    "healthz": "for machines",
    "set_language": "leads back",
    "mfa_login_webauthn": "for scripts",
    "mfa_download_recovery_codes": "a file",
    "engagements:calendar": "a file",
    "desk:next": "leads on",
    "desk:previous": "leads back",
    "opportunities:need_template": "a file",
    "opportunities:offer_template": "a file",
    "opportunities:need_edit": "leads on",
    "opportunities:offer_edit": "leads on",
    "matching:need_no_match_json": "for scripts",
    "matching:offer_no_match_json": "for scripts",
}
EMPTY = (
    "/",
    "/inbox/",
    "/matches/",
    "/mine/",
    "/team/",
    "/you/data/",
    "/you/checks/",
    "/inbox/choices/",
)
WRONG = (  # pages that say what is missing: who, where, what is pressed
    ("signed_out", "/account/login/", "main form button[type=submit]"),
    ("signed_out", "/account/signup/?kind=nonprofit", "main form button[type=submit]"),
    ("own_owner", "/needs/new/", "main form button[type=submit]"),
    ("own_owner", "/concerns/new/", "main form button[type=submit]"),
)


class Look(NamedTuple):
    """Somebody at an address; ``press`` is pressed there first."""

    who: str
    path: str
    press: str = ""


def looks(world) -> list[Look]:
    """Each page once, and twice where it differs: for strangers, before an introduction and after."""
    found = []
    for route in routes():
        line = ALLOWED[route.name]
        if route.name.startswith("admin:") or route.name in NO_PAGES or not line.get:
            continue
        addresses = dict.fromkeys(addresses_of(world, route))
        eyes = [who for who in EYES if who in line.get][:1]
        found += [Look(who, path) for who in eyes for path in addresses]
        if "signed_out" in line.get:
            found += [Look("signed_out", path) for path in list(addresses)[:1]]
    found += [Look("newcomer", path) for path in EMPTY]
    found += [Look("idle_reviewer", path) for path in ("/", "/review/")]
    found += [Look("signed_out", "/nothing-here/"), Look("own_owner", "/nothing-here/")]
    return found + [Look(*wrong) for wrong in WRONG]


@pytest.fixture
def world():
    cache.clear()
    with time_machine.travel(NOON):
        world = worlds.build()
        world.people["newcomer"] = owner_of(make_party("volunteer", status="draft"))
        world.people["idle_reviewer"] = make_reviewer()
        yield world


@pytest.fixture
def pages(open_page, world, live_server):
    """``pages(who, language)``: the browser of this person, signed in anew, and what it asks for."""
    known = {}

    def page_of(who, language):
        if who not in known:
            page = open_page(locale=language)
            page.emulate_media(reduced_motion="reduce")  # or colors are measured on their way
            known[who] = page, Wire(page, live_server.url)
        if person := world.people[who]:
            sign_in(known[who][0], person, language)
        return known[who]

    return page_of


def sign_in(page, person, language):
    """Anew for each page, since some end the session."""
    type(person).objects.filter(pk=person.pk).update(language=language)
    client = Client()
    client.force_login(person)
    value = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": value, "url": page.url}])


def wrong_with(page, wire, look):
    wire.forget()
    try:
        page.goto(look.path)
    except Error as error:
        return [str(error).splitlines()[0]]
    if look.press:
        page.locator(look.press).first.click()
        page.wait_for_load_state()
    return [*wire.wrong(), *restless(page), *too_wide(page), *barriers(page)]


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_is_open_to_everyone_on_every_screen(pages, world, language):
    wrong = []
    for look in looks(world):
        page, wire = pages(look.who, language)
        wrong += [(*look, found) for found in wrong_with(page, wire, look)]
    assert not wrong, "\n".join(" ".join(line) for line in wrong)
