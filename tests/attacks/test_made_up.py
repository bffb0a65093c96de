"""Somebody makes a nonprofit up, or takes the name of a real one, with a free mail address."""

from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts import gathering, vetting
from accounts.actions import edit_party
from accounts.evidence import missing_evidence
from accounts.models import Membership, Party, RegisterEntry, Sponsorship
from accounts.places import place_of_zip
from tests.factories import NOON, make_party, make_reviewer, owner_of

pytestmark = pytest.mark.django_db
REGISTER = "The list of tax-exempt organizations"


@pytest.fixture
def shelter():
    """Sent in, without a website, and so without a mailbox at a domain of its own."""
    party = make_party(verified=False, website="", name="Open Gate")
    return vetting.submit(party=party, by=owner_of(party), at=NOON)


def called(party, outcome="confirmed"):
    gathering.record_call(
        party=party,
        number="(212) 555-0100",
        source=REGISTER,
        outcome=outcome,
        by=make_reviewer(),
        at=NOON,
    )


def looked_up(party, by, outcome="matches"):
    gathering.record_register(party=party, register=REGISTER, outcome=outcome, by=by, at=NOON)


def vouched(party, sponsor):
    asked = gathering.ask_for_sponsor(party=party, by=owner_of(party), at=NOON)
    gathering.vouch(sponsorship=asked, sponsor=sponsor, by=owner_of(sponsor), at=NOON)


def yes(party, reviewer=None):
    by = reviewer or make_reviewer()
    return vetting.decide(party=party, reviewer=by, decision="verify", at=NOON)


def stays_unverified(party, reviewer=None):
    with pytest.raises(vetting.CannotDecide):
        yes(party, reviewer)
    return not Party.objects.verified_at(NOON).filter(pk=party.pk).exists()


def test_one_that_is_made_up_stays_unverified(shelter):
    reviewer = make_reviewer()
    assert stays_unverified(shelter)

    for outcome in ("not_there", "differs"):
        looked_up(shelter, reviewer, outcome)
    called(shelter)

    assert stays_unverified(shelter, reviewer)


def test_the_name_and_number_of_a_real_one_are_not_enough(shelter):
    reviewer = make_reviewer()
    looked_up(shelter, reviewer)
    assert stays_unverified(shelter, reviewer)

    called(shelter, "confirmed")
    called(shelter, "denied")  # the office itself, on another line

    assert stays_unverified(shelter, reviewer)


def test_a_sponsor_is_no_mailbox_and_one_of_the_same_ring_is_no_sponsor(shelter):
    reviewer, friend = make_reviewer(), make_party("business")
    looked_up(shelter, reviewer)
    vouched(shelter, friend)
    assert stays_unverified(shelter, reviewer)

    Party.objects.filter(pk=shelter.pk).update(website="https://gate.example.org")  # bought
    bought = {"email": "office@gate.example.org", "verified": True}
    EmailAddress.objects.create(user=owner_of(shelter), **bought)
    Membership.objects.create(user=owner_of(friend), party=shelter, role="staff", joined_at=NOON)

    assert stays_unverified(shelter, reviewer)


def test_a_sponsor_of_one_name_does_not_hold_up_the_next():
    party = make_party(verified=False, name="Open Gate")
    EmailAddress.objects.create(
        user=owner_of(party), email=f"a@{urlsplit(party.website).hostname}", verified=True
    )
    vouched(party, make_party("business"))
    assert missing_evidence(party, NOON) == []

    edit_party(
        party=party,
        editor=owner_of(party),
        facts={"name": "City Shelter"},
        place=place_of_zip("11201"),
        at=NOON,
    )

    assert len(missing_evidence(Party.objects.get(pk=party.pk), NOON)) == 1


def test_a_call_that_confirmed_one_name_does_not_confirm_the_next(shelter):
    called(shelter)
    edit_party(
        party=shelter,
        editor=owner_of(shelter),
        facts={"legal_name": "City Shelter Inc"},
        place=place_of_zip("11201"),
        at=NOON,
    )
    reviewer, party = make_reviewer(), Party.objects.get(pk=shelter.pk)
    looked_up(party, reviewer)
    assert stays_unverified(party, reviewer)

    called(party)
    assert missing_evidence(party, NOON, reviewer=reviewer) == []


def test_a_volunteer_of_theirs_vouches_for_nobody(shelter):
    helper = make_party("volunteer")
    asked = gathering.ask_for_sponsor(party=shelter, by=owner_of(shelter), at=NOON)

    with pytest.raises(gathering.CannotVouch):
        gathering.vouch(sponsorship=asked, sponsor=helper, by=owner_of(helper), at=NOON)

    assert Sponsorship.objects.standing().count() == 0


def test_no_reviewer_says_yes_by_what_another_has_looked_up(shelter):
    first, second = make_reviewer(), make_reviewer()
    called(shelter)
    looked_up(shelter, first)
    assert yes(shelter, first).status == "in_review"

    assert stays_unverified(shelter, second)

    looked_up(shelter, second)
    assert yes(shelter, second).is_verified_at(NOON)


def test_what_was_looked_up_of_another_name_counts_no_more(shelter):
    reviewer = make_reviewer()
    called(shelter)
    looked_up(shelter, reviewer)

    Party.objects.filter(pk=shelter.pk).update(legal_name="Another Inc", round=shelter.round + 1)

    assert stays_unverified(shelter, reviewer)


def test_only_what_waits_is_looked_up_and_only_by_reviewers_from_outside(shelter):
    insider = make_reviewer()
    Membership.objects.create(user=insider, party=shelter, joined_at=NOON)

    for by in (insider, owner_of(shelter)):
        with pytest.raises(vetting.NotYoursToDecide):
            looked_up(shelter, by)
    with pytest.raises(vetting.NothingToDecide):
        looked_up(make_party(), make_reviewer())


@time_machine.travel(NOON, tick=False)
def test_a_reviewer_writes_down_on_the_page_what_a_register_says(client, shelter):
    reviewer = make_reviewer()
    client.force_login(reviewer)
    page, address, number = (
        reverse(f"desk:{name}", args=[shelter.public_id])
        for name in ("party", "party_register", "party_number")
    )

    assert "Write down what an official register says" in client.get(page).text
    client.post(address, {"register": "", "outcome": "matches"})
    unread = client.post(address, {"register": REGISTER, "outcome": "matches"})
    assert "Please show the numbers first: the register" in unread.text
    assert RegisterEntry.objects.count() == 0
    client.post(number)
    client.post(address, {"register": REGISTER, "outcome": "matches"})

    assert RegisterEntry.objects.matching(shelter).get().looked_up_by == reviewer
    assert REGISTER in client.get(page).text
