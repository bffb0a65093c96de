"""The public page and one's own lists: what they show, and what they cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from opportunities.needed import needed_topics
from tests.factories import NOON, make_need, make_offer, make_party, owner_of
from tests.opportunities.pages import complaints, signed_in, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

LAST_WEEK = NOON - timedelta(days=7)
MONDAY = NOON - timedelta(days=1, hours=12)


def told(at=NOON, **options):
    """The public counts as plain text."""
    return {
        topic.name: [(count.where, count.how_many) for count in topic.counts]
        for topic in needed_topics(at=at, **options)
    }


def ask(number=1, *, party=None, **fields):
    """So many needs for car care, opened last week, each of a party of its own."""
    fields = {"opened_at": LAST_WEEK, "updated_at": LAST_WEEK} | fields
    return [make_need(party or make_party(), **fields) for _number in range(number)]


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


# What is needed


def test_a_count_is_told_once_three_parties_stand_behind_it():
    ask(2)
    assert told() == {}

    ask(1)
    assert told() == {"Car maintenance": [("New York", "a few")]}


def test_from_five_on_the_count_is_a_number():
    ask(5)

    assert told() == {"Car maintenance": [("New York", "5")]}


def test_many_needs_of_two_parties_are_no_count():
    first, second = make_party(), make_party()
    ask(4, party=first)
    ask(4, party=second)

    assert told() == {}


def test_states_too_small_to_tell_are_told_together():
    ask(3)
    ask(2, state="NJ")
    assert told() == {"Car maintenance": [("New York", "a few")]}  # two parties: not at all

    ask(1, state="CT")
    assert told() == {
        "Car maintenance": [("New York", "a few"), ("elsewhere in the country", "a few")]
    }


def test_topics_too_small_to_tell_are_told_as_their_group():
    ask(2)
    ask(1, topics=("budgeting", "self-care"))

    assert told() == {"Life skills: other topics": [("New York", "a few")]}


def test_groups_too_small_to_tell_are_told_together():
    for topic in ("car-maintenance", "baker", "carpenter-apprentice"):
        ask(1, topics=(topic,), kind="class")

    assert told() == {"Other topics": [("New York", "a few")]}


def test_one_need_of_several_topics_counts_once_in_a_group():
    ask(4, topics=("car-maintenance", "budgeting"), party=make_party())
    ask(1, topics=("self-care",))
    ask(1, topics=("cooking",))

    assert told() == {"Life skills: other topics": [("New York", "6")]}


def test_needs_for_minors_are_in_no_count():
    ask(3, audience="minors")
    ask(3, audience="both")

    assert told() == {}


def test_drafts_and_what_waits_or_is_of_nobody_verified_are_in_no_count():
    ask(3, status="draft")
    ask(3, status="in_review")
    for _number in range(3):
        ask(party=make_party(verified=False))

    assert told() == {}


def test_two_days_of_a_week_tell_the_same():
    needs = ask(5)
    before = told()

    ask(1, opened_at=NOON, updated_at=NOON)
    for status, need in zip(("filled", "withdrawn", "paused"), needs, strict=False):
        type(need).objects.filter(pk=need.pk).update(status=status, updated_at=NOON)

    assert told(at=NOON + timedelta(days=1)) == before == {"Car maintenance": [("New York", "5")]}
    assert told(at=NOON + timedelta(days=7)) == {"Car maintenance": [("New York", "a few")]}


def test_one_state_can_be_looked_at():
    ask(3)
    ask(4, state="NJ")

    assert told(state="NJ") == {"Car maintenance": [("New Jersey", "a few")]}
    page = Client().get(reverse("opportunities:needed"), {"state": "NJ"}).content.decode()
    assert "New Jersey: a few" in page
    assert "New York: a few" not in page


def test_the_public_page_holds_nothing_but_topic_state_and_count():
    ask(
        3,
        title="Canary title",
        description="Canary words",
        exclusions=["alcohol"],
        county="Canary County, NY",
        check_level="fingerprint",
    )
    page = Client().get(reverse("opportunities:needed"))

    assert complaints(page) == []
    html = page.content.decode()
    assert "Car maintenance" in html
    for canary in ("Canary", "alcohol", "ingerprint", "11201", "Kings", "Party"):
        assert canary not in html


def test_the_public_page_costs_the_same_for_many():
    address = reverse("opportunities:needed")
    ask(3)
    Client().get(address)
    few = queries(Client(), address)

    ask(6, topics=("car-maintenance", "budgeting"))
    ask(3, state="NJ")

    assert queries(Client(), address) == few == 1


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
    assert "It is open. We tell you as soon as somebody fits." in html
    assert "Two of our reviewers read it before it opens." in html
    assert f'href="{url(draft, "edit")}"' in html
    assert "Of somebody else" not in html


def test_an_empty_list_says_what_to_do():
    page = signed_in(owner_of(make_party("volunteer"))).get(reverse("opportunities:mine"))

    html = page.content.decode()
    assert html.index("Say what you offer") < html.index("Say what you need")
    assert "No offer yet." in html
    assert "No need yet." in html


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
