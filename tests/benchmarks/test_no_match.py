"""The benchmark of what stands in the way counts what the engine finds."""

import numpy as np

from benchmarks.engine_country import make_country
from benchmarks.no_match import _counted
from matching import rules
from matching.no_match import almost


def test_nothing_stands_in_the_way_exactly_where_the_engine_sees_a_fit():
    country = make_country(offers=600, needs=60, seed=3)
    pairs = rules.fits(country.needs, country.offers, country.book)

    fitting = []
    for row in range(60):
        need = country.needs.take(np.array([row]))
        rows = almost.sharing(need, country.offers, country.book)
        found = almost.toward_offers(need, country.offers.take(rows), country.book)
        fitting += [(row, offer) for offer in rows[found.two.offer[found.fitting()]].tolist()]

    assert len(fitting) > 10
    assert fitting == list(zip(pairs.need.tolist(), pairs.offer.tolist(), strict=True))
    assert max(_counted(country, "need", row)[1] for row in range(9)) > 0
    assert max(_counted(country, "offer", row)[1] for row in range(9)) > 0
