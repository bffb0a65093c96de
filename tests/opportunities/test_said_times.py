"""Times in plain words become parts of days to tick; what is no weekly time becomes none."""

from itertools import product

import pytest

from opportunities.said_times import cells_said

MORNING, AFTERNOON, EVENING = range(3)
ALL = (MORNING, AFTERNOON, EVENING)
WEEKDAYS, WEEKEND = range(5), range(5, 7)


def cells(days, parts):
    return set(product(days, parts))


@pytest.mark.parametrize(
    ("text", "days", "parts"),
    [
        ("Best on weekday evenings, near the bus.", WEEKDAYS, [EVENING]),
        ("Evenings work best", WEEKDAYS, [EVENING]),
        ("Saturdays, please", [5], ALL),
        ("free on weekends", WEEKEND, ALL),
        ("Tuesday nights", [1], [EVENING]),
        ("Tuesday and Thursday mornings", [1, 3], [MORNING]),
        ("mornings, Monday to Friday", WEEKDAYS, [MORNING]),
        ("Mon-Fri, 9 am to 5 pm", WEEKDAYS, [MORNING, AFTERNOON]),
        ("Every Wednesday from 6 to 8 p.m.", [2], [EVENING]),
        ("any evening except Fridays", range(4), [EVENING]),
        ("on weekdays after work", WEEKDAYS, [EVENING]),
        ("weeknights", WEEKDAYS, [EVENING]),
        ("los martes por la tarde", [1], [AFTERNOON]),
        ("martes y jueves por la mañana", [1, 3], [MORNING]),
        ("Los sábados", [5], ALL),
        ("los fines de semana", WEEKEND, ALL),
        ("de lunes a viernes por la noche", WEEKDAYS, [EVENING]),
        ("entre semana, por las tardes", WEEKDAYS, [AFTERNOON]),
        ("weekends but not Sundays", [5], ALL),
    ],
)
def test_a_plain_phrase_of_time_is_read(text, days, parts):
    assert cells_said(text) == cells(days, parts)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "Weekday mornings and Saturday afternoons",
            (WEEKDAYS, [MORNING]),
            ([5], [AFTERNOON]),
        ),
        ("evenings and weekends", (WEEKDAYS, [EVENING]), (WEEKEND, ALL)),
        (
            "Saturday mornings or any evening except Fridays.",
            ([5], [MORNING]),
            (range(4), [EVENING]),
        ),
        ("Tuesday mornings or evenings, 90 minutes", ([1], [MORNING]), ([1], [EVENING])),
    ],
)
def test_two_phrases_are_read_apart(text, first, second):
    assert cells_said(text) == cells(*first) | cells(*second)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Budgeting for beginners",
        "Morning baker, full time",
        "We start on Monday, January 11.",
        "Mañana empezamos. Buenas tardes a todas.",
        "They sat in the sun and wed at night school.",
        "Daily living skills, 10 sessions of 90 minutes",
        "No weekends or nights, please.",
        "nunca los domingos",
        "Llegar tarde no es un problema",
    ],
)
def test_what_is_no_weekly_time_is_left_alone(text):
    assert cells_said(text) == set()
