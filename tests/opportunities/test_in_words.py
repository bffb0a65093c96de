"""Single values as people say them."""

from datetime import date

import pytest

from accounts.forms.fields import DayField
from opportunities.forms.answers_in_words import answer_in_words
from opportunities.in_words import duration_in_words, language_in_words, slot_in_words
from opportunities.schedules import Slot


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (1, "1 minute"),
        (45, "45 minutes"),
        (60, "1 hour"),
        (90, "90 minutes"),
        (480, "8 hours"),
        (450, "7 hours and 30 minutes"),
    ],
)
def test_a_length_of_time_reads_as_people_say_it(minutes, words):
    assert duration_in_words(minutes) == words


def test_hours_that_pass_midnight_end_on_the_next_day():
    assert slot_in_words(Slot(1, 22 * 60, 26 * 60)) == "Tuesday, 10 p.m. to 2 a.m. the next day"


def test_a_language_that_our_list_lacks_is_said_by_its_code():
    assert [language_in_words("es"), language_in_words("xx")] == ["Spanish", "xx"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2027, 2, 1), "from Feb. 1, 2027"),
        ("2027-02-01", "from Feb. 1, 2027"),
        ("soon", "from soon"),
    ],
)
def test_a_day_that_was_just_typed_reads_like_one_that_is_stored(value, words):
    assert answer_in_words("start_date", DayField(), value) == words
