"""The replay of a peer's two years keeps the peer's rules, or its figures would say nothing."""

from datetime import datetime, timedelta

import pytest

from benchmarks.replay import CLOCK_MOVES_ON, Replay, Row, played
from tests.real_data import DATA

NOON = datetime(2024, 1, 1, 12)  # noqa: DTZ001 - the peer's moments have no zone
DAY = timedelta(days=1)
FOLDER = DATA / "lernfair_replay"


def request(person, day, *topics, musts=()):
    return Row(person, NOON + day * DAY, topics, musts)


def offer(person, day, *topics):
    return Row(person, NOON + day * DAY, topics)


def matches(requests, offers):
    """Who was matched with whom, and on which day."""
    replay = Replay(requests, offers)
    replay.play()
    return [(need, given, (at - NOON) / DAY) for need, given, at in replay.matches]


def test_a_request_is_matched_when_somebody_comes_who_offers_a_subject_of_it():
    found = matches(
        [request(1, 0, "Latin 7", "Art 7")], [offer(2, 1, "Music 7"), offer(3, 3, "Art 7")]
    )

    assert found == [(0, 1, 3)]


def test_a_mandatory_subject_must_be_offered():
    asked = request(1, 0, "Latin 7", "Art 7", musts=("Latin 7",))

    assert matches([asked], [offer(2, 1, "Art 7")]) == []
    assert matches([asked], [offer(2, 1, "Art 7", "Latin 7")]) == [(0, 0, 1)]


def test_nobody_is_matched_with_the_same_person_twice():
    asked = [request(1, 0, "Art 7"), request(1, 1, "Art 7")]

    assert matches(asked, [offer(2, 0, "Art 7"), offer(2, 1, "Art 7")]) == [(0, 0, 0)]


def test_each_row_is_good_for_one_match():
    asked = [request(1, 0, "Art 7"), request(2, 1, "Art 7")]

    assert matches(asked, [offer(3, 0, "Art 7")]) == [(0, 0, 0)]


def test_waiting_and_subjects_are_means_over_the_matches():
    asked = [request(1, 0, "Art 7"), request(2, 0, "Art 8", "Latin 8")]
    given = [offer(3, 1, "Art 7"), offer(4, 3, "Art 8", "Latin 8")]

    figures = played(Replay(asked, given))

    assert (figures["matched"], figures["need_wait_days"]) == (2, 2)
    assert (figures["offer_wait_days"], figures["subjects_in_common"]) == (0, 1.5)


def test_of_those_who_wait_the_one_others_need_least_is_asked():
    asked = [request(1, 0, "Latin 7"), request(2, 3, "Art 7"), request(3, 4, "Latin 7")]
    given = [offer(4, 1, "Latin 7"), offer(5, 2, "Latin 7", "Art 7"), offer(6, 2, "Art 7")]

    assert matches(asked, given) == [(0, 0, 1), (1, 2, 3), (2, 1, 4)]


def test_the_published_rows_are_all_read():
    if not FOLDER.exists():
        pytest.skip("lernfair_replay is not here")

    replay = Replay.read(FOLDER)

    assert [len(rows) for rows in replay.rows] == [1045, 1205]
    assert CLOCK_MOVES_ON == 31 * DAY
