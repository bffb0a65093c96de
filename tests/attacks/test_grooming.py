"""Somebody tries to be reached before both sides said yes, by every text that crosses."""

import pytest
import time_machine
from django.core.cache import cache

from accounts.refusals import WordsRefused
from matching.forms import EndForm, WhyNotForm
from opportunities import actions as opportunities
from opportunities.models import Offer
from tests.factories import NOON, make_match, make_need, make_offer, owner_of
from tests.matching.pages import list_of, page_of, people_of

pytestmark = pytest.mark.django_db
REFUSED = [
    "Call me at (212) 555-0100.",
    "Call two one two five five five zero one zero zero.",
    "Write to maria@example.org.",
    "maria at gmail dot com",
    "maria (at) example (dot) org",
    "Find me on instagram: @maria_v",
    "https://t.me/maria",
    "WhatsApp +1 212 555 0100",
]
LINKS = [
    "https://meet.example.net/maria",
    "HTTP://MEET.example.net",
    "www.meet-maria.com/now",
    "meet-maria.com",
    "bit.ly/3xyz",
    "meet-maria dot com",
]


@pytest.fixture(autouse=True)
def noon():
    cache.clear()
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.mark.parametrize("words", REFUSED)
def test_a_way_to_be_reached_is_stored_in_no_text_that_crosses(words):
    offer = make_offer()
    for field in ("title", "description"):
        with pytest.raises(WordsRefused):
            opportunities.edit(
                posting=offer, by=owner_of(offer.party), facts={field: words}, at=NOON
            )
    for form in (WhyNotForm({"reason": words}), EndForm({"reason": words})):
        assert list(form.errors) == ["reason"]


def test_links_are_left_out_before_an_introduction_and_stand_as_text_after_it():
    typed = " and ".join(LINKS)
    offer = make_offer(kind="job", description=f"See {typed}.", title=f"Bakery, {LINKS[3]}")
    Offer.objects.filter(pk=offer.pk).update(
        supervisor=LINKS[0], credential=LINKS[1], sponsor=LINKS[2], instruction=LINKS[5]
    )
    before = make_match(make_need(kind="job"), offer)
    after = make_match(make_need(kind="job"), offer, status="introduced")

    def crossing(match):
        asking, _offering = people_of(match)
        seen = page_of(match, asking) + list_of(asking)
        assert [link for link in LINKS if f'href="{link}' in seen] == []
        return [link for link in LINKS if link in seen]

    assert crossing(before) == []
    assert crossing(after) == LINKS
