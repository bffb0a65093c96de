"""May these two meet? The columns against the reference, and each rule's promise by itself.

A run compares more than 10,000 pairs; ``RULES_EXAMPLES=1300 pytest tests/matching/test_rules.py``
compares some 500,000.
"""

import os
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import rules
from matching.columns import discs, index
from matching.columns.arrays import need_columns, offer_columns
from matching.columns.book import Book, TopicFacts
from tests.matching import reference
from tests.matching.postings import (
    CHICAGO,
    COOK,
    EVANSTON,
    GARY,
    LAKE,
    MONDAY,
    TOPICS,
    a_need,
    an_offer,
    needs,
    offers,
)

EXAMPLES = int(os.environ.get("RULES_EXAMPLES", "28"))
LAST = MONDAY + timedelta(days=27)  # of a plain need
DAY = timedelta(days=1)


def fitting(needs, offers, topics=TOPICS):
    """The pairs that fit, as row numbers."""
    book = Book(topics)
    pairs = rules.fits(need_columns(needs, book), offer_columns(offers, book), book)
    return list(zip(pairs.need.tolist(), pairs.offer.tolist(), strict=True))


def fit(need, offer):
    """Whether these two fit, as the columns and the reference both say."""
    answer = fitting([need], [offer]) == [(0, 0)]
    assert reference.fits(need, offer, TOPICS) == answer
    return answer


@st.composite
def crowds(draw):
    """To draw a need or an offer is dear, to compare is cheap: many of each meet all others."""
    asked = draw(st.lists(needs(), min_size=16, max_size=16))
    return asked, draw(st.lists(offers(asked), min_size=24, max_size=24))


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(crowds())
def test_the_columns_fit_exactly_whom_the_reference_fits(crowd):
    asked, given_ = crowd

    expected = [
        (n, o)
        for n, need in enumerate(asked)
        for o, offer in enumerate(given_)
        if reference.fits(need, offer, TOPICS)
    ]
    book = Book(TOPICS)
    columns = need_columns(asked, book), offer_columns(given_, book)

    for asking in (index.of_offers(columns[1], book), index.of_needs(columns[0], book)):
        pairs = rules.fits(*columns, book, index=asking)
        assert list(zip(pairs.need.tolist(), pairs.offer.tolist(), strict=True)) == expected


def test_a_plain_need_and_a_plain_offer_fit():
    assert fit(a_need(), an_offer())


# 1


@pytest.mark.parametrize(("need", "offer"), [(False, True), (True, False), (False, False)])
def test_nobody_meets_before_both_parties_are_verified(need, offer):
    assert not fit(a_need(verified=need), an_offer(verified=offer))


# 2


@pytest.mark.parametrize("kind", ["apprenticeship", "job"])
def test_a_class_is_never_met_by_work(kind):
    assert not fit(a_need(), an_offer(kind=kind))
    assert fit(a_need(kind=kind), an_offer(kind=kind))


# 3


def test_two_topics_of_one_group_are_not_shared():
    assert not fit(a_need(topics=("welding",)), an_offer(topics=("plumbing",)))


def test_one_of_several_topics_is_enough():
    need = a_need(topics=("credit", "welding", "budgeting"))

    assert fit(need, an_offer(topics=("plumbing", "budgeting")))


@pytest.mark.parametrize(
    ("need", "offer"), [("trades", "welding"), ("welding", "trades"), ("trades", "trades")]
)
def test_an_umbrella_topic_is_shared_with_every_topic_of_its_group(need, offer):
    assert fit(a_need(topics=(need,)), an_offer(topics=(offer,)))


def test_an_umbrella_topic_is_not_shared_with_another_group():
    assert not fit(a_need(topics=("trades",)), an_offer(topics=("budgeting",)))


def test_a_topic_that_the_taxonomy_does_not_know_is_shared_with_itself():
    assert fit(a_need(topics=("pottery",)), an_offer(topics=("pottery",)))
    assert not fit(a_need(topics=("pottery",)), an_offer(topics=("weaving",)))


def test_without_topics_there_is_nothing_to_share():
    assert not fit(a_need(topics=()), an_offer())
    assert not fit(a_need(), an_offer(topics=()))


def test_two_shared_topics_make_one_pair():
    two = ("budgeting", "credit", "trades")

    assert fitting([a_need(topics=two)], [an_offer(topics=two)]) == [(0, 0)]


# 4


@pytest.mark.parametrize(
    ("need", "offer", "answer"),
    [
        ("remote", "remote", True),
        ("remote", "either", True),
        ("either", "remote", True),
        ("either", "either", True),
        ("remote", "in_person", False),
        ("in_person", "remote", False),
        ("in_person", "either", False),
        ("either", "in_person", False),
    ],
)
def test_online_the_distance_does_not_matter(need, offer, answer):
    honolulu = {"latitude": 21.3069, "longitude": -157.8583, "zip": "96813", "county": ""}

    assert fit(a_need(mode=need), an_offer(mode=offer, **honolulu)) == answer


@pytest.mark.parametrize(
    ("past_km", "answer"), [(0, True), (1e-10, True), (-1e-10, True), (-1e-8, False), (1e-8, True)]
)
def test_the_radius_reaches_exactly_as_far_as_it_says(past_km, answer):
    distance = reference.haversine(*CHICAGO, *EVANSTON)

    assert fit(a_need(), an_offer(radius_km=distance + past_km)) == answer


def test_the_same_zip_is_no_distance_even_where_its_place_is_unknown():
    nowhere = {"zip": "20811", "latitude": None, "longitude": None}

    assert fit(a_need(**nowhere), an_offer(**nowhere, radius_km=0.0))


def test_an_unknown_place_is_out_of_reach():
    nowhere = {"zip": "", "latitude": None, "longitude": None}

    assert not fit(a_need(**nowhere), an_offer())
    assert not fit(a_need(), an_offer(**nowhere))
    assert not fit(a_need(**nowhere), an_offer(**nowhere))


def test_the_distance_is_told_in_person_only():
    book = Book(TOPICS)
    needs = [a_need(), a_need(mode="remote"), a_need(mode="either"), confidential()]
    offers = [an_offer(mode="either")]

    pairs = rules.fits(need_columns(needs, book), offer_columns(offers, book), book)

    assert pairs.in_person.tolist() == [True, False, True, True]
    known = reference.haversine(*CHICAGO, *EVANSTON)
    assert pairs.distance_km.tolist() == pytest.approx(
        [known, float("nan"), known, float("nan")], nan_ok=True
    )


def confidential(*counties, **changes):
    """A need whose counties stand for its place."""
    named = counties or ((COOK, *CHICAGO),)
    return a_need(
        confidential=True, zip="", latitude=None, longitude=None, counties=named, **changes
    )


def test_a_confidential_need_is_in_reach_of_an_offer_in_a_county_it_names():
    far = {"county": COOK, "radius_km": 0.0}

    assert fit(confidential(), an_offer(**far))
    assert fit(confidential((LAKE, None, None), (COOK, None, None)), an_offer(**far))
    assert not fit(confidential((LAKE, None, None)), an_offer(**far))


@pytest.mark.parametrize(
    ("past_km", "answer"), [(0, True), (1e-10, True), (-1e-10, True), (-1e-8, False)]
)
def test_a_confidential_need_is_in_reach_where_the_radius_reaches_its_countys_centroid(
    past_km, answer
):
    distance = reference.haversine(*CHICAGO, *GARY)
    gary = {"county": "Lake, IN", "latitude": GARY[0], "longitude": GARY[1]}

    assert fit(confidential(), an_offer(**gary, radius_km=distance + past_km)) == answer


def test_the_centroid_of_any_county_it_names_will_do():
    need = confidential((LAKE, None, None), ("Nowhere, AK", 64.0, -150.0), (COOK, *CHICAGO))

    assert fit(need, an_offer(county=""))


def test_a_county_without_a_centroid_is_reached_from_within_only():
    need = confidential((LAKE, None, None))

    assert not fit(need, an_offer(county="", radius_km=5000.0))
    assert fit(need, an_offer(county=LAKE, latitude=None, longitude=None))


def test_an_unknown_county_lies_nowhere():
    assert not fit(confidential(("", None, None)), an_offer(county=""))


def test_the_zip_and_coordinates_of_a_confidential_need_are_never_compared():
    need = a_need(confidential=True, zip="60201", counties=(("Nowhere, AK", None, None),))
    book = Book(TOPICS)

    columns = need_columns([need], book)

    assert fitting([need], [an_offer(zip="60201")]) == []
    assert (columns.zip.tolist(), columns.latitude.tolist()) == (
        [-1],
        pytest.approx([float("nan")], nan_ok=True),
    )


def test_a_confidential_need_without_a_county_can_be_met_online_only():
    need = a_need(confidential=True, counties=(), mode="either")

    assert not fit(need, an_offer(county=""))
    assert fit(need, an_offer(mode="remote"))


# 5


@pytest.mark.parametrize(("late", "answer"), [(0, True), (1, False)])
def test_an_offer_that_starts_on_the_needs_last_day_is_in_time(late, answer):
    need = a_need(slots=(), sessions=1)

    assert fit(need, an_offer(slots=(), start_date=LAST + late * DAY)) == answer


@pytest.mark.parametrize(("early", "answer"), [(0, True), (1, False)])
def test_an_offer_that_ends_on_the_needs_first_day_is_in_time(early, answer):
    need = a_need(slots=(), sessions=1)
    past = {"start_date": MONDAY - 30 * DAY, "end_date": MONDAY - early * DAY}

    assert fit(need, an_offer(slots=(), **past)) == answer


def test_hours_after_midnight_do_not_stretch_the_date_range():
    need = a_need(slots=((0, 0, 120),), sessions=1)  # the first hours of its first day
    night = an_offer(
        slots=((6, 22 * 60, 4 * 60),), start_date=MONDAY - 8 * DAY, end_date=MONDAY - DAY
    )

    assert not fit(need, night)


# 6 has tests of its own in test_times.py


@pytest.mark.parametrize(("sessions", "answer"), [(4, True), (5, False)])
def test_the_offer_must_cover_as_many_sessions_as_the_need_asks(sessions, answer):
    assert fit(a_need(sessions=sessions), an_offer()) == answer


# 7


def test_they_must_share_a_language():
    assert fit(a_need(languages=("es", "en")), an_offer(languages=("fr", "es")))
    assert not fit(a_need(languages=("es",)), an_offer(languages=("en",)))
    assert not fit(a_need(languages=()), an_offer())


# 8


@pytest.mark.parametrize("late", [-1, 0, 1, None])
@pytest.mark.parametrize("audience", ["adults", "minors", "both"])
def test_a_check_of_the_level_must_hold_to_the_last_common_day(audience, late):
    until = None if late is None else LAST + late * DAY
    for required, held in product(reference.LEVELS, repeat=2):
        need = a_need(check_level=required, audience=audience)
        offer = an_offer(checks=((held, until),), audience="both")
        asked = "fingerprint" if audience != "adults" else required
        enough = reference.LEVELS.index(held) >= reference.LEVELS.index(asked)
        fits = asked == "none" or (enough and late != -1)
        assert (required, held, fit(need, offer)) == (required, held, fits)


def test_a_check_need_only_hold_while_both_are_there():
    need = a_need(check_level="registry")
    check = (("registry", MONDAY + 14 * DAY),)

    assert not fit(need, an_offer(checks=check))
    assert fit(
        a_need(check_level="registry", sessions=2),
        an_offer(checks=check, end_date=MONDAY + 14 * DAY),
    )


# 9


@pytest.mark.parametrize(
    ("need", "offer", "answer"),
    [
        ("adults", "adults", True),
        ("adults", "both", True),
        ("adults", "minors", False),
        ("minors", "both", True),
        ("minors", "adults", False),
        ("both", "both", True),
        ("both", "adults", False),
        ("both", "minors", False),
    ],
)
def test_the_offer_serves_everybody_the_need_is_for(need, offer, answer):
    checked = an_offer(audience=offer, checks=(("fingerprint", None),))

    assert fit(a_need(audience=need), checked) == answer


# 10


def test_one_excluded_tag_is_enough_to_keep_them_apart():
    need = a_need(exclusions=("alcohol", "nights"))

    assert not fit(need, an_offer(tags=("private_home", "nights")))
    assert fit(need, an_offer(tags=("private_home",)))


# 11


@pytest.mark.parametrize(("seats", "answer"), [(10, True), (11, False)])
def test_a_class_has_room_for_all_its_learners(seats, answer):
    assert fit(a_need(seats=seats), an_offer(capacity=10)) == answer


def test_work_needs_room_for_one():
    assert fit(a_need(kind="job", seats=10), an_offer(kind="job", capacity=1))
    assert not fit(a_need(kind="job"), an_offer(kind="job", capacity=0))


# 12


def test_a_term_that_is_not_stated_does_not_count_as_met():
    need = a_need(requires=("transport", "child_care"))

    assert not fit(need, an_offer(terms=("transport",)))
    assert fit(need, an_offer(terms=("child_care", "transport", "guaranteed_interview")))


# All together


def test_the_order_and_number_of_the_rows_do_not_matter():
    needs = [a_need(topics=(topic,)) for topic in ("budgeting", "welding", "trades", "credit")]
    offers = [an_offer(topics=(topic,)) for topic in ("plumbing", "credit", "budgeting", "trades")]

    assert fitting(needs, offers) == [(0, 2), (1, 3), (2, 0), (2, 3), (3, 1)]
    assert fitting([], offers) == []
    assert fitting(needs, []) == []
    assert fitting([], []) == []


def test_columns_made_before_the_book_knew_more_words_stay_right():
    book = Book(TOPICS)
    early = offer_columns([an_offer(), an_offer(languages=("es",))], book)
    late = need_columns(
        [a_need(), a_need(requires=tuple(f"term-{n}" for n in range(150)), languages=("es",))],
        book,
    )
    for n in range(100):
        book.languages.number(f"language-{n}")

    pairs = rules.fits(late, early, book)

    assert (pairs.need.tolist(), pairs.offer.tolist()) == ([0], [0])


def test_large_crowds_are_looked_at_in_blocks(monkeypatch):
    monkeypatch.setattr(discs, "CHUNK", 7)
    needs = [a_need(topics=("budgeting", "credit")) for _ in range(5)]
    offers = [an_offer(topics=topics) for topics in [("credit", "budgeting"), ("credit",)] * 3]

    assert fitting(needs, offers) == [(n, o) for n in range(5) for o in range(6)]


def test_it_counts_the_topics_in_common():
    book = Book([*TOPICS, TopicFacts("sewing", "crafts", umbrella=False)])
    need = a_need(topics=("welding", "budgeting", "sewing"))
    offers = [an_offer(topics=topics) for topics in [("trades", "sewing"), ("budgeting",)]]

    pairs = rules.fits(need_columns([need], book), offer_columns(offers, book), book)

    assert pairs.topics_same.tolist() == [1, 1]
    assert pairs.topics_shared.tolist() == [2, 1]


def test_an_offer_without_an_end_lasts_as_long_as_the_calendar():
    need = a_need(start_date=date(9999, 1, 1), end_date=date.max, sessions=52)

    assert fitting([need], [an_offer()]) == [(0, 0)]
