"""The hand with keys alone notices what it is for: a focus that nobody can see."""

import pytest

from opportunities.models import Need
from tests.attacks.looks import BEGUN
from tests.browser.conftest import PHONE
from tests.browser.keys import Keys, OutOfReach

PAGE = """
<style>
  #plain:focus { outline: none }
  #under { position: fixed; bottom: 0; left: 0 }
  #cover { position: fixed; bottom: 0; left: 0; width: 9rem; height: 9rem; background: #fff }
  #aside { position: absolute; left: -900px }
</style>
<p><button>Good</button> <button id="plain">Plain</button> <label><input type="radio" name="a">
One</label> <label><input type="radio" name="a">Two</label> <button id="aside">Aside</button>
<button id="under">Under</button> <button tabindex="-1">Never</button></p><div id="cover"></div>
"""
BESIDE_THE_WAY_OUT = "document.elementFromPoint(9, 30).localName"


@pytest.fixture
def hand(chromium):
    with chromium.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.set_content(PAGE)
        yield Keys(page)


def test_every_stop_on_the_way_is_looked_at(hand):
    hand.tick(hand.page.get_by_label("Two"))
    hand.press(hand.page.get_by_role("button", name="Under"))

    assert hand.page.get_by_label("Two").is_checked()
    assert [words.partition("> ")[2] for words in hand.wrong] == [
        "“Plain” looks as without the focus (blank)",
        "“Aside” is beside the screen (blank)",
        "“Under” is covered (blank)",
    ]


def test_what_no_key_reaches_is_said(hand):
    with pytest.raises(OutOfReach, match="past the page, <button> “Good”"):
        hand.press(hand.page.get_by_role("button", name="Never"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/needed/", "/needs/{begun}/edit/details/"])
def test_to_the_end_of_a_long_page_and_back_nothing_hides_the_focus(pages, world, path):
    """The way out keeps its place at the top, over whatever comes by."""
    begun = Need.objects.get(party=world.party, title=BEGUN)
    page, _wire = pages("own_owner", "en")
    page.goto(path.format(begun=begun.public_id))
    hand = Keys(page, most_stops=200)

    hand.reach(page.get_by_role("link", name="Leaving quickly"))
    assert page.evaluate(BESIDE_THE_WAY_OUT) == "body"  # its own strip, and no words under it
    hand.reach(page.get_by_role("button", name="Leave now"))

    assert not hand.wrong, "\n".join(hand.wrong)
