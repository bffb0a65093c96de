"""What must speak for an organization before a yes, and how it comes together."""

from datetime import timedelta
from itertools import pairwise

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts import evidence, gathering, tasks, vetting
from accounts.models import CallBack, DomainProof, Membership, Party, Sponsorship
from notices.models import Notice
from tests.factories import NOON, make_party, make_reviewer, make_user, owner_of
from trail.models import Audit

pytestmark = pytest.mark.django_db
OFFICE = "office@harbor.example.org"
NOW = timezone.now()


def waiting(kind="business", **fields):
    values = {"website": "https://www.harbor.example.org/about"} | fields
    party = make_party(kind, verified=False, **values)
    return vetting.submit(party=party, by=owner_of(party), at=NOON)


def called(party, outcome="confirmed", *, by=None, number="(212) 555-0100", at=NOON):
    return gathering.record_call(
        party=party,
        number=number,
        source="The state's register",
        outcome=outcome,
        by=by or make_reviewer(),
        at=at,
    )


def mailbox(party, email=OFFICE, *, at=NOON):
    return gathering.ask_for_mailbox(party=party, email=email, by=owner_of(party), at=at)


def with_mailbox(party):
    gathering.confirm_mailbox(proof=mailbox(party), by=owner_of(party), at=NOON)
    return party


def asks(party):
    return gathering.ask_for_sponsor(party=party, by=owner_of(party), at=NOON)


def vouch(party, sponsor, *, by=None):
    asked = asks(party)
    gathering.vouch(sponsorship=asked, sponsor=sponsor, by=by or owner_of(sponsor), at=NOON)
    return Sponsorship.objects.get(pk=asked.pk)


def yes(party, reviewer=None):
    return vetting.decide(
        party=party, reviewer=reviewer or make_reviewer(), decision="verify", at=NOON
    )


def missing(party):
    return evidence.missing_evidence(Party.objects.get(pk=party.pk), NOON)


# What each kind must show


def test_a_business_shows_a_call_and_a_mailbox_or_a_license():
    party = waiting()
    call, box = "call-back to a number found elsewhere", "mailbox at its own domain or business"
    assert [words[: len(box)] for words in missing(party)] == [call, box]

    called(party)
    with pytest.raises(vetting.EvidenceMissing, match="mailbox at its own domain or business"):
        yes(party)
    with_mailbox(party)
    assert missing(party) == []

    Party.objects.filter(pk=party.pk).update(website="", license_number="BL-1", license_state="NY")
    assert missing(party) == []


def test_a_nonprofit_shows_a_mailbox_and_a_sponsor_or_a_call():
    by_call, by_sponsor = waiting("nonprofit"), waiting("nonprofit")
    for party in (by_call, by_sponsor):
        Party.objects.filter(pk=party.pk).update(license_number="BL-1", license_state="NY")
        assert len(missing(party)) == 2  # a license is no mailbox
        with_mailbox(party)
        assert len(missing(party)) == 1

    called(by_call)
    vouch(by_sponsor, make_party())

    assert missing(by_call) == missing(by_sponsor) == []


def test_a_volunteer_shows_nothing_here():
    assert yes(waiting("volunteer")).status == Party.Status.VERIFIED


def test_a_no_and_a_question_need_no_evidence():
    for decision in ("decline", "more_information"):
        vetting.decide(
            party=waiting(), reviewer=make_reviewer(), decision=decision, reason="Why?", at=NOON
        )


@pytest.mark.parametrize("gone", ["registration_number", "legal_name"])
def test_without_a_registration_there_is_no_yes(gone):
    party = with_mailbox(waiting())
    called(party)
    Party.objects.filter(pk=party.pk).update(**{gone: ""})

    with pytest.raises(vetting.EvidenceMissing, match="EIN or registration number"):
        yes(party)


# A call-back


@pytest.mark.parametrize("outcome", ["denied", "no_answer", "wrong_number"])
def test_only_a_call_that_confirmed_counts(outcome):
    party = with_mailbox(waiting())

    called(party, outcome)

    assert missing(party) == ["call-back to a number found elsewhere"]


def test_a_renewal_takes_a_new_call():
    party = with_mailbox(waiting())
    called(party, at=NOON - CallBack.COUNTS_FOR)

    assert missing(party) == ["call-back to a number found elsewhere"]


def test_a_number_that_the_party_gave_us_is_no_call_back():
    party = waiting()
    person = owner_of(party)
    person.phone = "+1 212-555-0100"
    person.save()

    with pytest.raises(gathering.NotIndependent):
        called(party)


def test_only_reviewers_from_outside_record_calls():
    party, insider = waiting(), make_reviewer()
    Membership.objects.create(user=insider, party=party, joined_at=NOON)

    for person in (insider, make_user(), owner_of(party)):
        with pytest.raises(vetting.NotYoursToDecide):
            called(party, by=person)
    assert CallBack.objects.count() == 0


def test_a_call_says_who_called_when_whom_and_where_the_number_stood():
    party, reviewer = waiting(), make_reviewer()

    call = called(party, by=reviewer)

    assert (call.called_by, call.called_at) == (reviewer, NOON)
    assert (call.number, call.source) == ("(212) 555-0100", "The state's register")
    assert Audit.objects.get(verb="call_back_recorded").actor_id == reviewer.pk


# A mailbox


@pytest.mark.parametrize(
    ("address", "website", "own"),
    [
        ("a@harbor.org", "https://harbor.org", True),
        ("a@harbor.org", "https://www.harbor.org/x", True),
        ("a@harbor.org", "https://jobs.harbor.org", True),
        ("a@mail.harbor.org", "https://harbor.org", True),
        ("a@HARBOR.org", "https://Harbor.org", True),
        ("a@arbor.org", "https://harbor.org", False),
        ("a@gmail.com", "https://gmail.com", False),
        ("a@org", "https://harbor.org", False),
        ("a@harbor.org", "", False),
        ("a@harbor.org", "https://known.org@harbor.org", False),
        ("a@harbor.org", "https://known.org\\@harbor.org", False),
    ],
)
def test_an_own_domain_is_that_of_the_website_and_never_a_free_one(address, website, own):
    assert evidence.is_own_domain(address, website) == own


def test_a_mailbox_elsewhere_is_refused():
    with pytest.raises(gathering.NotYourDomain):
        mailbox(waiting(), "harbor@gmail.com")
    assert DomainProof.objects.count() == 0


def test_the_mail_has_a_link_and_says_neither_who_nor_what():
    party = waiting(name="Harbor House")
    proof = mailbox(party, at=NOW)

    tasks.send_mailbox_links()
    tasks.send_mailbox_links()

    (sent,) = mail.outbox
    assert sent.to == [OFFICE]
    assert reverse("accounts:mailbox", args=[proof.secret]) in sent.body
    assert "Harbor House" not in sent.subject + sent.body


def test_opening_the_link_changes_nothing_and_pressing_the_button_confirms(client):
    party = waiting()
    address = reverse("accounts:mailbox", args=[mailbox(party, at=NOW).secret])
    client.force_login(owner_of(party))

    assert "Does this mailbox belong to" in client.get(address).text
    assert evidence.own_mailboxes(party) == []
    client.post(address)

    assert evidence.own_mailboxes(party) == [OFFICE]
    assert "no longer open" in client.get(address).text


def test_a_link_in_other_hands_confirms_nothing(client):
    party = waiting()
    proof = mailbox(party, at=NOW)
    client.force_login(owner_of(make_party()))

    assert client.post(reverse("accounts:mailbox", args=[proof.secret])).status_code == 404
    with pytest.raises(gathering.LinkClosed):
        gathering.confirm_mailbox(proof=proof, by=make_user(), at=NOW)


def test_a_link_works_for_three_days_and_the_newest_only():
    party = waiting()
    old = mailbox(party)
    new = mailbox(party, at=NOON + timedelta(hours=1))

    for proof, at in ((old, NOON + timedelta(hours=2)), (new, NOON + timedelta(days=4))):
        with pytest.raises(gathering.LinkClosed):
            gathering.confirm_mailbox(proof=proof, by=owner_of(party), at=at)


def test_a_party_sends_few_mails_a_day():
    party = waiting()
    for number in range(gathering.MAILS_A_DAY):
        mailbox(party, f"office{number}@harbor.example.org")

    with pytest.raises(gathering.TooManyMails):
        mailbox(party)


def test_an_owner_who_signs_in_with_an_address_of_the_domain_has_confirmed_it():
    party = waiting()
    EmailAddress.objects.create(user=owner_of(party), email=OFFICE, verified=False)
    assert evidence.own_mailboxes(party) == []

    EmailAddress.objects.update(verified=True)
    assert evidence.own_mailboxes(party) == [OFFICE]


def test_a_mailbox_of_another_website_counts_no_more():
    party = with_mailbox(waiting())

    Party.objects.filter(pk=party.pk).update(website="https://elsewhere.example.org")

    assert evidence.own_mailboxes(Party.objects.get(pk=party.pk)) == []


# A sponsor


def test_every_owner_of_the_sponsor_is_told_and_may_take_it_back():
    party, sponsor = with_mailbox(waiting("nonprofit")), make_party()
    first, second = owner_of(sponsor), make_user()
    Membership.objects.create(user=second, party=sponsor, role="owner", joined_at=NOON)

    vouched = vouch(party, sponsor, by=first)

    told = Notice.objects.filter(event="vouched").values_list("recipient", flat=True)
    assert set(told) == {first.pk, second.pk}
    gathering.stop_vouching(sponsorship=vouched, by=second, at=NOON)
    assert len(missing(party)) == 1
    with pytest.raises(gathering.LinkClosed):
        gathering.stop_vouching(sponsorship=vouched, by=second, at=NOON)


def test_only_an_owner_of_a_verified_party_vouches():
    party, sponsor = waiting("nonprofit"), make_party()
    staff = Membership.objects.create(user=make_user(), party=sponsor, joined_at=NOON).user
    unverified = make_party(verified=False)

    for voice, by in ((sponsor, staff), (sponsor, make_user()), (unverified, None)):
        with pytest.raises(gathering.CannotVouch):
            vouch(party, voice, by=by)


def test_a_sponsor_counts_only_while_it_is_verified():
    party, sponsor = with_mailbox(waiting("nonprofit")), make_party()
    vouch(party, sponsor)
    assert missing(party) == []

    Party.objects.filter(pk=sponsor.pk).update(status=Party.Status.SUSPENDED)

    assert len(missing(party)) == 1


def test_nobody_sponsors_their_own_party_under_another_name():
    sponsor = make_party()
    party = waiting("nonprofit")
    Membership.objects.create(user=owner_of(sponsor), party=party, joined_at=NOON)

    with pytest.raises(gathering.Ring):
        vouch(party, sponsor)
    with pytest.raises(gathering.CannotVouch):
        vouch(party, Party.objects.get(pk=party.pk))


@pytest.mark.parametrize("length", [2, 3, 4])
def test_nobody_sponsors_in_a_ring(length):
    parties = [make_party() for _number in range(length)]
    for party, sponsor in pairwise(parties):
        vouch(party, sponsor)

    with pytest.raises(gathering.Ring):
        vouch(parties[-1], parties[0])


def test_a_ring_written_by_hand_counts_for_nobody():
    one, other = make_party(), make_party()
    for party, sponsor in ((one, other), (other, one)):
        Sponsorship.objects.create(party=party, sponsor=sponsor, asked_at=NOON, vouched_at=NOON)

    assert not any(evidence.counts(sponsorship, NOON) for sponsorship in Sponsorship.objects.all())


def test_vouching_from_the_page_names_the_party_to_verified_owners_alone(client):
    party, sponsor = waiting("nonprofit", name="Harbor House"), make_party()
    Party.objects.filter(pk=sponsor.pk).update(verified_until=NOW + timedelta(days=9))
    asked = asks(party)
    address = reverse("accounts:sponsor", args=[asked.public_id])

    client.force_login(make_user())
    assert client.get(address).status_code == 404
    client.force_login(owner_of(sponsor))
    assert "Harbor House asks you to vouch for them." in client.get(address).text
    assert client.post(address, {"party": "nonsense"}).status_code == 404
    client.post(address, {"party": str(sponsor.public_id)})

    page = client.get(reverse("accounts:evidence", args=[sponsor.public_id]))
    assert "No longer vouch for Harbor House" in page.text
