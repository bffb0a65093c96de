"""The map's shapes: neighbors keep one border, and paths say what the arcs say."""

import json
from itertools import pairwise

import pytest
from django.core.management import call_command

from accounts.states import STATES
from public.drawing import shape_of, simplified, states_of
from public.usmap import BOXES, SHAPES, TILES
from tests.real_data import DATA

# Two squares of ten units side by side, sharing the middle line; its bend is small.
TWINS = {
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "arcs": [
        [[10, 0], [0, 5], [0, 5]],
        [[10, 10], [-10, 0], [0, -10], [10, 0]],
        [[10, 0], [10, 0], [0, 10], [-10, 0]],
    ],
    "objects": {
        "states": {
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "West"}},
                {"type": "Polygon", "arcs": [[2, -1]], "properties": {"name": "East"}},
            ]
        }
    },
}


def test_neighbors_keep_one_border():
    rings = states_of(TWINS)
    west, east = (set(map(frozenset, pairwise(rings[name][0]))) for name in ("West", "East"))

    assert west & east == {frozenset({(10, 0), (10, 10)})}


def test_a_path_goes_step_by_step_and_its_middle_is_the_center_of_gravity():
    shape = shape_of(states_of(TWINS)["West"])

    assert shape == ("M10 0l0 10 -10 0 0 -10z".replace(" -", "-"), 5.0, 5.0)


def test_small_corners_go_and_the_ends_stay():
    assert simplified([(0, 0), (5, 0.1), (10, 0), (10, 9)], least=1.0) == [(0, 0), (10, 0), (10, 9)]


def test_every_state_and_territory_has_a_shape_and_a_square():
    assert set(json.loads(SHAPES.read_text(encoding="utf-8"))) == set(STATES)
    squares = [tile.split() for tile in TILES.split(",")]
    assert {state for state, *_place in squares} == set(STATES)
    assert len({tuple(place) for _state, *place in squares}) == len(STATES)
    assert set(BOXES) < set(STATES)


@pytest.mark.skipif(not (DATA / "geo").exists(), reason="the Census boundaries are not here")
def test_the_shipped_map_is_what_the_command_draws(tmp_path):
    drawn = tmp_path / "map.json"
    files = (DATA / "geo" / name for name in ("states-albers-10m.json", "states-10m.json"))

    call_command("draw_map", *files, out=drawn)

    assert drawn.read_text() == SHAPES.read_text()
