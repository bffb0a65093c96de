"""A file for the calendar: hours that both sides share, and not one word that somebody typed."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from icalendar import Calendar

from engagements.sessions import choices_of
from tests.attacks.hostile import CORPUS
from tests.factories import NOON, make_match, make_need, make_offer, make_party
from tests.matching.pages import people_of, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
NEW_YORK, CHICAGO = ZoneInfo("America/New_York"), ZoneInfo("America/Chicago")
TODAY = NOON.date()


def met(need=None, offer=None, status="introduced"):
    return make_match(make_need(**(need or {})), make_offer(**(offer or {})), status=status)


def address(match, number=0):
    return reverse("engagements:calendar", args=[match.public_id, number])


def starts(match, number=0):
    return [window.start for window in choices_of(match, since=TODAY)[number].windows]


def test_a_weekly_class_has_as_many_times_as_it_takes_from_today_on():
    match = met()

    first = datetime(2027, 1, 12, 18, tzinfo=NEW_YORK)
    assert starts(match) == [first + timedelta(weeks=week) for week in range(4)]
    assert choices_of(match, since=TODAY)[0].first.end == first + timedelta(minutes=90)


def test_each_hour_of_the_week_is_a_file_of_its_own():
    hours = {"slots": ["Tue 18:00-20:00", "Sat 09:00-12:00"]}
    match = met(need=hours, offer=hours)

    assert [times.first.start.weekday() for times in choices_of(match, since=TODAY)] == [1, 5]


def test_the_page_of_messages_offers_each_file_in_the_needs_own_zone():
    zone = {"time_zone": "America/Chicago"}
    match = met(need=zone, offer=zone)

    page = signed_in(people_of(match)[0]).get(reverse("engagements:thread", args=[match.public_id]))
    assert f'href="{address(match)}"' in page.text
    assert "Tuesday, 6 p.m." in page.text
    assert "4 times, the first on Jan. 12, 2027" in page.text


def test_listed_dates_are_one_file_and_only_those_that_both_list():
    match = met(
        need={"dates": [date(2027, 2, 2), date(2027, 2, 9)], "slots": ["Tue 17:00-21:00"]},
        offer={"dates": [date(2027, 2, 9), date(2027, 2, 16)], "slots": ["Tue 18:00-20:00"]},
    )

    assert starts(match) == [datetime(2027, 2, 9, 18, tzinfo=NEW_YORK)]


def test_hours_are_shared_across_zones_and_through_the_change_of_clocks():
    match = met(
        need={"sessions": 12, "slots": ["Tue 18:00-20:00"]},
        offer={"time_zone": "America/Chicago", "slots": ["Tue 17:00-19:00"]},
    )

    local = {moment.astimezone(CHICAGO).hour for moment in starts(match)}
    assert local == {17}
    assert {moment.hour for moment in starts(match)} == {18}
    assert {moment.utcoffset().total_seconds() / 3600 for moment in starts(match)} == {-5, -4}


def test_without_a_common_hour_there_is_no_file():
    match = met(offer={"slots": ["Wed 18:00-20:00"]})

    assert choices_of(match, since=TODAY) == []
    assert signed_in(people_of(match)[0]).get(address(match)).status_code == 404


@pytest.mark.parametrize("status", ["proposed", "completed", "ended"])
def test_there_is_a_file_only_while_both_are_introduced(status):
    match = met(status=status)

    assert signed_in(people_of(match)[0]).get(address(match)).status_code == 404


def test_a_job_has_no_file():
    match = make_match(make_need(kind="job"), make_offer(kind="job"), status="introduced")

    assert choices_of(match, since=TODAY) == []


def test_the_file_holds_hours_and_nothing_that_anybody_typed():
    """Whatever stands in titles, names, places and even the zone: each line is one of ours."""
    for text in CORPUS[::3]:
        typed = text.replace("\x00", "").replace("\ud800", "").encode("utf-8", "ignore").decode()
        home = make_party(name=typed[:80] or "x", alias="x\r\nLOCATION:Quetzal House")
        need = make_need(home, title=typed[:120], description=typed[:4000])
        match = make_match(
            need, make_offer(title=f"x\r\nATTENDEE:{typed}"[:120]), status="introduced"
        )

        answer = signed_in(people_of(match)[0]).get(address(match))

        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="class.ics"'
        events = list(Calendar.from_ical(answer.content).walk("VEVENT"))
        assert len(events) == 4
        for event in events:
            assert set(event) == {"UID", "DTSTAMP", "SUMMARY", "CLASS", "DTSTART", "DTEND"}
            assert str(event["SUMMARY"]) == "Alongside: class"
            assert str(event["UID"]).startswith(f"{match.public_id}-")
            assert event["DTSTART"].dt.tzinfo.key == "America/New_York"
        names = {line.split(b":")[0].split(b";")[0] for line in answer.content.splitlines()}
        assert not {b"LOCATION", b"ATTENDEE", b"ORGANIZER", b"DESCRIPTION", b"URL"} & names
