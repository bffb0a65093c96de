"""The benchmark of the engine asks everybody the same, of one and the same country."""

import numpy as np
import pytest

from benchmarks import engine, engine_ours
from benchmarks.engine_country import make_country
from matching import rules
from matching.columns import index


@pytest.fixture(scope="module")
def small():
    return make_country(offers=1500, needs=200, seed=7)


def test_a_seed_makes_one_country(small):
    again = make_country(offers=1500, needs=200, seed=7)
    other = make_country(offers=1500, needs=200, seed=8)

    assert (again.offers.latitude == small.offers.latitude).all()
    assert (again.needs.topics == small.needs.topics).all()
    assert again.book.shapes == small.book.shapes
    assert (other.offers.latitude != small.offers.latitude).any()


def test_a_block_counts_what_single_needs_find(small, monkeypatch):
    by_offers = index.of_offers(small.offers, small.book)
    monkeypatch.setattr(engine_ours, "_loaded", {"country": small, "index": by_offers})

    block = engine_ours._block(np.arange(200)[::-1])

    assert block.count.sum() > 20
    for row, counted, summed in zip(block.rows, block.count, block.total, strict=True):
        pairs = rules.fits(small.needs.take(slice(row, row + 1)), small.offers, small.book)
        assert (len(pairs), small.offers.keys[pairs.offer].sum()) == (counted, summed)


def test_the_best_come_first_and_are_twenty_at_most(small):
    pairs = rules.fits(small.needs, small.offers, small.book)
    scores = np.linspace(0, 1, len(pairs))

    best = engine_ours.top(pairs, scores)

    need = pairs.need[best]
    assert np.bincount(need).tolist() == np.minimum(20, np.bincount(pairs.need)).tolist()
    assert (np.diff(scores[best])[np.diff(need) == 0] < 0).all()


@pytest.mark.parametrize(("seconds", "exponent"), [(8.0, 1.0), (16.0, 1.333)])
def test_growth_is_told_as_an_exponent(seconds, exponent):
    sizes = [{"rematch_s": 1.0, "candidates": 10}, {"rematch_s": seconds, "candidates": 80}]

    assert engine._exponent(sizes) == exponent
