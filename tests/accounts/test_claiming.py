"""Reviewers say who is at a case, and parties hear how long it takes."""

from datetime import timedelta

import pytest

from accounts import claiming, vetting
from accounts.models import Party, Review
from tests.factories import NOON, make_evidence, make_party, make_reviewer, make_user, owner_of
from trail.models import Audit

pytestmark = pytest.mark.django_db


def waiting(kind="nonprofit"):
    party = make_party(kind, verified=False)
    make_evidence(party)
    return vetting.submit(party=party, by=owner_of(party), at=NOON)


def claim(party, reviewer, at=NOON):
    return claiming.claim(party=party, reviewer=reviewer, at=at)


def test_a_claim_stands_for_two_days_and_then_another_takes_over():
    party, first, second = waiting(), make_reviewer(), make_reviewer()
    claim(party, first)

    with pytest.raises(claiming.ClaimedAlready):
        claim(party, second, at=NOON + timedelta(days=2) - timedelta(seconds=1))
    taken = claim(party, second, at=NOON + timedelta(days=2))

    assert taken.claimed_by == second
    assert taken.claimed_until == NOON + timedelta(days=4)
    assert list(Audit.objects.filter(verb="party_claimed").values_list("actor_id", flat=True)) == [
        first.pk,
        second.pk,
    ]


def test_a_claim_ends_with_the_claimers_decision_or_when_they_give_it_back():
    party, first, second = waiting(), make_reviewer(), make_reviewer()
    claim(party, first)
    claiming.give_back(party=party, reviewer=first, at=NOON)
    claim(party, second)

    vetting.decide(party=party, reviewer=second, decision="verify", at=NOON)

    assert Party.objects.get(pk=party.pk).claimed_by is None
    with pytest.raises(vetting.NothingToDecide):
        claiming.give_back(party=party, reviewer=second, at=NOON)


def test_a_claim_keeps_nobody_from_deciding():
    party, first = waiting("volunteer"), make_reviewer()
    claim(party, first)

    decided = vetting.decide(party=party, reviewer=make_reviewer(), decision="verify", at=NOON)

    assert (decided.status, decided.claimed_by) == ("verified", None)


def test_only_reviewers_from_outside_claim_and_only_what_waits():
    insider = make_reviewer()
    own = make_party("volunteer", owner=insider, verified=False)
    vetting.submit(party=own, by=insider, at=NOON)

    for party, person in ((own, insider), (waiting(), make_user())):
        with pytest.raises(vetting.NotYoursToDecide):
            claim(party, person)
    with pytest.raises(vetting.NothingToDecide):
        claim(make_party(), make_reviewer())


# How long it takes


def answered(days, kind="volunteer", at=NOON, closes=True):
    Review.objects.create(
        party=make_party(kind),
        round=1,
        reviewer=make_reviewer(),
        decision="verify",
        at=at,
        submitted_at=at - timedelta(days=days),
        closes=closes,
    )


def test_the_expected_wait_is_the_middle_of_recent_answers_of_the_kind():
    for days in (1, 2, 3, 9, 30):
        answered(days)
    answered(90, kind="business")
    answered(90, at=NOON - timedelta(days=91))
    answered(0, closes=False)

    assert claiming.expected_wait("volunteer", NOON) == timedelta(days=3)
    assert "within 3 days" in claiming.wait_in_words("volunteer", at=NOON)


def test_with_too_few_answers_we_say_that_we_do_not_know():
    for days in (1, 2, 3, 4):
        answered(days)

    assert claiming.expected_wait("volunteer", NOON) is None
    assert "We cannot say yet" in claiming.wait_in_words("volunteer", at=NOON)


def test_a_decision_that_ends_a_round_remembers_how_long_it_took():
    party = waiting()
    later = NOON + timedelta(days=2)

    for reviewer in (make_reviewer(), make_reviewer()):
        vetting.decide(party=party, reviewer=reviewer, decision="verify", at=later)

    first, last = Review.objects.order_by("pk")
    assert (first.closes, last.closes) == (False, True)
    assert last.submitted_at == NOON
