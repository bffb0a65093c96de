"""Reviewers who decide at the same moment are counted once each."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts import vetting
from accounts.models import Party, Review
from accounts.refusals import Refused
from tests.factories import NOON, make_evidence, make_party, make_reviewer, owner_of
from trail.models import Audit

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(verb, people):
    """What each got, in order: nothing, or the refusal's class."""

    def one(person):
        try:
            verb(person)
        except Refused as refusal:
            return type(refusal)
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(one, people))


def test_eight_reviewers_at_once_verify_a_party_once():
    party = make_party(verified=False)
    make_evidence(party)
    vetting.submit(party=party, by=owner_of(party), at=NOON)

    answers = at_once(
        lambda reviewer: vetting.decide(party=party, reviewer=reviewer, decision="verify", at=NOON),
        [make_reviewer() for _number in range(8)],
    )

    assert sorted(map(str, answers)) == sorted(map(str, [None] * 2 + [vetting.NothingToDecide] * 6))
    assert Review.objects.count() == 2
    assert Audit.objects.filter(verb="party_verified").count() == 1
    assert Party.objects.get().status == Party.Status.VERIFIED


def test_one_reviewer_in_two_windows_counts_once():
    party = make_party(verified=False)
    make_evidence(party)
    vetting.submit(party=party, by=owner_of(party), at=NOON)
    reviewer = make_reviewer()

    answers = at_once(
        lambda person: vetting.decide(party=party, reviewer=person, decision="verify", at=NOON),
        [reviewer] * 4,
    )

    assert answers.count(None) == 1
    assert answers.count(vetting.DecidedAlready) == 3
    assert Party.objects.get().status == Party.Status.IN_REVIEW
