"""Why does a pair fit, what is close, what is unknown? And nothing else, in any language."""

import dataclasses
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.choices import CheckLevel
from matching import reasons
from matching.columns.arrays import need_columns, offer_columns
from matching.columns.book import Book
from matching.rules import fits
from matching.why import EXTRAS, MILES, REASONS, WONDERED_ABOUT, reasons_of, to_settle, unstated
from tests.matching.postings import (
    CHICAGO,
    COOK,
    GARY,
    MONDAY,
    TOPICS,
    a_need,
    an_offer,
    needs,
    offers,
)

LANGUAGES = [code for code, _name in project.LANGUAGES]


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


def said(found):
    """Every sentence that either side can read, in every language."""
    sentences = []
    for language in LANGUAGES:
        with translation.override(language):
            for side in ("need", "offer"):
                sentences += reasons.sentences(found, side=side)
    return sentences


# Reasons


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


# What is close, and what is unknown


def every_evening(weekdays):
    return tuple((weekday, 18 * 60, 20 * 60) for weekday in weekdays)


def test_times_that_do_not_all_fit_are_told_as_close():
    need = a_need(slots=every_evening([1, 3]), sessions=6, end_date=MONDAY + timedelta(days=27))
    offer = an_offer(slots=every_evening([1, 3]), end_date=MONDAY + timedelta(days=23))

    assert why(need, offer)[2:] == [
        {"code": "sessions_fit", "params": {"sessions": 6}},
        {"code": "sessions_some", "params": {"covered": 7, "possible": 8}},
        {"code": "dates_some", "params": {}},
    ]


def test_where_every_time_fits_none_is_told_as_close():
    assert "sessions_some" not in codes(a_need(sessions=4), an_offer())
    assert "sessions_some" not in codes(a_need(slots=(), sessions=28), an_offer(slots=()))


def test_listed_dates_and_hours_that_are_too_short_are_counted_as_the_rules_count():
    long, short = (1, 22 * 60, 2 * 60), (1, 10 * 60, 10 * 60 + 30)
    days = (MONDAY + timedelta(days=1), MONDAY + timedelta(days=8), MONDAY + timedelta(days=400))
    need = a_need(slots=(long, short), dates=days, minutes=60, sessions=1)
    offer = an_offer(slots=(long,), dates=days[:1])

    assert {"code": "sessions_some", "params": {"covered": 1, "possible": 2}} in why(need, offer)


def test_a_topic_that_is_asked_for_and_not_offered_is_told_as_close():
    found = why(a_need(topics=("budgeting", "welding", "plumbing")), an_offer())

    assert found[:2] == [
        {"code": "topics_same", "params": {"topics": ["budgeting"]}},
        {"code": "topics_missing", "params": {"topics": ["welding", "plumbing"]}},
    ]


def test_work_with_fewer_openings_than_seats_is_told_without_numbers():
    need, offer = a_need(kind="job", seats=4), an_offer(kind="job", capacity=3)

    assert {"code": "room_for_some", "params": {}} in why(need, offer)


def test_what_an_offer_does_not_say_yet_is_told_as_unknown():
    silent = unstated("job", terms=["transport", "benefits"], description="")
    outspoken = unstated("job", terms=WONDERED_ABOUT, description="Baking, at night.")

    assert reasons.sentences(silent, side="need") == [
        "They have not said yet: child care, time off for appointments,"
        " more about it in their own words."
    ]
    assert outspoken == []


def test_of_a_class_nobody_wonders_about_what_belongs_to_work():
    assert unstated("class", terms=[], description="Oil and tires.") == []
    assert reasons.sentences(unstated("class", terms=[], description=""), side="offer") == [
        "You have not said yet: more about it in your own words."
    ]


DIFFER = "You do not plan to meet in the same place."
NEUTRAL = "a neutral place, such as a library"


@pytest.mark.parametrize(
    ("venues", "need_reads", "offer_reads"),
    [
        (
            ("nonprofit", "helper"),
            f"{DIFFER} Your posting says: your place. Theirs says: their place, the helper's.",
            f"{DIFFER} Your posting says: your place. Theirs says: their place, the nonprofit's.",
        ),
        (
            ("neutral", "helper"),
            f"{DIFFER} Your posting says: {NEUTRAL}. Theirs says: their place, the helper's.",
            f"{DIFFER} Your posting says: your place. Theirs says: {NEUTRAL}.",
        ),
        (("neutral", "neutral"), *[f"You both plan to meet here: {NEUTRAL}."] * 2),
        (
            ("nonprofit", ""),
            "They have not said where you would meet. Your posting says: your place.",
            "You have not said where you would meet. Theirs says: their place, the nonprofit's.",
        ),
        (("", ""), *["Nobody has said yet where you would meet."] * 2),
    ],
)
def test_where_a_class_would_meet_is_told_to_each_side_in_its_own_words(
    venues, need_reads, offer_reads
):
    found = to_settle(
        "class", modes=("in_person", "either"), venues=venues, formats=("mentoring", "mentoring")
    )

    for side, words in (("need", need_reads), ("offer", offer_reads)):
        (sentence,) = reasons.sentences(found, side=side)
        assert sentence.startswith(words)


def test_online_and_at_work_there_is_no_place_to_settle_and_another_form_is_told():
    venues, formats = ("nonprofit", "helper"), ("mentoring", "group_class")
    work = to_settle("job", modes=("in_person",) * 2, venues=venues, formats=("", ""))
    online = to_settle("class", modes=("remote", "either"), venues=venues, formats=formats)

    assert work == []
    assert reasons.sentences(online, side="need") == [
        "You asked for mentoring, and they offer a group class."
    ]


def test_what_fits_what_is_close_and_what_is_unknown_stand_apart():
    found = [
        {"code": "unstated", "params": {"what": ["transport"]}},
        {"code": "sessions_some", "params": {"covered": 7, "possible": 8}},
        {"code": "online", "params": {}},
        {"code": "exclusions", "params": {}},
    ]

    assert reasons.told(found, side="need") == (
        ["You can meet online."],
        ["They can come to 7 of your 8 times."],
        ["They have not said yet: transport."],
    )
    assert reasons.told(found, side="offer") == (
        ["You can meet online."],
        ["You can come to 7 of their 8 times."],
        ["You have not said yet: transport."],
    )


# What no sentence ever tells

CANARY = "qzx"  # stands in no sentence, no topic's name and no language


def marked(facts):
    """The same facts with a canary in every word that must stay untold."""
    hidden = {
        "key": f"{CANARY}key",
        "title": f"{CANARY}title",
        "description": f"{CANARY}description",
        "zip": f"{CANARY}zip" if facts.zip else "",
        "topics": (*facts.topics, f"{CANARY}topic"),
        "languages": (*facts.languages, f"{CANARY}language"),
    }
    if hasattr(facts, "exclusions"):
        hidden["exclusions"] = (*facts.exclusions, f"{CANARY}exclusion")
        hidden["counties"] = tuple((f"{CANARY}{name}", *point) for name, *point in facts.counties)
    else:
        hidden["county"] = f"{CANARY}{facts.county}" if facts.county else ""
        hidden["tags"] = (*facts.tags, f"{CANARY}tag")
        hidden["terms"] = (*facts.terms, f"{CANARY}term")
    return dataclasses.replace(facts, **hidden)


SILENT = ("alcohol", "nights", "private", "live-in", "minors", "menores", "fingerprint", "huella")


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    st.lists(needs(), min_size=4, max_size=4),
    st.booleans(),
    st.sampled_from([0.0, 15.0]),
    st.integers(2, 4),
    st.data(),
)
def test_no_sentence_names_what_is_not_disclosed(asked, confidential, wait_days, seats, data):
    given_ = data.draw(st.lists(offers(asked), min_size=6, max_size=6))
    asked = [dataclasses.replace(marked(one), wait_days=wait_days, seats=seats) for one in asked]
    given_ = [
        dataclasses.replace(marked(one), confidential=confidential, capacity=seats)
        for one in given_
    ]
    book = Book(TOPICS)
    pairs = fits(need_columns(asked, book), offer_columns(given_, book), book)
    for n, o, sessions, in_person, distance in zip(
        pairs.need, pairs.offer, pairs.sessions, pairs.in_person, pairs.distance_km, strict=True
    ):
        need, offer = asked[n], given_[o]
        found = reasons_of(
            need,
            offer,
            book,
            sessions=int(sessions),
            in_person=bool(in_person),
            distance_km=float(distance),
            words=1.0,
        )

        for reason in found:
            assert reason["code"] in REASONS
            for name, value in reason["params"].items():
                assert is_disclosable(name, value, need, offer)
        for sentence in said(found):
            assert CANARY not in sentence
            assert not any(word in sentence.lower() for word in SILENT)
            if need.confidential or confidential:
                assert "mile" not in sentence
                assert "milla" not in sentence


def is_disclosable(name, value, need, offer):
    """Whether a parameter comes from the closed set of its name."""
    topics = {*need.topics, *offer.topics}
    return {
        "topics": lambda: set(value) <= set(need.topics),
        "asked": lambda: value in topics,
        "given": lambda: value in topics,
        "miles": lambda: value in MILES and not need.confidential and not offer.confidential,
        "sessions": lambda: value == need.sessions,
        "covered": lambda: value >= need.sessions,
        "possible": lambda: value > need.sessions,
        "extra": lambda: value in EXTRAS and value in offer.terms,
    }[name]()


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.just(f"{CANARY} Oak Street 7"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.just(CANARY), inner),
    max_leaves=3,
)
PARAMS = ("topics", "asked", "given", "miles", "sessions", "covered", "possible", "extra", "what")


@settings(deadline=None)
@given(
    st.sampled_from([*REASONS, f"{CANARY}code"]),
    st.dictionaries(st.sampled_from(PARAMS), anything),
)
def test_whatever_stands_in_a_reason_only_known_words_are_said(code, params):
    for sentence in said([{"code": code, "params": params}]):
        assert CANARY not in sentence


def test_silent_facts_change_no_reason():
    loud = a_need(
        audience="minors", exclusions=("alcohol", "not_woman_led"), check_level="registry"
    )
    offer = an_offer(audience="both", checks=(("fingerprint", None),), tags=("live_in",))

    assert why(loud, offer) == why(a_need(), offer)


def test_every_code_has_a_sentence_and_every_sentence_a_code():
    assert set(reasons.SENTENCES) == set(REASONS)


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
        {"code": "sessions_fit", "params": {"sessions": "eight"}},
        {"code": "sessions_some", "params": {"covered": 9, "possible": 8}},
        {"code": "unstated", "params": {"what": ["exclusions"]}},
        {"code": "topics_missing", "params": {"topics": "budgeting"}},
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
