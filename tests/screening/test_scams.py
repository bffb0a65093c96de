"""The learned signal: small, kept as numbers, and never enough alone."""

import json

import numpy as np

from screening import scams
from screening.judging import judge
from screening.training import auc, train
from screening.weighing import MOST_OF_SCAMS

SCAM = (
    "earn money from home no experience needed start today unlimited income be your own boss " * 5
)
HONEST = (
    "the nurse reports to the charge nurse keeps records and works three shifts in our ward " * 5
)


def test_its_numbers_are_whole_and_hold_no_text():
    kept = json.loads(scams.MODEL.read_text(encoding="utf-8"))

    assert len(kept["weights"]) == scams.BUCKETS
    assert {type(weight) for weight in kept["weights"]} == {int}
    assert scams.MODEL.stat().st_size < 40_000


def test_it_tells_a_scam_from_an_honest_advert_and_says_nothing_of_nothing():
    assert scams.likeness("") == 0.0
    assert 0 <= scams.likeness(HONEST) < scams.likeness(SCAM) <= 1


def test_it_learns_what_tells_frauds_apart_and_not_what_tells_files_apart():
    texts = ["wire money boat", "wire money car", "bake bread boat", "bake bread car"] * 5
    rows = np.array([scams.features(text) for text in texts])
    frauds = np.array([1.0, 1.0, 0.0, 0.0] * 5)
    sources = np.array([1.0, 2.0, 1.0, 2.0] * 5)

    weights, bias = train(rows, frauds, sources)

    assert auc(rows @ weights + bias, frauds) == 1.0
    boat, car = (scams.features(word) @ weights for word in ("boat", "car"))
    assert abs(boat - car) < 0.01


def test_alone_it_never_has_anybody_look():
    told = {"title": "Clerk", "description": HONEST}
    verdict = judge(told, "job")

    assert MOST_OF_SCAMS < 0.5
    assert verdict.decision == "ok"
