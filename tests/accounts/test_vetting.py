"""How a party is checked, by whom, and for how long."""

from datetime import timedelta

import pytest

from accounts import actions, renewing, stopping, vetting
from accounts.differences import changed_facts
from accounts.facts_asked import FactsMissing, missing_facts
from accounts.models import Membership, Party, Review
from accounts.places import place_of_zip
from notices.models import Notice
from tests.factories import NOON, make_evidence, make_party, make_reviewer, make_user, owner_of
from trail.models import Audit, Change

pytestmark = pytest.mark.django_db
Status = Party.Status


def now(party):
    return Party.objects.get(pk=party.pk)


def waiting(kind="nonprofit", **fields):
    party = make_party(kind, verified=False, **fields)
    make_evidence(party)
    return vetting.submit(party=party, by=owner_of(party), at=NOON)


def decide(party, decision="verify", *, reviewer=None, reason=None, at=NOON):
    reason = ("" if decision == "verify" else "Please tell us more.") if reason is None else reason
    return vetting.decide(
        party=party,
        reviewer=reviewer or make_reviewer(),
        decision=decision,
        reason=reason,
        at=at,
    )


def edit(party, at=NOON, **facts):
    party = now(party)
    return actions.edit_party(
        party=party,
        editor=owner_of(party),
        facts=facts,
        place=place_of_zip("11201"),
        at=at,
    )


def events(party):
    owed = Notice.objects.filter(recipient=owner_of(party)).order_by("pk")
    return list(owed.values_list("event", flat=True))


# Sending in


def test_sending_in_puts_a_party_into_the_queue():
    party = waiting()

    assert (party.status, party.round, party.submitted_at) == (Status.IN_REVIEW, 1, NOON)
    assert list(Party.objects.waiting()) == [party]
    assert Audit.objects.get(verb="party_submitted").actor_id == owner_of(party).pk


@pytest.mark.parametrize(
    ("kind", "empty", "missing"),
    [
        ("nonprofit", {"mission": ""}, ["mission in one sentence"]),
        ("nonprofit", {"legal_name": "", "zip": ""}, ["legal name", "ZIP code"]),
        ("business", {"registration_number": ""}, ["EIN or registration number"]),
        ("volunteer", {"languages": []}, ["languages"]),
        ("volunteer", {"legal_name": "", "registration_number": "", "mission": ""}, []),
    ],
)
def test_sending_in_names_what_is_missing(kind, empty, missing):
    party = make_party(kind, verified=False, **empty)

    assert missing_facts(party) == missing
    if missing:
        with pytest.raises(FactsMissing, match=missing[0]):
            vetting.submit(party=party, by=owner_of(party), at=NOON)
        assert now(party).status == Status.DRAFT


def test_a_confidential_party_names_counties_in_place_of_a_zip():
    party = make_party(verified=False, confidential=True)
    assert missing_facts(party) == ["counties"]

    party.counties = ["Kings County, NY"]
    assert missing_facts(party) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Status.IN_REVIEW, "submitted_at": NOON},
        {"status": Status.DECLINED},
        {"status": Status.SUSPENDED},
    ],
)
def test_what_waits_or_was_stopped_cannot_be_sent_in(fields):
    party = make_party(verified=False, **fields)

    with pytest.raises(vetting.CannotSubmit):
        vetting.submit(party=party, by=owner_of(party), at=NOON)


def test_a_verified_party_has_nothing_to_send_in():
    party = make_party()

    with pytest.raises(vetting.CannotSubmit):
        vetting.submit(party=party, by=owner_of(party), at=NOON)


# Deciding


@pytest.mark.parametrize("kind", ["nonprofit", "business"])
def test_an_organization_needs_two_different_reviewers(kind):
    party, first = waiting(kind), make_reviewer()

    decide(party, reviewer=first)
    assert now(party).status == Status.IN_REVIEW
    with pytest.raises(vetting.DecidedAlready):
        decide(party, reviewer=first)
    assert now(party).status == Status.IN_REVIEW

    decide(party)
    assert now(party).is_verified_at(NOON)


def test_a_volunteer_needs_one_reviewer():
    party = waiting("volunteer")

    decide(party)

    assert now(party).is_verified_at(NOON)


def test_verified_lasts_a_year():
    party = waiting("volunteer")
    decide(party)

    assert (now(party).verified_at, now(party).verified_until) == (
        NOON,
        NOON + timedelta(days=365),
    )


def test_the_matcher_and_the_owner_hear_of_a_verification():
    party = waiting("volunteer")
    Change.objects.all().delete()

    decide(party)

    assert list(Change.objects.values_list("subject", "subject_id")) == [("party", party.pk)]
    assert events(party) == ["verified"]
    notice = Notice.objects.get()
    assert notice.path == f"/team/{party.public_id}/"


def test_a_member_never_decides_on_their_own_party():
    party, reviewer = waiting("volunteer"), make_reviewer()
    Membership.objects.create(user=reviewer, party=party, joined_at=NOON)

    assert list(Party.objects.seen_by_reviewer(reviewer)) == []
    with pytest.raises(vetting.NotYoursToDecide):
        decide(party, reviewer=reviewer)


def test_a_reviewer_who_joined_after_saying_yes_no_longer_counts():
    party, insider = waiting(), make_reviewer()
    decide(party, reviewer=insider)
    Membership.objects.create(user=insider, party=party, joined_at=NOON)

    decide(party)
    assert now(party).status == Status.IN_REVIEW

    decide(party)
    assert now(party).status == Status.VERIFIED


def test_only_reviewers_decide():
    party = waiting("volunteer")

    with pytest.raises(vetting.NotYoursToDecide):
        decide(party, reviewer=make_user())
    with pytest.raises(vetting.NotYoursToDecide):
        decide(party, reviewer=make_reviewer(is_active=False))


def test_a_right_that_was_taken_away_meanwhile_is_gone():
    party, reviewer = waiting("volunteer"), make_reviewer()
    type(reviewer).objects.filter(pk=reviewer.pk).update(is_reviewer=False)

    with pytest.raises(vetting.NotYoursToDecide):
        decide(party, reviewer=reviewer)


@pytest.mark.parametrize(
    ("decision", "status"),
    [("decline", Status.DECLINED), ("more_information", Status.MORE_INFORMATION)],
)
def test_one_no_or_one_question_is_enough_to_stop(decision, status):
    party = waiting()
    decide(party)

    decide(party, decision, reason="Which state are you registered in?")

    found = now(party)
    assert (found.status, found.submitted_at) == (status, None)
    assert vetting.answer_to(found).reason == "Which state are you registered in?"
    assert events(party) == ["decided"]
    with pytest.raises(vetting.NothingToDecide):
        decide(party)


def test_an_answered_question_begins_a_new_round():
    party, curious = waiting(), make_reviewer()
    decide(party)
    decide(party, "more_information", reviewer=curious)

    vetting.submit(party=now(party), by=owner_of(party), at=NOON)

    assert now(party).round == 2
    assert vetting.answer_to(now(party)) is None
    decide(party, reviewer=curious)
    assert now(party).status == Status.IN_REVIEW  # the yes of the first round is history
    decide(party)
    assert now(party).status == Status.VERIFIED


def test_the_queue_of_a_reviewer_leaves_out_what_they_decided_on():
    party, reviewer = waiting(), make_reviewer()
    assert list(Party.objects.reviewable_by(reviewer)) == [party]

    decide(party, reviewer=reviewer)

    assert list(Party.objects.reviewable_by(reviewer)) == []
    assert list(Party.objects.reviewable_by(make_reviewer())) == [party]


def test_every_decision_is_written_down():
    party, reviewer = waiting("volunteer"), make_reviewer()

    decide(party, reviewer=reviewer)

    audit = Audit.objects.get(verb="party_decided")
    assert (audit.actor_id, audit.subject_id) == (reviewer.pk, party.pk)
    assert audit.facts == {"decision": "verify", "round": 1}


# Changes after a decision


@pytest.mark.parametrize(
    "fact",
    [
        {"name": "Another name"},
        {"legal_name": "Another Inc"},
        {"registration_number": "99-0000000"},
        {"website": "https://example.org"},
        {"license_number": "BL-1", "license_state": "NY"},
    ],
)
def test_a_change_of_what_was_decided_on_goes_back_to_review(fact):
    party = make_party()
    Change.objects.all().delete()

    edited = edit(party, **fact)

    assert (edited.status, edited.round, edited.submitted_at) == (Status.IN_REVIEW, 2, NOON)
    assert list(Party.objects.verified_at(NOON)) == []
    assert Change.objects.filter(subject="party", subject_id=party.pk).count() == 1


@pytest.mark.parametrize("fact", [{"mission": "We teach."}, {"languages": ["es"]}])
def test_other_changes_do_not(fact):
    party = make_party()

    assert edit(party, **fact).status == Status.VERIFIED


def test_a_change_while_it_waits_voids_the_yes_that_was_said():
    party, reviewer = waiting(), make_reviewer()
    decide(party, reviewer=reviewer)

    edit(party, name="Another name")

    decide(party, reviewer=reviewer)
    assert now(party).status == Status.IN_REVIEW
    decide(party)
    assert now(party).status == Status.VERIFIED


def test_a_renewal_with_changed_facts_is_not_verified_meanwhile():
    party = make_party(status=Status.RENEWAL_DUE)

    edit(party, legal_name="Another Inc")

    assert now(party).status == Status.IN_REVIEW


@pytest.mark.parametrize("fact", [{"name": ""}, {"mission": ""}, {"languages": []}])
def test_what_was_decided_on_cannot_be_emptied(fact):
    party = make_party()

    with pytest.raises(FactsMissing):
        edit(party, **fact)

    assert now(party).status == Status.VERIFIED
    assert now(party).mission == "We help."


# A year


def test_a_renewal_is_asked_for_a_month_before():
    party = make_party(verified_until=NOON + timedelta(days=30))
    make_party(verified_until=NOON + timedelta(days=31))

    assert renewing.lapse_parties(at=NOON) == 1
    assert renewing.lapse_parties(at=NOON) == 0

    assert now(party).status == Status.RENEWAL_DUE
    assert now(party).is_verified_at(NOON)
    assert events(party) == ["renewal"]


def test_a_year_that_is_over_ends_everything():
    party = make_party(verified_until=NOON)
    Change.objects.all().delete()

    renewing.lapse_parties(at=NOON)

    assert now(party).status == Status.LAPSED
    assert list(Change.objects.values_list("subject_id", flat=True)) == [party.pk]
    assert events(party) == ["renewal"]


def test_a_renewal_counts_on_while_it_is_reviewed():
    party = make_party(status=Status.RENEWAL_DUE, verified_until=NOON + timedelta(days=10))
    make_evidence(party)

    sent_in = vetting.submit(party=party, by=owner_of(party), at=NOON)
    assert sent_in.status == Status.RENEWAL_DUE
    assert sent_in.is_verified_at(NOON)

    decide(party)
    decide(party)
    assert now(party).verified_until == NOON + timedelta(days=365)
    assert now(party).submitted_at is None


def test_a_question_does_not_end_the_old_year():
    party = make_party(status=Status.RENEWAL_DUE)
    vetting.submit(party=party, by=owner_of(party), at=NOON)

    decide(party, "more_information", reason="Are you still at this address?")

    assert now(party).status == Status.RENEWAL_DUE
    assert vetting.answer_to(now(party)).reason == "Are you still at this address?"
    assert now(party).may_be_submitted


def test_a_renewal_that_is_reviewed_too_long_waits_without_counting():
    party = make_party(status=Status.RENEWAL_DUE, verified_until=NOON + timedelta(days=1))
    vetting.submit(party=party, by=owner_of(party), at=NOON)
    later = NOON + timedelta(days=1)

    renewing.lapse_parties(at=later)

    assert now(party).status == Status.IN_REVIEW
    assert list(Party.objects.waiting()) == [party]
    assert not now(party).is_verified_at(later)


def test_a_lapsed_party_can_send_itself_in_again():
    party = make_party(verified_until=NOON)
    renewing.lapse_parties(at=NOON)
    make_evidence(party)

    vetting.submit(party=now(party), by=owner_of(party), at=NOON)
    decide(party)
    decide(party)

    assert now(party).is_verified_at(NOON)


def test_whoever_has_not_sent_themselves_in_is_reminded_a_week_before():
    ends = NOON + timedelta(days=7)
    silent = make_party(status=Status.RENEWAL_DUE, verified_until=ends)
    busy = make_party(status=Status.RENEWAL_DUE, verified_until=ends)
    make_party(status=Status.RENEWAL_DUE, verified_until=ends + timedelta(seconds=1))
    vetting.submit(party=busy, by=owner_of(busy), at=NOON)

    assert renewing.lapse_parties(at=NOON) == 1
    assert renewing.lapse_parties(at=NOON) == 0

    assert events(silent) == ["renewal"]
    assert events(busy) == []


def test_each_year_has_its_own_reminders():
    party = make_party(
        status=Status.RENEWAL_DUE, verified_until=NOON + timedelta(days=7), reminded_at=NOON
    )
    make_evidence(party)
    vetting.submit(party=party, by=owner_of(party), at=NOON)

    decide(party)
    decide(party)

    assert now(party).reminded_at is None


# What changed


def test_a_change_is_shown_beside_what_was_said_yes_to():
    party = waiting("business")
    decide(party)
    decide(party)
    edit(party, legal_name="Another Inc", registration_number="99-0000000")

    shown = changed_facts(now(party), shows_number=False)
    with_number = changed_facts(now(party), shows_number=True)

    assert [(one.label, one.now) for one in shown] == [
        ("legal name", "Another Inc"),
        ("EIN or registration number", "…"),
    ]
    assert with_number[1].now == "99-0000000"
    assert with_number[0].before == party.legal_name


def test_a_new_party_has_nothing_to_compare():
    assert changed_facts(waiting(), shows_number=True) == []


# Unasked


def test_a_suspension_stops_everything_at_once_with_a_reason():
    party = make_party()

    stopping.suspend(party=party, reviewer=make_reviewer(), reason="A call came in.", at=NOON)

    assert now(party).status == Status.SUSPENDED
    assert vetting.answer_to(now(party)).reason == "A call came in."
    assert events(party) == ["decided"]
    with pytest.raises(vetting.NothingToDecide):
        stopping.suspend(party=party, reviewer=make_reviewer(), reason="Again.", at=NOON)


def test_a_suspended_party_is_reopened_and_starts_over():
    party, reviewer = make_party(), make_reviewer()
    stopping.suspend(party=party, reviewer=reviewer, reason="A call came in.", at=NOON)
    make_evidence(party)

    stopping.reopen(party=party, reviewer=reviewer, reason="It was a mistake.", at=NOON)

    assert now(party).status == Status.MORE_INFORMATION
    assert not now(party).is_verified_at(NOON)
    vetting.submit(party=now(party), by=owner_of(party), at=NOON)
    decide(party, reviewer=reviewer)
    decide(party)
    assert now(party).status == Status.VERIFIED


def test_only_a_stopped_party_is_reopened():
    with pytest.raises(vetting.NothingToDecide):
        stopping.reopen(party=make_party(), reviewer=make_reviewer(), reason="Why?", at=NOON)


@pytest.mark.parametrize("verb", [stopping.suspend, stopping.reopen])
def test_only_reviewers_from_outside_suspend_and_reopen(verb):
    party, insider = make_party(), make_reviewer()
    Membership.objects.create(user=insider, party=party, joined_at=NOON)

    for person in (insider, make_user()):
        with pytest.raises(vetting.NotYoursToDecide):
            verb(party=party, reviewer=person, reason="Because.", at=NOON)

    assert Review.objects.count() == 0
