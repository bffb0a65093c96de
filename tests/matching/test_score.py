"""How good would it be? Parts that mean what they say, and reasons that tell nothing else."""

import dataclasses

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import score
from matching.columns.arrays import need_columns, offer_columns
from matching.columns.book import Book
from matching.rules import fits
from matching.score import WEIGHTS, Weights, parts, with_words, without_words
from matching.words import closeness, texts, texts_of
from tests.matching.postings import (
    CHICAGO,
    COOK,
    EVANSTON,
    GARY,
    TOPICS,
    a_need,
    an_offer,
    needs,
    offers,
)


def rated(need, *offers, weights=WEIGHTS):
    """The parts of a need's pairs with offers that all fit."""
    book = Book(TOPICS)
    columns = need_columns([need], book), offer_columns(offers, book)
    pairs = fits(*columns, book)
    assert pairs.offer.tolist() == list(range(len(offers)))
    words = {"need_texts": texts([need]), "offer_texts": texts(offers)}
    return parts(pairs, *columns, book, **words, weights=weights)


def scored(need, *offers):
    return score.score(rated(need, *offers)).tolist()


# Parts


def test_the_weights_sum_to_one():
    names = [part.name for part in dataclasses.fields(score.Parts)]

    assert sum(getattr(WEIGHTS, name) for name in names) == pytest.approx(1)


def test_the_same_topic_is_closer_than_an_umbrella():
    need = a_need(topics=("welding",))

    same, umbrella = rated(need, an_offer(topics=("welding",)), an_offer(topics=("trades",))).topics

    assert same == 1
    assert umbrella == WEIGHTS.umbrella


def test_more_of_what_is_asked_is_closer_and_what_else_is_offered_plays_no_part():
    need = a_need(topics=("budgeting", "welding"))
    half, half_and_more, all_of_it = (
        ("welding",), ("welding", "plumbing", "trades"), ("welding", "budgeting")
    )  # fmt: skip

    part = rated(need, *[an_offer(topics=topics) for topics in (half, half_and_more, all_of_it)])

    assert part.topics.tolist() == [0.5, 0.5, 1]


def test_texts_about_the_same_thing_are_closer_than_others():
    asked = texts_of(["Help our ladies with budgeting and credit stuff"])
    given_ = texts_of(["Budgets and credit scores", "Budget planning", "Welding for beginners"])

    close, less, not_at_all = closeness(np.zeros(3, int), np.arange(3), asked, given_)

    assert close > less > 0.1 > not_at_all


def test_the_same_text_is_as_close_as_can_be_and_an_empty_one_is_not():
    asked = texts_of(["Oil change", "", "¡Café y té!"])
    given_ = texts_of(["oil  CHANGE!", "cafe y te", ""])

    close = closeness(np.array([0, 1, 1, 2, 2]), np.array([0, 0, 2, 1, 2]), asked, given_)

    assert close.tolist() == pytest.approx([1, 0, 0, 1, 0])


def test_the_closeness_of_two_texts_does_not_depend_on_third_ones():
    asked, given_ = "Bike repair workshop", "Repair your bike"
    few = closeness(np.zeros(1, int), np.zeros(1, int), texts_of([asked]), texts_of([given_]))
    crowd = texts_of([given_, *[f"Bike number {n}" for n in range(50)]])

    many = closeness(np.zeros(1, int), np.zeros(1, int), texts_of([asked]), crowd)

    assert few.tolist() == many.tolist()


def test_texts_taken_apart_in_blocks_are_the_same(monkeypatch):
    written = [f"Sewing {n} and welding {n * n}" for n in range(9)]
    at_once = texts_of(written)
    monkeypatch.setattr("matching.words.BLOCK", 2)

    in_blocks = texts_of(written)

    for column in ("starts", "pieces", "weights"):
        assert getattr(in_blocks, column).tolist() == getattr(at_once, column).tolist()


def test_nearer_is_better():
    next_door = dict(zip(("latitude", "longitude"), CHICAGO, strict=True))

    near, far = rated(a_need(), an_offer(**next_door), an_offer()).place

    assert near == 1
    assert 0 < far < 1


def test_a_confidential_place_is_rated_alike_wherever_the_offer_is():
    need = a_need(confidential=True, zip="", counties=((COOK, *CHICAGO),))
    places = [
        dict(zip(("latitude", "longitude"), point, strict=True)) for point in (EVANSTON, GARY)
    ]

    place = rated(need, *[an_offer(**point) for point in places]).place

    assert place.tolist() == [WEIGHTS.steady_place] * 2


def test_a_confidential_offers_place_is_rated_alike_too():
    places = [
        dict(zip(("latitude", "longitude"), point, strict=True)) for point in (EVANSTON, GARY)
    ]

    place = rated(a_need(), *[an_offer(**point, confidential=True) for point in places]).place

    assert place.tolist() == [WEIGHTS.steady_place] * 2


def test_more_times_than_asked_for_are_better():
    every_day = tuple((weekday, 18 * 60, 20 * 60) for weekday in range(7))
    need = a_need(slots=every_day)

    few, many = rated(need, an_offer(), an_offer(slots=every_day)).sessions

    assert few == pytest.approx(0.5)
    assert many == pytest.approx(1 - 0.5 * 4 / 28)


def test_work_with_an_opening_for_every_seat_is_better():
    need = a_need(kind="job", seats=4)

    room = rated(need, an_offer(kind="job"), an_offer(kind="job", capacity=9)).room

    assert room.tolist() == [0.25, 1]


def test_each_extra_that_is_stated_helps():
    extras = [(), ("transport",), ("transport", "child_care"), ("benefits",)]

    part = rated(a_need(), *[an_offer(terms=terms) for terms in extras]).extras

    assert part.tolist() == [0, 0.5, 0.75, 0]


def test_waiting_helps_but_never_past_its_weight():
    fresh, old, ancient = (
        scored(a_need(wait_days=days), an_offer())[0] for days in (0, 14, 100_000)
    )

    assert old - fresh == pytest.approx(WEIGHTS.patience / 2)
    assert ancient - fresh == pytest.approx(WEIGHTS.patience)


def test_a_far_umbrella_topic_without_a_word_in_common_is_below_the_floor():
    need = a_need(topics=("welding", "budgeting"), title="Weld", requires=())
    far = {"latitude": GARY[0], "longitude": GARY[1], "title": "Pipes"}
    vague = an_offer(topics=("trades", "credit"), **far)

    assert scored(need, vague)[0] < WEIGHTS.floor < scored(a_need(), an_offer())[0]


@st.composite
def crowds(draw):
    """To draw a need or an offer is dear, to rate is cheap: some of each meet all others."""
    asked = draw(st.lists(needs(), min_size=6, max_size=6))
    return asked, draw(st.lists(offers(asked), min_size=9, max_size=9))


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(crowds())
def test_every_part_and_every_score_is_between_0_and_1(crowd):
    asked, given_ = crowd
    book = Book(TOPICS)
    columns = need_columns(asked, book), offer_columns(given_, book)
    pairs = fits(*columns, book)

    found = parts(pairs, *columns, book, need_texts=texts(asked), offer_texts=texts(given_))

    for part in (*(getattr(found, f.name) for f in dataclasses.fields(found)), score.score(found)):
        assert len(part) == len(pairs)
        assert ((part >= 0) & (part <= 1)).all()


def test_weights_can_be_tried_out():
    found = rated(a_need(), an_offer())

    only_place = Weights(topics=0, words=0, place=1, sessions=0, room=0, extras=0, patience=0)

    assert score.score(found, only_place).tolist() == found.place.tolist()


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(crowds(), st.integers(0, 2**32))
def test_without_the_words_a_score_is_as_low_as_it_can_be_and_lacks_their_weight_at_most(
    crowd, seed
):
    asked, given_ = crowd
    book = Book(TOPICS)
    columns = need_columns(asked, book), offer_columns(given_, book)
    pairs = fits(*columns, book)
    cosines = np.random.default_rng(seed).choice([0.0, 0.1, 0.5, 0.7, 1.0], len(pairs))

    least = without_words(pairs, *columns, book)
    whole = score.score(with_words(least, cosines))

    assert (score.score(least) <= whole).all()
    assert (whole <= score.score(least) + WEIGHTS.words + 1e-12).all()


days = st.floats(0, 10_000)


@given(st.floats(0, 1), st.floats(0, 1), days, days)
def test_waiting_never_outranks_a_fit_that_is_better_by_more_than_its_weight(
    one_place, other_place, one_wait, other_wait
):
    nothing = np.zeros(2)
    found = score.Parts(
        topics=np.ones(2),
        words=nothing,
        place=np.array([one_place, other_place]),
        sessions=nothing,
        room=nothing,
        extras=nothing,
        patience=1 - np.exp2(-np.array([one_wait, other_wait]) / WEIGHTS.half_wait),
    )

    one, other = score.score(found)

    if WEIGHTS.place * (one_place - other_place) > WEIGHTS.patience + 1e-9:
        assert one > other
    if one_place >= other_place and one_wait >= other_wait:
        assert one >= other - 1e-12
