"""Small plots: what is drawn stands where its number says."""

from hypothesis import given
from hypothesis import strategies as st

from figures.plots import HEIGHT, LEFT, RIGHT, TOP, WIDTH, bars, line, nice_top, spread

WORDS = {"title": "Posted", "description": "From Jan to Mar."}
DAYS = ("Jan", "Feb", "Mar")
SOME = st.lists(st.one_of(st.none(), st.floats(0, 1e6)), min_size=1, max_size=60)


def test_a_bar_is_as_high_as_its_number_and_zero_has_none():
    drawing = bars((2, 0, 4), days=DAYS, **WORDS)

    low, high = drawing.boxes
    assert float(high.height) == 2 * float(low.height)
    assert float(high.y) == TOP
    assert [tick.words for tick in drawing.across] == ["0", "2", "4"]
    assert [tick.words for tick in drawing.below] == list(DAYS)


def test_a_month_without_a_value_breaks_the_line_and_has_no_dot():
    drawing = line((50, 60, None, 70), days="abcd", top=100, **WORDS)

    assert len(drawing.dots) == 3
    assert [len(points.split()) for points in drawing.paths] == [2]


def test_a_spread_lies_around_its_median():
    drawing = spread((3, 8), ((2, 4), None), days="ab", **WORDS)

    box, dot = drawing.boxes[0], drawing.dots[0]
    assert float(box.y) < float(dot.y) < float(box.y) + float(box.height)
    assert (len(drawing.boxes), len(drawing.dots)) == (1, 2)


@given(SOME)
def test_whatever_the_numbers_are_all_is_drawn_inside(values):
    drawing = line(values, days=["x"] * len(values), **WORDS)

    assert max([value for value in values if value] or [0]) <= nice_top(values)
    assert all(LEFT <= float(dot.x) <= WIDTH - RIGHT for dot in drawing.dots)
    assert all(TOP - 0.1 <= float(dot.y) <= HEIGHT for dot in drawing.dots)
    assert len(drawing.below) <= 4
