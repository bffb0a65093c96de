"""Sessions read off running counts are those that counting one by one finds."""

from datetime import date, timedelta

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matching.columns import tallies
from matching.columns.arrays import need_columns, offer_columns
from matching.columns.book import Book
from matching.columns.days import Meetings
from matching.columns.numbers import MISSING, Numbers
from matching.columns.pairs import Two
from matching.columns.tallies import Tallies, tallies_of
from matching.columns.times import sessions_covered
from tests.matching import postings
from tests.matching.postings import FALL, MONDAY, a_need, an_offer

DAY = timedelta(days=1)


def read_off(needs, offers, book, counts=None):
    """(N, O) sessions by the running counts."""
    counts = counts or tallies_of(book, needs)
    need, offer = np.indices((len(needs), len(offers))).reshape(2, -1)
    return counts.sessions(needs, offers, counts.plans(needs), need, offer)


def one_by_one(needs, offers, book):
    """(N, O) sessions by counting."""
    need, offer = np.indices((len(needs), len(offers))).reshape(2, -1)
    meetings = Meetings.of(Two(needs, offers, need, offer))
    return sessions_covered(meetings, book.shapes)


def same(needs, offers):
    book = Book(postings.TOPICS)
    needs, offers = need_columns(needs, book), offer_columns(offers, book)
    return read_off(needs, offers, book).tolist() == one_by_one(needs, offers, book).tolist()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(postings.times(), st.sampled_from([1, 30, 61, 240, 1440])), min_size=4, max_size=4
    ),
    st.lists(postings.times(), min_size=6, max_size=6),
)
def test_sessions_are_read_off_as_they_are_counted(needs, offers):
    assert same(
        [a_need(**times, minutes=minutes) for times, minutes in needs],
        [an_offer(**times) for times in offers],
    )


def test_an_offer_may_begin_and_end_on_any_day():
    """Nights, whole days and far zones, whose sessions lean on the day before or after."""
    night, evening = ((0, 1320, 360), (4, 1320, 360)), ((1, 1080, 1200),)
    needs = [
        a_need(slots=slots, minutes=minutes)
        for slots in (night, evening, ())
        for minutes in (60, 120, 470)
    ]
    offers = [
        an_offer(
            slots=slots,
            time_zone=zone,
            start_date=MONDAY + first * DAY,
            end_date=MONDAY + (first + length) * DAY,
        )
        for slots in (night, evening, ())
        for zone in ("America/Chicago", "Pacific/Guam", "Pacific/Pago_Pago")
        for first in range(-1, 8)
        for length in (0, 1, 2, 5, 9)
    ]

    assert same(needs, offers)


def test_dates_listed_on_either_side_count():
    dates = tuple(FALL + number * DAY for number in (-7, -3, 0, 1, 7, 14))
    around = {"start_date": FALL - 9 * DAY, "end_date": FALL + 9 * DAY}
    night = ((5, 1380, 180), (6, 0, 180))
    needs = [
        a_need(**around, slots=slots, dates=listed, minutes=60)
        for slots in (night, ())
        for listed in ((), dates, dates[2:])
    ]
    offers = [
        an_offer(**around, slots=slots, dates=listed, time_zone=zone)
        for slots in (night, ())
        for listed in ((), dates[:4], dates[1:])
        for zone in ("America/Chicago", "America/New_York")
    ]

    assert same(needs, offers)


def test_years_that_no_count_is_kept_for_are_counted_all_the_same():
    long = a_need(end_date=date(2040, 1, 1))
    past = a_need(start_date=date(1999, 3, 1), end_date=date(1999, 5, 1))

    assert same([a_need(), a_need(), past, long], [an_offer(start_date=date(1990, 1, 1))])


def test_crowded_weeks_are_counted_all_the_same():
    quarters = tuple((day, 15 * n, 15 * n + 15) for day in range(7) for n in range(96))

    assert same([a_need(slots=quarters, minutes=15)], [an_offer(slots=quarters), an_offer()])


def test_zones_that_show_the_same_are_counted_once():
    book = Book(postings.TOPICS)
    needs = need_columns([a_need(time_zone="America/New_York")], book)
    zones = ["America/New_York", "America/Detroit", "America/Indiana/Indianapolis"]
    offers = offer_columns([an_offer(time_zone=zone) for zone in zones], book)
    counts = Tallies(book, MONDAY.toordinal())

    read_off(needs, offers, book, counts)

    keys = counts.plans(needs) * tallies.SHAPES + counts.weekly(offers.shape)
    assert len(set(counts._by_clock(keys).tolist())) == 1


def test_what_is_forgotten_is_counted_again(monkeypatch):
    monkeypatch.setattr(tallies, "MOST_PAIRS", 3)
    slots = [((day, 1080, 1200),) for day in range(7)]
    book = Book(postings.TOPICS)
    needs = need_columns([a_need(slots=one) for one in slots], book)
    offers = offer_columns([an_offer(slots=one) for one in slots], book)

    for _ in range(2):
        sessions = read_off(needs, offers, book).reshape(7, 7)
        assert sessions.tolist() == (4 * np.eye(7, dtype=int)).tolist()


def test_a_book_keeps_its_counts():
    book = Book(postings.TOPICS)
    needs = need_columns([a_need()], book)

    assert tallies_of(book, needs) is tallies_of(book, needs)
    assert tallies_of(book, needs) is not tallies_of(Book(postings.TOPICS), needs)


def test_a_market_without_needs_does_not_say_which_years_count():
    book = Book(postings.TOPICS)
    needs = need_columns([a_need()], book)

    tallies_of(book, needs.take(slice(0, 0)))

    assert tallies_of(book, needs).plans(needs).tolist() != [tallies.FAR]


# The hash table


@given(st.lists(st.integers(0, 2**62), unique=True, max_size=300), st.integers(0, 2**62))
def test_a_number_is_found_under_its_key_and_no_other(keys, other):
    table = Numbers(8)
    cut = len(keys) // 2
    every = np.array(keys, np.int64)

    table.add(every[:cut], np.arange(cut))
    table.add(every[cut:], np.arange(cut, len(keys)))

    assert table.find(every).tolist() == list(range(len(keys)))
    if other not in keys:
        assert table.find(np.array([other])).tolist() == [MISSING]
