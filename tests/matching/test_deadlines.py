"""What time does to a match, also after a week in which nothing ran."""

import itertools
from datetime import timedelta

import pytest

from accounts.models import Party
from matching import actions, deadlines
from matching.models import Match
from notices.models import Notice
from opportunities.models import Need, Offer
from tests.factories import NOON, make_match, make_need, make_offer, make_user, owner_of
from trail.models import Change

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
Status = Match.Status
WHOLE_STORY = [["nudge", "closed"], ["nudge"], ["closed"], []]
SECOND_STORY = [["second_contact"], []]


@pytest.fixture
def match():
    """Proposed at noon, of postings that last."""
    return make_match(proposed_at=NOON)


def needing(match):
    return owner_of(match.need.party)


def offering(match):
    return owner_of(match.offer.party)


def told(person):
    return list(
        Notice.objects.filter(recipient=person).order_by("pk").values_list("event", flat=True)
    )


def sweep(days):
    return actions.sweep_deadlines(at=NOON + days * DAY)


def name_second_contact(party):
    second = make_user()
    party.memberships.create(user=second, role="staff", joined_at=NOON)
    Party.objects.filter(pk=party.pk).update(second_contact=second)
    return second


def test_nothing_is_due_before_the_fifth_day(match):
    assert sweep(4.99) == 0
    assert not Notice.objects.exists()


def test_on_the_fifth_day_whoever_has_not_answered_is_nudged_once(match):
    actions.accept(match=match, by=needing(match), at=NOON + DAY)

    moved = [sweep(5), sweep(5), sweep(6)]

    assert moved == [1, 0, 0]
    assert told(offering(match)) == ["nudge"]
    assert told(needing(match)) == []


def test_on_the_tenth_day_the_second_contact_is_asked_where_there_is_one(match):
    second = name_second_contact(match.need.party)
    sweep(5)

    moved = [sweep(10), sweep(10)]

    assert moved == [1, 0]
    assert told(second) == ["second_contact"]
    assert told(needing(match)) == ["nudge"]
    assert told(offering(match)) == ["nudge"]


def test_a_second_contact_who_has_left_the_team_is_not_asked(match):
    second = name_second_contact(match.need.party)
    second.memberships.all().delete()

    sweep(10)

    assert told(second) == []


def test_a_second_contact_may_answer(match):
    second = name_second_contact(match.need.party)
    assert list(Match.objects.answerable_by(second)) == [match]


def test_on_the_fifteenth_day_it_is_closed_and_both_are_told(match):
    before = [sweep(5), sweep(14.99)]
    after = [sweep(15), sweep(16)]

    match.refresh_from_db()
    assert (before, after) == ([1, 0], [1, 0])
    assert (match.status, match.closed_at) == (Status.EXPIRED, NOON + 15 * DAY)
    assert told(needing(match)) == ["nudge", "closed"]
    assert told(offering(match)) == ["nudge", "closed"]


def test_whoever_said_yes_hears_that_the_other_side_did_not_answer(match):
    actions.accept(match=match, by=offering(match), at=NOON)

    sweep(15)

    assert told(offering(match)) == ["no_answer"]
    assert told(needing(match)) == ["closed"]


def test_a_yes_on_the_fifteenth_day_is_too_late_even_before_the_sweep(match):
    with pytest.raises(actions.NoLongerOpen):
        actions.accept(match=match, by=needing(match), at=NOON + 15 * DAY)


def test_what_runs_out_has_the_matcher_look_for_the_next(match):
    sweep(15)

    changes = set(Change.objects.unmatched().values_list("subject", "subject_id"))
    assert changes == {("need", match.need_id), ("offer", match.offer_id)}


def test_after_a_week_of_darkness_everything_due_is_done_once(match):
    second = name_second_contact(match.offer.party)
    refused = make_match(proposed_at=NOON)
    actions.decline(match=refused, by=needing(refused), at=NOON + 3 * DAY)

    sweep(12)
    sweep(12)

    assert told(needing(match)) == ["nudge"]
    assert told(offering(match)) == ["nudge"]
    assert told(second) == ["second_contact"]
    assert told(offering(refused)) == ["declined"]


def test_darkness_past_the_fifteenth_day_closes_without_nudging(match):
    sweep(20)

    assert told(needing(match)) == ["closed"]


def test_whoever_is_asked_again_has_a_day_left_to_answer(match):
    second = name_second_contact(match.need.party)
    late = make_match(match.need, proposed_at=NOON + timedelta(seconds=1))

    sweep(14 + 1 / 86400)  # a second more than a day is left of one, a day of the other

    assert told(offering(match)) == []
    assert told(offering(late)) == ["nudge"]
    assert told(second) == ["second_contact"]


@pytest.mark.parametrize(
    "days",
    [
        [5, 10, 15],
        [7],
        [12, 12.001],
        [14, 15],
        [14.9999, 15],
        [14.5, 14.9, 15.1],
        [15],
        [9.9, 10, 14.99, 15],
        [21],
        [13, 22, 22],
        [*range(18)],
    ],
)
def test_however_the_sweeps_are_missed_people_hear_each_thing_once_and_in_order(match, days):
    second = name_second_contact(match.need.party)
    for day in days:
        sweep(day)

    for person in (needing(match), offering(match), second):
        heard = list(Notice.objects.filter(recipient=person).order_by("created_at", "pk"))
        events = [notice.event for notice in heard]
        assert events in (WHOLE_STORY if person != second else SECOND_STORY)
        assert ("closed" in events) == (days[-1] >= 15 and person != second)
        for earlier, later in itertools.pairwise(heard):
            assert later.created_at - earlier.created_at >= DAY


def test_what_is_due_is_done_however_much_it_is(monkeypatch):
    monkeypatch.setattr(deadlines, "AT_ONCE", 2)
    for _ in range(5):
        make_match(proposed_at=NOON)

    assert (sweep(15), sweep(15)) == (5, 0)


def test_what_is_in_line_has_no_deadline(match):
    waiting = make_match(make_need(), make_offer(), status="waiting", proposed_at=NOON)
    make_match(waiting.need, status="introduced", proposed_at=NOON)

    sweep(16)

    waiting.refresh_from_db()
    assert waiting.status == Status.WAITING


@pytest.mark.parametrize("gone", ["need", "offer"])
def test_a_paused_posting_lets_its_open_matches_go_and_tells_the_other_side_once(match, gone):
    model = {"need": Need, "offer": Offer}[gone]
    model.objects.update(status="paused")
    person, other = needing(match), offering(match)
    if gone == "offer":
        person, other = other, person

    moved = [sweep(1), sweep(1)]

    match.refresh_from_db()
    assert moved == [1, 0]
    assert match.status == Status.WITHDRAWN
    assert (told(person), told(other)) == ([], ["withdrawn"])


def test_a_party_whose_year_has_ended_lets_go_of_the_line_too(match):
    waiting = make_match(status="waiting")
    Party.objects.filter(pk=waiting.offer.party_id).update(verified_until=NOON)

    sweep(0)

    waiting.refresh_from_db()
    match.refresh_from_db()
    assert (waiting.status, match.status) == (Status.WITHDRAWN, Status.PROPOSED)
    assert told(needing(waiting)) == ["withdrawn"]


def test_a_material_edit_lets_go_of_what_was_proposed_before(match):
    Need.objects.update(revision=2)

    sweep(0)

    assert told(offering(match)) == ["withdrawn"]


def test_an_introduction_is_left_alone_by_every_deadline():
    match = make_match(status="introduced", proposed_at=NOON)
    Need.objects.update(status="completed")

    assert sweep(30) == 0
    match.refresh_from_db()
    assert match.status == Status.INTRODUCED


def test_a_place_that_came_free_unseen_is_given_to_the_line():
    need = make_need(helpers=2)
    make_match(need, status="introduced")
    first = make_match(need, status="waiting", waiting_since=NOON)
    second = make_match(need, status="waiting", waiting_since=NOON + DAY)

    moved = [sweep(1), sweep(1)]

    first.refresh_from_db()
    second.refresh_from_db()
    assert moved == [1, 0]
    assert (first.status, second.status) == (Status.INTRODUCED, Status.WAITING)
    assert Need.objects.get().status == Need.Status.FILLED
