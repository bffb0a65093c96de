"""With JavaScript off: what a test client cannot prove of the forms as a browser sends them.

The main job and widening without a match have their own files. That answers survive a lost
session, the way back and two tabs, and that reviewers decide, is proven on the same plain forms
in ``tests/opportunities`` and ``tests/accounts``.
"""

import pytest

from engagements.models import Message
from notices.preferences import Preference
from opportunities.models import Need
from tests.browser.conftest import sign_in
from tests.browser.hands import Pointer
from tests.browser.steps import follow, heading, press, sign_up, write
from tests.factories import make_match, make_party, make_user, owner_of

pytestmark = pytest.mark.django_db(transaction=True)
FILE = b"need_id,title,topics,zip,minutes\nN-1,Budgeting for beginners,budgeting,11201,90\n"


@pytest.fixture
def at(open_page):
    """``at(path, person)``: a hand without scripts on this page, signed in or not."""

    def opened(path, person=None):
        page = open_page(scripts=False)
        if person:
            sign_in(page, person)
        page.goto(path)
        return Pointer(page)

    return opened


def test_a_file_is_brought_looked_at_and_saved(at):
    hand = at("/mine/spreadsheets/", owner_of(make_party()))
    file = {"name": "mine.csv", "mimeType": "text/csv", "buffer": FILE}
    hand.page.locator("[name=file]").set_input_files(file)

    press(hand, "Check the file")
    assert (heading(hand), Need.objects.count()) == ("What each row would do", 0)
    press(hand, "Save these rows")

    assert heading(hand) == "Your file is saved"
    assert Need.objects.get().title == "Budgeting for beginners"


def test_who_asks_how_to_help_finds_the_offer_filled_in_after_signing_up(at):
    hand = at("/")
    follow(hand, "See how I can help")
    follow(hand, "A neighbor, working or retired")
    hand.tick(hand.page.get_by_label("Car maintenance"))
    press(hand, "Go on")
    write(hand, "ZIP code", "11201")
    press(hand, "Show")
    assert heading(hand) == "Help in New York"

    press(hand, "Sign up and go on")
    sign_up(hand, name="Walt Hobbs", address="walt@example.org")

    assert heading(hand) == "What do you offer?"
    assert hand.page.get_by_label("In one line").input_value() == "Help with: Car maintenance"
    assert hand.page.get_by_role("textbox", name="ZIP code").input_value() == "11201"


def test_the_choice_of_mail_is_kept(at):
    person = make_user()
    hand = at("/inbox/choices/", person)

    group = hand.page.get_by_role("group", name="New matches")
    hand.tick(group.get_by_label("Once a week"))
    press(hand, "Save")

    assert Preference.objects.get(person=person).proposals == "weekly"


def test_both_sides_write_after_the_introduction(at):
    match = make_match(status="introduced")
    asks, offers = owner_of(match.need.party), owner_of(match.offer.party)
    for person, words in ((asks, "Shall we say Tuesday?"), (offers, "Tuesday is fine.")):
        hand = at(f"/matches/{match.public_id}/", person)
        follow(hand, "Messages")
        write(hand, "Your message", words)
        press(hand, "Send")

    assert list(Message.objects.oldest_first().values_list("text", flat=True)) == [
        "Shall we say Tuesday?",
        "Tuesday is fine.",
    ]
    assert "Shall we say Tuesday?" in hand.page.content()
