"""Who would fit if one condition moved: the columns against the slow reading of the rules.

A run compares some 1,100 pairs and every move; ``ALMOST_EXAMPLES=400`` some 58,000.
"""

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import almost, widening
from matching.arrays import need_columns, offer_columns
from matching.book import Book
from matching.widening import County, Known
from tests.matching import almost as slow
from tests.matching import reference
from tests.matching.postings import (
    CENTROIDS,
    MONDAY,
    TOPICS,
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


def for_need(need, given, **options):
    """A need beside these offers, and which of them its counts know."""
    book = Book(TOPICS)
    asking, columns = need_columns([need], book), offer_columns(given, book)
    rows = almost.sharing(asking, columns, book)
    found = almost.toward_offers(asking, columns.take(rows), book, **options)
    return found, rows[found.two.offer]


def for_offer(offer, asked, **options):
    """An offer beside these needs, and which of them its counts know."""
    book = Book(TOPICS)
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
    for need in asked:
        found, rows = for_need(need, given_)
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
    for offer in given_:
        found, rows = for_offer(offer, asked)
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
