"""The main job in Chromium, on a narrow page: three people who know only the address."""

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts import vetting
from accounts.models import Party, User
from matching.models import Match
from notices.models import Notice
from tests.browser.hands import Pointer
from tests.browser.keys import Keys
from tests.browser.steps import (
    PASSWORD,
    ask_for_a_class,
    call_back,
    decide,
    follow,
    name_the_website,
    offer_a_class,
    say_yes,
    sign_in,
    sign_up,
)
from tests.factories import make_reviewer
from tests.matching.workers import running_worker, until

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = {
    "a pointer": (Pointer, {"scripts": True}),
    "a pointer without scripts": (Pointer, {"scripts": False}),
    "keys": (Keys, {"scripts": True}),
}
ANA, WALT = "ana@harbor-lantern.example.org", "walt@example.org"


@pytest.fixture
def reviewer():
    person = make_reviewer(email="reviewer@example.org")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def is_wider_than_its_screen(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def post_both(staff, mechanic):
    """Two strangers sign up, one with a need and one with an offer that fits."""
    follow(staff, "Post a need")
    sign_up(staff, name="Ana Reyes", address=ANA, organization="Harbor Lantern")
    ask_for_a_class(staff)
    name_the_website(staff, "https://harbor-lantern.example.org")
    mechanic.page.goto("/account/signup/?kind=volunteer")
    sign_up(mechanic, name="Walt Hobbs", address=WALT)
    offer_a_class(mechanic)


def verify_both(desk):
    """One reviewer at the desk, and a colleague for the second yes."""
    sign_in(desk, "reviewer@example.org")
    decide(desk, "Walt Hobbs", "Verify")
    call_back(desk, "Harbor Lantern")
    decide(desk, "Harbor Lantern", "Verify")
    party = Party.objects.get(name="Harbor Lantern")
    colleague = make_reviewer()
    vetting.decide(party=party, reviewer=colleague, decision="verify", at=timezone.now())


@pytest.mark.parametrize("hand", HANDS)
def test_three_people_do_the_main_job_on_a_narrow_page(open_page, broker, tmp_path, reviewer, hand):
    kind, options = HANDS[hand]
    staff, mechanic, desk = (kind(open_page(**options)) for _ in range(3))

    post_both(staff, mechanic)
    verify_both(desk)
    log = tmp_path / "worker.log"
    with running_worker(broker, log, EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        until(lambda: Notice.objects.filter(event="proposed").count() == 2, log)
        say_yes(mechanic, "Yes, this could work")
        assert ANA not in mechanic.page.content()
        say_yes(staff, "Yes, introduce us")

    assert Match.objects.get().status == "introduced"
    assert WALT in staff.page.content()
    mechanic.page.reload()
    assert ANA in mechanic.page.content()
    assert User.objects.count() == 4
    assert not any(is_wider_than_its_screen(each.page) for each in (staff, mechanic, desk))
    wrong = [what for each in (staff, mechanic, desk) for what in each.wrong]
    assert not wrong, "\n".join(wrong)
