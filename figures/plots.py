"""Small plots drawn on the server: numbers in, places on a drawing out; no Django, no colors.

A drawing has a fixed size in units of its own, which a page scales. Every place is
text already ("12.5"), so that no language writes it with a comma. What it shows is said in
its title and description, and stands as a table on the same page.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

WIDTH, HEIGHT = 320, 150
LEFT, RIGHT, TOP, BOTTOM = 34, 18, 12, 24  # room for the numbers and the days
BAR_SHARE = 0.7  # of its column; the rest keeps neighbors apart
MOST_DAYS = 4  # labels along the bottom; more would touch at this size

Value = float | None


@dataclass(frozen=True, slots=True)
class Box:
    """A bar, or the spread around a median: its upper left corner, and its size."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line across (``y``) or a label below (``x``), with its words."""

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a template draws, from the back to the front.

    boxes   bars, or the spreads behind the dots
    paths   points of each unbroken piece of a line: a period without a value breaks it
    dots    the values on it
    """

    title: str
    description: str
    boxes: Sequence[Box] = ()
    paths: Sequence[str] = ()
    dots: Sequence[Dot] = ()
    across: Sequence[Tick] = ()
    below: Sequence[Tick] = ()
    width: int = field(default=WIDTH, init=False)
    height: int = field(default=HEIGHT, init=False)
    left: int = field(default=LEFT, init=False)
    right: int = field(default=WIDTH - RIGHT, init=False)
    days_at: int = field(default=HEIGHT - 6, init=False)


def bars(values: Sequence[int], *, days: Sequence[str], title: str, description: str) -> Drawing:
    """A bar for each period, from zero.

    values  (P,)  counts
    days    (P,)  the periods in a few letters each
    """
    top = nice_top(values)
    wide = _column(len(values)) * BAR_SHARE
    boxes = [
        _box(_middle(place, len(values)) - wide / 2, _height(value, top), wide, _height(0, top))
        for place, value in enumerate(values)
        if value
    ]
    return Drawing(title, description, boxes, across=_across(top), below=_below(days))


def line(
    values: Sequence[Value],
    *,
    days: Sequence[str],
    title: str,
    description: str,
    top: float | None = None,
) -> Drawing:
    """A line through the values; None leaves a gap.

    values  (P,)  numbers from zero up, or None
    top     what the scale ends with; without it, a round number above the highest
    """
    top = top or nice_top(values)
    places = [_dot(place, value, values, top) for place, value in enumerate(values)]
    return Drawing(
        title,
        description,
        paths=_pieces(places),
        dots=[dot for dot in places if dot],
        across=_across(top),
        below=_below(days),
    )


def spread(
    middles: Sequence[Value],
    ranges: Sequence[tuple[float, float] | None],
    *,
    days: Sequence[str],
    title: str,
    description: str,
) -> Drawing:
    """A dot at each median, before a bar from the lower to the upper quartile.

    middles  (P,)  medians, or None
    ranges   (P,)  both quartiles; None where there are too few values to speak of a spread
    """
    top = nice_top([*middles, *(pair[1] for pair in ranges if pair)])
    wide = _column(len(middles)) * BAR_SHARE
    lefts = [_middle(place, len(middles)) - wide / 2 for place in range(len(middles))]
    boxes = [
        _box(left, _height(pair[1], top), wide, _height(pair[0], top))
        for left, pair in zip(lefts, ranges, strict=True)
        if pair
    ]
    medians = line(middles, days=days, title=title, description=description, top=top)
    return replace(medians, boxes=boxes, paths=())


def nice_top(values: Sequence[Value]) -> float:
    """The next of 1, 2, 4, 5, 10, 20, 40, … at or above the highest; 1 if there is none."""
    highest = max((value for value in values if value), default=0)
    if highest <= 1:
        return 1
    power = 10.0 ** math.floor(math.log10(highest))
    return next(step * power for step in (1, 2, 4, 5, 10) if step * power >= highest)


def _column(count: int) -> float:
    return (WIDTH - LEFT - RIGHT) / max(count, 1)


def _middle(place: int, count: int) -> float:
    return LEFT + _column(count) * (place + 0.5)


def _height(value: float, top: float) -> float:
    """How far down a value stands; zero stands on the ground line."""
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top


def _box(x: float, y: float, wide: float, ground: float) -> Box:
    return Box(_text(x), _text(y), _text(wide), _text(max(ground - y, 1)))


def _dot(place: int, value: Value, values: Sequence[Value], top: float) -> Dot | None:
    if value is None:
        return None
    return Dot(_text(_middle(place, len(values))), _text(_height(value, top)))


def _pieces(places: Sequence[Dot | None]) -> list[str]:
    """The points of each run of values; one that stands alone is a dot without a line."""
    runs: list[list[Dot]] = [[]]
    for dot in places:
        if dot is None:
            runs.append([])
        else:
            runs[-1].append(dot)
    return [" ".join(f"{dot.x},{dot.y}" for dot in run) for run in runs if len(run) > 1]


def _across(top: float) -> list[Tick]:
    half = [top / 2] if top >= 2 else []
    return [Tick(_text(_height(value, top)), f"{value:g}") for value in (0, *half, top)]


def _below(days: Sequence[str]) -> list[Tick]:
    """Every third day, say; always the last, which is the one that people look for."""
    step = max(1, math.ceil(len(days) / MOST_DAYS))
    shown = range(len(days) - 1, -1, -step)
    return [Tick(_text(_middle(place, len(days))), days[place]) for place in reversed(shown)]


def _text(number: float) -> str:
    return f"{number:.1f}"
