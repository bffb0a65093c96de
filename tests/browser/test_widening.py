"""Somebody without a match widens a need with one press, and takes it back."""

import re

import pytest
import time_machine

from matching.market.board import Board
from matching.no_match.counting import count_due
from matching.pipeline import match_changes
from tests.browser.conftest import sign_in
from tests.browser.hands import Pointer
from tests.browser.keys import Keys
from tests.browser.steps import follow, heading, press
from tests.factories import NOON, make_need, make_offer, owner_of
from trail import actions as trail

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = {"a pointer without scripts": (Pointer, False), "keys": (Keys, True)}
WEEKENDS = re.compile("Change this.*Add Saturdays and Sundays")
WIDENED = ["Tue 18:00-20:00", "Sat 09:00-17:00", "Sun 09:00-17:00"]


@pytest.fixture
def need():
    """A need on Tuesdays, where the one who could help has Saturdays."""
    with time_machine.travel(NOON):
        need = make_need()
        make_offer(slots=["Sat 10:00-12:00"])
        trail.changed(subject="need", ids=[need.pk], at=NOON)
        look_again()
        yield need


def look_again():
    """What the worker does after a change."""
    match_changes(at=NOON)
    count_due(board=Board(at=NOON), at=NOON)


def slots_of(need):
    need.refresh_from_db()
    return need.slots


def find(hand, *, by_itself):
    """The page looks again by itself, and takes the focus along; or somebody presses."""
    link = hand.page.get_by_role("link", name="Look again")
    if by_itself:
        hand.reach(link)
        look_again()
        hand.page.locator("h1:focus", has_text="There is a match").wait_for()
    else:
        look_again()
        hand.press(link)


@pytest.mark.parametrize("name", HANDS)
def test_a_press_widens_a_need_and_another_takes_it_back(open_page, need, name):
    kind, scripts = HANDS[name]
    hand = kind(open_page(scripts=scripts))
    sign_in(hand.page, owner_of(need.party))
    hand.page.goto("/")

    follow(hand, "Needs and offers", within="header")
    follow(hand, "No match yet")
    press(hand, WEEKENDS)
    assert slots_of(need) == WIDENED
    press(hand, "Undo the last change")
    assert slots_of(need) == ["Tue 18:00-20:00"]
    look_again()
    hand.page.reload()
    press(hand, WEEKENDS)
    find(hand, by_itself=scripts)

    assert heading(hand) == "There is a match"
    follow(hand, "See the matches")
    assert not hand.wrong, "\n".join(hand.wrong)
