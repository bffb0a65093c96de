"""Yes, no, not yet: what both sides may say, and what it leads to."""

from datetime import timedelta

import pytest

from accounts.models import Membership, Party
from matching import actions
from matching.models import Block, Match
from matching.shown.seen import seen
from notices.models import Notice
from opportunities.models import Need, Offer
from tests.factories import (
    NOON,
    make_check,
    make_match,
    make_need,
    make_offer,
    make_party,
    make_user,
    owner_of,
)
from trail.models import Audit, Change

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
Status = Match.Status


def needing(match):
    return owner_of(match.need.party)


def offering(match):
    return owner_of(match.offer.party)


def seen_by(match, person):
    """The match as this person's pages have it."""
    return seen([Match.objects.seen_by(person).get(pk=match.pk)], viewer=person, at=NOON)[0]


def told(person):
    return list(
        Notice.objects.filter(recipient=person).order_by("pk").values_list("event", flat=True)
    )


def accept_both(match, at=NOON):
    actions.accept(match=match, by=needing(match), at=at)
    return actions.accept(match=match, by=offering(match), at=at)


def make_introduction(need=None, offer=None):
    return accept_both(make_match(need, offer))


def now(row):
    row.refresh_from_db()
    return row


def test_the_first_yes_tells_nobody_and_waits():
    match = make_match()

    actions.accept(match=match, by=needing(match), at=NOON)

    assert now(match).status == Status.ACCEPTED
    assert (match.need_answer, match.need_answered_by) == ("yes", needing(match))
    assert not Notice.objects.exists()


@pytest.mark.parametrize("first", ["need", "offer"])
def test_the_second_yes_introduces_both_and_tells_both(first):
    match = make_match()
    people = [needing(match), offering(match)]
    if first == "offer":
        people.reverse()

    for person in people:
        actions.accept(match=match, by=person, at=NOON)

    assert now(match).status == Status.INTRODUCED
    assert match.introduced_at == NOON
    assert [told(person) for person in people] == [["introduced"], ["introduced"]]


def test_an_introduction_shows_each_side_the_others_contact_and_name_and_nothing_before():
    match = make_match(
        make_need(
            make_party(
                confidential=True, counties=["Kings County, NY"], alias="A nonprofit in Brooklyn"
            ),
            confidential=True,
            counties=["Kings County, NY"],
        )
    )
    asking, offering_one = needing(match), offering(match)
    before = seen_by(match, offering_one)
    shown_before = before.other_party, before.other_contact, seen_by(match, asking).other_contact

    accept_both(match)

    after = seen_by(match, offering_one)
    assert shown_before == ("A nonprofit in Brooklyn", None, None)
    assert (after.other_party, after.other_contact) == (match.need.party.name, asking)
    assert seen_by(match, asking).other_contact == offering_one


def test_a_contact_who_has_left_the_team_is_neither_shown_nor_told():
    former = make_user()
    match = make_match(make_need(contact=former))

    match = accept_both(match)

    assert seen_by(match, offering(match)).other_contact == needing(match)
    assert told(former) == []


def test_nobody_answers_twice():
    match = make_match()
    actions.accept(match=match, by=needing(match), at=NOON)

    with pytest.raises(actions.AlreadyAnswered):
        actions.accept(match=match, by=needing(match), at=NOON)
    with pytest.raises(actions.AlreadyAnswered):
        actions.decline(match=match, by=needing(match), at=NOON)


def test_a_stranger_answers_nothing():
    match, stranger = make_match(), owner_of(make_party())
    for answer in (actions.accept, actions.decline, actions.take_back):
        with pytest.raises(actions.NotYours):
            answer(match=match, by=stranger, at=NOON)
    assert not Match.objects.of(stranger).exists()
    assert not Match.objects.answerable_by(stranger).exists()


def test_what_can_be_answered_is_what_ones_own_side_has_not_answered():
    match = make_match()
    actions.accept(match=match, by=needing(match), at=NOON)

    assert list(Match.objects.answerable_by(offering(match))) == [match]
    assert not Match.objects.answerable_by(needing(match)).exists()


# Taking it back


def test_a_first_yes_can_be_taken_back_until_the_second_comes():
    match = make_match()
    actions.accept(match=match, by=needing(match), at=NOON)

    actions.take_back(match=match, by=needing(match), at=NOON + timedelta(days=3))

    assert now(match).status == Status.PROPOSED
    assert (match.need_answer, match.need_answered_at) == ("", None)


def test_the_second_yes_is_final_for_both():
    match = accept_both(make_match())

    for person in (needing(match), offering(match)):
        with pytest.raises(actions.TooLate):
            actions.take_back(match=match, by=person, at=NOON + MINUTE)


def test_a_no_can_be_taken_back_for_ten_minutes_and_nobody_hears_of_it():
    match = make_match()
    actions.decline(match=match, by=offering(match), reason="too far", at=NOON)

    actions.take_back(match=match, by=offering(match), at=NOON + 10 * MINUTE - timedelta(seconds=1))
    actions.sweep_deadlines(at=NOON + 30 * MINUTE)

    assert now(match).status == Status.PROPOSED
    assert (match.offer_answer, match.offer_reason) == ("", "")
    assert not Notice.objects.exists()


def test_after_ten_minutes_a_no_is_final_even_before_a_sweep():
    match = make_match()
    actions.decline(match=match, by=offering(match), at=NOON)

    with pytest.raises(actions.TooLate):
        actions.take_back(match=match, by=offering(match), at=NOON + 10 * MINUTE)
    with pytest.raises(actions.NoLongerOpen):
        actions.accept(match=match, by=needing(match), at=NOON + 10 * MINUTE)


def test_a_no_reaches_the_other_side_once_and_only_after_ten_minutes():
    match = make_match()
    actions.decline(match=match, by=needing(match), at=NOON)

    actions.sweep_deadlines(at=NOON + 9 * MINUTE)
    early = told(offering(match))
    for minutes in (10, 11):
        actions.sweep_deadlines(at=NOON + minutes * MINUTE)

    assert early == []
    assert told(offering(match)) == ["declined"]
    assert told(needing(match)) == []
    assert now(match).status == Status.DECLINED


def test_a_fresh_no_looks_open_to_the_other_side_who_may_still_say_yes():
    match = make_match()
    actions.decline(match=match, by=needing(match), at=NOON)

    seen = now(match).status_for("offer"), match.status_for("need")
    actions.accept(match=match, by=offering(match), at=NOON + MINUTE)
    actions.take_back(match=match, by=needing(match), at=NOON + 2 * MINUTE)
    actions.accept(match=match, by=needing(match), at=NOON + 3 * MINUTE)

    assert seen == (Status.PROPOSED, Status.DECLINED)
    assert now(match).status == Status.INTRODUCED


def test_two_noes_tell_nobody():
    match = make_match()
    for person in (needing(match), offering(match)):
        actions.decline(match=match, by=person, at=NOON)

    actions.sweep_deadlines(at=NOON + 10 * MINUTE)

    assert now(match).status == Status.DECLINED
    assert not Notice.objects.exists()


def test_there_is_nothing_to_take_back_before_an_answer():
    match = make_match()
    with pytest.raises(actions.NothingToTakeBack):
        actions.take_back(match=match, by=needing(match), at=NOON)


def test_a_no_has_the_matcher_look_for_the_next_at_once():
    match = make_match()

    actions.decline(match=match, by=offering(match), at=NOON)

    changes = set(Change.objects.unmatched().values_list("subject", "subject_id"))
    assert changes == {("need", match.need_id), ("offer", match.offer_id)}


# Not this party


def test_not_this_party_is_a_block_that_goes_with_its_no():
    match = make_match()
    actions.decline(match=match, by=needing(match), block=True, at=NOON)
    made = Block.objects.get()

    actions.take_back(match=match, by=needing(match), at=NOON + MINUTE)

    assert (made.party, made.blocked) == (match.need.party, match.offer.party)
    assert not Block.objects.exists()


def test_a_block_that_stood_before_is_not_undone_with_a_no():
    match = make_match()
    Block.objects.create(
        party=match.need.party, blocked=match.offer.party, created_at=NOON - timedelta(days=3)
    )
    actions.decline(match=match, by=needing(match), block=True, at=NOON)
    actions.take_back(match=match, by=needing(match), at=NOON + MINUTE)

    assert Block.objects.count() == 1


def test_a_block_looks_like_any_other_no_to_the_other_side():
    match = make_match()
    actions.decline(match=match, by=needing(match), block=True, at=NOON)

    actions.sweep_deadlines(at=NOON + 10 * MINUTE)

    assert now(match).status == Status.BLOCKED
    assert {match.status_for("offer"), match.status_for("need")} == {Status.DECLINED}
    assert told(offering(match)) == ["declined"]


def test_a_block_closes_everything_open_between_the_two_parties_and_tells_only_the_other():
    match = make_match()
    other = make_match(make_need(match.need.party), make_offer(match.offer.party))
    actions.decline(match=match, by=needing(match), block=True, at=NOON)
    with pytest.raises(actions.NoLongerFits):
        actions.accept(match=other, by=offering(match), at=NOON + MINUTE)

    actions.sweep_deadlines(at=NOON + 10 * MINUTE)

    assert now(other).status == Status.BLOCKED
    assert sorted(told(offering(match))) == ["declined", "withdrawn"]
    assert told(needing(match)) == []


# What has changed meanwhile


def suspend_party(party):
    Party.objects.filter(pk=party.pk).update(status="suspended")


UNDONE = {
    "the offer's party is suspended": lambda match: suspend_party(match.offer.party),
    "its year has ended": lambda match: Party.objects.filter(pk=match.offer.party_id).update(
        verified_until=NOON
    ),
    "the offer is paused": lambda match: Offer.objects.update(status="paused"),
    "the offer is suspended": lambda match: Offer.objects.update(status="suspended"),
    "its last day has passed": lambda match: Offer.objects.update(
        end_date=NOON.date() - timedelta(days=1)
    ),
}


@pytest.mark.parametrize("undo", UNDONE.values(), ids=UNDONE)
def test_a_side_that_is_no_longer_live_is_never_introduced(undo):
    match = make_match()
    actions.accept(match=match, by=offering(match), at=NOON)
    undo(match)

    with pytest.raises(actions.NoLongerLive):
        actions.accept(match=match, by=needing(match), at=NOON)

    assert now(match).status == Status.ACCEPTED
    assert not Notice.objects.exists()


def test_whose_own_posting_is_paused_is_told_so():
    match = make_match()
    Need.objects.update(status="paused")
    with pytest.raises(actions.YoursIsNotLive):
        actions.accept(match=match, by=needing(match), at=NOON)


def test_a_material_edit_since_the_proposal_ends_the_match():
    match = make_match()
    Offer.objects.update(revision=2)
    with pytest.raises(actions.NoLongerFits):
        actions.accept(match=match, by=needing(match), at=NOON)


def test_a_check_that_was_withdrawn_since_the_proposal_ends_the_match():
    teacher = make_user()
    check = make_check(teacher)
    offer = make_offer(people=[teacher])
    match = make_match(make_need(check_level="registry"), offer)
    actions.accept(match=match, by=offering(match), at=NOON)
    check.withdrawn_at = NOON
    check.save()

    with pytest.raises(actions.NoLongerFits):
        actions.accept(match=match, by=needing(match), at=NOON)


def test_nobody_is_introduced_to_a_party_they_joined_meanwhile():
    match = make_match()
    Membership.objects.create(
        user=needing(match), party=match.offer.party, role="staff", joined_at=NOON
    )
    with pytest.raises(actions.NoLongerFits):
        actions.accept(match=match, by=offering(match), at=NOON)


# Room


def test_a_class_is_filled_by_one_introduction_whatever_its_seats():
    need = make_need(seats=6)

    make_introduction(need)

    assert now(need).status == Need.Status.FILLED


def test_a_class_that_asks_for_two_helpers_stays_open_for_the_second():
    need = make_need(helpers=2)

    make_introduction(need)
    after_one = now(need).status
    make_introduction(need)

    assert (after_one, now(need).status) == (Need.Status.OPEN, Need.Status.FILLED)


def test_when_a_need_is_filled_the_others_are_let_go_kindly_and_once():
    need = make_need()
    asked = make_match(need)
    said_yes = make_match(need)
    actions.accept(match=said_yes, by=offering(said_yes), at=NOON)

    make_introduction(need)
    actions.sweep_deadlines(at=NOON + MINUTE)

    assert now(asked).status == Status.WITHDRAWN
    assert told(offering(asked)) == ["withdrawn"]
    assert now(said_yes).status == Status.ACCEPTED


def test_two_yeses_without_room_wait_in_line_and_both_are_told():
    need = make_need()
    second = make_match(need)
    actions.accept(match=second, by=offering(second), at=NOON)
    make_introduction(need)

    actions.accept(match=second, by=needing(second), at=NOON)

    assert now(second).status == Status.WAITING
    assert second.waiting_since == NOON
    assert told(offering(second)) == ["waiting"]


def test_a_job_takes_an_opening_and_a_seat_until_it_is_ended():
    need = make_need(kind="job", seats=1)
    offer = make_offer(kind="job", capacity=1)

    match = make_introduction(need, offer)
    full = now(need).status, now(offer).status
    actions.end(match=match, by=needing(match), reason="It never started.", at=NOON)

    assert full == (Need.Status.FILLED, Offer.Status.AT_CAPACITY)
    assert (now(need).status, now(offer).status) == (Need.Status.OPEN, Offer.Status.ACTIVE)


def test_an_opening_stays_taken_once_the_job_has_started_and_when_it_is_done():
    offer = make_offer(kind="job", capacity=1)
    match = make_introduction(make_need(kind="job", seats=1), offer)

    actions.record_start(match=match, by=needing(match), at=NOON)
    engaged = now(match).status
    actions.complete(match=match, by=needing(match), at=NOON)

    assert (engaged, now(match).status) == (Status.ENGAGED, Status.COMPLETED)
    assert now(offer).status == Offer.Status.AT_CAPACITY


def test_a_class_takes_its_hours_and_gives_them_back_when_it_is_done():
    offer = make_offer()
    match = make_introduction(offer=offer)
    taken = now(offer).status

    actions.complete(match=match, by=offering(match), at=NOON)

    assert (taken, now(offer).status) == (Offer.Status.AT_CAPACITY, Offer.Status.ACTIVE)
    assert now(match.need).status == Need.Status.FILLED


def test_a_second_class_on_other_hours_of_the_same_offer_is_introduced():
    offer = make_offer(slots=["Tue 18:00-20:00", "Sat 09:00-12:00"])
    make_introduction(make_need(slots=["Tue 18:00-20:00"]), offer)

    same = make_introduction(make_need(slots=["Tue 18:00-20:00"]), offer)
    other = make_introduction(make_need(slots=["Sat 10:00-12:00"]), offer)

    assert (now(same).status, now(other).status) == (Status.WAITING, Status.INTRODUCED)


def test_an_offer_with_two_groups_takes_two_classes_at_the_same_time():
    offer = make_offer(groups=2)

    matches = [make_introduction(offer=offer) for _ in range(3)]

    assert [now(match).status for match in matches] == ["introduced", "introduced", "waiting"]


def test_hours_taken_in_another_time_zone_are_taken_here():
    offer = make_offer(mode="remote")
    chicago = {"mode": "remote", "time_zone": "America/Chicago", "slots": ["Tue 17:00-19:00"]}
    make_introduction(make_need(**chicago), offer)

    later = make_introduction(make_need(mode="remote"), offer)

    assert now(later).status == Status.WAITING


# The line


def line_of(need, length):
    """Matches of one need that both sides said yes to, in line behind an introduction."""
    matches = [make_match(need) for _ in range(length)]
    for match in matches:
        actions.accept(match=match, by=offering(match), at=NOON)
    first = make_introduction(need)
    for minutes, match in enumerate(matches):
        actions.accept(match=match, by=needing(match), at=NOON + minutes * MINUTE)
    return first, matches


def test_a_freed_place_goes_to_exactly_the_first_in_line():
    need = make_need()
    first, line = line_of(need, 2)

    actions.end(match=first, by=needing(first), reason="She moved away.", at=NOON)

    assert [now(match).status for match in line] == [Status.INTRODUCED, Status.WAITING]
    assert now(need).status == Need.Status.FILLED
    assert told(offering(line[0])) == ["waiting", "introduced"]


def test_whoever_is_no_longer_live_is_passed_over_in_line():
    first, line = line_of(make_need(), 2)
    suspend_party(line[0].offer.party)

    actions.end(match=first, by=needing(first), reason="He moved away.", at=NOON)

    assert [now(match).status for match in line] == [Status.WAITING, Status.INTRODUCED]


def test_either_side_can_leave_the_line():
    _first, (waiting,) = line_of(make_need(), 1)

    actions.end(match=waiting, by=offering(waiting), reason="Found something else.", at=NOON)

    assert (now(waiting).status, now(waiting).offer_answer) == (Status.DECLINED, "no")
    assert "declined" in told(needing(waiting))


# Afterwards


def test_an_introduction_is_ended_with_a_reason_that_only_staff_can_read():
    match = make_introduction()
    with pytest.raises(actions.ReasonMissing):
        actions.end(match=match, by=offering(match), reason="  ", at=NOON)

    actions.end(match=match, by=offering(match), reason="We did not get along.", at=NOON)

    assert now(match).status == Status.ENDED
    assert match.closed_reason == "We did not get along."
    assert told(needing(match)) == ["introduced", "ended"]
    assert told(offering(match)) == ["introduced"]
    assert seen_by(match, needing(match)).other_contact is None
    assert not Audit.objects.filter(facts__icontains="along").exists()


def test_only_an_introduction_starts_completes_and_ends():
    match = make_match()
    for verb in (actions.record_start, actions.complete):
        with pytest.raises(actions.NotIntroduced):
            verb(match=match, by=needing(match), at=NOON)
    with pytest.raises(actions.NotIntroduced):
        actions.end(match=match, by=needing(match), reason="why", at=NOON)


def test_every_answer_is_written_down_with_who_gave_it():
    match = make_match()

    actions.accept(match=match, by=needing(match), at=NOON)
    actions.take_back(match=match, by=needing(match), at=NOON)
    actions.decline(match=match, by=needing(match), at=NOON)

    assert list(Audit.objects.order_by("pk").values_list("verb", "actor_id")) == [
        ("match_answered_yes", needing(match).pk),
        ("match_answer_taken_back", needing(match).pk),
        ("match_answered_no", needing(match).pk),
    ]


def test_a_list_costs_as_many_queries_for_three_matches_as_for_one(django_assert_num_queries):
    party = make_party()
    person = owner_of(party)
    for _ in range(3):
        make_match(make_need(party))

    with django_assert_num_queries(2):  # whose side this person is on, and the matches
        rows = [
            (match.side_of(person), match.other_name("need"), str(match))
            for match in Match.objects.seen_by(person)
        ]

    assert len(rows) == 3
