"""What must be in place while both meet: a check that still holds, and staff where minors come."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from accounts import checks
from engagements.lapses import sweep_checks
from matching import actions as matching
from matching import starting
from notices.models import Notice
from tests.factories import (
    NOON,
    make_check,
    make_match,
    make_need,
    make_offer,
    make_party,
    make_reviewer,
    owner_of,
)
from tests.matching.pages import page_of, people_of, signed_in, url_of
from trail import incidents
from trail.models import Audit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
CHECK, STAFF = "Please pause until the check is renewed", "Our staff will be there"


def met(level="registry", status="introduced", **need):
    helper = make_party("volunteer")
    offer = make_offer(helper, people=[owner_of(helper)])
    return make_match(make_need(check_level=level, **need), offer, status=status)


def check(match, expires=None, level="registry"):
    return make_check(match.offer.people.get(), level, expires_date=expires)


def start(match, person):
    return matching.record_start(match=match, by=person, at=NOON)


def told(event="lapsed"):
    return Notice.objects.filter(event=event)


def test_it_starts_with_the_check_on_its_last_day_and_not_after():
    match = met()
    asking, _offering = people_of(match)
    one = check(match, expires=date(2027, 1, 11))

    with pytest.raises(starting.CheckMissing):
        matching.record_start(match=match, by=asking, at=NOON + timedelta(days=1))
    one.expires_date = date(2027, 1, 12)
    one.save()
    assert start(match, asking).status == "engaged"


@pytest.mark.parametrize("status", ["introduced", "engaged"])
def test_a_check_that_ends_during_the_series_is_told_once_and_ends_nothing(status):
    match, reviewer = met(status=status), make_reviewer()
    asking, offering = people_of(match)
    check(match, expires=date(2027, 1, 12))
    assert sweep_checks(at=NOON) == 0

    later = NOON + timedelta(days=1)
    assert [sweep_checks(at=later) for _again in range(2)] == [1, 0]

    match.refresh_from_db()
    assert match.status == status
    here, person = url_of(match), match.offer.people.get()
    of_one = reverse("accounts:review_person", args=[person.public_id])
    paths = dict(told().values_list("recipient", "path"))
    assert {paths[asking.pk], paths[offering.pk]} == {here}
    assert paths[reviewer.pk] == of_one
    assert Audit.objects.get(verb="match_check_lapsed").facts == {"people": [person.pk]}
    with time_machine.travel(later, tick=False):
        assert [CHECK in page_of(match, one) for one in (asking, offering)] == [True, True]


def test_a_check_that_was_taken_back_counts_as_ended_and_one_that_is_renewed_ends_the_pause():
    match, reviewer = met(status="engaged"), make_reviewer()
    asking, _offering = people_of(match)
    one = check(match)
    checks.withdraw_check(check=one, by=reviewer, at=NOON)
    assert sweep_checks(at=NOON) == 1
    assert CHECK in page_of(match, asking)

    check(match)
    assert sweep_checks(at=NOON) == 0
    assert CHECK not in page_of(match, asking)
    times = reverse("engagements:calendar", args=[match.public_id, 0])
    assert signed_in(asking).get(times).status_code == 200


def test_an_offer_that_names_nobody_any_more_lacks_the_check_as_well():
    match, reviewer = met(status="engaged"), make_reviewer()
    match.offer.people.clear()

    assert [sweep_checks(at=NOON) for _again in range(2)] == [1, 0]
    party = reverse("desk:party", args=[match.offer.party.public_id])
    assert told().get(recipient=reviewer).path == party


def test_nothing_is_told_while_all_stands_still():
    match = met()
    check(match, expires=date(2026, 12, 31))
    incidents.begin(why="A key was lost.", by_id=None, at=NOON)

    assert sweep_checks(at=NOON) == 0
    assert not told().exists()


def test_with_minors_it_starts_once_the_needs_side_has_confirmed_that_staff_are_there():
    match = met(audience="minors", format="group_class")
    asking, offering = people_of(match)
    check(match, level="fingerprint")
    confirm = reverse("engagements:confirm_staff", args=[match.public_id])

    with pytest.raises(starting.StaffNotConfirmed):
        start(match, asking)
    with pytest.raises(starting.NotYetInPlace):
        start(match, offering)
    assert (STAFF in page_of(match, asking), STAFF in page_of(match, offering)) == (True, False)
    assert signed_in(offering).post(confirm).status_code == 404

    for _twice in range(2):
        signed_in(asking).post(confirm)
    said = Audit.objects.get(verb="match_staff_confirmed")
    assert (said.actor_id, said.subject_id) == (asking.pk, match.pk)
    assert STAFF not in page_of(match, asking)
    assert start(match, offering).status == "engaged"


def test_for_adults_nobody_is_asked_about_staff():
    match = met(level="none")
    asking, _offering = people_of(match)

    assert STAFF not in page_of(match, asking)
    assert start(match, asking).status == "engaged"
