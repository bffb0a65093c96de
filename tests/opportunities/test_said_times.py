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
        ("martes y jueves por la tarde, de seis a ocho", [1, 3], [EVENING]),
        ("Martes de 6 a 8 de la tarde", [1], [EVENING]),
        ("miércoles a las siete de la noche", [2], [EVENING]),
        ("4 a.m. to noon, Monday to Friday", WEEKDAYS, [MORNING]),
        ("The bakery works 4 a.m.–noon, Mon–Fri.", WEEKDAYS, [MORNING]),
        (
            "I can come mornings, before my own shift begins at noon, every weekday",
            WEEKDAYS,
            [MORNING],
        ),
        ("Tuesday evenings, 6-8", [1], [EVENING]),
        ("Mondays through Thursdays, 5:30 to 7:30 in the evening", range(4), [EVENING]),
        ("School is from 8 am to 3 pm, so weekday mornings", WEEKDAYS, [MORNING]),
        ("Wednesdays, 6 to 8 in the evening", [2], [EVENING]),
        ("Thursdays between 10 and noon", [3], [MORNING]),
        ("Mondays 9 to 5", [0], [MORNING, AFTERNOON]),
        ("Saturdays from 1 to 4:30 pm", [5], [AFTERNOON]),
        ("weekdays after 5 pm", WEEKDAYS, [EVENING]),
        ("Fridays until noon", [4], [MORNING]),
        ("los viernes de 18:00 a 20:00", [4], [EVENING]),
        ("Los sábados de nueve a doce de la mañana", [5], [MORNING]),
        ("los lunes entre las 2 y las 4 de la tarde", [0], [AFTERNOON]),
        ("sábados a partir de las 6 de la tarde", [5], [EVENING]),
        ("Grupo de 6 a 8 mujeres, los martes por la tarde", [1], [AFTERNOON]),
        ("Two to three Tuesday evenings a month", [1], [EVENING]),
        ("weekday evenings, not on Fridays", range(4), [EVENING]),
        ("Weekdays, no mornings", WEEKDAYS, [AFTERNOON, EVENING]),
        ("Saturdays are fine. Sundays don't work for me.", [5], ALL),
        ("los martes por la noche, los domingos no puedo", [1], [EVENING]),
        ("entre semana por las tardes, menos los viernes", range(4), [AFTERNOON]),
        ("Al menos los martes por la mañana", [1], [MORNING]),
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
        "Tuesdays at 7",
        "Los jueves de 6 a 8",
        "Maybe on Tuesday evenings, sometimes on Fridays.",
        "Night shift, Monday to Friday, 10 p.m. to 6 a.m.",
        "One-to-one or two to three women",
        "Ni sábados ni domingos",
        "I am not free on Mondays or Tuesdays",
    ],
)
def test_what_is_no_weekly_time_is_left_alone(text):
    assert cells_said(text) == set()
