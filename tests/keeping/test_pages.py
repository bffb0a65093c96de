"""One's own data: take it out, be erased, stay after all."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.stepping_up import SESSION_KEY
from engagements.models import Message
from keeping import marks
from keeping.models import Erasure
from matching.models import Match
from notices.models import Notice
from tests.factories import (
    NOON,
    make_check,
    make_match,
    make_need,
    make_offer,
    make_party,
    make_reviewer,
    make_user,
    owner_of,
)
from tests.pages import Page
from trail.models import Audit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
DATA, DOWNLOAD, ERASE, STAY = (
    reverse(f"keeping:{name}") for name in ("data", "download", "erase", "stay")
)


def close_page(party):
    return reverse("keeping:close", args=[party.public_id])


def test_a_person_takes_out_what_we_know_and_it_is_written_down(client):
    person = make_user(name="Maya", phone="555-0100")
    party = make_party(owner=person, name="Harbor", registration_number="98-7654321")
    make_need(party, title="Sewing")
    make_check(person, recorded_by=make_reviewer(name="Recorder"))
    make_match(
        need=make_need(party), status="declined", need_answer="no", need_answered_at=NOON,
        need_answered_by=person, need_reason="Too far",
    )  # fmt: skip
    met = make_match(make_need(party), status="introduced")
    other = owner_of(met.offer.party)
    for side, author, text in (("need", person, "See you soon."), ("offer", other, "Fine by me.")):
        Message.objects.create(match=met, side=side, author=author, text=text, written_at=NOON)
    client.force_login(person)

    answer = client.post(DOWNLOAD)

    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert answer["Cache-Control"] == "no-store, private"
    found = json.loads(answer.content)
    assert (found["person"]["name"], found["person"]["phone"]) == ("Maya", "555-0100")
    assert found["teams"][0]["party"]["registration_number"] == "98-7654321"
    assert found["teams"][0]["needs"][0]["title"] == "Sewing"
    assert found["answers"][0]["need_reason"] == "Too far"
    assert [(one["match"], one["text"]) for one in found["messages"]] == [
        (str(met.public_id), "See you soon.")
    ]
    assert found["checks"][0]["level"] == "registry"
    assert Audit.objects.filter(verb="own_data_exported", actor_id=person.pk).count() == 1


def test_nobody_elses_name_address_or_number_is_in_it(client):
    person, colleague = make_user(), make_user(name="Colleague", phone="555-0199")
    party = make_party(owner=person, contact=colleague)
    party.memberships.create(user=colleague, role="staff", joined_at=NOON)
    reviewer = make_reviewer(name="Recorder")
    make_check(person, recorded_by=reviewer)
    match = make_match(need=make_need(party, contact=colleague), status="introduced")
    client.force_login(person)

    text = client.post(DOWNLOAD).text

    for other in (colleague, reviewer, owner_of(match.offer.party)):
        assert other.name not in text
        assert other.email not in text
        assert str(other.public_id) not in text
    assert match.offer.party.name not in text
    assert "555-0199" not in text


def test_staff_of_a_team_take_out_no_numbers_of_it(client):
    person, party = make_user(), make_party(registration_number="98-7654321")
    party.memberships.create(user=person, role="staff", joined_at=NOON)
    make_need(party, title="Sewing")
    client.force_login(person)
    text = client.post(DOWNLOAD).text
    assert "98-7654321" not in text
    assert "Sewing" not in text


@pytest.mark.parametrize("page", [DOWNLOAD, ERASE])
def test_what_matters_asks_once_more_who_it_is(client, page):
    person = make_user()
    person.set_password("a-long-password")
    person.save()
    client.force_login(person)
    session = client.session
    session[SESSION_KEY] = 1  # long ago
    session.save()

    answer = client.post(page)

    assert answer.status_code == 302
    assert "/account/reauthenticate/" in answer["Location"]
    assert not Audit.objects.filter(verb="own_data_exported").exists()
    assert not Erasure.objects.exists()


def test_the_last_owner_closes_the_team_first_and_both_sides_are_told(client):
    party = make_party()
    client.force_login(owner_of(party))
    need = make_need(party)
    met = make_match(need=need, status="introduced")

    client.post(ERASE)
    assert not Erasure.objects.exists()
    page = client.get(ERASE)
    assert close_page(party) in page.text
    assert Page(page.text).complaints == []

    client.post(close_page(party))
    need.refresh_from_db()
    met.refresh_from_db()
    assert (need.status, met.status) == ("withdrawn", Match.Status.ENDED)
    assert Notice.objects.get(recipient=met.offer.told).event == "ended"
    client.post(ERASE)
    assert Erasure.objects.get().due_at == NOON + timedelta(days=7)


def test_nobody_moves_up_in_line_while_a_team_closes(client):
    need, person = make_need(seats=1), None
    person = owner_of(need.party)
    make_match(need=need, status="introduced")
    waiting = make_match(need=need, offer=make_offer(), status="waiting")
    client.force_login(person)

    client.post(close_page(need.party))

    waiting.refresh_from_db()
    assert waiting.status == Match.Status.DECLINED
    assert waiting.introduced_at is None


def test_where_somebody_else_is_in_charge_nothing_has_to_be_closed(client):
    party, person = make_party(), make_user()
    party.memberships.create(user=person, role="owner", joined_at=NOON)
    make_need(party)
    client.force_login(person)
    client.post(ERASE)
    assert Erasure.objects.get().person == person


def test_a_week_to_undo_it_and_the_page_says_so(client):
    client.force_login(make_user())
    assert Page(client.get(DATA).text).complaints == []
    client.post(ERASE)
    page = client.get(DATA)
    assert "Your account will be deleted on Jan. 19, 2027." in page.text
    assert Page(page.text).complaints == []
    client.post(STAY)
    assert not Erasure.objects.exists()
    client.post(STAY)
    assert list(Audit.objects.values_list("verb", flat=True).order_by("pk")) == [
        "erasure_asked",
        "erasure_taken_back",
    ]


def test_looking_changes_nothing(client):
    party = make_party()
    make_need(party)
    client.force_login(owner_of(party))
    for page in (DATA, ERASE, close_page(party)):
        assert Page(client.get(page).text).complaints == []
    assert not Audit.objects.exists()
    assert not Erasure.objects.exists()
    assert client.get(DOWNLOAD).status_code == 405
    assert client.get(STAY).status_code == 405


def test_a_team_is_closed_by_its_owners_alone(client):
    party, staff = make_party(), make_user()
    party.memberships.create(user=staff, role="staff", joined_at=NOON)
    make_need(party)
    for person in (staff, make_user(), make_reviewer()):
        client.force_login(person)
        assert client.post(close_page(party)).status_code == 404
    client.logout()
    assert client.post(DOWNLOAD).status_code == 302


def test_one_can_go_without_accepting_the_agreement(client):
    client.force_login(make_user(conduct_version=0, conduct_accepted_at=None))
    assert client.get(DATA).status_code == 200
    client.post(ERASE)
    assert Erasure.objects.exists()


def test_reviewers_see_that_a_suspended_team_has_come_back(client):
    gone = make_party(registration_number="12-3456789", status="suspended")
    marks.leave(gone, at=NOON)
    new = make_party("business", registration_number="123456789", website="https://x.example.net")
    client.force_login(make_reviewer())

    page = client.get(reverse("desk:party", args=[new.public_id]))

    assert "A team with the registration number of this one was suspended here" in page.text
    assert gone.name not in page.text
