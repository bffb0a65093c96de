"""Hours that an offer gave away are not given twice; what is left can be used."""

import pytest

from matching.market.hours import Taken, free_slots, has_hours

NEW_YORK, CHICAGO, PHOENIX = "America/New_York", "America/Chicago", "America/Phoenix"
MONDAY, TUESDAY, SATURDAY, SUNDAY = 0, 1, 5, 6
EVENING = (TUESDAY, 18 * 60, 20 * 60)
MORNING = (SATURDAY, 9 * 60, 12 * 60)


def left(*slots, taken=(), groups=1):
    return free_slots(
        slots,
        time_zone=NEW_YORK,
        groups=groups,
        taken=[Taken(zone, hours) for zone, hours in taken],
    )


@pytest.mark.parametrize(
    ("taken", "rest"),
    [
        ([], (EVENING, MORNING)),
        ([(NEW_YORK, (EVENING,))], (MORNING,)),
        ([(NEW_YORK, ((TUESDAY, 1080, 1140),))], ((TUESDAY, 1140, 1200), MORNING)),
        (
            [(NEW_YORK, ((TUESDAY, 1100, 1140),))],
            ((TUESDAY, 1080, 1100), (TUESDAY, 1140, 1200), MORNING),
        ),
        ([(NEW_YORK, ())], ()),  # a need without hours of its own takes the whole week
        ([(CHICAGO, ((TUESDAY, 1020, 1140),))], (MORNING,)),
    ],
)
def test_what_a_class_takes_is_gone_and_the_rest_is_left(taken, rest):
    assert left(EVENING, MORNING, taken=taken) == rest


def test_as_many_classes_as_groups_fit_into_the_same_hours():
    one, two = [(NEW_YORK, (EVENING,))], [(NEW_YORK, (EVENING,))] * 2
    assert left(EVENING, taken=one, groups=2) == (EVENING,)
    assert left(EVENING, taken=two, groups=2) == ()


def test_a_zone_without_clock_changes_takes_both_hours_it_may_mean():
    taken = [(PHOENIX, ((TUESDAY, 15 * 60, 16 * 60),))]  # 17:00 or 18:00 in New York
    assert left((TUESDAY, 960, 1200), taken=taken) == (
        (TUESDAY, 960, 1020),
        (TUESDAY, 1140, 1200),
    )


def test_weeks_in_which_only_one_clock_has_changed_are_counted():
    taken = [("Europe/London", ((TUESDAY, 17 * 60, 18 * 60),))]  # 12:00, or 13:00 in March
    assert left((TUESDAY, 660, 900), taken=taken) == ((TUESDAY, 660, 720), (TUESDAY, 840, 900))


def test_an_offer_without_hours_of_its_own_has_the_rest_of_the_week():
    rest = left(taken=[(NEW_YORK, (EVENING,))])
    assert (TUESDAY, 0, 1080) in rest
    assert (TUESDAY, 1200, 1440) in rest
    assert len(rest) == 8


def test_hours_past_midnight_are_taken_on_the_next_day():
    night = (SUNDAY, 22 * 60, 26 * 60)
    assert left(night, taken=[(NEW_YORK, ((MONDAY, 0, 60),))]) == ((SUNDAY, 1320, 1440),)


def test_a_scrap_of_time_is_not_worth_coming_for():
    assert not has_hours(left(EVENING, taken=[(NEW_YORK, ((TUESDAY, 1080, 1170),))]))
    assert has_hours(left(EVENING, taken=[(NEW_YORK, ((TUESDAY, 1080, 1140),))]))
