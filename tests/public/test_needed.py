"""What is needed, as everybody reads it: counted once a week, shown in constant time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.states import STATES
from matching.models import Match
from public import counting, tasks
from public.models import WeeklyCount
from public.week import this_week
from tests.factories import NOON, make_match, make_need, make_party
from tests.pages import Page

pytestmark = pytest.mark.django_db
NEXT_WEEK = NOON + timedelta(days=7)


def ask(number=1, *, party=None, **fields):
    """So many needs for car care, each of a party of its own."""
    return [make_need(party or make_party(), **fields) for _number in range(number)]


def told(at=NOON, **options):
    """What is counted at that moment, and read, as plain text."""
    WeeklyCount.objects.all().delete()
    counting.count_week(at=at)
    return {topic.name: topic.lines for topic in this_week().needed(**options)}


def queries(address):
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(address).status_code == 200
    return len(captured)


def test_under_five_is_a_few_and_from_five_on_a_number():
    ask(4)
    assert told() == {"Car maintenance": [("New York", "a few")]}

    ask(1)
    assert told() == {"Car maintenance": [("New York", "5")]}


def test_one_need_of_several_topics_counts_once_in_a_group():
    ask(4, topics=("car-maintenance", "budgeting"), party=make_party())
    ask(1, topics=("self-care",))
    ask(1, topics=("cooking",))

    assert told() == {"Life skills: other topics": [("New York", "6")]}


def test_needs_for_minors_are_in_no_count():
    ask(3, audience="minors")
    ask(3, audience="both")

    assert told() == {}
    assert this_week().states == {}


def test_only_what_is_open_and_of_the_verified_is_counted():
    ask(3, status="draft")
    ask(3, status="in_review")
    for _number in range(3):
        ask(party=make_party(verified=False))

    assert told() == {}


def test_a_state_and_a_kind_of_topic_can_be_looked_at():
    ask(3)
    ask(4, state="NJ")
    ask(3, kind="job", topics=("baker",))

    assert told(state="NJ") == {"Car maintenance": [("New Jersey", "a few")]}
    assert told(group="job") == {"Baker": [("New York", "a few")]}


def test_a_need_with_an_introduction_no_longer_waits():
    needs = ask(5)
    make_match(needs[0], status="introduced")
    make_match(needs[1], status="declined")

    told()

    standing = this_week().standing("NY")
    assert (standing.open, standing.unmet, standing.step) == ("5 to 9", "a few", 1)
    assert Match.objects.count() == 2


def test_a_week_is_counted_once_and_the_first_at_once():
    ask(5)
    tasks.count_week()
    assert WeeklyCount.objects.count() == 1
    assert not counting.count_week(at=WeeklyCount.objects.get().counted_at)

    assert counting.count_week(at=NEXT_WEEK + timedelta(days=365))


def test_the_page_has_a_map_and_the_same_facts_as_a_table():
    ask(5)
    counting.count_week(at=NOON)

    html = Client().get(reverse("public:needed")).content.decode()

    assert Page(html).complaints == []
    for state, name in STATES.items():
        address = reverse("public:needed_in", args=[state.lower()])
        assert html.count(f'href="{address}"') == 3, name  # a shape, a square, a row
    assert html.count('aria-label="New York, needs that wait: 5 to 9"') == 2
    assert "<td>5 to 9</td><td>5 to 9</td>" in html


def test_before_the_first_count_the_pages_say_so():
    assert "Nothing has been counted yet" in Client().get(reverse("public:needed")).text


def test_the_filter_leads_to_the_page_of_a_state():
    answer = Client().get(reverse("public:needed"), {"state": "PR", "group": "job"})

    assert answer.url == "/needed/pr/?group=job"
    assert Client().get("/needed/zz/").status_code == 404


def test_the_public_pages_hold_nothing_but_topic_state_and_count():
    ask(
        3,
        title="Canary title",
        description="Canary words",
        exclusions=["alcohol"],
        county="Canary County, NY",
        check_level="fingerprint",
    )
    counting.count_week(at=NOON)

    for address in ("/needed/", "/needed/ny/"):
        page = Client().get(address)
        assert Page(page.text).complaints == []
        assert "Car maintenance" in page.text
        for canary in ("Canary", "alcohol", "ingerprint", "11201", "Kings", "Party"):
            assert canary not in page.text


def test_the_map_is_small_over_the_wire():
    page = Client().get("/needed/", headers={"Accept-Encoding": "gzip"})

    assert page.headers["Content-Encoding"] == "gzip"
    assert len(page.content) < 40_000  # bytes


def test_a_topic_that_no_state_tells_is_told_across_the_country():
    for state in ("NY", "NJ", "CT"):
        ask(2, state=state)
    assert told() == {"Car maintenance": [("across the country", "6")]}

    ask(1)
    assert told() == {
        "Car maintenance": [("New York", "a few"), ("elsewhere in the country", "a few")]
    }


def test_a_topic_of_many_states_names_the_largest_and_counts_the_others():
    states = list(STATES)[:10]
    told = {"cells": [["topic", "Baker", state, 50 + at] for at, state in enumerate(states)]}
    WeeklyCount.objects.create(week=NOON.date(), counted_at=NOON, told=told | {"states": {}})

    page = Client().get("/needed/").text

    assert f"{STATES[states[9]]}: 59" in page
    assert f"{STATES[states[0]]}: 50" not in page
    assert "and 2 more places" in page


def test_a_page_costs_one_query_however_much_is_needed():
    ask(3)
    counting.count_week(at=NOON)
    assert queries("/needed/") == 2  # the newest week, and that week, which is kept from then on
    assert queries("/needed/") == queries("/needed/ny/") == 1

    ask(6, topics=("car-maintenance", "budgeting"))
    ask(3, state="NJ")
    counting.count_week(at=NEXT_WEEK)

    assert [queries("/needed/") for _time in range(2)] == [2, 1]
