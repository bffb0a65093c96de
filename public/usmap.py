"""The map of the United States: where each state's shape, name and link stand, and its step."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from public.week import Standing, step_in_words

SHAPES = Path(__file__).with_name("data") / "us_map.json"
STEPS = range(5)

# Units of the map, which is 1130 wide. At the 700 pixels where it is first shown, 40 units are
# the 24 pixels that a finger needs: what is smaller has a box beside the map.
LEFT_OUT = {"AK": (0, -4), "CA": (-12, 6), "FL": (22, 6), "HI": (8, 24), "ID": (4, 34),
            "KY": (8, 4), "LA": (-14, -2), "MI": (18, 12), "MN": (-8, 0), "NY": (4, 2),
            "VA": (10, 6), "WV": (-4, 6), "WA": (6, 2), "NC": (6, -2), "SC": (2, -2)}  # fmt: skip
BOXES = {
    state: (1000, 140 + 46 * number)
    for number, state in enumerate(("VT", "NH", "MA", "RI", "CT", "NJ", "DE", "MD", "DC"))
}
INSETS = {
    state: (300 + 148 * number, 632) for number, state in enumerate(("PR", "VI", "GU", "AS", "MP"))
}
BOX = (62, 40)
INSET = (138, 56)
TILES = (  # columns and rows from 1: the map of squares on a narrow screen
    "AK 1 1, ME 12 1, VT 11 2, NH 12 2, WA 2 3, ID 3 3, MT 4 3, ND 5 3, MN 6 3, IL 7 3, WI 8 3,"
    "MI 9 3, NY 10 3, RI 11 3, MA 12 3, OR 2 4, NV 3 4, WY 4 4, SD 5 4, IA 6 4, IN 7 4, OH 8 4,"
    "PA 9 4, NJ 10 4, CT 11 4, CA 2 5, UT 3 5, CO 4 5, NE 5 5, MO 6 5, KY 7 5, WV 8 5, VA 9 5,"
    "MD 10 5, DE 11 5, AZ 3 6, NM 4 6, KS 5 6, AR 6 6, TN 7 6, NC 8 6, SC 9 6, DC 10 6, OK 5 7,"
    "LA 6 7, MS 7 7, AL 8 7, GA 9 7, HI 1 8, TX 5 8, FL 10 8, AS 1 9, GU 2 9, MP 3 9, PR 11 9,"
    "VI 12 9"
)


@dataclass(frozen=True)
class Drawn:
    """One state on the map.

    path   of the shape; ``moved`` says where it is put
    label  where its two letters stand
    box    the left and top of a box beside the map, for what a finger would miss; None for others
    line   from the box to the shape; empty where there is none
    column, row  of its square on a narrow screen
    """

    standing: Standing
    path: str
    moved: tuple[float, float]
    label: tuple[float, float]
    box: tuple[float, float] | None
    size: tuple[float, float]
    line: str
    column: int
    row: int

    @property
    def pattern(self) -> str:
        return f"step-{self.standing.step}"


@dataclass(frozen=True)
class Step:
    """A line of the legend."""

    number: int
    words: str


def drawn(standings: Iterable[Standing]) -> list[Drawn]:
    """Every state and territory, in the order it is given."""
    return [_drawn(standing) for standing in standings]


def legend() -> list[Step]:
    return [Step(number, step_in_words(number)) for number in STEPS]


def _drawn(standing: Standing) -> Drawn:
    state = standing.state
    path, x, y = _shapes()[state]
    column, row = _tiles()[state]
    moved, box, size, line = (0.0, 0.0), None, BOX, ""
    label = (x + LEFT_OUT.get(state, (0, 0))[0], y + LEFT_OUT.get(state, (0, 0))[1])
    if state in BOXES:
        box = BOXES[state]
        label = (box[0] + BOX[0] / 2, box[1] + BOX[1] / 2)
        line = f"M{box[0]} {label[1]}L{x} {y}"
    elif state in INSETS:
        box, size = INSETS[state], INSET
        moved = (box[0] + 62, box[1] + 8)
        label = (box[0] + 28, box[1] + INSET[1] / 2)
    return Drawn(standing, path, moved, label, box, size, line, column, row)


@cache
def _shapes() -> dict[str, tuple[str, float, float]]:
    """By state: path, and the middle of its largest part."""
    found = json.loads(SHAPES.read_text(encoding="utf-8"))
    return {state: (path, x, y) for state, (path, x, y) in found.items()}


@cache
def _tiles() -> dict[str, tuple[int, int]]:
    parts = (tile.split() for tile in TILES.split(","))
    return {state: (int(column), int(row)) for state, column, row in parts}
