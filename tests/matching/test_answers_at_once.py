"""Many people at the same moment: room is never given twice.

What depends on the moment is tried ``ROUNDS`` times, an environment variable, once where
it is not set: ``ROUNDS=200 .venv/bin/python -m pytest tests/matching/test_answers_at_once.py``.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from matching import actions, pipeline
from matching.models import Match
from notices.models import Notice
from opportunities.models import Need
from tests.factories import NOON, make_match, make_need, make_offer, make_party, owner_of
from trail import actions as trail

pytestmark = pytest.mark.django_db(transaction=True)
Status = Match.Status
every_round = pytest.mark.parametrize("attempt", range(int(os.environ.get("ROUNDS", "1"))))


def all_at_once(calls):
    """Run these at the same moment, each on a connection of its own; what each raised or gave."""
    start = Barrier(len(calls))

    def run(call):
        try:
            start.wait(timeout=10)
            return call()
        except actions.CannotAnswer as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def statuses():
    found = list(Match.objects.values_list("status", flat=True))
    return {status: found.count(status) for status in set(found)}


def accept_all(matches, side):
    return all_at_once(
        [
            lambda match=match: actions.accept(
                match=match, by=owner_of(match.posting_of(side).party), at=NOON
            )
            for match in matches
        ]
    )


def said_yes(side, count, **postings):
    """Open matches to which that side has said yes."""
    yes = {f"{side}_answer": "yes", f"{side}_answered_at": NOON}
    return [
        make_match(*(make() for make in postings.values()), status="accepted", **yes)
        for _ in range(count)
    ]


@every_round
def test_twenty_yeses_at_once_fill_three_places_of_a_class(attempt):
    need = make_need(helpers=3)
    matches = said_yes("offer", 20, need=lambda: need, offer=make_offer)

    accept_all(matches, "need")

    assert statuses() == {Status.INTRODUCED: 3, Status.WAITING: 17}
    assert Need.objects.get().status == Need.Status.FILLED
    assert Notice.objects.filter(event="introduced").count() == 6


@every_round
def test_twenty_yeses_at_once_fill_three_seats_of_a_job(attempt):
    need = make_need(kind="job", seats=3)
    matches = said_yes("offer", 20, need=lambda: need, offer=lambda: make_offer(kind="job"))

    accept_all(matches, "need")

    assert statuses() == {Status.INTRODUCED: 3, Status.WAITING: 17}


@every_round
def test_twenty_yeses_at_once_take_three_openings_of_an_employer(attempt):
    offer = make_offer(kind="job", capacity=3)
    matches = said_yes("need", 20, need=lambda: make_need(kind="job", seats=1), offer=lambda: offer)

    accept_all(matches, "offer")

    assert statuses() == {Status.INTRODUCED: 3, Status.WAITING: 17}


def test_both_sides_of_a_match_say_yes_at_once_and_meet_once():
    match = make_match()
    both = [owner_of(match.need.party), owner_of(match.offer.party)]

    all_at_once([lambda by=by: actions.accept(match=match, by=by, at=NOON) for by in both])

    assert statuses() == {Status.INTRODUCED: 1}
    assert Notice.objects.count() == 2


def test_a_yes_and_a_no_of_two_colleagues_at_once_leave_one_answer():
    match = make_match()
    owner = owner_of(match.need.party)

    answers = all_at_once(
        [
            lambda: actions.accept(match=match, by=owner, at=NOON),
            lambda: actions.decline(match=match, by=owner, at=NOON),
        ]
    )

    refused = [answer for answer in answers if isinstance(answer, actions.AlreadyAnswered)]
    assert len(refused) == 1


@every_round
def test_two_places_freed_at_once_move_two_up(attempt):
    need = make_need(helpers=3)
    met = [make_match(need, status="introduced") for _ in range(3)]
    for minutes in range(4):
        make_match(need, status="waiting", waiting_since=NOON + timedelta(minutes=minutes))

    all_at_once(
        [
            lambda match=match: actions.end(
                match=match, by=owner_of(need.party), reason="over", at=NOON
            )
            for match in met[:2]
        ]
    )

    assert statuses() == {Status.INTRODUCED: 3, Status.WAITING: 2, Status.ENDED: 2}


@every_round
def test_one_place_freed_by_both_sides_at_once_moves_exactly_one_up(attempt):
    need = make_need(helpers=1)
    met = make_match(need, status="introduced")
    line = [
        make_match(need, status="waiting", waiting_since=NOON + timedelta(minutes=minutes))
        for minutes in range(3)
    ]
    both = [owner_of(met.need.party), owner_of(met.offer.party)]

    all_at_once(
        [lambda by=by: actions.end(match=met, by=by, reason="over", at=NOON) for by in both]
        + [lambda: actions.sweep_deadlines(at=NOON)] * 3
    )

    assert list(Match.objects.filter(status=Status.INTRODUCED)) == line[:1]
    assert statuses() == {Status.INTRODUCED: 1, Status.WAITING: 2, Status.ENDED: 1}


@every_round
def test_sweeps_at_once_give_two_free_openings_to_the_first_two_in_line(attempt):
    offer = make_offer(kind="job", capacity=2)
    line = [
        make_match(
            make_need(kind="job", seats=1),
            offer,
            status="waiting",
            waiting_since=NOON + timedelta(minutes=minutes),
        )
        for minutes in range(4)
    ]

    all_at_once([lambda: actions.sweep_deadlines(at=NOON + timedelta(hours=1))] * 4)

    assert set(Match.objects.filter(status=Status.INTRODUCED)) == set(line[:2])
    assert Notice.objects.filter(event="introduced").count() == 4


def test_answers_sweeps_and_matchers_crosswise_never_lock_each_other_out():
    needs = [make_need(make_party(), kind="job", seats=2) for _ in range(4)]
    offers = [make_offer(make_party("business"), kind="job", capacity=2) for _ in range(4)]
    matches = [
        make_match(need, offer, status="accepted", need_answer="yes", need_answered_at=NOON)
        for need in needs
        for offer in offers
    ]

    for posting in (*needs, *offers):
        trail.changed(subject=posting.WORD, ids=[posting.pk], at=NOON)

    results = all_at_once(
        [
            *(
                lambda match=match: actions.accept(
                    match=match, by=owner_of(match.offer.party), at=NOON
                )
                for match in matches
            ),
            *(lambda: actions.sweep_deadlines(at=NOON) for _ in range(3)),
            *(lambda: pipeline.match_changes(at=NOON) for _ in range(3)),
        ]
    )

    assert len(results) == 22
    assert set(statuses()) <= {Status.INTRODUCED, Status.WAITING}
    for posting in (*needs, *offers):
        assert posting.matches.holding().count() <= 2
    for waiting in Match.objects.waiting():
        sides = (waiting.need, waiting.offer)
        assert 2 in [posting.matches.holding().count() for posting in sides]


def test_two_sweeps_at_once_tell_everybody_once():
    matches = [make_match(proposed_at=NOON - timedelta(days=15)) for _ in range(10)]

    moved = all_at_once([lambda: actions.sweep_deadlines(at=NOON) for _ in range(4)])

    assert sum(moved) == len(matches)
    assert Notice.objects.count() == 2 * len(matches)
