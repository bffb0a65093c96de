"""A reviewer decides with single keys, and can turn them off; nobody needs them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import vetting
from accounts.models import Review
from tests.browser.conftest import DESK, sign_in
from tests.factories import make_party, make_reviewer, owner_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(open_page):
    """The list of a reviewer for whom two volunteers wait, the first one longer."""
    for days, name in ((2, "First Volunteer"), (1, "Second Volunteer")):
        party = make_party("volunteer", name=name, verified=False)
        at = timezone.now() - timedelta(days=days)
        vetting.submit(party=party, by=owner_of(party), at=at)

    def opened(**options):
        page = open_page(size=DESK, **options)
        sign_in(page, make_reviewer())
        page.goto("/review/")
        return page

    return opened


def test_a_reviewer_reads_and_decides_without_a_pointer(desk):
    page = desk()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/parties/**")
    assert page.locator("h1").inner_text() == "First Volunteer"

    page.keyboard.press("d")
    page.keyboard.type("jak")
    assert page.locator("#decide [name=reason]").input_value() == "jak"
    page.locator("h1").click()
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/")

    assert [(each.party.name, each.decision) for each in Review.objects.all()] == [
        ("First Volunteer", "verify")
    ]


def test_the_switch_turns_the_keys_off_and_is_remembered(desk):
    page = desk()
    page.locator("#keys summary").click()
    page.locator("#keys-on").uncheck()
    page.reload()
    assert not page.locator("#keys-on").is_checked()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_without_scripts_links_lead_from_case_to_case_and_no_key_is_promised(desk):
    page = desk(scripts=False)
    assert not page.locator("#keys").is_visible()
    page.get_by_role("link", name="First Volunteer").click()
    page.get_by_role("link", name="Next case").click()
    assert page.locator("h1").inner_text() == "Second Volunteer"
    page.get_by_role("link", name="To your decision").click()
    assert page.url.endswith("#decide")
