"""Nobody speaks for themselves by way of another reviewer."""

import pytest

from accounts import vetting
from accounts.models import Membership, Party
from accounts.rings import is_reviewing_ring
from tests.factories import NOON, make_evidence, make_party, make_reviewer, owner_of

pytestmark = pytest.mark.django_db


def of_a_reviewer(kind="volunteer"):
    """A reviewer and their waiting party."""
    reviewer = make_reviewer()
    party = make_party(kind, owner=reviewer, verified=False)
    make_evidence(party)
    return reviewer, vetting.submit(party=party, by=reviewer, at=NOON)


def yes(party, reviewer):
    return vetting.decide(party=party, reviewer=reviewer, decision="verify", at=NOON)


@pytest.mark.parametrize("kind", ["volunteer", "nonprofit", "business"])
def test_two_reviewers_never_verify_each_other(kind):
    (ann, of_ann), (bob, of_bob) = of_a_reviewer(kind), of_a_reviewer(kind)
    yes(of_bob, ann)

    with pytest.raises(vetting.InARing):
        yes(of_ann, bob)
    assert Party.objects.get(pk=of_ann.pk).status == "in_review"

    yes(of_ann, make_reviewer())  # anybody else may


def test_a_colleague_does_not_decide_in_their_stead():
    (ann, of_ann), (_bob, of_bob) = of_a_reviewer(), of_a_reviewer()
    colleague = make_reviewer()
    Membership.objects.create(user=colleague, party=of_bob, joined_at=NOON)
    yes(of_bob, ann)

    with pytest.raises(vetting.InARing):
        yes(of_ann, colleague)


def test_a_ring_ends_with_the_round_that_made_it():
    (ann, of_ann), (bob, of_bob) = of_a_reviewer(), of_a_reviewer()
    yes(of_bob, ann)
    Party.objects.filter(pk=of_bob.pk).update(round=2)

    assert not is_reviewing_ring(bob, of_ann)
    yes(of_ann, bob)


def test_a_question_or_a_no_makes_no_ring():
    (ann, of_ann), (bob, of_bob) = of_a_reviewer(), of_a_reviewer()
    vetting.decide(party=of_bob, reviewer=ann, decision="more_information", reason="Who?", at=NOON)

    assert yes(of_ann, bob).status == "verified"


def test_who_vouches_for_a_party_does_not_decide_on_it():
    reviewer = make_reviewer()
    sponsor = make_party(owner=reviewer)
    party = make_party(verified=False)
    make_evidence(party)
    vetting.submit(party=party, by=owner_of(party), at=NOON)
    party.sponsorships.create(sponsor=sponsor, asked_at=NOON, vouched_at=NOON)

    with pytest.raises(vetting.InARing):
        yes(party, reviewer)
