"""Who would fit if one condition moved: the columns against the slow reading of the rules.

A run compares some 1,100 pairs and every move; ``ALMOST_EXAMPLES=400`` some 58,000.
"""

import os
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.columns.arrays import need_columns, offer_columns
from matching.columns.book import Book
from matching.no_match import almost, widening
from matching.no_match.widening import County, Known
from tests.matching import reference
from tests.matching.no_match import almost as slow
from tests.matching.postings import (
    CENTROIDS,
    COOK,
    LAKE,
    MONDAY,
    TOPICS,
    a_need,
    an_offer,
    needs,
    offers,
)

OBSTACLES = ("place", "dates", "time", "language", "check", "room", "terms")
EXAMPLES = int(os.environ.get("ALMOST_EXAMPLES", "8"))
KNOWN = Known(
    today=MONDAY,
    languages=("en", "es", "fr"),
    terms=("transport", "child_care", "guaranteed_interview"),
    counties=[County(name, *point) for name, point in CENTROIDS.items() if point],
)


def for_need(need, given, *, book=None, **options):
    """A need beside these offers, and which of them its counts know."""
    book = book or Book(TOPICS)
    asking, columns = need_columns([need], book), offer_columns(given, book)
    rows = almost.sharing(asking, columns, book)
    found = almost.toward_offers(asking, columns.take(rows), book, **options)
    return found, rows[found.two.offer]


def for_offer(offer, asked, *, book=None, **options):
    """An offer beside these needs, and which of them its counts know."""
    book = book or Book(TOPICS)
    columns, asking = need_columns(asked, book), offer_columns([offer], book)
    rows = almost.sharing(asking, columns, book)
    found = almost.toward_needs(asking, columns.take(rows), book, **options)
    return found, rows[found.two.need]


def says(found, rows):
    """Which rows each obstacle alone keeps away, and which nothing does."""
    alone = {name: set(rows[found.failing_only(name)].tolist()) for name in almost.OBSTACLES}
    return alone | {"": set(rows[found.fitting()].tolist())}


def said(obstacles):
    """The same, of obstacles by row."""
    alone = {name: {row for row, all_ in obstacles.items() if all_ == {name}} for name in OBSTACLES}
    return alone | {"": {row for row, all_ in obstacles.items() if not all_}}


@st.composite
def crowds(draw):
    asked = draw(st.lists(needs(), min_size=6, max_size=6))
    return asked, draw(st.lists(offers(asked), min_size=12, max_size=12))


generated = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@generated
@given(crowds())
def test_a_needs_counts_are_the_rules_with_one_taken_away(crowd):
    asked, given_ = crowd
    book = Book(TOPICS)
    for need in asked:
        found, rows = for_need(need, given_, book=book)
        expected = {
            row: slow.obstacles(need, offer)
            for row, offer in enumerate(given_)
            if slow.counts_for_need(need, offer, TOPICS)
        }
        assert says(found, rows) == said(expected)
        assert says(found, rows)[""] == {
            row for row, offer in enumerate(given_) if reference.fits(need, offer, TOPICS)
        }
        for move in widening.moves_of(found, KNOWN):
            if move.code == "county":
                continue  # below
            wider = slow.moved(need, move)
            gained = {
                row for row in expected if expected[row] and not slow.obstacles(wider, given_[row])
            }
            assert (move[:2], set(rows[move.gained].tolist())) == (move[:2], gained)


@generated
@given(crowds())
def test_an_offers_counts_are_the_rules_with_one_taken_away_coarsely(crowd):
    asked, given_ = crowd
    plain = [slow.coarse_need(need) for need in asked]
    book = Book(TOPICS)
    for offer in given_:
        found, rows = for_offer(offer, asked, book=book)
        about = slow.coarse_offer(offer)
        expected = {
            row: slow.obstacles(plain[row], about)
            for row, need in enumerate(asked)
            if slow.counts_for_offer(need, offer, TOPICS)
        }
        assert says(found, rows) == said(expected)
        for move in widening.moves_of(found, KNOWN):
            if move.code == "check":
                continue  # told, never moved
            wider = slow.moved(about, move)
            gained = {
                row for row in expected if expected[row] and not slow.obstacles(plain[row], wider)
            }
            assert (move[:2], set(rows[move.gained].tolist())) == (move[:2], gained)


# What an offer may learn


def answer(offer, asked, *, book=None):
    """All that such an offer's party could read, every need being of a party of its own."""
    found, rows = for_offer(offer, asked, book=book)

    def told(pairs):
        return almost.told_to_offer(pairs, rows)

    alone = [told(found.failing_only(name)) for name in almost.OBSTACLES]
    moves = [(move.code, move.value, told(move.gained)) for move in widening.moves_of(found, KNOWN)]
    return told(np.arange(len(found))), told(found.fitting()), alone, moves


def hidden(county=COOK, **changes):
    """A need of a confidential nonprofit; its county stands for its place."""
    nowhere = {"zip": "", "latitude": None, "longitude": None}
    return a_need(confidential=True, counties=((county, *CENTROIDS[county]),), **nowhere, **changes)


def test_200_offers_of_varied_places_and_radii_learn_the_county_and_no_more():
    asked = [hidden() for _ in range(4)] + [hidden(slots=((5, 600, 720),)) for _ in range(4)]
    answers, book = {}, Book(TOPICS)
    for number in range(200):
        latitude, longitude = 41.0 + number % 20 * 0.1, -88.0 + number // 20 * 0.1
        radius = 5.0 + number * 7 % 90
        offer = an_offer(latitude=latitude, longitude=longitude, zip="", radius_km=radius)
        place = slow.cell(latitude), slow.cell(longitude), slow.coarse_offer(offer).radius_km
        answers.setdefault(place, []).append(answer(replace(offer, county=""), asked, book=book))

    assert len(answers) > 20
    assert all(each == same[0] for same in answers.values() for each in same)
    within = [answer(an_offer(radius_km=radius), asked) for radius in (0.0, 40.0, 90.0)]
    assert within[0] == within[1]  # in the county it is in reach, whatever the radius
    assert len({repr(one[:3]) for one in within}) == 1


def test_an_open_place_is_known_by_its_cell_only():
    offer = an_offer(zip="", county="", radius_km=50.0)
    corners = [(41.501, -87.999), (41.999, -87.501), (41.75, -87.75)]

    answers = [
        answer(offer, [a_need(zip="60201", latitude=north, longitude=east)] * 3)
        for north, east in corners
    ]

    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize(
    ("pairs", "parties", "told"),
    [
        (0, 0, 0),
        (9, 2, 0),
        (3, 3, almost.A_FEW),
        (4, 4, almost.A_FEW),
        (5, 3, 5),
        (9, 9, 5),
        (10, 3, 10),
        (49, 49, 20),
    ],
)
def test_an_offer_is_told_steps_of_needs_of_three_parties_or_more(pairs, parties, told):
    behind = np.minimum(np.arange(max(1, pairs)), parties - 1)

    assert almost.told_to_offer(np.arange(pairs), behind) == told


@pytest.mark.parametrize(("pairs", "told"), [(0, 0), (1, 1), (4, 1), (5, 5), (6, 6), (137, 137)])
def test_a_need_is_told_a_few_below_five(pairs, told):
    assert almost.told_to_need(np.arange(pairs)) == told


@pytest.mark.parametrize("tags", [(), ("alcohol",), ("not_woman_led",), ("nights", "alcohol")])
@pytest.mark.parametrize("wish", ["faith_content", "not_woman_led"])
def test_no_tag_an_offer_could_try_tells_what_needs_exclude_or_wish(tags, wish):
    quiet = [a_need() for _ in range(5)]
    silent = [a_need(exclusions=("alcohol", "not_woman_led"), requires=(wish,)) for _ in range(5)]

    for terms in ((), (wish,)):
        offer = an_offer(tags=tags, terms=terms)
        found, _rows = for_offer(offer, silent, wishes=("faith_content", "not_woman_led"))
        plain, _rows = for_offer(an_offer(), quiet)
        assert found.holds.tolist() == plain.holds.tolist()


# Moves that the reference cannot make


def test_a_confidential_need_may_name_one_more_county_nearby():
    need = hidden(LAKE)
    there = {"latitude": 41.70, "longitude": -87.60, "radius_km": 5.0}
    given_ = [an_offer(county=COOK, **there), an_offer(county="", **there, mode="remote")]
    found, rows = for_need(need, given_)

    (move,) = [move for move in widening.moves_of(found, KNOWN) if move.code == "county"]

    assert (move.value, rows[move.gained].tolist()) == (COOK, [0])
    wider = replace(need, counties=(*need.counties, (COOK, *CENTROIDS[COOK])))
    assert reference.fits(wider, given_[0], TOPICS)


def test_a_county_far_away_is_never_suggested():
    found, _rows = for_need(hidden(LAKE), [an_offer(county="Guam, GU", radius_km=1.0)])

    assert [move for move in widening.moves_of(found, KNOWN) if move.code == "county"] == []


def test_checks_that_offers_lack_are_told_by_level():
    asked = [a_need(check_level=level) for level in ("registry", "registry", "fingerprint")]
    found, rows = for_offer(an_offer(radius_km=80.0), asked)

    moves = {move.value: rows[move.gained].tolist() for move in widening.moves_of(found, KNOWN)}

    assert moves == {"registry": [0, 1], "fingerprint": [2]}


def test_work_is_not_helped_by_more_weeks_since_its_shifts_grow_with_them():
    codes = {}
    for kind in ("class", "job"):
        need = a_need(kind=kind, slots=(), sessions=29)  # on 28 days
        found, _rows = for_need(need, [an_offer(kind=kind, slots=())])
        codes[kind] = {move.code for move in widening.moves_of(found, KNOWN)}

    assert codes == {"class": {"sessions", "end"}, "job": set()}
