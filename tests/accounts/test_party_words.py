"""What a party says about itself is read as postings are."""

import pytest
from django.urls import reverse

from accounts import actions
from accounts.models import Party
from accounts.refusals import WordsRefused
from tests.factories import NOON, make_party, make_user, owner_of

pytestmark = pytest.mark.django_db
MISSION = {"mission": "We serve women such as our resident Maria, 23."}


def test_no_door_stores_a_mission_that_names_somebody():
    party = make_party("nonprofit")

    with pytest.raises(WordsRefused, match="An age group is enough"):
        actions.edit_party(party=party, editor=owner_of(party), facts=MISSION, at=NOON)

    party.refresh_from_db()
    assert party.mission != MISSION["mission"]


def test_no_party_is_founded_under_a_phone_number():
    with pytest.raises(WordsRefused):
        actions.found_party(owner=make_user(), kind="business", name="Call 212-555-0100", at=NOON)

    assert not Party.objects.exists()


def test_names_of_saints_and_women_are_names_of_parties():
    person = make_user()
    for name in ("Casa María", "Rosa Parks Center", "Sarah's Circle", "Maria's Kitchen, Inc."):
        assert actions.found_party(owner=person, kind="nonprofit", name=name, at=NOON).name == name


def test_the_form_tells_at_the_field_what_to_leave_out(client):
    party = make_party("business")
    client.force_login(owner_of(party))

    page = client.post(
        reverse("accounts:party_edit", args=[party.public_id]),
        {"name": "Sun", "mission": "Bread. Call (212) 555-0100.", "residential": "no"},
    )

    assert list(page.context["form"].errors["mission"]) == [
        "Please leave out phone numbers. Your own, or your organization's, belongs in your contact,"
        " which is shared after both sides say yes."
    ]


def test_the_name_of_the_person_who_founds_is_read_as_well(client):
    person = make_user(name="Ana 212-555-0100")
    client.force_login(person)

    page = client.post(reverse("accounts:party_start"), {"kind": "volunteer", "party_name": ""})

    assert (page.status_code, Party.objects.exists()) == (200, False)
