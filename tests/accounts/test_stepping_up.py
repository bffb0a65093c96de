"""Before something that matters one shows once more who one is, but not after a fresh sign-in."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts import conduct
from accounts.models import Membership
from accounts.stepping_up import SESSION_KEY
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
from trail.models import Audit

pytestmark = pytest.mark.django_db
PASSWORD = "correct-horse-9"
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def signed_in(client):
    """Somebody who signed in at NOON with their password."""

    def sign_in(person):
        person.set_password(PASSWORD)
        person.save()
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
        return client

    return sign_in


def prove(client, address):
    return client.post(address, {"password": PASSWORD})


def test_after_a_fresh_sign_in_nothing_is_asked(signed_in, clock):
    party = make_party()
    colleague = Membership.objects.create(
        user=make_user(), party=party, role="staff", joined_at=NOON
    )
    client = signed_in(owner_of(party))
    clock.move_to(NOON + HALF_AN_HOUR - timedelta(seconds=1))

    client.post(reverse("accounts:member_role", args=[colleague.public_id]), {"role": "owner"})

    colleague.refresh_from_db()
    assert colleague.role == "owner"


def test_a_role_changes_only_after_a_proof_and_what_was_sent_goes_on(signed_in, clock):
    party = make_party()
    colleague = Membership.objects.create(
        user=make_user(), party=party, role="staff", joined_at=NOON
    )
    client = signed_in(owner_of(party))
    clock.move_to(NOON + HALF_AN_HOUR)

    answer = client.post(
        reverse("accounts:member_role", args=[colleague.public_id]), {"role": "owner"}
    )
    colleague.refresh_from_db()
    assert (answer.status_code, colleague.role) == (302, "staff")

    prove(client, answer.headers["Location"])
    colleague.refresh_from_db()
    assert colleague.role == "owner"


def test_an_invitation_goes_out_only_after_a_proof(signed_in, clock):
    party = make_party()
    client = signed_in(owner_of(party))
    clock.move_to(NOON + HALF_AN_HOUR)
    address = reverse("accounts:invite", args=[party.public_id])

    assert client.get(address).status_code == 200
    answer = client.post(address, {"email": "new@example.org", "role": "staff"})
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not party.invitations.exists()


def test_ones_name_and_phone_change_only_after_a_proof_and_the_rest_at_once(signed_in, clock):
    person = make_user(name="Ana Ruiz", phone="(212) 555-0100")
    client = signed_in(person)
    clock.move_to(NOON + HALF_AN_HOUR)
    address = reverse("accounts:person")
    same = {"name": "Ana Ruiz", "phone": "(212) 555-0100", "language": "es"}
    told = same | {"time_zone": "America/New_York"}

    client.post(address, told)
    answer = client.post(address, told | {"phone": "(212) 555-0199"})
    person.refresh_from_db()
    assert (person.language, person.phone) == ("es", "(212) 555-0100")

    prove(client, answer.headers["Location"])
    person.refresh_from_db()
    assert person.phone == "(212) 555-0199"
    assert Audit.objects.filter(verb="person_edited").last().facts == {"fields": ["phone"]}


@pytest.mark.parametrize(
    "name", ["opportunities:need_download", "opportunities:offer_download", "matching:download"]
)
def test_a_file_of_ones_own_is_taken_out_only_after_a_proof(signed_in, clock, name):
    client = signed_in(owner_of(make_party()))
    clock.move_to(NOON + HALF_AN_HOUR)

    answer = client.post(reverse(name))

    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert not Audit.objects.filter(verb__endswith="_exported").exists()
    assert prove(client, answer.headers["Location"]).headers["Content-Type"].startswith("text/csv")


def test_a_number_is_read_only_after_a_proof(signed_in, clock):
    party = make_party(registration_number="98-7654321")
    client = signed_in(make_reviewer())
    clock.move_to(NOON + HALF_AN_HOUR)

    answer = client.post(reverse("desk:party_number", args=[party.public_id]))
    assert answer.status_code == 302
    assert not Audit.objects.filter(verb="registration_number_read").exists()
    assert "98-7654321" in prove(client, answer.headers["Location"]).text
    assert Audit.objects.filter(verb="registration_number_read").count() == 1


def test_a_contact_is_shown_only_after_a_proof_and_each_look_is_written_down(signed_in, clock):
    helper = make_party("volunteer", owner=make_user(email="walt@example.org"))
    match = make_match(make_need(), make_offer(helper), status="introduced")
    client = signed_in(owner_of(match.need.party))
    page = reverse("matching:match", args=[match.public_id])
    assert "walt@example.org" in client.get(page).text
    clock.move_to(NOON + HALF_AN_HOUR)

    late = client.get(page)
    assert "walt@example.org" not in late.text
    back = prove(client, late.context["proof"])

    assert back.headers["Location"] == page
    assert "walt@example.org" in client.get(page).text
    reads = Audit.objects.filter(verb="contact_read", subject_id=match.pk)
    assert list(reads.values_list("actor_id", flat=True)) == [owner_of(match.need.party).pk] * 2


def test_before_an_introduction_there_is_nothing_to_prove_and_nothing_to_write_down(signed_in):
    match = make_match()
    client = signed_in(owner_of(match.need.party))
    page = client.get(reverse("matching:match", args=[match.public_id]))
    assert page.context["proof"] == ""
    assert not Audit.objects.filter(verb="contact_read").exists()


def test_who_has_nothing_but_a_mailed_code_is_not_sent_round_in_circles(client):
    match = make_match(status="introduced")
    person = owner_of(match.need.party)
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    session = client.session
    session[SESSION_KEY] = 0
    session.save()
    page = client.get(reverse("matching:match", args=[match.public_id]))
    assert page.context["proof"] == ""


@pytest.mark.parametrize(
    ("page", "verb"),
    [
        ("desk:party", "party_read"),
        ("accounts:review_person", "person_read"),
        ("opportunities:review_posting", "posting_read"),
    ],
)
def test_what_a_reviewer_opens_is_written_down(client, page, verb):
    need = make_need(status="in_review", reviews_needed=1, round=1)
    subject = {"party_read": need.party, "person_read": owner_of(need.party)}.get(verb, need)
    reviewer = make_reviewer()
    client.force_login(reviewer)

    assert client.get(reverse(page, args=[subject.public_id])).status_code == 200

    row = Audit.objects.get(verb=verb)
    assert (row.actor_id, row.subject_id) == (reviewer.pk, subject.pk)


def test_who_has_just_signed_up_is_not_asked(client, mailed_code):
    facts = {"email": "ana@example.org", "name": "Ana", "kind": "volunteer"}
    client.post(reverse("account_signup"), facts)
    client.post(reverse("account_email_verification_sent"), {"code": mailed_code()})
    party = Membership.objects.get(user__email="ana@example.org").party
    match = make_match(offer=make_offer(party), status="introduced")
    client.post(reverse("accounts:conduct"), {"version": conduct.CURRENT, "agrees": "on"})

    page = client.get(reverse("matching:match", args=[match.public_id]))

    assert page.context["proof"] == ""
