"""Somebody compares public counts, with each other and with yesterday's, to find one posting."""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from opportunities import actions, filling
from opportunities.models import Topic
from public import counting
from public.telling import COUNTRY, PARTIES_BEHIND, Row, cells_of, states_of
from public.week import Told
from tests.factories import NOON, make_need, make_party, owner_of

MONDAY = NOON - timedelta(days=1, hours=12)
STATES = ["NY", "NJ", "CA", "TX"]
TOPICS = {"car-maintenance": "life", "budgeting": "life", "sewing": "craft", "welding": "craft"}
HIDDEN_FROM = 5  # in these tests the parties from this number on have a confidential place

needs = st.lists(
    st.tuples(
        st.sampled_from(sorted(TOPICS)), st.sampled_from(STATES), st.integers(1, 7)  # the party
    ),
    max_size=40,
)  # fmt: skip


def rows_of(plans):
    """As the database groups them: each plan is a need of its own."""
    groups = defaultdict(list)
    for number, (topic, state, party) in enumerate(plans):
        groups[topic, state, party >= HIDDEN_FROM].append((number, party))
    return [
        Row(topic, TOPICS[topic], state, [need for need, _ in found], sorted({p for _, p in found}),
            hidden)
        for (topic, state, hidden), found in sorted(groups.items())
    ]  # fmt: skip


def parties_in(cell, plans):
    return {plans[need][2] for need in cell.needs}


@given(needs)
def test_no_count_is_told_of_fewer_than_three_parties(plans):
    for cell in cells_of(rows_of(plans)):
        assert len(parties_in(cell, plans)) >= PARTIES_BEHIND


@given(st.integers(1, 40))
def test_no_number_under_five_is_told(count):
    assert Told("NY", count).how_many == (str(count) if count >= 5 else "a few")


@given(needs)
def test_no_posting_is_in_two_counts_so_none_is_the_difference_of_others(plans):
    told = [need for cell in cells_of(rows_of(plans)) for need in cell.needs]
    assert len(told) == len(set(told))


@given(needs)
def test_a_confidential_party_is_never_the_only_one_of_its_kind_in_a_states_count(plans):
    for cell in cells_of(rows_of(plans)):
        hidden = {party for party in parties_in(cell, plans) if party >= HIDDEN_FROM}
        assert cell.state == COUNTRY or len(hidden) != 1


@given(needs, st.sets(st.integers(0, 39)))
def test_the_map_tells_nothing_that_the_topics_do_not(plans, met):
    """A state's number is the sum of its topics, so no difference of the two is a posting."""
    cells = cells_of(rows_of(plans))
    party_of = {number: party for number, (_topic, _state, party) in enumerate(plans)}
    for state, count in states_of(cells, met=met, party_of=party_of).items():
        here = [need for cell in cells if cell.state == state for need in cell.needs]
        assert count.open == len(here)
        unmet = {party_of[need] for need in here if need not in met}
        assert count.unmet == 0 or len(unmet) >= PARTIES_BEHIND


@given(needs, st.integers(1, 7))
def test_one_party_alone_never_brings_a_count_about(plans, party):
    alone = [(topic, state, party) for topic, state, _party in plans]
    assert cells_of(rows_of(alone)) == []


def public_pages():
    """Everything that strangers read of counts."""
    answers = (
        *("/needed/", "/needed/?group=life-skills", "/needed/ny/", "/needed/nj/"),
        "/help-out/neighbor/where/?topic=car-maintenance&zip=11201",
    )
    return [_without_proof(Client().get(address).text) for address in answers]


def _without_proof(html):
    """Each page has a new proof against forged forms; all else is compared."""
    return [line for line in html.splitlines() if "csrfmiddlewaretoken" not in line]


@pytest.mark.django_db
def test_the_differences_of_the_days_of_a_week_are_nothing():
    """A need opens, another is edited, filled, paused, taken back: nothing moves before Monday."""
    parties = [make_party() for _ in range(4)]
    standing = [make_need(party, state="NY") for party in parties for _ in range(2)]
    counting.count_week(at=MONDAY)
    before = public_pages()
    assert "8" in "".join(before[2])

    owner = owner_of(parties[0])
    for day in range(7):
        at = MONDAY + timedelta(days=day, hours=1)
        if day == 1:
            make_need(parties[1], opened_at=at, state="NY")
        if day == 2:
            actions.withdraw(posting=standing[0], by=owner, at=at)
        if day == 3:
            actions.pause(posting=standing[1], by=owner, at=at)
        if day == 4:
            filling.mark_filled(need=standing[2], at=at)
        if day == 5:
            facts = {"topics": list(Topic.objects.filter(slug="budgeting"))}
            actions.edit(posting=standing[4], by=owner_of(parties[2]), facts=facts, at=at)
        counting.count_week(at=at)
        assert public_pages() == before

    counting.count_week(at=MONDAY + timedelta(days=7))
    assert public_pages() != before


@pytest.mark.django_db
def test_200_needs_moved_about_in_a_week_learn_nothing():
    """Two parties post and move to wherever a third might be: the pages stay as they are."""
    make_need(make_party(), state="NJ", topics=("sewing-and-crafts",))
    theirs = [make_party(), make_party()]
    counting.count_week(at=MONDAY)
    before = public_pages()

    topics = list(Topic.objects.order_by("pk")[:100])
    for number, topic in enumerate(topics):
        for party in theirs:
            moved = make_need(party, state=("NJ", "NY")[number % 2], topics=())
            moved.topics.set([topic])
    counting.count_week(at=MONDAY + timedelta(days=6))

    assert public_pages() == before
