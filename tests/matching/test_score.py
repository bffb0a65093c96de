"""How good would it be? Parts that mean what they say, and reasons that tell nothing else."""

import dataclasses

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.choices import CheckLevel
from matching import reasons, score
from matching.arrays import need_columns, offer_columns
from matching.book import Book
from matching.rules import fits
from matching.score import EXTRAS, MILES, REASONS, WEIGHTS, Weights, parts, reasons_of
from matching.words import closeness, texts_of
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
    words = {"need_texts": score.texts([need]), "offer_texts": score.texts(offers)}
    return parts(pairs, *columns, book, **words, weights=weights)


def scored(need, *offers):
    return score.score(rated(need, *offers)).tolist()


def why(need, offer):
    """The reasons of a pair that fits."""
    book = Book(TOPICS)
    pairs = fits(need_columns([need], book), offer_columns([offer], book), book)
    return reasons_of(
        need,
        offer,
        book,
        sessions=int(pairs.sessions[0]),
        in_person=bool(pairs.in_person[0]),
        distance_km=float(pairs.distance_km[0]),
    )


def codes(need, offer):
    return [reason["code"] for reason in why(need, offer)]


# Parts


def test_the_weights_sum_to_one():
    names = [part.name for part in dataclasses.fields(score.Parts)]

    assert sum(getattr(WEIGHTS, name) for name in names) == pytest.approx(1)


def test_the_same_topic_is_closer_than_an_umbrella():
    need = a_need(topics=("welding",))

    same, umbrella = rated(need, an_offer(topics=("welding",)), an_offer(topics=("trades",))).topics

    assert same == 1
    assert umbrella == WEIGHTS.umbrella


def test_of_equal_fits_the_specialist_is_rated_higher():
    specialist, all_rounder = rated(
        a_need(), an_offer(), an_offer(topics=("budgeting", "welding", "credit"))
    ).topics

    assert specialist > all_rounder


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


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(needs(), min_size=1, max_size=3), st.data())
def test_every_part_and_every_score_is_between_0_and_1(asked, data):
    given_ = data.draw(st.lists(offers(asked), min_size=1, max_size=4))
    book = Book(TOPICS)
    columns = need_columns(asked, book), offer_columns(given_, book)
    pairs = fits(*columns, book)

    found = parts(
        pairs, *columns, book, need_texts=score.texts(asked), offer_texts=score.texts(given_)
    )

    for part in (*(getattr(found, f.name) for f in dataclasses.fields(found)), score.score(found)):
        assert len(part) == len(pairs)
        assert ((part >= 0) & (part <= 1)).all()


def test_weights_can_be_tried_out():
    found = rated(a_need(), an_offer())

    only_place = Weights(topics=0, words=0, place=1, sessions=0, room=0, extras=0, patience=0)

    assert score.score(found, only_place).tolist() == found.place.tolist()


# Reasons

SILENT = {  # what must never be told, as words that would give it away
    "exclusions": ("alcohol", "nights", "private_home", "live_in", "not_woman_led"),
    "audience": ("minors", "fingerprint", "both"),
}


def test_a_plain_pair_says_what_fits():
    assert why(a_need(), an_offer()) == [
        {"code": "topics_same", "params": {"topics": ["budgeting"]}},
        {"code": "place_near", "params": {"miles": 15}},
        {"code": "sessions_fit", "params": {"sessions": 4}},
    ]


def test_an_umbrella_is_told_as_a_related_topic():
    need, offer = a_need(topics=("welding",)), an_offer(topics=("trades",))

    assert why(need, offer)[0] == {
        "code": "topic_related",
        "params": {"asked": "welding", "given": "trades"},
    }


def test_no_distance_toward_a_confidential_place_is_told():
    hidden = a_need(confidential=True, zip="", counties=((COOK, *CHICAGO),))

    assert "place_in_county" in codes(hidden, an_offer())
    assert "place_in_reach" in codes(a_need(), an_offer(confidential=True))
    for need, offer in [(hidden, an_offer()), (a_need(), an_offer(confidential=True))]:
        assert all("miles" not in reason["params"] for reason in why(need, offer))


def test_a_confidential_pair_reads_alike_wherever_in_reach_the_offer_is():
    hidden = a_need(confidential=True, zip="", counties=((COOK, *CHICAGO),))
    gary = an_offer(latitude=GARY[0], longitude=GARY[1], county="Lake, IN")

    assert why(hidden, an_offer()) == why(hidden, gary)


def test_a_pair_that_only_meets_online_tells_no_place():
    assert codes(a_need(mode="remote"), an_offer(mode="either")) == [
        "topics_same",
        "online",
        "sessions_fit",
    ]


def test_extras_are_told_as_asked_for_or_as_more():
    offer = an_offer(terms=("transport", "child_care", "benefits"))

    found = why(a_need(requires=("transport",)), offer)

    assert [reason for reason in found if reason["code"].startswith("extra")] == [
        {"code": "extra_offered", "params": {"extra": "child_care"}},
        {"code": "extra_asked", "params": {"extra": "transport"}},
    ]


def test_room_spare_times_waiting_and_words_are_told():
    need = a_need(kind="class", seats=8, sessions=2, wait_days=20.0)
    book = Book(TOPICS)

    found = reasons_of(
        need, an_offer(capacity=9), book, sessions=3, in_person=True, distance_km=1.0, words=0.6
    )

    assert [reason["code"] for reason in found] == [
        "topics_same",
        "words_close",
        "place_near",
        "sessions_fit",
        "times_to_spare",
        "room_for_all",
        "waited",
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(needs(), min_size=1, max_size=3), st.data())
def test_no_silent_fact_ever_appears(asked, data):
    given_ = data.draw(st.lists(offers(asked), min_size=1, max_size=4))
    book = Book(TOPICS)
    pairs = fits(need_columns(asked, book), offer_columns(given_, book), book)
    for n, o, sessions, in_person, distance in zip(
        pairs.need, pairs.offer, pairs.sessions, pairs.in_person, pairs.distance_km, strict=True
    ):
        found = reasons_of(
            asked[n],
            given_[o],
            book,
            sessions=int(sessions),
            in_person=bool(in_person),
            distance_km=float(distance),
        )

        for reason in found:
            assert reason["code"] in REASONS
            for name, value in reason["params"].items():
                assert is_disclosable(name, value, asked[n], given_[o])
        texts = reasons.sentences(found, side="need") + reasons.sentences(found, side="offer")
        for words in SILENT.values():
            assert not any(word in text for text in texts for word in words)


def is_disclosable(name, value, need, offer):
    """Whether a parameter comes from the closed set of its name."""
    topics = {*need.topics, *offer.topics}
    return {
        "topics": lambda: set(value) <= set(need.topics) & set(offer.topics),
        "asked": lambda: value in topics,
        "given": lambda: value in topics,
        "miles": lambda: value in MILES and not need.confidential and not offer.confidential,
        "sessions": lambda: value == need.sessions,
        "extra": lambda: value in EXTRAS,
    }[name]()


def test_silent_facts_change_no_reason():
    loud = a_need(
        audience="minors", exclusions=("alcohol", "not_woman_led"), check_level="registry"
    )
    offer = an_offer(audience="both", checks=(("fingerprint", None),), tags=("live_in",))

    assert why(loud, offer) == why(a_need(), offer)


def test_every_code_has_a_sentence_and_every_sentence_a_code():
    assert set(reasons.SENTENCES) == REASONS


def test_every_extra_has_words():
    found = [{"code": "extra_offered", "params": {"extra": extra}} for extra in EXTRAS]

    assert len(set(reasons.sentences(found, side="need"))) == len(EXTRAS)


@pytest.mark.parametrize(
    "reason",
    [
        {"code": "exclusions", "params": {"words": ["alcohol"]}},
        {"code": "place_near", "params": {"miles": 3}},
        {"code": "extra_offered", "params": {"extra": "alcohol"}},
        {"code": "extra_asked", "params": {"extra": CheckLevel.FINGERPRINT}},
    ],
)
def test_what_is_not_on_the_white_list_is_not_told(reason):
    assert reasons.sentences([reason], side="need") == []
    assert reasons.sentences([reason], side="offer") == []


def test_topics_without_a_name_are_not_spelled_out():
    found = [
        {"code": "topics_same", "params": {"topics": ["no-such-topic"]}},
        {"code": "topic_related", "params": {"asked": "no-such-topic", "given": "welding"}},
    ]

    assert reasons.sentences(found, side="need") == [
        "You are looking for the same thing.",
        "It is about topics of the same kind.",
    ]


def test_each_side_reads_sentences_of_its_own():
    found = [
        {"code": "topics_same", "params": {"topics": ["budgeting"]}},
        {"code": "place_near", "params": {"miles": 10}},
        {"code": "place_in_county", "params": {}},
        {"code": "sessions_fit", "params": {"sessions": 8}},
        {"code": "extra_asked", "params": {"extra": "transport"}},
        {"code": "waited", "params": {}},
    ]

    assert reasons.sentences(found, side="need") == [
        "It is about the same topic: Budgeting and money management.",
        "You are within 10 miles of each other.",
        "They can come to a county you named.",
        "The times of all 8 sessions fit.",
        "It offers what you ask for: transport.",
        "You have waited for some time.",
    ]
    assert reasons.sentences(found, side="offer") == [
        "It is about the same topic: Budgeting and money management.",
        "You are within 10 miles of each other.",
        "It is in a county you can come to.",
        "The times of all 8 sessions fit.",
        "You offer what they ask for: transport.",
        "They have waited for some time.",
    ]
