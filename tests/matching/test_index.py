"""Where to look: an index may bring too many, and never leaves out one that fits."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import rules
from matching.columns import discs, index
from matching.columns.arrays import NeedColumns, OfferColumns, need_columns, offer_columns
from matching.columns.book import Book, TopicFacts
from matching.columns.pairs import Pairs
from tests.matching.postings import (
    CHICAGO,
    COOK,
    EVANSTON,
    MONDAY,
    TOPICS,
    TUESDAY_EVENING,
    a_need,
    an_offer,
)


def rows_of(pairs):
    return list(zip(pairs.need.tolist(), pairs.offer.tolist(), strict=True))


def a_crowd(book):
    """Needs and offers of which some fit, near, online, in a county and by ZIP code."""
    hidden = {"confidential": True, "zip": "", "latitude": None, "longitude": None}
    nowhere = {"latitude": None, "longitude": None}
    needs = [
        a_need(),
        a_need(mode="either", topics=("welding", "credit")),
        a_need(mode="remote", topics=("trades",)),
        a_need(**hidden, counties=((COOK, *CHICAGO), ("Lake, IL", None, None))),
        a_need(zip="20811", **nowhere),
        a_need(verified=False),
    ]
    offers = [
        an_offer(),
        an_offer(mode="either", topics=("trades", "credit")),
        an_offer(mode="remote", topics=("plumbing", "welding")),
        an_offer(county="Lake, IL", **nowhere),
        an_offer(zip="20811", county="", **nowhere),
        an_offer(verified=False),
    ]
    return need_columns(needs, book), offer_columns(offers, book)


FITTING = [(0, 0), (1, 1), (1, 2), (2, 1), (2, 2), (3, 0), (3, 3), (4, 4)]


def test_whoever_asks_finds_the_same_pairs():
    book = Book(TOPICS)
    needs, offers = a_crowd(book)

    by_offers = rules.fits(needs, offers, book, index=index.of_offers(offers, book))
    by_needs = rules.fits(needs, offers, book, index=index.of_needs(needs, book))

    assert rows_of(by_offers) == FITTING
    assert rows_of(by_needs) == FITTING


def test_rows_that_are_gone_are_left_out():
    book = Book(TOPICS)
    needs, offers = a_crowd(book)
    gone = np.array([True, False, False, False, True, False])

    by_offers = rules.fits(needs, offers, book, index=index.of_offers(offers, book), gone=gone)
    by_needs = rules.fits(needs, offers, book, index=index.of_needs(needs, book), gone=gone)

    assert rows_of(by_offers) == [pair for pair in FITTING if not gone[pair[1]]]
    assert rows_of(by_needs) == [pair for pair in FITTING if not gone[pair[0]]]


def test_a_fresh_segment_beside_a_big_one_answers_like_both_in_one():
    book = Book(TOPICS)
    needs, offers = a_crowd(book)
    big, fresh = offers.take(slice(0, 4)), offers.take(slice(4, 6))

    first = rules.fits(needs, big, book, index=index.of_offers(big, book))
    second = rules.fits(needs, fresh, book)
    second = replace(second, offer=second.offer + len(big))

    assert rows_of(Pairs.joined([second, first])) == FITTING
    assert rows_of(rules.fits(needs, OfferColumns.joined([big, fresh]), book)) == FITTING


def test_columns_of_different_widths_join():
    book = Book(TOPICS)
    early = need_columns([a_need()], book)
    words = tuple(f"term-{number}" for number in range(150))
    late = need_columns([a_need(requires=words, topics=("credit", "welding"))], book)

    joined = NeedColumns.joined([early, late])

    assert joined.topics.tolist() == [[3, -1], [4, 1]]
    assert joined.asks.shape == (2, 3)
    assert joined.asks[:, 1:].tolist() == [[0, 0], late.asks[0, 1:].tolist()]


def test_an_index_stays_right_while_its_book_grows():
    book = Book(TOPICS)
    offers = offer_columns([an_offer(), an_offer(topics=("pottery",), mode="remote")], book)
    by_offers = index.of_offers(offers, book)

    needs = need_columns(
        [
            a_need(topics=("weaving", "budgeting"), time_zone="America/Detroit", minutes=30),
            a_need(topics=("weaving", "pottery"), mode="remote", languages=("fr", "en")),
            a_need(topics=("weaving",), mode="either"),
        ],
        book,
    )

    assert rows_of(rules.fits(needs, offers, book, index=by_offers)) == [(0, 0), (1, 1)]


def test_the_same_zip_is_found_where_two_places_share_it():
    book = Book(TOPICS)
    far = {"latitude": 18.4655, "longitude": -66.1057}
    needs = need_columns([a_need(zip="60201"), a_need(zip="60201", **far)], book)
    offers = offer_columns([an_offer(radius_km=0.0), an_offer(radius_km=0.0, **far)], book)

    by_offers = rules.fits(needs, offers, book, index=index.of_offers(offers, book))
    by_needs = rules.fits(needs, offers, book, index=index.of_needs(needs, book))

    assert rows_of(by_offers) == rows_of(by_needs) == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert by_offers.distance_km.tolist() == [0.0] * 4


def test_an_offer_is_asked_online_by_hours_that_can_meet():
    book = Book(TOPICS)
    evening, morning = (TUESDAY_EVENING,), ((1, 480, 600),)
    offers = [an_offer(mode="remote", slots=slots) for slots in (evening, morning) * 40]
    needs = [a_need(mode="remote"), a_need(mode="remote", slots=morning)]

    pairs = rules.fits(need_columns(needs, book), offer_columns(offers, book), book)

    assert rows_of(pairs) == [(n, o) for n in range(2) for o in range(n, 80, 2)]


# Discs


def everywhere():
    """Points anywhere on earth, some at the poles and on the date line."""
    north = st.one_of(st.floats(-90, 90), st.sampled_from([-90.0, 90.0, 0.0, 89.9]))
    east = st.one_of(st.floats(-180, 180), st.sampled_from([-180.0, 180.0, 0.0, 179.99, -179.99]))
    return st.tuples(north, east)


def points(places, reach_km):
    latitude, longitude = np.array(places, np.float64).reshape(-1, 2).T
    return discs.Points(np.arange(len(places)), latitude, longitude, np.array(reach_km, np.float64))


def found_near(askers, there):
    """What a search finds, as pairs of rows; all points are of one subject."""
    stored = discs.Discs(np.zeros(len(there.row), np.int64), there, 1)
    asked = np.arange(len(askers.row))
    pieces = stored.near(askers, asked, np.zeros_like(asked))
    return {pair for rows in pieces for pair in zip(*map(np.ndarray.tolist, rows), strict=True)}


def near_by_haversine(askers, there):
    apart = rules.distance_km(
        askers.latitude[:, None], askers.longitude[:, None], there.latitude, there.longitude
    )
    reach = np.maximum(askers.reach_km[:, None], there.reach_km)
    return set(
        zip(*map(np.ndarray.tolist, np.nonzero(apart <= reach + rules.REACH_KM)), strict=True)
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(everywhere(), min_size=1, max_size=30), st.data())
def test_no_point_within_reach_is_missed_anywhere_on_earth(places, data):
    asking = data.draw(st.lists(everywhere() | st.sampled_from(places), min_size=1, max_size=4))
    radii = st.sampled_from([0.0, 0.001, 8.0, 40.0, 500.0, 9000.0, 20_015.0, 30_000.0])
    reach = data.draw(st.lists(radii, min_size=len(places), max_size=len(places)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(discs, "FEW", 0)
        still = points(asking, [0.0] * len(asking))
        going = points(places, reach)

        assert near_by_haversine(still, going) <= found_near(still, going)
        assert {(b, a) for a, b in near_by_haversine(still, going)} <= found_near(going, still)


@pytest.mark.parametrize("reach_km", [40.0, 300.0, 1500.0])
@pytest.mark.parametrize("middle", [(0.0, 180.0), (52.0, -179.0), (71.3, -156.8), (-88.0, 10.0)])
def test_no_point_within_reach_is_missed_beside_the_date_line_and_a_pole(middle, reach_km):
    dice = np.random.default_rng(3)
    spread = reach_km / discs.DEGREE_KM
    places = np.array(middle) + dice.uniform(-1, 1, (4000, 2)) * [spread, 8 * spread]
    latitude, longitude = np.clip(places[:, 0], -90, 90), (places[:, 1] + 180) % 360 - 180
    there = points(np.column_stack([latitude, longitude]), [reach_km] * 4000)
    askers = points(np.column_stack([latitude, longitude])[:6], [0.0] * 6)

    within = near_by_haversine(askers, there)

    assert len(within) > 100
    assert within <= found_near(askers, there)


def test_a_search_brings_few_that_are_out_of_reach():
    dice = np.random.default_rng(1)
    places = np.array(CHICAGO) + dice.normal(0, 2, (5000, 2))
    askers, there = points([CHICAGO, EVANSTON], [0.0, 0.0]), points(places, [25.0] * 5000)

    within, found = near_by_haversine(askers, there), found_near(askers, there)

    assert within <= found
    assert len(found) <= len(within) + 1


def test_a_large_country_is_searched_as_a_small_one_is():
    """Enough offers that a subject's are found by band and not one by one."""
    book = Book([*TOPICS, TopicFacts("sewing", "crafts", umbrella=False)])
    dice = np.random.default_rng(2)
    places = np.array(CHICAGO) + dice.normal(0, 0.6, (600, 2))
    offers = [
        an_offer(
            zip="",
            latitude=north,
            longitude=east,
            radius_km=radius,
            topics=("budgeting", "credit")[number % 2 :],
            start_date=MONDAY - timedelta(days=number % 3),
        )
        for number, ((north, east), radius) in enumerate(
            zip(places.tolist(), dice.choice([5.0, 25.0, 60.0], 600).tolist(), strict=True)
        )
    ]
    needs = [a_need(zip="", latitude=north, longitude=east) for north, east in places[:20].tolist()]
    columns = need_columns(needs, book), offer_columns(offers, book)

    at_once = rules.fits(*columns, book)

    expected = [
        (n, o)
        for n, need in enumerate(needs)
        for o, offer in enumerate(offers)
        if "budgeting" in offer.topics
        and rules.distance_km(need.latitude, need.longitude, offer.latitude, offer.longitude)
        <= offer.radius_km
    ]
    assert rows_of(at_once) == expected
    by_needs = rules.fits(*columns, book, index=index.of_needs(columns[0], book))
    assert rows_of(by_needs) == expected
