"""A verified nonprofit records the checks of people who come to it, never of its own."""

import pytest
from django.urls import reverse

from accounts import checks
from accounts.models import Check, Membership
from desk import actions
from tests.factories import (
    NOON,
    make_match,
    make_need,
    make_offer,
    make_party,
    make_user,
    owner_of,
)
from tests.pages import Page

pytestmark = pytest.mark.django_db


def introduced(status="introduced", host=None):
    volunteer = make_party("volunteer")
    offer = make_offer(volunteer, people=[owner_of(volunteer)])
    return make_match(make_need(host or make_party("nonprofit")), offer, status)


def record(match, *, person=None, by=None):
    return actions.record_check(
        match=match,
        person=person or match.offer.people.get(),
        level="registry",
        issued_date=NOON.date(),
        expires_date=None,
        by=by or owner_of(match.need.party),
        at=NOON,
    )


def test_the_owner_of_the_host_records_a_check_that_counts_everywhere():
    match = introduced()
    person = match.offer.people.get()

    check = record(match)

    assert (check.host, check.outcome) == (match.need.party, "cleared")
    assert "registry" in checks.levels_held([person.pk])[person.pk]


@pytest.mark.parametrize("status", ["proposed", "accepted", "waiting", "ended", "declined"])
def test_not_before_an_introduction_and_not_after_its_end(status):
    with pytest.raises(checks.MayNotRecord):
        record(introduced(status))


def test_never_of_somebody_who_does_not_come():
    with pytest.raises(checks.MayNotRecord):
        record(introduced(), person=make_user())


def test_never_of_its_own_members():
    match = introduced()
    person = match.offer.people.get()
    Membership.objects.create(user=person, party=match.need.party, joined_at=NOON)

    with pytest.raises(checks.MayNotRecord):
        record(match)


def test_never_by_its_staff_nor_by_the_person():
    match = introduced()
    staff = Membership.objects.create(user=make_user(), party=match.need.party, joined_at=NOON)

    for by in (staff.user, match.offer.people.get(), make_user()):
        with pytest.raises(checks.MayNotRecord):
            record(match, by=by)


@pytest.mark.parametrize("fields", [{"kind": "business"}, {"status": "suspended"}])
def test_only_a_verified_nonprofit_is_a_host(fields):
    match = introduced()
    for field, value in fields.items():
        setattr(match.need.party, field, value)
    match.need.party.save()

    with pytest.raises(checks.MayNotRecord):
        record(match)
    assert Check.objects.count() == 0


def test_the_page_leads_there_for_the_owner_of_the_host_alone(client):
    match = introduced()
    address = reverse("desk:host_check", args=[match.public_id])
    client.force_login(owner_of(match.offer.party))
    assert address not in client.get(reverse("matching:match", args=[match.public_id])).text
    assert client.get(address).status_code == 404

    client.force_login(owner_of(match.need.party))
    assert address in client.get(reverse("matching:match", args=[match.public_id])).text
    assert Page(client.get(address).text).complaints == []
