"""What the database itself holds true of matches and blocks, whoever writes."""

import pytest
from django.db import IntegrityError, transaction

from matching.models import Block, Match
from tests.factories import NOON, make_match, make_need, make_offer, make_party

pytestmark = pytest.mark.django_db


def broken(constraint, make):
    """Whether the database refuses this, for this reason."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make()
    return True


def test_a_pair_is_proposed_once_at_the_same_revisions():
    match = make_match(status="declined")
    assert broken(
        "match_is_answered_once_per_pair_and_revisions",
        lambda: make_match(match.need, match.offer),
    )


@pytest.mark.parametrize("status", Match.LIVE)
def test_a_pair_has_one_live_match_whatever_the_revisions(status):
    match = make_match(status=status)
    assert broken(
        "match_is_live_once_per_pair", lambda: make_match(match.need, match.offer, need_revision=9)
    )


@pytest.mark.parametrize("side", ["need", "offer"])
@pytest.mark.parametrize(("answer", "at"), [("yes", None), ("no", None), ("", NOON)])
def test_a_side_has_answered_exactly_when_it_says_when(side, answer, at):
    facts = {f"{side}_answer": answer, f"{side}_answered_at": at}
    assert broken(f"{side}_side_answered_exactly_when_dated", lambda: make_match(**facts))


@pytest.mark.parametrize("status", ["waiting", "introduced", "engaged", "completed"])
def test_nobody_is_introduced_or_in_line_without_two_yeses(status):
    match = make_match(status=status)
    one_yes = Match.objects.filter(pk=match.pk)
    assert broken(
        "introduction_has_two_yeses",
        lambda: one_yes.update(need_answer="", need_answered_at=None),
    )


@pytest.mark.parametrize("status", ["introduced", "engaged", "completed"])
def test_an_introduction_says_since_when(status):
    assert broken(
        "introduction_says_since_when", lambda: make_match(status=status, introduced_at=None)
    )


@pytest.mark.parametrize("score", [-0.01, 1.01])
def test_a_score_is_between_nothing_and_all(score):
    assert broken("match_score_is_0_to_1", lambda: make_match(score=score))


def test_a_party_blocks_another_once_and_never_itself():
    one, other = make_party(), make_party()
    Block.objects.create(party=one, blocked=other, created_at=NOON)
    again = Block(party=one, blocked=other, created_at=NOON)
    itself = Block(party=one, blocked=one, created_at=NOON)

    assert broken("block_is_once_per_pair", again.save)
    assert broken("block_is_of_another", itself.save)


def test_the_same_postings_can_be_in_other_pairs():
    need, offer = make_need(), make_offer()
    make_match(need, offer)
    make_match(need)
    make_match(offer=offer)
    assert Match.objects.count() == 3
