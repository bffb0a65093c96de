"""Each constraint holds against an attempt to break it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.choices import CheckLevel
from accounts.models import Invitation, Membership, Party, Review, User
from accounts.places import place_of_zip
from tests.factories import NOON, make_check, make_party, make_reviewer, make_user, owner_of

pytestmark = pytest.mark.django_db


def breaks(constraint):
    return pytest.raises(IntegrityError, match=constraint)


def update(row, **fields):
    with transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**fields)


def make_invitation(party=None, **fields):
    party = party or make_party()
    values = {
        "party": party,
        "email": "ana@example.org",
        "invited_by": owner_of(party),
        "created_at": NOON,
        "due_at": NOON,
        "expires_at": NOON + Invitation.OPEN_FOR,
    }
    return Invitation.objects.create(**(values | fields))


def make_review(**fields):
    values = {"party": None, "round": 1, "decision": "verify", "at": NOON} | fields
    values["party"] = values["party"] or make_party()
    values["reviewer"] = values.get("reviewer") or make_reviewer()
    return Review.objects.create(**values)


# People


def test_an_address_belongs_to_one_person():
    make_user(email="ana@example.org")

    with breaks("accounts_user_email"):
        make_user(email="ana@example.org")


def test_addresses_are_lower_case():
    with breaks("email_is_lower_case"):
        make_user(email="Ana@example.org")


def test_the_manager_writes_addresses_small():
    assert User.objects.create_user("Ana@Example.org").email == "ana@example.org"


def test_a_superuser_may_do_everything():
    person = User.objects.create_superuser("root@example.org", "correct-horse-9")

    assert (person.is_staff, person.is_superuser, person.is_reviewer) == (True, True, True)


def test_a_person_without_a_name_is_called_by_their_address():
    assert str(User(email="ana@example.org")) == "ana@example.org"
    assert User(email="ana@example.org", name="Ana Reyes").get_short_name() == "Ana"


# Parties


@pytest.mark.parametrize(
    "place", [{"zip": "11201"}, {"latitude": 1.0, "longitude": 1.0}, {"county": "Kings County, NY"}]
)
def test_a_confidential_party_stores_no_place(place):
    party = make_party(confidential=True, counties=["Kings County, NY"])

    with breaks("confidential_party_has_no_place"):
        update(party, **place)


@pytest.mark.parametrize("missing", ["verified_at", "verified_until"])
def test_a_verified_party_says_since_when_and_until_when(missing):
    party = make_party()

    with breaks("verified_party_says_since_when_and_until_when"):
        update(party, **{missing: None})


@pytest.mark.parametrize(
    "point",
    [
        {"latitude": 91.0, "longitude": 0.0},
        {"latitude": 0.0, "longitude": -181.0},
        {"latitude": 40.0, "longitude": None},
    ],
)
def test_a_party_stands_on_earth(point):
    party = make_party()

    with breaks("party_place_is_on_earth"):
        update(party, **point)


@pytest.mark.parametrize(
    ("status", "submitted_at"),
    [("in_review", None), ("draft", NOON), ("verified", NOON), ("declined", NOON)],
)
def test_a_party_waits_exactly_while_it_is_reviewed(status, submitted_at):
    party = make_party()

    with breaks("party_waits_exactly_while_it_is_reviewed"):
        update(party, status=status, submitted_at=submitted_at)


def test_a_renewal_may_wait_while_the_old_year_counts():
    party = make_party()

    update(party, status="renewal_due", submitted_at=NOON)
    update(party, status="renewal_due", submitted_at=None)

    assert Party.objects.verified_at(NOON).count() == 1


@pytest.mark.parametrize("fields", [{"confidential": True}, {"residential": True}])
def test_a_volunteer_is_no_confidential_home(fields):
    party = make_party("volunteer", zip="", latitude=None, longitude=None, county="")

    with breaks("volunteer_is_no_confidential_home"):
        update(party, **fields)


def test_hiding_forgets_the_place_and_showing_forgets_the_counties():
    party = make_party()

    party.hide_in(["Guam, GU", "Kings County, NY"])
    assert (party.zip, party.latitude, party.longitude, party.county) == ("", None, None, "")
    assert (party.state, party.time_zone) == ("GU", "Pacific/Guam")

    party.put_at(place_of_zip("85001"))
    assert (party.confidential, party.counties) == (False, [])
    assert (party.state, party.time_zone) == ("AZ", "America/Phoenix")


def test_a_confidential_party_appears_under_an_alias():
    party = make_party(confidential=True, counties=["Kings County, NY"], state="NY")
    assert party.public_name == "A nonprofit in New York"

    party.alias = "A house of learning"
    assert party.public_name == "A nonprofit in New York"  # until reviewers have read it
    party.keep_reviewed_names()
    assert party.public_name == "A house of learning"

    assert make_party(name="Sunrise").public_name == "Sunrise"


def test_verified_means_the_year_has_not_ended():
    party = make_party(verified_until=NOON)

    assert party.is_verified_at(NOON - timedelta(seconds=1)) is True
    assert party.is_verified_at(NOON) is False
    assert list(Party.objects.verified_at(NOON)) == []
    assert list(Party.objects.lapsed_at(NOON)) == [party]


# Memberships and invitations


def test_a_person_belongs_to_a_party_once():
    party = make_party()

    with breaks("membership_is_once"):
        Membership.objects.create(user=owner_of(party), party=party, joined_at=NOON)


def test_an_invitations_address_is_lower_case():
    with breaks("invitation_address_is_lower_case"):
        make_invitation(email="Ana@example.org")


def test_an_invitation_is_not_accepted_and_withdrawn():
    with breaks("invitation_is_accepted_or_withdrawn_but_not_both"):
        make_invitation(accepted_at=NOON, withdrawn_at=NOON)


def test_an_invitation_is_not_sent_and_failed():
    with breaks("invitation_is_sent_or_failed_but_not_both"):
        make_invitation(sent_at=NOON, failed_at=NOON)


def test_an_address_is_invited_once_at_a_time():
    party = make_party()
    make_invitation(party, withdrawn_at=NOON)
    make_invitation(party)

    with breaks("invitation_is_open_once"):
        make_invitation(party)


# Reviews and checks


def test_a_reviewer_answers_once_a_round():
    review = make_review()
    again = {"party": review.party, "reviewer": review.reviewer}
    make_review(**again, round=2)
    make_review(**again, decision="suspend", reason="A call came in.")

    with breaks("review_is_once_per_reviewer_and_round"):
        make_review(**again, decision="decline", reason="No.")


@pytest.mark.parametrize("decision", ["more_information", "decline", "suspend", "reopen"])
def test_a_review_gives_a_reason_unless_it_verifies(decision):
    make_review(decision="verify")

    with breaks("review_gives_a_reason_unless_it_verifies"):
        make_review(decision=decision)


def test_a_check_has_a_level():
    with breaks("check_has_a_level"):
        make_check(make_user(), "none")


def test_nobody_records_their_own_check():
    reviewer = make_reviewer()

    with breaks("check_is_never_recorded_by_its_person"):
        make_check(reviewer, recorded_by=reviewer)


def test_a_check_expires_after_it_was_issued():
    day = date(2026, 6, 1)
    make_check(make_user(), issued_date=day, expires_date=day)

    with breaks("check_expires_after_it_was_issued"):
        make_check(make_user(), issued_date=day, expires_date=day - timedelta(days=1))


def test_levels_are_ordered():
    assert [level.rank for level in CheckLevel] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "address",
    ["12 Main Street", "PO Box 12, 34 Main Street", "Harbor House, PO Box 12", "PO Box"],
)
def test_a_mailing_address_is_a_po_box_or_nothing(address):
    make_party(mailing_address="PO Box 12, Springfield, IL 62701", confidential=True)
    make_party(mailing_address="p.o. box 7")

    with pytest.raises(IntegrityError, match="mailing_address_is_a_po_box"):
        make_party(mailing_address=address)


def test_a_license_says_which_state_issued_it():
    with pytest.raises(IntegrityError, match="license_says_which_state_issued_it"):
        make_party("business", license_number="BL-1")
