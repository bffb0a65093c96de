"""Weekly hours as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opportunities.schedules import Slot, format_slots, parse_slot, parse_slots

SLOTS = st.builds(
    lambda weekday, start, length: Slot(weekday, start, start + length),
    st.integers(0, 6),
    st.integers(0, 1439),
    st.integers(1, 1440),
)


@given(st.lists(SLOTS))
def test_what_is_written_is_read_back_the_same(slots):
    assert parse_slots(format_slots(slots)) == tuple(slots)


@pytest.mark.parametrize(
    ("typed", "slot"),
    [
        ("Tue 18:00-20:00", Slot(1, 1080, 1200)),
        ("tuesday 18:00 – 20:00", Slot(1, 1080, 1200)),
        ("Sat. 9:00-12:00", Slot(5, 540, 720)),
        ("Fri 22:00-02:00", Slot(4, 1320, 1560)),
        ("Sun 20:00-24:00", Slot(6, 1200, 1440)),
        ("Mon 08:00-08:00", Slot(0, 480, 1920)),
    ],
)
def test_hours_are_read_as_people_type_them(typed, slot):
    assert parse_slot(typed) == slot


@pytest.mark.parametrize(
    "typed", ["", "Tue", "18:00-20:00", "Xyz 18:00-20:00", "Tue 6pm-8pm", "Tue 18-20"]
)
def test_hours_that_say_no_day_or_time_are_refused_kindly(typed):
    with pytest.raises(ValueError, match="is not like"):
        parse_slot(typed)


@pytest.mark.parametrize("typed", ["Tue 25:00-26:00", "Tue 18:60-19:00"])
def test_a_time_that_no_clock_shows_is_refused(typed):
    with pytest.raises(ValueError, match="no clock shows"):
        parse_slot(typed)


def test_no_hours_are_any_time():
    assert parse_slots(" ; ") == ()
