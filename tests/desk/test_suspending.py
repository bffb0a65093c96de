"""Suspending stops everything of a party at once, and warns whoever met it."""

import pytest
from django.urls import reverse

from accounts import vetting
from accounts.models import Membership, Party, Review
from desk import actions
from matching import actions as matching
from matching.models import Match
from notices.models import Notice
from tests.factories import (
    NOON,
    make_match,
    make_need,
    make_offer,
    make_party,
    make_reviewer,
    make_user,
    owner_of,
)
from tests.pages import Page
from trail.models import Audit, Change

pytestmark = pytest.mark.django_db


def suspend(party, reviewer=None):
    return actions.suspend(
        party=party, reviewer=reviewer or make_reviewer(), reason="A call came in.", at=NOON
    )


def status(match):
    return Match.objects.get(pk=match.pk).status


@pytest.mark.parametrize("stands", ["proposed", "accepted", "waiting"])
@pytest.mark.parametrize("side", ["need", "offer"])
def test_open_proposals_and_places_in_line_end_in_the_same_transaction(side, stands):
    match = make_match(status=stands)
    bad = match.posting_of(side).party
    good = match.posting_of("offer" if side == "need" else "need").party

    suspend(bad)

    assert status(match) == "withdrawn"
    told = Notice.objects.filter(event="withdrawn")
    assert [notice.recipient for notice in told] == [owner_of(good)]
    assert Change.objects.filter(subject="party", subject_id=bad.pk).exists()


@pytest.mark.parametrize("stands", ["introduced", "engaged"])
def test_whoever_was_introduced_is_warned_and_reads_what_to_do(client, stands):
    match = make_match(status=stands)
    bad, good = match.offer.party, match.need.party

    suspend(bad)

    assert status(match) == stands
    (warning,) = Notice.objects.filter(event="warned")
    assert warning.recipient == owner_of(good)
    client.force_login(owner_of(good))
    page = client.get(warning.path)
    assert "Please stop for now" in page.text
    assert "A call came in." not in page.text
    assert Page(page.text).complaints == []
    client.force_login(owner_of(bad))
    assert "Please stop for now" not in client.get(warning.path).text


def test_what_was_over_or_belongs_to_others_stays_as_it_was():
    party = make_party("volunteer")
    over = make_match(offer=make_offer(party), status="declined")
    others = make_match()

    suspend(party)

    assert (status(over), status(others)) == ("declined", "proposed")
    assert not Notice.objects.filter(event__in=["withdrawn", "warned"]).exists()


def test_nobody_says_yes_to_a_suspended_party():
    match = make_match()
    suspend(match.offer.party)

    with pytest.raises(matching.CannotAnswer):
        matching.accept(match=match, by=owner_of(match.need.party), at=NOON)


def test_a_refused_suspension_changes_nothing():
    match, insider = make_match(), make_reviewer()
    Membership.objects.create(user=insider, party=match.offer.party, joined_at=NOON)

    for person in (insider, make_user()):
        with pytest.raises(vetting.NotYoursToDecide):
            suspend(match.offer.party, person)
    assert status(match) == "proposed"


def test_the_decision_is_written_down_and_can_be_lifted(client):
    party, reviewer = make_party(), make_reviewer()
    make_need(party)
    client.force_login(reviewer)

    client.post(reverse("desk:party_suspend", args=[party.public_id]), {"reason": "A call."})
    review = Review.objects.get()
    assert (review.decision, review.reviewer, review.reason) == ("suspend", reviewer, "A call.")
    assert Audit.objects.filter(verb="party_suspend", actor_id=reviewer.pk).exists()

    client.post(reverse("desk:party_reopen", args=[party.public_id]), {"reason": "A mistake."})
    assert Party.objects.get(pk=party.pk).status == "more_information"


def test_whoever_vouches_for_it_hears_that_there_is_news():
    party, sponsor = make_party(), make_party()
    party.sponsorships.create(sponsor=sponsor, asked_at=NOON, vouched_at=NOON)

    suspend(party)

    (notice,) = Notice.objects.filter(event="vouched")
    assert notice.recipient == owner_of(sponsor)
