"""The main job in Chromium, on a phone's screen: three people who know only the address."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from accounts import vetting
from accounts.models import Party, User
from matching.models import Match
from notices.models import Notice
from tests.factories import make_reviewer
from tests.matching.workers import running_worker, until

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "correct-horse-9"
PRESENT, LATER = timedelta(days=7), timedelta(days=91)


def press(page, name, within="main"):
    page.locator(within).get_by_role("button", name=name).first.click()


def follow(page, name, within="main"):
    menu = page.get_by_role("button", name="Menu")
    if within == "header" and menu.is_visible():  # a phone folds it
        menu.click()
    page.locator(within).get_by_role("link", name=name).first.click()


def is_wider_than_its_screen(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


def code_from_mail(address):
    """The code in the newest mail to this address."""
    mine = [message for message in mail.outbox if address in message.to]
    return re.search(r"^([A-Z0-9-]{6,12})$", mine[-1].body, re.MULTILINE)[1]


def sign_up(page, *, name, address, organization=""):
    """From the home page to a confirmed account, and the first page of questions."""
    if organization:
        page.get_by_label("Name of your organization").fill(organization)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Email address").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign up")
    page.get_by_label("Code").fill(code_from_mail(address))
    press(page, "Confirm")


def sign_in(page, address):
    follow(page, "Sign in", within="header")
    page.get_by_role("textbox", name="Email").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign In")


def decide(page, party, answer):
    """Decide on what waits, as the signed-in reviewer."""
    follow(page, "Review", within="header")
    follow(page, party)
    page.get_by_label(answer, exact=True).check()
    press(page, "Decide")


def call_back(page, party):
    """Write down a call to a number that the party did not give, as the signed-in reviewer."""
    follow(page, "Review", within="header")
    follow(page, party)
    page.get_by_text("Write down a call-back").click()
    page.get_by_label("Number called").fill("(212) 555-0100")
    page.get_by_label("Where you found the number").fill("The state's register")
    page.get_by_label("They confirmed who they are").check()
    press(page, "Write it down")


def begin_posting(page, *, title, text):
    page.get_by_label("A class or help").first.check()
    page.get_by_label("In one line").fill(title)
    page.get_by_label("A little more").fill(text)


def answer_profile(page, organization):
    page.get_by_label("Legal name").fill(f"{organization} Inc")
    page.get_by_label("EIN or registration number").fill("001234567")
    page.get_by_label("Mission in one sentence").fill("We help people start again.")


def answer_details(page):
    """The suggested topic is confirmed as it stands; Tuesday and other evenings."""
    assert page.get_by_label("Car maintenance").first.is_checked()
    page.get_by_label("Weekday evenings").check()
    page.get_by_text("Where and how").click()
    page.get_by_label("In person", exact=True).check()


def send_in(page):
    """The preview, the agreement, and the last button."""
    page.get_by_label("I have read this").check()
    press(page, "Publish")


def ask_for_a_class(page):
    begin_posting(
        page,
        title="Car maintenance for beginners",
        text="Six people would like to know what to do when a light comes on.",
    )
    answer_profile(page, "Harbor Lantern")
    page.get_by_label("No", exact=True).check()
    page.get_by_role("textbox", name="ZIP code").fill("43215")
    press(page, "Save and go on")
    answer_details(page)
    page.locator("[name=seats]").fill("6")
    press(page, "Save and go on")
    send_in(page)


def offer_a_class(page):
    begin_posting(
        page,
        title="Car care from a retired mechanic",
        text="Oil, tires, lights and the sounds that matter. Patient, with good coffee.",
    )
    page.get_by_role("textbox", name="ZIP code").fill("43215")
    press(page, "Save and go on")
    answer_details(page)
    page.locator("[name=capacity]").fill("10")
    press(page, "Save and go on")
    send_in(page)


def say_yes(page, title, button):
    """From the inbox to the match, and yes."""
    follow(page, "Inbox", within="header")
    press(page, re.compile("match", re.IGNORECASE))
    assert page.get_by_role("heading", level=1).inner_text()
    press(page, button)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_three_people_do_the_main_job_on_a_phone(open_page, broker, tmp_path, scripts):
    reviewer = make_reviewer(email="reviewer@example.org")
    reviewer.set_password(PASSWORD)
    reviewer.save()
    EmailAddress.objects.create(user=reviewer, email=reviewer.email, verified=True, primary=True)
    staff, mechanic, desk = (open_page(scripts=scripts) for _ in range(3))

    follow(staff, "Post a need")
    sign_up(
        staff,
        name="Ana Reyes",
        address="ana@example.org",
        organization="Harbor Lantern",
    )
    ask_for_a_class(staff)
    mechanic.goto("/account/signup/?kind=volunteer")
    sign_up(mechanic, name="Walt Hobbs", address="walt@example.org")
    offer_a_class(mechanic)
    sign_in(desk, "reviewer@example.org")
    decide(desk, "Walt Hobbs", "Verify")
    call_back(desk, "Harbor Lantern")
    decide(desk, "Harbor Lantern", "Verify")
    vetting.decide(
        party=Party.objects.get(name="Harbor Lantern"),
        reviewer=make_reviewer(),
        decision="verify",
        at=timezone.now(),
    )
    log = tmp_path / "worker.log"
    with running_worker(broker, log, EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        until(lambda: Notice.objects.filter(event="proposed").count() == 2, log)
        say_yes(mechanic, "Car maintenance for beginners", "Yes, this could work")
        assert "ana@example.org" not in mechanic.content()
        say_yes(staff, "Car care from a retired mechanic", "Yes, introduce us")

    assert Match.objects.get().status == "introduced"
    assert "walt@example.org" in staff.content()
    mechanic.reload()
    assert "ana@example.org" in mechanic.content()
    assert User.objects.count() == 4
    assert not any(is_wider_than_its_screen(page) for page in (staff, mechanic, desk))
