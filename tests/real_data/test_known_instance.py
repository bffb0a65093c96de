"""A published two-sided instance, whose stable answer is known, through our allocation.

The lists of its two sides contradict each other nowhere, so one order holds them all:
then greedy is stable, and its answer is the only one.
"""

import json
from graphlib import TopologicalSorter
from itertools import pairwise

import numpy as np
import pytest

from tests.matching.test_allocate import chosen
from tests.real_data import DATA

FOLDER = DATA / "matching_instances"


def read(name):
    path = FOLDER / name
    if not path.exists():
        pytest.skip("matching_instances is not here")
    return json.loads(path.read_text("utf-8"))


def mutual(lists, others):
    """The lists, without those who do not name them in return."""
    return {int(who): [one for one in named if int(who) in others[one]] for who, named in lists}


def scores_of(residents, hospitals):
    """A score for each pair that ranks as every list does."""
    order = TopologicalSorter()
    for resident, named in residents.items():
        order.add((resident, named[0]))
        for better, worse in pairwise(named):
            order.add((resident, worse), (resident, better))
    for hospital, named in hospitals.items():
        for better, worse in pairwise(named):
            order.add((worse, hospital), (better, hospital))
    best_first = list(order.static_order())
    return dict(zip(best_first, np.linspace(1, 0.5, len(best_first)), strict=True))


def test_a_published_instance_gets_its_known_stable_answer():
    given = read("hr_issue_159.json")
    all_residents = {int(who): named for who, named in given["residents"].items()}
    all_hospitals = {int(who): named for who, named in given["hospitals"].items()}
    residents = mutual(all_residents.items(), all_hospitals)
    hospitals = mutual(all_hospitals.items(), all_residents)
    residents = {who: named for who, named in residents.items() if named}

    found = dict(chosen(scores_of(residents, hospitals)))

    known = read("hr_issue_159_expected.json")["resident_optimal"]
    assert found == {int(resident): hospital for resident, hospital in known.items()}
