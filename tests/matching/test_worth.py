"""What is an offer worth to others? The more they ask for what few others offer."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.columns.arrays import need_columns, offer_columns
from matching.columns.book import Book
from matching.score import WEIGHTS
from matching.worth import asking, demand, worth
from tests.matching.postings import TOPICS, a_need, an_offer


def worths(asked, given_):
    """The worth of offers of these topics, where needs ask for those."""
    book = Book(TOPICS)
    needs = need_columns([a_need(topics=topics) for topics in asked], book)
    offers = offer_columns([an_offer(topics=topics) for topics in given_], book)
    return worth(offers, demand(needs, offers, len(book.topics))).tolist()


def test_who_offers_more_of_what_is_asked_for_is_worth_more():
    specialist, all_rounder = worths(
        [("budgeting",), ("welding",)], [("budgeting",), ("budgeting", "welding")]
    )

    assert (specialist, all_rounder) == (0.5, 1.5)


def test_what_nobody_asks_for_is_worth_nothing():
    assert worths([("budgeting",)], [("welding",), ("budgeting",)]) == [0, 2]


def test_what_many_offer_is_worth_little_to_each():
    many, alone = ("budgeting",), ("welding",)

    found = worths([many, many, alone], [many, many, many, many, alone])

    assert found == pytest.approx([0.5 / 0.6] * 4 + [1 / 0.6])


def test_before_anything_was_asked_for_all_are_worth_nothing():
    assert worths([], [("budgeting",), ("welding",)]) == [0, 0]


def test_a_topic_younger_than_the_counts_is_worth_nothing_yet():
    book = Book(TOPICS)
    counted = demand(
        need_columns([a_need()], book), offer_columns([an_offer()], book), len(book.topics)
    )
    newcomer = offer_columns([an_offer(topics=("pottery",)), an_offer()], book)

    assert worth(newcomer, counted).tolist() == [0, 1]


topics = st.lists(
    st.sampled_from(["budgeting", "welding", "plumbing", "credit"]),
    min_size=1,
    max_size=4,
    unique=True,
).map(tuple)


@settings(deadline=None)
@given(st.lists(topics, max_size=6), st.lists(topics, min_size=1, max_size=6))
def test_the_average_offer_is_worth_one_where_somebody_asks(asked, given_):
    wanted = {topic for one in asked for topic in one} & {topic for one in given_ for topic in one}

    assert np.mean(worths(asked, given_)) == pytest.approx(1 if wanted else 0)


def test_of_near_equal_fits_the_specialist_is_asked_first():
    specialist, all_rounder = worths(
        [("budgeting",), ("welding",)], [("budgeting",), ("budgeting", "welding")]
    )

    better, near = asking(np.array([0.71, 0.70]), np.array([all_rounder, specialist]))

    assert near > better


@given(st.floats(0, 1), st.floats(WEIGHTS.keep, 1), st.floats(0, 1e6), st.floats(0, 1e6))
def test_a_clearly_better_fit_is_asked_whatever_the_offers_are_worth(least, more, one, other):
    worse, better = asking(np.array([least, least + more]), np.array([one, other]))

    assert better > worse or better == pytest.approx(worse)
