"""What a browser asks for while somebody uses the site: everything from here, nothing refused."""

import pytest

from tests.factories import make_match, make_reviewer, make_user, owner_of

pytestmark = pytest.mark.django_db(transaction=True)
PUBLIC = [
    *("/", "/how-it-works/", "/needed/", "/needed/ny/", "/help-out/", "/help-out/school/"),
    *("/safety/", "/help/", "/accessibility/", "/leave/", "/account/login/", "/account/signup/"),
]
INSIDE = [
    *("/inbox/", "/matches/", "/mine/", "/team/", "/team/new/", "/needs/new/", "/offers/new/"),
    *("/you/", "/you/second-step/", "/account/2fa/totp/activate/", "/account/2fa/webauthn/add/"),
    *("/account/email/", "/account/sessions/", "/account/password/change/", "/nothing-here/"),
]
REVIEW = ["/review/", "/review/audit/", "/review/stuck/", "/review/numbers/", "/review/people/"]


@pytest.fixture
def watched(open_page, client, live_server):
    """A browser that writes down every request, and every complaint of its policy."""

    def open_for(person):
        page, asked, refused = open_page(), [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda line: refused.append(line.text) if is_refusal(line.text) else 0)
        if person:
            client.force_login(person)
            value = client.cookies["sessionid"].value
            page.context.add_cookies([{"name": "sessionid", "value": value, "url": page.url}])
        return page, asked, refused

    return open_for


def is_refusal(text):
    return "Content Security Policy" in text


def visit(page, paths):
    for path in paths:
        page.goto(path)
        page.wait_for_load_state("load")


@pytest.mark.parametrize("who", ["nobody", "owner", "reviewer"])
def test_every_request_goes_to_this_site_alone(watched, live_server, who):
    match = make_match(status="introduced")
    person = {"nobody": None, "owner": owner_of(match.need.party), "reviewer": make_reviewer()}[who]
    paths = {
        "nobody": PUBLIC,
        "owner": [*INSIDE, f"/matches/{match.public_id}/", f"/needs/{match.need.public_id}/"],
        "reviewer": [*REVIEW, f"/review/parties/{match.need.party.public_id}/"],
    }[who]
    page, asked, refused = watched(person)

    visit(page, paths)

    assert len(asked) > 2 * len(paths)
    elsewhere = {url for url in asked if not url.startswith((live_server.url + "/", "data:"))}
    assert (elsewhere, refused) == (set(), [])


def test_a_foreign_request_would_be_noticed(watched, live_server):
    """The page's own policy refuses it, and the browser says so."""
    page, _asked, refused = watched(make_user())
    page.goto("/inbox/")
    with page.expect_console_message(lambda line: is_refusal(line.text)):
        page.evaluate("fetch('https://tracker.example.org/').catch(() => {})")
    assert "https://tracker.example.org/" in refused[0]
