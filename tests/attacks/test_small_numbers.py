"""Somebody compares public counts, with each other and with yesterday's, to find one posting."""

from collections import defaultdict
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opportunities import actions
from opportunities.needed import COUNTRY, FEW, PARTIES_BEHIND, Row, may_be_told, needed_topics
from tests.factories import NOON, make_need, make_party, owner_of

MONDAY = NOON - timedelta(days=1, hours=12)
STATES = ["NY", "NJ", "CA", "TX"]
TOPICS = {"car-maintenance": "life", "budgeting": "life", "sewing": "craft", "welding": "craft"}

needs = st.lists(
    st.tuples(
        st.sampled_from(sorted(TOPICS)), st.sampled_from(STATES), st.integers(1, 6)  # the party
    ),
    max_size=40,
)  # fmt: skip


def rows_of(plans):
    """As the database groups them: each plan is a need of its own."""
    groups = defaultdict(list)
    for number, (topic, state, party) in enumerate(plans):
        groups[topic, state].append((number, party))
    return [
        Row(topic, TOPICS[topic], state, [need for need, _ in found], sorted({p for _, p in found}))
        for (topic, state), found in sorted(groups.items())
    ]


@given(needs)
def test_no_count_is_told_of_fewer_than_three_parties(plans):
    rows = rows_of(plans)
    for topic in may_be_told(rows):
        for told in topic.counts:
            here = [row for row in rows if told.state in {COUNTRY, row.state}]
            parties = {party for row in here for party in row.parties}
            assert len(parties) >= PARTIES_BEHIND
            assert told.how_many == (str(told.count) if told.count >= FEW else "a few")


@given(needs)
def test_no_posting_is_in_two_counts_so_none_is_the_difference_of_others(plans):
    told = sum(count.count for topic in may_be_told(rows_of(plans)) for count in topic.counts)
    assert told <= len(plans)


@given(needs)
def test_a_page_of_one_state_tells_nothing_that_the_whole_does_not(plans):
    rows = rows_of(plans)
    whole = {(topic.name, count) for topic in may_be_told(rows) for count in topic.counts}
    for state in STATES:
        for topic in may_be_told(rows, state=state):
            assert {(topic.name, count) for count in topic.counts} <= whole


@given(needs, st.integers(1, 6))
def test_one_party_alone_never_brings_a_count_about(plans, party):
    alone = [(topic, state, party) for topic, state, _party in plans]
    assert may_be_told(rows_of(alone)) == []


@pytest.mark.django_db
def test_the_differences_of_the_days_of_a_week_are_nothing():
    """A need opens, another is filled, paused, taken back: nothing moves before Monday."""
    parties = [make_party() for _ in range(4)]
    facts = {"opened_at": MONDAY - timedelta(days=3), "state": "NY"}
    standing = [make_need(party, **facts) for party in parties for _ in range(2)]
    before = needed_topics(at=MONDAY)
    assert [told.count for told in before[0].counts] == [8]

    owner = owner_of(parties[0])
    seen = []
    for day in range(7):
        at = MONDAY + timedelta(days=day, hours=1)
        if day == 1:
            make_need(parties[1], opened_at=at, state="NY")
        if day == 2:
            actions.withdraw(posting=standing[0], by=owner, at=at)
        if day == 3:
            actions.pause(posting=standing[1], by=owner, at=at)
        if day == 4:
            actions.mark_filled(need=standing[2], at=at)
        seen.append(needed_topics(at=at))

    assert seen == [before] * 7
    after = needed_topics(at=MONDAY + timedelta(days=7))
    assert [told.count for told in after[0].counts] == [6]
