"""The benchmark of the allocation tells a pair that blocks from one that does not."""

from dataclasses import replace

import numpy as np
from numpy.random import default_rng

from benchmarks.allocation import blocking, plain_market


def crowded():
    """A small market in which people speak for several postings."""
    market = plain_market(default_rng(1), 40, 5)
    limits = replace(
        market.limits,
        need_room=np.full(40, 2),
        need_person=np.arange(40) // 4,
        offer_person=np.arange(40) // 2 + 10,
        person_room=np.full(30, 3),
    )
    return replace(market, limits=limits)


def test_no_pair_blocks_what_was_allocated():
    market = crowded()

    assert not blocking(market, market.allocated()).any()


def test_a_pair_that_was_left_out_blocks():
    market = crowded()
    chosen = market.allocated()

    for left_out in range(len(chosen)):
        kept = np.delete(chosen, left_out)
        assert blocking(market, kept)[chosen[left_out]]


def test_the_best_pair_of_all_blocks_where_both_were_given_somebody_else():
    market = plain_market(default_rng(1), 2, 2)
    best = int(np.argmax(market.values))
    others = np.flatnonzero(
        (market.pairs.need == market.pairs.need[best])
        ^ (market.pairs.offer == market.pairs.offer[best])
    )

    assert blocking(market, others)[best]
