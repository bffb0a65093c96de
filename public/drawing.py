"""Turn us-atlas's TopoJSON into small SVG paths: ``manage.py draw_map`` is the door.

The shapes are the Census Bureau's cartographic boundaries (public domain) in the form of the
npm package us-atlas (ISC). Arcs are simplified once by Visvalingam and Whyatt's method (Line
generalisation by repeated elimination of points, Cartographic Journal 30, 1993), so that two
neighbors keep one border. Nothing here knows Django.
"""

import math
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

Point = tuple[float, float]
Ring = list[Point]

LEAST_CORNER = 1.1  # square units of the map; a corner of a smaller triangle is left out
LEAST_ISLAND = 4.0  # square units; smaller ones are left out, but never a state's largest part
INSET = (66.0, 40.0)  # units: as large as a territory is drawn
INSET_CORNER = 0.4  # square units, as above: a territory has few corners


class Shape(NamedTuple):
    """A state as a path, and the middle of its largest part, in units of the map."""

    path: str
    x: float
    y: float


def states_of(topology: Mapping[str, Any]) -> dict[str, list[Ring]]:
    """The rings of each state by the name it has in the file, simplified."""
    arcs = [simplified(arc, LEAST_CORNER) for arc in _arcs(topology)]
    return _rings_by_name(topology, arcs)


def territory_of(topology: Mapping[str, Any], name: str, *, least: float) -> list[Ring]:
    """A territory in degrees, drawn flat around its own middle, into a box of INSET units.

    least  islands smaller than this share of the largest are left out
    """
    flat = _flat(_rings_by_name(topology, _arcs(topology))[name])
    largest = max(map(_area, flat))
    flat = [ring for ring in flat if _area(ring) >= least * largest]
    left, top, width, height = _frame(flat)
    scale = min(INSET[0] / width, INSET[1] / height)
    return [
        simplified([((x - left) * scale, (y - top) * scale) for x, y in ring], INSET_CORNER)
        for ring in flat
    ]


def shape_of(rings: Iterable[Ring], *, least: float = LEAST_ISLAND) -> Shape:
    """The path of all parts of so many square units; the largest is always there."""
    largest, *others = sorted(rings, key=_area, reverse=True)
    seen = [largest, *(ring for ring in others if _area(ring) >= least)]
    x, y = _middle(largest)
    return Shape("".join(map(_path, seen)), round(x, 1), round(y, 1))


def simplified(line: Ring, least: float) -> Ring:
    """The line without corners of less than so many square units; its ends stay."""
    points = list(line)
    while len(points) > (5 if points[0] == points[-1] else 2):
        areas = [_area(points[at - 1 : at + 2]) for at in range(1, len(points) - 1)]
        smallest = min(areas)
        if smallest >= least:
            break
        del points[areas.index(smallest) + 1]
    return points


def _arcs(topology: Mapping[str, Any]) -> list[Ring]:
    """TopoJSON's arcs: steps of whole numbers from point to point, to be scaled and moved."""
    (scale_x, scale_y), (left, top) = (topology["transform"][key] for key in ("scale", "translate"))
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            arc.append((x * scale_x + left, y * scale_y + top))
        arcs.append(arc)
    return arcs


def _rings_by_name(topology: Mapping[str, Any], arcs: list[Ring]) -> dict[str, list[Ring]]:
    return {
        shape["properties"]["name"]: [
            _joined(ring, arcs) for polygon in _polygons(shape) for ring in polygon
        ]
        for shape in topology["objects"]["states"]["geometries"]
    }


def _polygons(shape: Mapping[str, Any]) -> list[Any]:
    is_one = shape["type"] == "Polygon"
    return [shape["arcs"]] if is_one else list(shape["arcs"])


def _joined(numbers: Iterable[int], arcs: list[Ring]) -> Ring:
    """A ring of several arcs; a number below zero is an arc read backward."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return ring


def _flat(rings: list[Ring]) -> list[Ring]:
    """Degrees to a plane: a degree of longitude is shorter by the cosine of the latitude."""
    latitudes = [latitude for ring in rings for _longitude, latitude in ring]
    shrink = math.cos(math.radians((min(latitudes) + max(latitudes)) / 2))
    return [[(longitude * shrink, -latitude) for longitude, latitude in ring] for ring in rings]


def _frame(rings: list[Ring]) -> tuple[float, float, float, float]:
    xs = [x for ring in rings for x, _y in ring]
    ys = [y for ring in rings for _x, y in ring]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def _area(ring: Ring) -> float:
    return abs(_signed(ring))


def _signed(ring: Ring) -> float:
    """The shoelace formula."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairs) / 2


def _middle(ring: Ring) -> Point:
    """The center of gravity of the area."""
    pairs = list(zip(ring, ring[1:] + ring[:1], strict=True))
    area = _signed(ring)
    weighed = [(x + nx, y + ny, x * ny - nx * y) for (x, y), (nx, ny) in pairs]
    return (
        sum(x * cross for x, _y, cross in weighed) / (6 * area),
        sum(y * cross for _x, y, cross in weighed) / (6 * area),
    )


def _path(ring: Ring) -> str:
    """Steps in tenths of a unit from point to point: shorter than places, and exact."""
    whole = [(round(x * 10), round(y * 10)) for x, y in ring[:-1]]
    steps = [(x - before_x, y - before_y) for (before_x, before_y), (x, y) in pairwise(whole)]
    moves = [_pair(x, y) for x, y in steps if (x, y) != (0, 0)]
    return f"M{_pair(*whole[0])}l{' '.join(moves)}z".replace(" -", "-")


def _pair(x: int, y: int) -> str:
    return f"{_tenths(x)} {_tenths(y)}"


def _tenths(number: int) -> str:
    whole, rest = divmod(abs(number), 10)
    written = f"{whole or ''}.{rest}" if rest else str(whole)
    return f"-{written}" if number < 0 else written
