"""Whom do we ask now? First seats first, best first, never past anyone's room."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.allocate import Limits, allocate, best, contenders
from matching.columns.arrays import need_columns, offer_columns
from matching.columns.book import Book
from matching.columns.pairs import Pairs
from tests.matching.postings import TOPICS, a_need, an_offer


def pairs_of(rows):
    """Pairs of these rows of needs and offers."""
    need, offer = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    ones = np.ones(len(need), np.int32)
    return Pairs(
        need=need,
        offer=offer,
        topics_same=ones,
        topics_shared=ones,
        in_person=ones.astype(bool),
        distance_km=np.zeros(len(need)),
        sessions=ones,
    )


def columns(need_waits, offer_waits, need_keys=None, offer_keys=None):
    """Needs and offers that differ in their keys and how long they wait."""
    book = Book(TOPICS)
    need_keys = need_keys or range(len(need_waits))
    offer_keys = offer_keys or range(len(offer_waits))
    needs = [a_need(key=k, wait_days=w) for k, w in zip(need_keys, need_waits, strict=True)]
    offers = [an_offer(key=k, wait_days=w) for k, w in zip(offer_keys, offer_waits, strict=True)]
    return need_columns(needs, book), offer_columns(offers, book)


def chosen(scores, *, need_room=None, need_held=None, offer_room=None, people=None, **waits):
    """The pairs that are proposed; ``scores`` by (need, offer)."""
    count = [1 + max(pair[side] for pair in scores) for side in (0, 1)]
    needs, offers = columns(
        waits.get("need_waits", [0.0] * count[0]), waits.get("offer_waits", [0.0] * count[1])
    )
    need_person, offer_person, person_room = people or ([-1] * count[0], [-1] * count[1], [])
    rows = list(scores)
    limits = Limits(
        need_room=np.array(need_room or [1] * count[0], np.int32),
        need_held=np.array(need_held or [0] * count[0], np.int32),
        offer_room=np.array(offer_room or [1] * count[1], np.int32),
        need_person=np.array(need_person, np.int32),
        offer_person=np.array(offer_person, np.int32),
        person_room=np.array(person_room, np.int32),
    )
    found = allocate(pairs_of(rows), np.array(list(scores.values())), needs, offers, limits)
    return [rows[index] for index in found]


def test_the_better_fit_is_asked():
    assert chosen({(0, 0): 0.5, (0, 1): 0.9}) == [(0, 1)]


def test_an_offer_goes_to_the_need_it_fits_better():
    assert chosen({(0, 0): 0.5, (1, 0): 0.9, (0, 1): 0.4}) == [(1, 0), (0, 1)]


def test_every_needs_first_comes_before_anyones_second():
    scores = {(0, 0): 0.9, (0, 1): 0.8, (1, 1): 0.5}

    assert chosen(scores, need_room=[2, 1]) == [(0, 0), (1, 1)]


def test_what_a_need_holds_already_counts_as_served():
    scores = {(0, 0): 0.9, (1, 0): 0.5}

    assert chosen(scores, need_held=[1, 0]) == [(1, 0)]


def test_a_need_has_no_more_proposals_than_it_has_room_for():
    assert chosen({(0, n): 0.5 for n in range(5)}, need_room=[3]) == [(0, 0), (0, 1), (0, 2)]


def test_an_offer_is_never_asked_beyond_what_it_can_take():
    assert chosen({(n, 0): 0.5 for n in range(5)}, offer_room=[2]) == [(0, 0), (1, 0)]


def test_nobody_hears_of_more_in_a_day_than_their_limit():
    scores = {(0, 0): 0.9, (1, 1): 0.8, (2, 2): 0.7}

    assert chosen(scores, people=([-1, -1, -1], [0, 0, 1], [1, 5])) == [(0, 0), (2, 2)]


def test_someone_on_both_sides_hears_of_it_twice():
    assert chosen({(0, 0): 0.9}, people=([0], [0], [1])) == []
    assert chosen({(0, 0): 0.9}, people=([0], [0], [2])) == [(0, 0)]


def test_of_equal_fits_the_longest_waiting_need_is_served_first():
    scores = {(0, 0): 0.5, (1, 0): 0.5}

    assert chosen(scores, need_waits=[1.0, 9.0]) == [(1, 0)]


def test_of_equal_fits_the_longest_waiting_offer_is_asked_first():
    scores = {(0, 0): 0.5, (0, 1): 0.5}

    assert chosen(scores, offer_waits=[1.0, 9.0]) == [(0, 1)]


def test_of_equal_waits_the_lower_id_comes_first():
    assert chosen({(1, 0): 0.5, (0, 0): 0.5, (0, 1): 0.5}) == [(0, 0)]


def test_nothing_comes_of_nothing():
    needs, offers = columns([], [])
    none = np.zeros(0, np.int32)
    limits = Limits(**{limit.name: none for limit in fields(Limits)})

    found = allocate(pairs_of([(0, 0)]).take(slice(0, 0)), np.zeros(0), needs, offers, limits)

    assert found.tolist() == []


@pytest.mark.parametrize(("limit", "floor", "expected"), [(2, 0.0, [1, 2, 3]), (9, 0.6, [1, 3])])
def test_the_best_of_each_need_are_kept(limit, floor, expected):
    needs, offers = columns([0.0, 0.0], [0.0, 0.0, 0.0])
    pairs = pairs_of([(0, 0), (0, 1), (0, 2), (1, 0)])

    found = best(pairs, np.array([0.4, 0.9, 0.5, 0.6]), needs, offers, limit=limit, floor=floor)

    assert found.tolist() == expected


# What holds for any market


@st.composite
def markets(draw):
    """A market, with few different scores and waits, so that there are many ties."""
    n, o, q = draw(st.integers(1, 6)), draw(st.integers(1, 6)), draw(st.integers(0, 4))
    rows = draw(
        st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, o - 1)), min_size=1, unique=True)
    )
    few = st.sampled_from([0.25, 0.5, 0.75])

    def each(values, count):
        return draw(st.lists(values, min_size=count, max_size=count))

    return {
        "rows": rows,
        "scores": each(few, len(rows)),
        "need_waits": each(few, n),
        "offer_waits": each(few, o),
        "need_room": each(st.integers(0, 3), n),
        "need_held": each(st.integers(0, 2), n),
        "offer_room": each(st.integers(0, 3), o),
        "need_person": each(st.integers(-1, q - 1), n),
        "offer_person": each(st.integers(-1, q - 1), o),
        "person_room": each(st.integers(0, 3), q),
    }


def allocated(market, rows, need_order, offer_order):
    """The chosen pairs, where needs, offers and pairs are given in another order."""
    needs, offers = columns(
        [market["need_waits"][n] for n in need_order],
        [market["offer_waits"][o] for o in offer_order],
        need_keys=list(need_order),
        offer_keys=list(offer_order),
    )
    score_of = dict(zip(market["rows"], market["scores"], strict=True))
    limits = {
        name: np.array([market[name][i] for i in order], np.int32)
        for name, order in [
            ("need_room", need_order),
            ("need_held", need_order),
            ("need_person", need_order),
            ("offer_room", offer_order),
            ("offer_person", offer_order),
            ("person_room", range(len(market["person_room"]))),
        ]
    }
    found = allocate(
        pairs_of([(need_order.index(n), offer_order.index(o)) for n, o in rows]),
        np.array([score_of[row] for row in rows]),
        needs,
        offers,
        Limits(**limits),
    )
    return [rows[index] for index in found]


def plainly(market):
    return allocated(
        market,
        market["rows"],
        list(range(len(market["need_waits"]))),
        list(range(len(market["offer_waits"]))),
    )


@given(markets())
def test_nobody_ever_gets_more_than_there_is_room_for(market):
    found = plainly(market)

    people = [
        person
        for need, offer in found
        for person in (market["need_person"][need], market["offer_person"][offer])
        if person >= 0
    ]
    assert len(set(found)) == len(found)
    for side, name in ((0, "need_room"), (1, "offer_room")):
        for row, room in enumerate(market[name]):
            assert sum(pair[side] == row for pair in found) <= room
    for person, room in enumerate(market["person_room"]):
        assert people.count(person) <= room


@given(markets(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(market, random):
    orders = [list(range(len(market[name]))) for name in ("need_waits", "offer_waits")]
    rows = list(market["rows"])
    for shuffled in (*orders, rows):
        random.shuffle(shuffled)

    assert allocated(market, rows, *orders) == plainly(market)


@given(markets())
def test_no_pair_was_passed_over_for_a_later_one(market):
    """No pair blocks: who was not chosen lacked room given to pairs before it in the order."""
    found = plainly(market)
    score_of = dict(zip(market["rows"], market["scores"], strict=True))
    held = list(market["need_held"])
    placed = {}  # each chosen pair's place in the stated order
    for need, offer in found:
        placed[need, offer] = _place(market, score_of, held[need], need, offer)
        held[need] += 1
    assert list(placed.values()) == sorted(placed.values())

    for need, offer in set(market["rows"]) - set(found):
        for already in range(sum(pair[0] == need for pair in found) + 1):
            place = _place(market, score_of, market["need_held"][need] + already, need, offer)
            before = [pair for pair in found if placed[pair] < place]
            if sum(pair[0] == need for pair in before) == already:
                assert not _has_room(market, before, need, offer)


def _place(market, score_of, held, need, offer):
    waits = -market["need_waits"][need], -market["offer_waits"][offer]
    return held, -score_of[need, offer], *waits, need, offer


def _has_room(market, before, need, offer):
    told = [p for p in (market["need_person"][need], market["offer_person"][offer]) if p >= 0]
    heard = [
        person
        for n, o in before
        for person in (market["need_person"][n], market["offer_person"][o])
    ]
    return (
        sum(n == need for n, _ in before) < market["need_room"][need]
        and sum(o == offer for _, o in before) < market["offer_room"][offer]
        and all(
            heard.count(person) + told.count(person) <= market["person_room"][person]
            for person in told
        )
    )


@given(
    st.lists(st.tuples(st.integers(0, 2), st.floats(0, 1), st.floats(0, 0.2)), max_size=12),
    st.integers(1, 4),
)
def test_whoever_may_still_be_among_the_best_contends_and_nobody_else(rows, limit):
    need = np.array([row for row, _, _ in rows], np.int64)
    least = np.array([value for _, value, _ in rows])
    whole = least + np.array([gain for _, _, gain in rows])

    contend = contenders(need, least, spare=0.2, limit=limit)

    for own, value, complete, may in zip(need, least, whole, contend, strict=True):
        ahead = np.sort(whole[need == own])[::-1][:limit]
        if complete in ahead:
            assert may
        surely_better = (least[need == own] > value + 0.2).sum()
        assert may == (surely_better < limit)


# Patience


@given(st.permutations(range(5)), st.integers(0, 5))
def test_among_equal_fits_a_need_waits_for_no_more_openings_than_needs_came_before_it(
    arrivals, at_the_start
):
    """One opening a day; those who are not there at the start come later, one a day."""
    came = {need: max(0, place - at_the_start) for place, need in enumerate(arrivals)}
    served = []
    for day in range(10):
        here = [need for need in came if came[need] <= day and need not in served]
        if not here:
            continue
        waits = [float(day - came[need]) if need in here else 0.0 for need in range(5)]
        ((need, _offer),) = chosen(
            {(need, 0): 0.5 for need in here}, need_waits=waits[: max(here) + 1]
        )
        served.append(need)

    assert sorted(served, key=lambda need: came[need]) == served
