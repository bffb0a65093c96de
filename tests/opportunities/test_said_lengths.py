"""How long and how often, read from plain words, and left alone where it is not clear."""

import pytest

from opportunities.said_lengths import minutes_said, sessions_said


@pytest.mark.parametrize(
    ("text", "minutes", "sessions"),
    [
        ("Tuesday evenings, 90 minutes", 90, None),
        ("Six sessions of two hours each", 120, 6),
        ("an hour and a half, 8 weekly classes", 90, 8),
        ("2-hour class, 45-min break after 2 hours", None, None),
        ("seis sesiones de una hora y media", 90, 6),
        ("clases de hora y media", 90, None),
        ("half an hour on video", 30, None),
        ("1.5 hours", 90, None),
        ("Forty-five minutes twice a week", 45, None),
        ("Fifty-five minutes", None, None),
        ("Two hours every Thursday, five to eight children", 120, None),
        ("full time, 40 hours a week", None, None),
        ("open 24 hours a day", None, None),
        ("Budgeting for beginners, since 2019", None, None),
        ("a las 6 horas por la tarde, 0 minutes", None, None),
    ],
)
def test_a_length_and_a_number_of_sessions_are_read_where_they_are_clear(text, minutes, sessions):
    assert (minutes_said(text), sessions_said(text)) == (minutes, sessions)
