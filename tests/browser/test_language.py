"""Changing the language in Chromium, in the middle of a form."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_typed_comes_along_to_the_other_language_and_a_password_does_not(open_page):
    page = open_page()
    page.goto("/account/signup/")
    page.check("[name=kind][value=business]")
    page.fill("[name=party_name]", "Night Harbor")
    page.fill("[name=password1]", "quiet-harbor-27")

    page.get_by_role("button", name="Español").click()
    page.wait_for_selector("html[lang=es]")

    kept = [page.input_value(f"[name={name}]") for name in ("party_name", "password1")]
    assert (kept, page.is_checked("[name=kind][value=business]")) == (["Night Harbor", ""], True)
    assert page.evaluate("sessionStorage.length") == 0
