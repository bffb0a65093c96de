"""A record never decides by itself: the person is told, and heard, before anything is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts import adverse, checks
from accounts.business_days import after_business_days, is_business_day
from accounts.models import Check, Consideration, Membership
from notices.models import Notice
from tests.factories import NOON, make_party, make_reviewer, make_user
from tests.pages import Page
from trail.models import Audit, Change

pytestmark = pytest.mark.django_db
AFTER = datetime(2027, 1, 21, 12, tzinfo=UTC)  # NOON is Tuesday the 12th; Monday is a holiday


def considered(person=None, by=None):
    return adverse.consider(
        person=person or make_user(),
        level="registry",
        issued_date=date(2027, 1, 4),
        expires_date=date(2029, 1, 4),
        by=by or make_reviewer(),
        at=NOON,
    )


def noticed(person=None):
    return adverse.send_notice(consideration=considered(person), by=make_reviewer(), at=NOON)


def levels(person):
    return checks.levels_held([person.pk])[person.pk]


def test_what_came_up_decides_nothing():
    found = considered()

    assert found.status == "considered"
    assert Check.objects.count() == 0
    assert Notice.objects.count() == 0


def test_it_can_be_cleared_at_every_step():
    for found in (considered(), noticed()):
        check = adverse.clear(consideration=found, by=make_reviewer(), at=NOON)

        assert (check.outcome, check.consideration) == ("cleared", found)
        assert set(levels(found.person)) == {"references", "registry"}
        assert Change.objects.filter(subject="person", subject_id=found.person_id).count() == 1


def test_nobody_is_declined_without_a_notice():
    with pytest.raises(adverse.NotNow):
        adverse.decline(consideration=considered(), by=make_reviewer(), at=NOON + timedelta(99))


def test_nobody_is_declined_before_five_business_days_are_over():
    found = noticed()
    assert adverse.answer_by(found) == date(2027, 1, 20)

    for at in (NOON, datetime(2027, 1, 20, 23, 59, tzinfo=UTC)):
        with pytest.raises(adverse.TooEarly):
            adverse.decline(consideration=found, by=make_reviewer(), at=at)
    check = adverse.decline(consideration=found, by=make_reviewer(), at=AFTER)

    assert check.outcome == "declined"
    assert levels(found.person) == {}


def test_the_last_day_ends_where_the_person_lives():
    found = noticed(make_user(time_zone="Pacific/Pago_Pago"))  # still the 20th there

    with pytest.raises(adverse.TooEarly):
        adverse.decline(
            consideration=found, by=make_reviewer(), at=datetime(2027, 1, 21, 10, tzinfo=UTC)
        )


def test_a_decision_is_made_once():
    found = noticed()
    adverse.clear(consideration=found, by=make_reviewer(), at=NOON)

    for step in (adverse.clear, adverse.decline, adverse.send_notice):
        with pytest.raises(adverse.NotNow):
            step(consideration=found, by=make_reviewer(), at=AFTER)


def test_the_database_knows_no_other_way_to_declined():
    person, reviewer = make_user(), make_reviewer()
    values = {
        "level": "registry",
        "issued_date": date(2027, 1, 4),
        "recorded_by": reviewer,
        "recorded_at": NOON,
    }
    with pytest.raises(IntegrityError, match="declined_check_was_considered"):
        Check.objects.create(person=person, outcome="declined", **values)


@pytest.mark.parametrize("wait", [None, timedelta(days=5)])
def test_the_database_refuses_a_declined_without_notice_or_wait(wait):
    found = considered()
    notice_at = NOON if wait else None
    rows = Consideration.objects.filter(pk=found.pk)

    with pytest.raises(IntegrityError, match="declined_only_after_the_notice_and_its_wait"):
        rows.update(
            status="declined", notice_at=notice_at, decided_at=NOON + (wait or timedelta(9))
        )


def test_only_reviewers_who_do_not_work_with_the_person_take_steps():
    person, colleague = make_user(), make_reviewer()
    party = make_party(owner=person)
    Membership.objects.create(user=colleague, party=party, joined_at=NOON)
    itself = make_reviewer()

    for who, by in ((person, colleague), (person, make_user()), (itself, itself)):
        with pytest.raises(adverse.CannotConsider):
            considered(who, by)
    found = noticed(person)
    for step in (adverse.clear, adverse.decline):
        with pytest.raises(adverse.CannotConsider):
            step(consideration=found, by=colleague, at=AFTER)


def test_one_record_is_looked_at_once():
    found = considered()

    with pytest.raises(adverse.OpenAlready):
        considered(found.person)


# The person


def test_the_person_is_told_of_the_notice_and_of_the_outcome():
    found = noticed()
    adverse.decline(consideration=found, by=make_reviewer(), at=AFTER)

    notices = Notice.objects.filter(recipient=found.person).order_by("pk")
    path = reverse("accounts:own_consideration", args=[found.public_id])
    assert list(notices.values_list("event", "path")) == [("check", path)] * 2


def test_the_person_answers_on_a_page_and_the_answer_goes_once_it_is_decided(client):
    found = noticed()
    client.force_login(found.person)
    address = reverse("accounts:own_consideration", args=[found.public_id])

    page = client.get(address)
    assert "A record alone never decides." in page.text
    assert Page(page.text).complaints == []
    client.post(address, {"text": "It was ten years ago."})
    found.refresh_from_db()
    assert found.answer == "It was ten years ago."

    adverse.clear(consideration=found, by=make_reviewer(), at=NOON)
    found.refresh_from_db()
    assert (found.answer, found.status) == ("", "cleared")
    assert "it is cleared" in client.get(address).text


def test_nobody_sees_it_before_the_notice_nor_anybody_elses(client):
    before, other = considered(), noticed()
    client.force_login(before.person)

    for found in (before, other):
        address = reverse("accounts:own_consideration", args=[found.public_id])
        assert client.get(address).status_code == 404


def test_the_reviewers_pages_lead_through_the_steps(client):
    reviewer, person = make_reviewer(), make_user()
    client.force_login(reviewer)
    client.post(
        reverse("accounts:consider", args=[person.public_id]),
        {"level": "registry", "issued_date": "2026-01-04", "expires_date": ""},
    )
    found = Consideration.objects.get()
    address = reverse("accounts:consideration", args=[found.public_id])
    for step in ("decline", "notice", "decline"):
        client.post(reverse(f"accounts:consideration_{step}", args=[found.public_id]))

    found.refresh_from_db()
    assert found.status == "notice_sent"
    assert Page(client.get(address).text).complaints == []
    waiting = client.get(reverse("accounts:considerations"))
    assert list(waiting.context["waiting"]) == [found]
    assert Page(client.get(reverse("accounts:review_person", args=[person.public_id])).text)


def test_each_step_is_written_down():
    found = noticed()
    adverse.answer(consideration=found, by=found.person, text="No.", at=NOON)
    adverse.decline(consideration=found, by=make_reviewer(), at=AFTER)

    verbs = list(Audit.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["check_considered", "check_notice_sent", "check_answered", "check_declined"]


# Business days


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2027, 3, 1), date(2027, 3, 8)),  # a Monday
        (date(2027, 3, 5), date(2027, 3, 12)),  # a Friday
        (date(2027, 3, 6), date(2027, 3, 12)),  # a Saturday
        (date(2026, 12, 24), date(2027, 1, 4)),  # Christmas and New Year on Fridays
        (date(2027, 11, 24), date(2027, 12, 2)),  # Thanksgiving
        (date(2027, 7, 2), date(2027, 7, 12)),  # July 4 is a Sunday, kept on Monday
        (date(2027, 12, 23), date(2028, 1, 3)),  # Christmas and New Year on Saturdays
    ],
)
def test_five_business_days_skip_weekends_and_federal_holidays(day, last):
    assert after_business_days(day, 5) == last


def test_a_new_year_on_a_saturday_closes_the_last_day_of_the_year_before():
    assert not is_business_day(date(2027, 12, 31))
