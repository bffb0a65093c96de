"""From draft to the end: what opens at once, what waits, what returns to review."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
import redis
from django.conf import settings
from django.db import IntegrityError

from accounts import vetting
from opportunities import actions, filling, reviewing, sweeps, tasks
from opportunities.facts import NeverOneToOne
from opportunities.lifecycle import POSSIBLE_IN, possible
from opportunities.models import Need, Offer, Topic
from tests.factories import (
    NOON,
    make_need,
    make_offer,
    make_party,
    make_reviewer,
    make_user,
    owner_of,
)
from tests.opportunities.at_once import at_once
from trail.models import Audit, Change

pytestmark = pytest.mark.django_db

UNVERIFIED = {"verified": False}
WEEK = timedelta(days=7)


def publish(posting, at=NOON):
    return actions.publish(posting=posting, by=owner_of(posting.party), at=at)


def edit(posting, **facts):
    return actions.edit(posting=posting, by=owner_of(posting.party), facts=facts, at=NOON)


def act(verb, posting, at=NOON, **facts):
    return getattr(actions, verb)(posting=posting, by=owner_of(posting.party), at=at, **facts)


def make_draft(make=make_need, party=None, **fields):
    return make(party, status="draft", opened_at=None, submitted_at=None, **fields)


def make_job(party=None, **fields):
    return make_offer(party or make_party("business"), topics=("baker",), kind="job", **fields)


def work_draft(party):
    return make_job(party, status="draft", opened_at=None)


def seen_by_matcher(posting):
    return Change.objects.filter(subject=posting.WORD, subject_id=posting.pk).exists()


# Publishing


def test_a_clean_need_of_a_verified_party_opens_at_once():
    need = publish(make_draft())

    assert (need.status, need.opened_at, need.submitted_at) == ("open", NOON, NOON)
    assert seen_by_matcher(need)


def test_a_clean_class_offer_of_a_verified_party_is_active_at_once():
    offer = publish(make_draft(make_offer))

    assert (offer.status, offer.opened_at) == ("active", NOON)
    assert seen_by_matcher(offer)


def test_a_need_of_work_opens_at_once_too():
    need = publish(make_draft(kind="job", topics=("baker",), shifts_per_week=1, minutes=90))

    assert need.status == "open"


def test_words_that_raise_a_question_wait_for_one_reviewer():
    need = publish(make_draft(description="Text me on WhatsApp"))

    assert (need.status, need.reviews_needed) == ("in_review", 1)
    assert need.asked == ["It asks for contact outside of Alongside."]
    assert actions.waits_for(need, NOON) == (
        "One of our reviewers reads it before it opens. You need to do nothing."
    )


def test_a_party_s_first_work_is_reviewed_by_two_and_later_work_by_one():
    party = make_party("business")
    first = publish(work_draft(party))
    second = publish(work_draft(party))
    assert (first.status, first.reviews_needed) == ("in_review", 2)
    assert second.reviews_needed == 2  # the first is not approved yet

    make_job(party)
    assert publish(work_draft(party)).reviews_needed == 1


def test_a_class_counts_not_as_a_first_job():
    party = make_party("business")
    make_offer(party)

    assert publish(work_draft(party)).reviews_needed == 2


def test_a_published_posting_is_not_published_again():
    with pytest.raises(actions.CannotChange):
        publish(make_need())


# Waiting for the party


def test_a_need_of_an_unverified_party_says_that_it_waits_for_it():
    need = publish(make_draft(party=make_party(**UNVERIFIED)))

    assert (need.status, need.reviews_needed, need.opened_at) == ("in_review", 0, None)
    assert actions.waits_for(need, NOON) == (
        "It opens once your profile is verified. Complete your profile and send it in."
    )
    need.party.submitted_at = NOON
    assert actions.waits_for(need, NOON) == (
        "It opens as soon as our reviewers have checked your profile."
    )


def test_what_waited_only_for_its_party_opens_when_the_party_is_verified():
    party = make_party(**UNVERIFIED)
    need = publish(make_draft(party=party))
    offer = publish(make_draft(make_offer, party=party))
    job = publish(work_draft(party))
    assert sweeps.open_waiting(at=NOON) == 0

    verify(party)

    assert sweeps.open_waiting(at=NOON + WEEK) == 2
    for posting in (need, offer, job):
        posting.refresh_from_db()
    assert (need.status, need.opened_at) == ("open", NOON + WEEK)
    assert offer.status == "active"
    assert job.status == "in_review"
    assert sweeps.open_waiting(at=NOON + WEEK) == 0


def test_what_is_over_does_not_open_when_its_party_is_verified():
    party = make_party(**UNVERIFIED)
    publish(make_draft(party=party))
    verify(party)

    assert sweeps.open_waiting(at=NOON + timedelta(days=200)) == 0


def test_approved_work_waits_for_its_party_and_then_opens():
    party = make_party("business", **UNVERIFIED)
    job = publish(work_draft(party))
    for reviewer in (make_reviewer(), make_reviewer()):
        job = reviewing.decide(posting=job, reviewer=reviewer, decision="approve", at=NOON)
    assert (job.status, job.reviews_needed) == ("in_review", 0)

    verify(party)
    sweeps.open_waiting(at=NOON)

    job.refresh_from_db()
    assert job.status == "active"


def test_verifying_a_party_wakes_whoever_opens_what_waits(django_capture_on_commit_callbacks):
    broker = redis.Redis.from_url(settings.CACHES["default"]["LOCATION"])
    broker.delete("celery")
    party = make_party("volunteer", verified=False, status="in_review", submitted_at=NOON)

    with django_capture_on_commit_callbacks(execute=True):
        vetting.decide(party=party, reviewer=make_reviewer(), decision="verify", at=NOON)

    tasks_asked = [
        json.loads(message)["headers"]["task"] for message in broker.lrange("celery", 0, -1)
    ]
    assert "opportunities.tasks.open_waiting" in tasks_asked


def test_the_worker_opens_what_waits(noon):
    party = make_party(**UNVERIFIED)
    need = publish(make_draft(party=party))
    verify(party)

    tasks.open_waiting()

    need.refresh_from_db()
    assert need.status == "open"


def verify(party):
    party.status, party.verified_at = "verified", NOON
    party.verified_until = NOON + timedelta(days=365)
    party.save(update_fields=["status", "verified_at", "verified_until"])


# Edits of what reviewers decided on


BY_TWO = {
    "pay_amount": Decimal(17),
    "pay_period": "day",
    "tips": True,
    "zip": "10001",
    "workplace": "Another shop",
    "mode": "either",
    "title": "Night baker",
    "description": "Ovens and cleaning.",
    "topics": ["line-cook"],
    "contact": "staff",
    "supervisor": "The owner's cousin",
}
BY_ONE = {
    "hours_per_week": Decimal(60),
    "shift_minutes": 720,
    "record_policy": "before_offer",
    "terms": ["transport"],
    "tags": ["nights"],
    "capacity": 9,
    "radius_km": 80.0,
    "languages": ["en", "es"],
    "length_months": 3,
}
BY_NOBODY = {
    "slots": ["Wed 08:00-16:00"],
    "dates": [date(2027, 2, 2)],
    "start_date": date(2027, 1, 5),
    "end_date": None,
    "time_zone": "America/Chicago",
}


def changed(job, field, value):
    if field == "contact":
        value = make_user()
        job.party.memberships.create(user=value, joined_at=NOON)
    if field == "topics":
        value = list(Topic.objects.filter(slug__in=value))
    return edit(job, **{field: value})


@pytest.mark.parametrize("field", BY_TWO)
def test_a_change_of_pay_place_duties_or_contact_returns_work_to_two_reviewers(field):
    job = changed(make_job(round=1, pay_amount=Decimal(161)), field, BY_TWO[field])

    assert (job.status, job.reviews_needed, job.round) == ("in_review", 2, 2)
    assert not Offer.objects.active_at(NOON).exists()
    assert seen_by_matcher(job)


@pytest.mark.parametrize("field", BY_ONE)
def test_a_change_of_another_reviewed_field_returns_work_to_one_reviewer(field):
    job = changed(make_job(round=1), field, BY_ONE[field])

    assert (job.status, job.reviews_needed, job.round) == ("in_review", 1, 2)
    assert not Offer.objects.active_at(NOON).exists()


@pytest.mark.parametrize("field", [*BY_ONE, *BY_NOBODY])
def test_work_open_to_minors_is_looked_at_by_two_whatever_changes(field):
    value = {**BY_ONE, **BY_NOBODY}[field]

    job = changed(make_job(round=1, audience="both"), field, value)

    assert (job.status, job.reviews_needed, job.round) == ("in_review", 2, 2)


def test_opening_work_to_minors_returns_it_to_two_reviewers():
    job = changed(make_job(round=1), "audience", "both")

    assert (job.status, job.reviews_needed, job.round) == ("in_review", 2, 2)


def test_each_job_open_to_minors_is_reviewed_by_two():
    seasoned = make_job(round=1)
    job = make_job(party=seasoned.party, status="draft", opened_at=None, audience="minors")

    job = actions.publish(posting=job, by=owner_of(job.party), at=NOON)

    assert (job.status, job.reviews_needed) == ("in_review", 2)


@pytest.mark.parametrize("audience", ["minors", "both"])
def test_minors_are_never_taught_one_to_one(audience):
    need = make_need(status="draft")
    facts = {"format": "mentoring", "audience": audience}

    with pytest.raises(NeverOneToOne):
        actions.save_draft(
            model=Need, party=need.party, by=None, facts=facts, posting=need, at=NOON
        )
    with pytest.raises(IntegrityError, match="need_for_minors_is_never_one_to_one"):
        Need.objects.filter(pk=need.pk).update(**facts)


@pytest.mark.parametrize("field", BY_NOBODY)
def test_a_change_of_dates_or_hours_alone_returns_nothing_to_review(field):
    job = changed(make_job(round=1), field, BY_NOBODY[field])

    assert (job.status, job.reviews_needed, job.round) == ("active", 0, 1)
    assert list(Offer.objects.active_at(NOON)) == [job]


def test_every_fact_about_work_is_someone_s_to_change():
    """A new field is reviewed by one until somebody decides otherwise."""
    job = make_job()
    for field, value in (BY_TWO | BY_ONE | BY_NOBODY).items():
        if field not in {"topics", "contact"}:
            assert getattr(job, field) != value, field


def test_a_change_while_it_is_in_review_begins_the_round_again():
    job = publish(work_draft(make_party("business")))
    reviewing.decide(posting=job, reviewer=make_reviewer(), decision="approve", at=NOON)

    job = edit(job, capacity=5)

    assert (job.status, job.round, job.reviews_needed) == ("in_review", 2, 2)


def test_pausing_is_no_way_around_the_review():
    job = act("pause", make_job(round=1))

    job = edit(job, pay_amount=Decimal(17))
    assert (job.status, job.reviews_needed) == ("paused", 2)

    job = act("resume", job)
    assert (job.status, job.reviews_needed) == ("in_review", 2)


def test_renewing_is_no_way_around_the_review():
    job = edit(make_job(round=1, end_date=date(2027, 1, 15)), pay_amount=Decimal(17))
    later = NOON + WEEK
    sweeps.expire_postings(at=later)

    job = act("renew", job, at=later, end_date=None)

    assert (job.status, job.reviews_needed) == ("in_review", 2)


def test_work_that_was_open_before_and_sent_back_takes_two_again():
    party = make_party("business")
    make_job(party)
    job = edit(make_job(party, round=1), capacity=5)
    job = reviewing.decide(
        posting=job, reviewer=make_reviewer(), decision="decline", reason="Why five?", at=NOON
    )

    assert publish(job).reviews_needed == 2


def test_a_class_or_a_need_is_looked_at_again_only_for_its_words():
    assert edit(make_offer(), zip="10001", capacity=4, title="Cars").status == "active"
    assert edit(make_need(), zip="10001", seats=4, title="Cars").status == "open"

    asked = edit(make_need(), description="Write to me on Telegram")
    assert (asked.status, asked.reviews_needed, asked.round) == ("in_review", 1, 1)


def test_taking_the_question_out_of_the_words_ends_the_wait():
    need = publish(make_draft(description="Text me"))

    need = edit(need, description="Oil and tires.")

    assert (need.status, need.questions) == ("open", [])


def test_an_answered_question_is_not_asked_again_by_another_edit():
    need = publish(make_draft(description="Text me"))
    need = reviewing.decide(posting=need, reviewer=make_reviewer(), decision="approve", at=NOON)

    assert edit(need, seats=9).status == "open"
    assert edit(need, description="Text me, or call.").status == "in_review"


def test_a_filled_need_that_asks_for_more_opens_again():
    need = make_need(status="filled")

    assert edit(need, title="Care for cars").status == "filled"
    assert edit(need, seats=5).status == "filled"
    assert edit(need, helpers=2).status == "open"


# Pause, resume, withdraw, complete, renew


def test_a_paused_posting_is_not_proposed_until_it_is_resumed():
    offer = act("pause", make_offer())
    assert not Offer.objects.active_at(NOON).exists()

    assert act("resume", offer).status == "active"
    assert list(Offer.objects.active_at(NOON)) == [offer]


def test_a_posting_resumed_after_its_last_day_asks_for_a_new_one():
    need = act("pause", make_need())

    with pytest.raises(actions.DateIsPast):
        act("resume", need, at=NOON + timedelta(days=300))


def test_a_posting_of_a_party_that_lapsed_meanwhile_waits_after_a_pause():
    need = act("pause", make_need())
    need.party.status = "lapsed"
    need.party.save(update_fields=["status"])

    assert act("resume", need).status == "in_review"


def test_a_withdrawn_posting_is_gone_for_good():
    need = act("withdraw", make_need())

    assert need.status == "withdrawn"
    assert possible(need) == frozenset()


def test_a_need_is_completed_and_an_offer_never():
    assert act("complete", make_need(status="filled")).status == "completed"

    with pytest.raises(actions.CannotChange):
        act("complete", make_offer())


def test_renewing_moves_the_last_day_and_is_material():
    need = act("renew", make_need(), end_date=date(2027, 12, 31))

    assert (need.end_date, need.revision, need.status) == (date(2027, 12, 31), 2, "open")


def test_an_expired_posting_opens_again_when_it_is_renewed():
    need = make_need(status="expired", end_date=date(2027, 1, 10))

    assert act("renew", need, end_date=date(2027, 6, 1)).status == "open"
    assert seen_by_matcher(need)


def test_a_renewed_need_has_a_last_day_to_come_and_an_offer_may_have_none():
    with pytest.raises(actions.DateIsPast):
        act("renew", make_need(), end_date=date(2027, 1, 10))
    with pytest.raises(actions.FactsMissing):
        act("renew", make_need(), end_date=None)

    assert act("renew", make_offer(), end_date=None).end_date is None


def test_a_last_day_before_the_first_is_refused():
    need = make_need(start_date=date(2027, 3, 1))

    with pytest.raises(actions.DateIsPast):
        act("renew", need, end_date=date(2027, 2, 1))


@pytest.mark.parametrize("model", [Need, Offer])
def test_each_move_leaves_only_the_states_it_may_leave(model):
    make = make_need if model is Need else make_offer
    for status in model.Status.values:
        for verb in ("publish", "pause", "resume", "withdraw", "complete"):
            posting = make(status=status)
            if verb in possible(posting):
                act(verb, posting)
            else:
                with pytest.raises(actions.CannotChange):
                    act(verb, posting)


def test_every_status_says_what_to_do_next():
    for model, make in ((Need, make_need), (Offer, make_offer)):
        for status in model.Status.values:
            assert actions.waits_for(make(status=status), NOON).endswith(".")


def test_what_to_do_next_costs_no_query(django_assert_num_queries):
    need = Need.objects.select_related("party").get(pk=make_need().pk)

    with django_assert_num_queries(0):
        actions.waits_for(need, NOON)
        possible(need)


def test_the_table_of_moves_names_only_states_that_exist():
    known = {*Need.Status.values, *Offer.Status.values}

    assert set().union(*POSSIBLE_IN.values()) <= known


# What a schedule causes


def test_what_has_had_its_last_day_expires():
    over = date(2027, 1, 10)
    ending = [
        make_need(end_date=over),
        make_need(end_date=over, status="paused"),
        make_offer(end_date=over, status="in_review"),
        make_offer(end_date=over, status="at_capacity"),
    ]
    staying = [
        make_need(),
        make_offer(end_date=None),
        make_need(end_date=over, status="filled"),
        make_need(end_date=over, status="draft"),
    ]

    assert sweeps.expire_postings(at=NOON) == 4
    assert sweeps.expire_postings(at=NOON) == 0

    for posting in ending + staying:
        posting.refresh_from_db()
    assert {posting.status for posting in ending} == {"expired"}
    assert [posting.status for posting in staying] == ["open", "active", "filled", "draft"]
    assert all(seen_by_matcher(posting) for posting in ending)


def test_the_worker_ends_what_is_over(noon):
    need = make_need(end_date=date(2027, 1, 10))

    tasks.expire_postings()

    need.refresh_from_db()
    assert need.status == "expired"


# For matching


def test_matching_fills_and_frees():
    need, offer = make_need(), make_offer()

    filling.mark_filled(need=need, at=NOON)
    filling.mark_at_capacity(offer=offer, at=NOON)
    assert (need.status, offer.status) == ("filled", "at_capacity")

    filling.mark_open(need=need, at=NOON)
    filling.mark_active(offer=offer, at=NOON)
    assert (need.status, offer.status) == ("open", "active")


def test_matching_never_opens_what_its_party_closed():
    need, offer = make_need(status="paused"), make_offer(status="in_review")

    filling.mark_open(need=need, at=NOON)
    filling.mark_active(offer=offer, at=NOON)

    need.refresh_from_db()
    offer.refresh_from_db()
    assert (need.status, offer.status) == ("paused", "in_review")
    assert not Audit.objects.exists()


# Two at once


@pytest.mark.django_db(transaction=True)
def test_two_edits_at_once_count_two_revisions():
    need = make_need()

    at_once(lambda: edit(need, seats=7), lambda: edit(need, minutes=45))

    need.refresh_from_db()
    assert (need.revision, need.seats, need.minutes) == (3, 7, 45)


@pytest.mark.django_db(transaction=True)
def test_publishing_twice_at_once_publishes_once():
    need = make_draft()

    outcomes = at_once(lambda: publish(need), lambda: publish(need))

    need.refresh_from_db()
    assert need.round == 1
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["CannotChange", "Need"]


@pytest.mark.django_db(transaction=True)
def test_an_edit_and_an_approval_at_once_never_open_what_nobody_read():
    party = make_party("business")
    make_job(party)
    job = publish(work_draft(party))
    reviewer = make_reviewer()

    at_once(
        lambda: edit(job, pay_amount=Decimal(17)),
        lambda: reviewing.decide(
            posting=job, reviewer=reviewer, decision="approve", seen_round=1, at=NOON
        ),
    )

    job.refresh_from_db()
    assert (job.pay_amount, job.status, job.round) == (Decimal(17), "in_review", 2)
    assert job.reviews_needed == 2
