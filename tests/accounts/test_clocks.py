"""Whose clock counts: the one a person chose, else that of the team's place."""

import pytest

from accounts import actions, inviting
from accounts.places import place_of_zip
from tests.factories import NOON, make_party, make_user, owner_of

pytestmark = pytest.mark.django_db
CHICAGO = "60601"


def move(party, zip_code=CHICAGO):
    facts = {"name": party.name}
    place = place_of_zip(zip_code)
    actions.edit_party(party=party, editor=owner_of(party), facts=facts, place=place, at=NOON)


def zone_of(person):
    person.refresh_from_db()
    return person.time_zone


def test_a_team_that_says_where_it_is_sets_the_clocks_of_its_people():
    party, stranger = make_party(), make_user()
    move(party)

    assert zone_of(owner_of(party)) == "America/Chicago"
    assert zone_of(stranger) == "America/New_York"


def test_a_hidden_team_lives_by_the_clock_of_its_county():
    party = make_party()
    actions.edit_party(
        party=party,
        editor=owner_of(party),
        facts={"name": party.name},
        counties=["Maricopa County, AZ"],
        at=NOON,
    )

    assert zone_of(owner_of(party)) == "America/Phoenix"


def test_a_clock_that_somebody_chose_stays():
    party = make_party()
    actions.edit_person(person=owner_of(party), facts={"time_zone": "Pacific/Guam"}, at=NOON)
    move(party)

    assert zone_of(owner_of(party)) == "Pacific/Guam"


def test_saving_the_page_with_the_same_clock_is_no_choice():
    party = make_party()
    same = {"name": "Somebody", "time_zone": "America/New_York"}
    actions.edit_person(person=owner_of(party), facts=same, at=NOON)
    move(party)

    assert zone_of(owner_of(party)) == "America/Chicago"


def test_whoever_joins_lives_by_the_clock_of_the_team():
    party, person = make_party(time_zone="Pacific/Honolulu"), make_user()
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    invitation = inviting.invite(
        party=party, email=person.email, role="staff", by=owner_of(party), at=NOON
    )

    inviting.accept_invitation(invitation=invitation, person=person, at=NOON)

    assert zone_of(person) == "Pacific/Honolulu"
