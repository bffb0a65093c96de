"""Every address of the site in Chromium, in both languages, in light and in dark."""

import pytest
from playwright.sync_api import Error

from tests.attacks.looks import looks
from tests.browser.looking import Wire, barriers, restless, too_wide

pytestmark = pytest.mark.django_db(transaction=True)


def press(page, control):
    """With answers that the browser would keep back: so the page says what is wrong."""
    page.eval_on_selector_all("form", "forms => forms.forEach(form => form.noValidate = true)")
    with page.expect_navigation():
        page.locator(control).first.click()


def wrong_with(page, wire, look):
    wire.forget()
    try:
        page.goto(look.path)
    except Error as error:
        return [str(error).splitlines()[0]]
    loaded = wire.wrong()
    if look.press:
        wire.forget()  # the answer is a page of its own
        press(page, look.press)
        loaded += wire.wrong()
    return [*loaded, *restless(page), *too_wide(page), *barriers(page)]


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_is_open_to_everyone_on_every_screen(pages, world, language):
    wrong = []
    for look in looks(world):
        page, wire = pages(look.who, language)
        wrong += [(*look, found) for found in wrong_with(page, wire, look)]
    assert not wrong, "\n".join(" ".join(line) for line in wrong)


def test_what_a_page_may_not_do_would_be_noticed(open_page, live_server):
    """A foreign request, which the page's own policy refuses; too much; and an error."""
    page = open_page()
    wire = Wire(page, live_server.url)
    page.goto("/how-it-works/")
    assert wire.wrong() == []

    with page.expect_console_message(lambda line: "Content Security Policy" in line.text):
        page.evaluate("fetch('https://tracker.example.org/').catch(() => {})")
    refused = "\n".join(wire.wrong())
    assert "https://tracker.example.org/" in refused
    wire.forget()
    page.evaluate("Promise.all([...Array(16)].map((_, at) => fetch('/static/img/icon.svg?' + at)))")
    wire.size += 100_001
    assert wire.wrong() == ["16 requests", f"{wire.size} bytes"]
