"""Reviewers decide on postings: enough of them, never their own, once a round."""

from datetime import date
from decimal import Decimal

import pytest

from notices.models import Notice
from opportunities import actions, reviewing
from opportunities.differences import changed_facts
from opportunities.models import Need, Offer, PostingReview
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
from trail.models import Audit

pytestmark = pytest.mark.django_db


def make_job(**fields):
    values = {
        "kind": "job",
        "topics": ("baker",),
        "status": "in_review",
        "opened_at": None,
        "round": 1,
        "reviews_needed": 2,
    }
    return make_offer(fields.pop("party", None) or make_party("business"), **(values | fields))


def make_asked(**fields):
    """A need whose words raise a question."""
    values = {"status": "in_review", "opened_at": None, "round": 1, "reviews_needed": 1}
    return make_need(**(values | fields))


def decide(posting, reviewer=None, decision="approve", **facts):
    return reviewing.decide(
        posting=posting, reviewer=reviewer or make_reviewer(), decision=decision, at=NOON, **facts
    )


def test_one_approval_opens_a_need():
    need = decide(make_asked())

    assert (need.status, need.opened_at, need.reviews_needed) == ("open", NOON, 0)


def test_two_different_reviewers_open_a_first_job():
    job, first = make_job(), make_reviewer()

    assert decide(job, first).status == "in_review"
    with pytest.raises(reviewing.DecidedAlready):
        decide(job, first)
    assert decide(job).status == "active"


def test_the_poster_is_told_once_when_it_is_decided():
    job = make_job()

    decide(job)
    assert not Notice.objects.exists()
    decide(job)

    (notice,) = Notice.objects.all()
    assert (notice.recipient, notice.event) == (owner_of(job.party), "decided")
    assert notice.path == f"/offers/{job.public_id}/"


def test_one_decline_sends_it_back_with_a_reason_that_the_poster_reads():
    job = decide(make_job(), decision="decline", reason="  Which hours are meant? ")

    assert (job.status, job.reviews_needed) == ("draft", 2)
    assert reviewing.answer_to(job) == "Which hours are meant?"
    assert Notice.objects.get().recipient == owner_of(job.party)


def test_what_was_sent_back_takes_no_fewer_reviewers_the_next_time():
    need = decide(make_asked(), decision="decline", reason="Why WhatsApp?")

    need = actions.publish(posting=need, by=owner_of(need.party), at=NOON)

    assert (need.status, need.round, need.reviews_needed) == ("in_review", 2, 1)
    assert reviewing.answer_to(need) == ""


def test_a_decline_without_a_reason_is_refused():
    with pytest.raises(reviewing.ReasonMissing):
        decide(make_job(), decision="decline", reason="  ")

    assert not PostingReview.objects.exists()


def test_nobody_decides_on_a_posting_of_their_own_party():
    job, reviewer = make_job(), make_reviewer()
    job.party.memberships.create(user=reviewer, joined_at=NOON)

    with pytest.raises(reviewing.NotYoursToDecide):
        decide(job, reviewer)
    assert list(Offer.objects.reviewable_by(reviewer)) == []


def test_an_approval_counts_no_more_once_its_reviewer_joined_the_party():
    job, reviewer = make_job(), make_reviewer()
    decide(job, reviewer)
    job.party.memberships.create(user=reviewer, joined_at=NOON)

    assert decide(job).status == "in_review"
    assert decide(job).status == "active"


@pytest.mark.parametrize("rights", [{"is_reviewer": False}, {"is_active": False}])
def test_only_reviewers_decide_even_if_the_right_was_just_taken_away(rights):
    job, reviewer = make_job(), make_reviewer()
    type(reviewer).objects.filter(pk=reviewer.pk).update(**rights)

    with pytest.raises(reviewing.NotYoursToDecide):
        decide(job, reviewer)


@pytest.mark.parametrize("status", ["draft", "active", "paused", "withdrawn", "suspended"])
def test_only_what_is_in_review_is_decided(status):
    with pytest.raises(reviewing.NothingToDecide):
        decide(make_job(status=status, opened_at=NOON))


def test_what_only_waits_for_its_party_is_no_reviewer_s_to_decide():
    need = make_asked(reviews_needed=0)

    with pytest.raises(reviewing.NothingToDecide):
        decide(need)
    assert list(Need.objects.waiting_for_party()) == [need]


def test_a_change_since_the_reviewer_read_it_is_said():
    job = make_job(round=3)

    with pytest.raises(reviewing.ChangedMeanwhile):
        decide(job, seen_round=2)
    decide(job, seen_round=3)


def test_a_reviewer_s_queue_holds_what_waits_for_their_decision():
    reviewer, mine = make_reviewer(), make_job()
    decided = make_job()
    decide(decided, reviewer)
    make_job(status="active", opened_at=NOON)
    make_asked(reviews_needed=0)

    assert list(Offer.objects.reviewable_by(reviewer)) == [mine]
    assert list(Need.objects.reviewable_by(reviewer)) == []
    assert list(Offer.objects.reviewable_by(owner_of(mine.party))) == []


def test_a_new_round_is_for_everyone_to_decide_again():
    reviewer, job = make_reviewer(), make_job()
    decide(job, reviewer)

    job = actions.edit(posting=job, by=owner_of(job.party), facts={"capacity": 5}, at=NOON)

    assert list(Offer.objects.reviewable_by(reviewer)) == [job]
    assert decide(job, reviewer).status == "in_review"


def test_a_suspended_offer_is_off_at_once_and_comes_back_through_two_reviewers():
    offer = make_offer(round=1)

    offer = reviewing.suspend(
        offer=offer, reviewer=make_reviewer(), reason="A complaint came in.", at=NOON
    )

    assert offer.status == "suspended"
    assert not Offer.objects.active_at(NOON).exists()
    assert reviewing.answer_to(offer) == "A complaint came in."
    assert Notice.objects.get().recipient == owner_of(offer.party)

    offer = actions.publish(posting=offer, by=owner_of(offer.party), at=NOON)
    assert (offer.status, offer.reviews_needed) == ("in_review", 2)


def test_editing_a_suspended_offer_does_not_bring_it_back():
    offer = make_offer(round=1)
    offer = reviewing.suspend(offer=offer, reviewer=make_reviewer(), reason="Stop.", at=NOON)

    offer = actions.edit(
        posting=offer, by=owner_of(offer.party), facts={"title": "Cars again"}, at=NOON
    )

    assert offer.status == "suspended"


def test_nobody_suspends_an_offer_of_their_own_party_or_a_draft():
    reviewer, offer = make_reviewer(), make_offer(round=1)
    offer.party.memberships.create(user=reviewer, joined_at=NOON)

    with pytest.raises(reviewing.NotYoursToDecide):
        reviewing.suspend(offer=offer, reviewer=reviewer, reason="Stop.", at=NOON)
    with pytest.raises(reviewing.NothingToDecide):
        reviewing.suspend(
            offer=make_offer(round=1, status="draft"),
            reviewer=make_reviewer(),
            reason="Stop.",
            at=NOON,
        )


def test_the_audit_holds_the_decision_but_never_its_words():
    job = make_job()

    decide(job, decision="decline", reason="A very private reason")

    verbs = set(Audit.objects.values_list("verb", flat=True))
    assert verbs == {"offer_reviewed", "offer_decided"}
    assert "private" not in str(list(Audit.objects.values_list("facts", flat=True)))


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_open_it_once():
    job, reviewers = make_job(), [make_reviewer(), make_reviewer()]

    at_once(*[lambda reviewer=reviewer: decide(job, reviewer) for reviewer in reviewers])

    job.refresh_from_db()
    assert job.status == "active"
    assert PostingReview.objects.count() == 2
    assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_reviewer_twice_at_once_counts_once():
    job, reviewer = make_job(), make_reviewer()

    at_once(*[lambda: decide(job, reviewer)] * 2)

    job.refresh_from_db()
    assert job.status == "in_review"
    assert PostingReview.objects.count() == 1


# Rings


def of_a_reviewer():
    reviewer = make_reviewer()
    return reviewer, make_party("business", owner=reviewer)


def test_two_reviewers_never_approve_each_others_postings():
    (ann, of_ann), (bob, of_bob) = of_a_reviewer(), of_a_reviewer()
    decide(make_job(party=of_bob), ann)
    job = make_job(party=of_ann)

    with pytest.raises(reviewing.InARing):
        decide(job, bob)
    decide(job, bob, "decline", reason="Which hours?")  # a no helps nobody


def test_who_verified_a_partys_reviewer_is_not_paid_back_with_an_approval():
    (_ann, of_ann), (bob, of_bob) = of_a_reviewer(), of_a_reviewer()
    of_bob.reviews.create(round=of_bob.round, reviewer=owner_of(of_ann), decision="verify", at=NOON)

    with pytest.raises(reviewing.InARing):
        decide(make_job(party=of_ann), bob)


# Minors


@pytest.mark.parametrize("audience", ["minors", "both"])
def test_work_for_minors_is_approved_with_its_limits_read(audience):
    job = make_job(audience=audience)

    with pytest.raises(reviewing.LimitsUnread):
        decide(job)
    decide(job, keeps_limits=True)
    assert decide(job, keeps_limits=True).status == "active"


# What changed


def test_a_change_is_shown_beside_what_was_approved():
    job, editor = make_job(pay_amount=Decimal("21.00")), make_user()
    job.party.memberships.create(user=editor, joined_at=NOON)
    decide(job)
    job = decide(job)

    actions.edit(
        posting=job,
        by=editor,
        facts={
            "pay_amount": Decimal(25),
            "supervisor": "Night manager",
            "contact": editor,
            "end_date": date(2027, 9, 30),
        },
        at=NOON,
    )

    job.refresh_from_db()
    changes = {change.label: (change.before, change.now) for change in changed_facts(job)}
    assert changes == {
        "pay": ("21", "25"),
        "supervisor's role": ("Shop manager", "Night manager"),
        "contact person": ("—", editor.get_full_name()),
        "until": ("June 30, 2027", "Sept. 30, 2027"),
    }


def test_a_new_posting_has_nothing_to_compare():
    assert changed_facts(make_job()) == []
