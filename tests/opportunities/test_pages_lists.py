"""One's own lists: what they show, and what they cost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import NOON, make_need, make_offer, make_party, owner_of
from tests.opportunities.pages import complaints, signed_in, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


# One's own


def test_lists_say_where_each_stands_and_what_is_next():
    party = make_party()
    make_need(party, title="Open one")
    draft = make_need(party, title="Half a thought", status="draft")
    make_offer(party, kind="job", title="Baker", status="in_review", reviews_needed=2, round=1)
    make_need(title="Of somebody else")
    page = signed_in(owner_of(party)).get(reverse("opportunities:mine"))

    assert complaints(page) == []
    html = page.content.decode()
    assert "It is open. Whoever fits stands under “Matches”," in html
    assert "Two of our reviewers read it before it opens." in html
    assert f'href="{url(draft, "edit")}"' in html
    assert "Of somebody else" not in html


@pytest.mark.parametrize(
    ("kind", "first", "other"),
    [
        ("nonprofit", "Say what you need", "Say what you offer"),
        ("business", "Say what you offer", "Say what you need"),
        ("volunteer", "Say what you offer", "Say what you need"),
    ],
)
def test_each_kind_is_led_to_what_it_mostly_posts_and_may_post_the_other(kind, first, other):
    page = signed_in(owner_of(make_party(kind))).get(reverse("opportunities:mine"))

    html = page.content.decode()
    assert re.findall(r'<a class="button[^>]*>([^<]*)', html) == [first]
    assert html.index(first) < html.index(other)


def test_long_lists_come_in_pages():
    party = make_party()
    for number in range(21):
        make_need(party, title=f"Need {number:02}", updated_at=NOON - timedelta(hours=number))
    client = signed_in(owner_of(party))

    first = client.get(reverse("opportunities:mine")).content.decode()
    second = client.get(reverse("opportunities:mine"), {"needs": "2"}).content.decode()

    assert ("Need 19" in first, "Need 20" in first) == (True, False)
    assert ("Need 19" in second, "Need 20" in second) == (False, True)
    assert "?needs=2" in first


def test_lists_cost_the_same_for_many():
    party = make_party()
    client = signed_in(owner_of(party))
    address = reverse("opportunities:mine")
    make_need(party)
    make_offer(party)
    client.get(address)
    few = queries(client, address)

    for _number in range(3):
        make_need(party, status="draft")
        make_need(party, status="in_review", reviews_needed=1)
        make_offer(party, kind="job")

    assert queries(client, address) == few


def test_one_posting_costs_the_same_however_much_it_holds():
    party = make_party()
    client = signed_in(owner_of(party))
    plain = make_need(party, requires=["transport"])
    rich = make_need(
        party,
        topics=("car-maintenance", "budgeting", "self-care"),
        requires=["transport", "child_care"],
        exclusions=["alcohol", "nights"],
    )
    client.get(url(plain))

    assert queries(client, url(plain)) == queries(client, url(rich))
    for name in ("topics", "hours", "terms"):
        assert queries(client, url(plain, "step", name)) == queries(client, url(rich, "step", name))
