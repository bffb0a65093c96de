"""Rule 6: what two clocks, two calendars and two weeks have in common.

``RULES_EXAMPLES=5000 pytest tests/matching/test_times.py`` looks at more.
"""

import os
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching import rules
from matching.columns.arrays import need_columns, offer_columns
from matching.columns.book import Book
from matching.columns.clocks import clocks_of
from tests.matching import postings, reference
from tests.matching.postings import a_need, an_offer

EXAMPLES = int(os.environ.get("RULES_EXAMPLES", "60"))
SATURDAY, SUNDAY = 5, 6
MONDAY, DAY = postings.MONDAY, timedelta(days=1)
TUESDAY = MONDAY + DAY
SPRING, FALL = postings.SPRING, postings.FALL


def sessions(need, offer):
    """How many of the need's occurrences the columns say the offer covers."""
    book = Book(postings.TOPICS)
    needs, offers = need_columns([need], book), offer_columns([offer], book)
    pairs = rules.fits(needs, offers, book)
    return int(pairs.sessions[0]) if len(pairs) else 0


def on(day, **times):
    """What happens on one day only."""
    return {"start_date": day, "end_date": day, **times}


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(postings.times(), st.sampled_from([1, 30, 60, 120, 480, 1440])),
        min_size=1,
        max_size=7,
    ),
    st.lists(postings.times(), min_size=1, max_size=7),
)
def test_every_count_is_that_of_the_reference(needs, offers):
    needs = [a_need(**times, minutes=minutes, sessions=1) for times, minutes in needs]
    offers = [an_offer(**times) for times in offers]
    book = Book(postings.TOPICS)

    pairs = rules.fits(need_columns(needs, book), offer_columns(offers, book), book)

    found = dict(
        zip(
            zip(pairs.need.tolist(), pairs.offer.tolist(), strict=True),
            pairs.sessions.tolist(),
            strict=True,
        )
    )
    for n, need in enumerate(needs):
        for o, offer in enumerate(offers):
            expected = reference.sessions(need, offer) if reference.ranges_meet(need, offer) else 0
            assert found.get((n, o), 0) == expected, (need, offer)


# What a week has in common


@pytest.mark.parametrize(("minutes", "expected"), [(90, 1), (91, 0)])
def test_a_session_needs_one_stretch_of_its_length(minutes, expected):
    need = a_need(**on(TUESDAY, slots=((1, 1080, 1200),)), minutes=minutes, sessions=1)

    assert sessions(need, an_offer(slots=((1, 1110, 1300),))) == expected


@pytest.mark.parametrize(
    ("second", "expected"),
    [((1, 1140, 1200), 1), ((1, 1130, 1200), 1), ((1, 1141, 1200), 0)],
    ids=["touching", "overlapping", "a minute apart"],
)
def test_hours_of_the_offer_join_where_they_touch_or_overlap(second, expected):
    need = a_need(**on(TUESDAY, slots=((1, 1080, 1200),)), minutes=120, sessions=1)

    assert sessions(need, an_offer(slots=((1, 1080, 1140), second))) == expected


def test_hours_of_the_need_never_join():
    need = a_need(slots=((1, 1080, 1140), (1, 1140, 1200)), minutes=120, sessions=1)

    assert sessions(need, an_offer(slots=())) == 0


def test_hours_over_midnight_join_with_those_of_the_next_day():
    need = a_need(**on(TUESDAY, slots=((1, 22 * 60, 2 * 60),)), minutes=240, sessions=1)

    assert sessions(need, an_offer(slots=((1, 22 * 60, 24 * 60), (2, 0, 2 * 60)))) == 1


def test_a_slot_whose_end_is_its_start_lasts_a_day():
    need = a_need(**on(TUESDAY, slots=((1, 600, 600),)), minutes=1440, sessions=1)

    assert sessions(need, an_offer(slots=((1, 600, 600),))) == 1


def test_overlapping_hours_of_the_need_count_each():
    need = a_need(**on(TUESDAY, slots=((1, 1080, 1200), (1, 1110, 1230))), sessions=1)

    assert sessions(need, an_offer(slots=())) == 2


def test_a_slot_listed_twice_happens_twice():
    need = a_need(**on(TUESDAY, slots=((1, 1080, 1200), (1, 1080, 1200))), sessions=1)

    assert sessions(need, an_offer()) == 2


# Ranges and dates


def test_every_week_of_the_needs_range_counts():
    year = {"start_date": date(2027, 1, 1), "end_date": date(2027, 12, 31)}
    need = a_need(**year, sessions=1)

    assert sessions(need, an_offer(start_date=date(2020, 1, 1))) == 52
    assert sessions(need, an_offer(start_date=date(2027, 7, 1))) == 26


def test_a_slot_over_the_end_of_the_range_belongs_to_the_day_it_starts_on():
    night = {"slots": ((1, 22 * 60, 2 * 60),)}
    need = a_need(**on(TUESDAY, **night), minutes=240, sessions=1)

    assert sessions(need, an_offer(**on(TUESDAY, **night))) == 1
    assert sessions(need, an_offer(**on(TUESDAY, slots=()))) == 0


def test_a_night_before_the_offers_first_day_does_not_happen():
    need = a_need(**on(TUESDAY, slots=((1, 0, 120),)), sessions=1)
    night = {"slots": ((0, 22 * 60, 2 * 60),)}

    assert sessions(need, an_offer(**night, start_date=TUESDAY)) == 0
    assert sessions(need, an_offer(**night, start_date=TUESDAY - DAY)) == 1


def test_a_night_of_the_offers_last_day_reaches_into_the_next():
    need = a_need(
        slots=((2, 0, 120),), start_date=TUESDAY, end_date=TUESDAY + DAY, minutes=120, sessions=1
    )
    night = {"slots": ((1, 22 * 60, 2 * 60),), "end_date": TUESDAY}

    assert sessions(need, an_offer(**night, start_date=MONDAY)) == 1
    assert sessions(need, an_offer(**night, start_date=MONDAY - 70 * DAY)) == 1


def test_a_side_that_lists_dates_is_there_on_those_dates_only():
    dates = (TUESDAY + 7 * DAY, TUESDAY + 21 * DAY)

    assert sessions(a_need(dates=dates, sessions=1), an_offer()) == 2
    assert sessions(a_need(sessions=1), an_offer(dates=dates)) == 2
    assert sessions(a_need(dates=dates, sessions=1), an_offer(dates=dates[:1])) == 1


def test_a_listed_date_outside_the_range_or_the_hours_does_not_happen():
    outside, wednesday = TUESDAY + 70 * DAY, TUESDAY + DAY
    dates = (TUESDAY, wednesday, outside)

    assert sessions(a_need(dates=dates, sessions=1), an_offer()) == 1
    need = a_need(sessions=1, end_date=outside)
    assert sessions(need, an_offer(dates=dates, end_date=TUESDAY + 50 * DAY)) == 1


def test_without_hours_listed_dates_are_whole_days():
    need = a_need(slots=((1, 23 * 60, 60),), minutes=120, sessions=1)

    assert sessions(need, an_offer(slots=(), dates=(TUESDAY, TUESDAY + DAY))) == 1
    assert sessions(need, an_offer(slots=(), dates=(TUESDAY,))) == 0


# Any time


def test_any_time_of_the_need_is_each_day_by_itself():
    need = a_need(**on(TUESDAY, slots=()), minutes=1440, sessions=1)

    assert sessions(need, an_offer(slots=())) == 1
    over_midnight = ((1, 23 * 60, 60),)
    assert sessions(replace(need, minutes=61), an_offer(slots=over_midnight)) == 0
    assert sessions(replace(need, minutes=60), an_offer(slots=over_midnight)) == 1


def test_any_time_of_the_offer_goes_through_the_night():
    need = a_need(slots=((1, 23 * 60, 60),), minutes=120, sessions=1)

    assert sessions(need, an_offer(slots=())) == 4


def test_any_time_ends_at_midnight_of_the_last_day():
    need = a_need(**on(TUESDAY, slots=((1, 23 * 60, 60),)), minutes=61, sessions=1)

    assert sessions(need, an_offer(slots=(), end_date=TUESDAY)) == 0
    assert sessions(replace(need, minutes=60), an_offer(slots=(), end_date=TUESDAY)) == 1


# Clocks that change


def lasts(slot, day, minutes, zone="America/Chicago"):
    """Whether a slot lasts so long on that day: a session of it fits, a longer one does not."""
    need = a_need(**on(day, slots=(slot,)), time_zone=zone, sessions=1)
    always = an_offer(slots=(), start_date=day - 9 * DAY, time_zone="UTC")
    found = [sessions(replace(need, minutes=length), always) for length in (minutes, minutes + 1)]
    return found == [int(minutes > 0), 0]


@pytest.mark.parametrize(
    ("day", "slot", "minutes"),
    [
        (SPRING, (SUNDAY, 60, 240), 120),  # an hour is skipped
        (SPRING, (SUNDAY, 120, 180), 0),  # just that hour: it does not happen
        (SPRING, (SUNDAY, 150, 180), 0),  # 3:30 to 3:00
        (SPRING, (SUNDAY, 150, 240), 30),  # 2:30 is read as 3:30
        (SPRING, (SUNDAY, 60, 150), 90),  # up to 3:30
        (SPRING, (SUNDAY, 0, 1440), 1380),
        (SPRING - DAY, (SATURDAY, 23 * 60, 3 * 60), 180),
        (FALL, (SUNDAY, 0, 180), 240),  # an hour is shown twice
        (FALL, (SUNDAY, 90, 150), 120),  # from the first 1:30
        (FALL, (SUNDAY, 60, 90), 30),  # the first of both
        (FALL - DAY, (SATURDAY, 23 * 60, 3 * 60), 300),
    ],
)
def test_a_night_in_which_clocks_change_is_as_long_as_it_is(day, slot, minutes):
    assert lasts(slot, day, minutes)


@pytest.mark.parametrize("zone", ["America/Phoenix", "Pacific/Honolulu", "America/Puerto_Rico"])
def test_where_clocks_do_not_change_that_night_is_like_any_other(zone):
    assert lasts((SUNDAY, 60, 240), SPRING, 180, zone)
    assert lasts((SUNDAY, 60, 240), FALL, 180, zone)


@pytest.mark.parametrize("zone", [*postings.ZONES, "Africa/Casablanca"])
def test_clocks_of_a_far_year_show_what_the_time_zone_says(zone):
    for year in (2100, 2128, 2403, 2404):
        noons = [datetime(year, 1, 1, 12, tzinfo=ZoneInfo(zone)) + day * DAY for day in range(365)]
        walls = np.array([noon.toordinal() * 86_400 + 43_200 for noon in noons])

        clocks = clocks_of([zone], noons[0].toordinal(), noons[-1].toordinal())

        shown = walls - clocks.instants(np.zeros_like(walls), walls)
        assert shown.tolist() == [noon.utcoffset().total_seconds() for noon in noons]


def test_a_day_and_night_before_the_change_is_not_taken_for_one_far_from_it():
    """Twenty-four hours from Saturday, 23:30, hold the change; a week before they do not."""
    slot = (SATURDAY, 1410, 1409)
    weeks = {"start_date": FALL - 15 * DAY, "end_date": FALL + 14 * DAY}
    need = a_need(**weeks, slots=(slot,), minutes=1440, sessions=1)

    assert sessions(need, an_offer(slots=(), start_date=FALL - 99 * DAY)) == 1


def test_what_does_not_happen_is_no_session():
    need = a_need(
        start_date=SPRING - 7 * DAY,
        end_date=SPRING + 7 * DAY,
        slots=((SUNDAY, 120, 180),),
        sessions=1,
    )

    assert sessions(need, an_offer(slots=(), start_date=SPRING - 30 * DAY)) == 2


def test_arizona_leaves_denvers_time_when_denver_changes():
    five_weeks = {"start_date": date(2027, 2, 22), "end_date": date(2027, 3, 28)}
    need = a_need(**five_weeks, time_zone="America/Denver", minutes=120, sessions=1)

    phoenix = an_offer(start_date=date(2027, 1, 1), time_zone="America/Phoenix")

    assert sessions(need, phoenix) == 3  # of five Tuesdays, those before March 14
    assert sessions(replace(need, minutes=60), phoenix) == 5


@pytest.mark.parametrize(
    ("zone", "slot"),
    [
        ("Pacific/Guam", (2, 9 * 60, 11 * 60)),  # Wednesday morning there
        ("Pacific/Honolulu", (1, 13 * 60, 15 * 60)),
        ("America/Puerto_Rico", (1, 19 * 60, 21 * 60)),
        ("America/New_York", (1, 19 * 60, 21 * 60)),
        ("Asia/Kathmandu", (2, 4 * 60 + 45, 6 * 60 + 45)),
    ],
)
def test_the_same_two_hours_meet_anywhere_on_earth(zone, slot):
    chicago = a_need(minutes=120, sessions=1)  # Tuesdays 18:00 to 20:00, in summer

    early = MONDAY - 7 * DAY
    assert sessions(chicago, an_offer(time_zone=zone, slots=(slot,), start_date=early)) == 4
