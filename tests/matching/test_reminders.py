"""Not yet: who cannot answer a match now chooses when to be asked again."""

from datetime import timedelta

import pytest

from matching import actions
from matching.models import Match
from notices import actions as notices
from notices.models import Notice
from tests.factories import NOON, make_match, make_user
from tests.matching.pages import list_of, page_of, people_of, said, signed_in, text, url_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def match():
    return make_match(proposed_at=NOON)


def put_off(match, person, *, days, at=NOON):
    return actions.ask_later(match=match, by=person, wait=days * DAY, at=at)


def told(person, event="nudge"):
    """On which days after the proposal this person was told so."""
    moments = Notice.objects.filter(recipient=person, event=event).order_by("pk")
    return [(notice.created_at - NOON) / DAY for notice in moments]


def sweep_each_day(until=16):
    for day in range(1, until):
        actions.sweep_deadlines(at=NOON + day * DAY)


@pytest.mark.parametrize(("days", "nudged_on"), [(1, [1]), (7, [7])])
def test_who_puts_it_off_is_asked_on_that_day_instead_of_the_fifth_and_nothing_is_held_up(
    match, days, nudged_on
):
    asking, offering = people_of(match)
    put_off(match, asking, days=days)

    sweep_each_day()

    match.refresh_from_db()
    assert (told(asking), told(offering)) == (nudged_on, [5])
    assert (match.status, match.closed_at) == ("expired", NOON + 15 * DAY)


def test_the_day_can_be_changed_also_after_having_been_asked_again(match):
    asking, _ = people_of(match)
    put_off(match, asking, days=7)
    put_off(match, asking, days=1)
    actions.sweep_deadlines(at=NOON + DAY)
    put_off(match, asking, days=7, at=NOON + 2 * DAY)

    sweep_each_day()

    assert told(asking) == [1, 9]


def test_who_has_answered_is_not_asked_again(match):
    asking, offering = people_of(match)
    put_off(match, asking, days=3)
    put_off(match, offering, days=3)
    actions.accept(match=match, by=asking, at=NOON + DAY)

    sweep_each_day(6)

    assert (told(asking), told(offering)) == ([], [3])


def test_nobody_puts_off_an_answer_until_there_is_no_time_to_give_it(match):
    asking, _ = people_of(match)

    put_off(match, asking, days=7, at=NOON + 7 * DAY)
    with pytest.raises(actions.TooLateToWait):
        put_off(match, asking, days=7, at=NOON + 7.01 * DAY)
    with pytest.raises(actions.TooLateToWait):
        put_off(match, asking, days=100)
    with pytest.raises(actions.NotYours):
        put_off(match, make_user(), days=1)
    with pytest.raises(actions.NoLongerOpen):
        put_off(match, asking, days=1, at=NOON + 15 * DAY)


@pytest.mark.usefixtures("noon")
def test_the_page_puts_it_off_and_the_list_no_longer_asks(match):
    asking, _ = people_of(match)

    answer = signed_in(asking).post(url_of(match, "later"), {"wait": "3"}, follow=True)

    assert "We remind you on Jan. 15, 2027." in text(answer)
    assert "You wanted to think it over" in list_of(asking)
    assert "Needs your answer" not in list_of(asking)


@pytest.mark.usefixtures("noon")
def test_a_page_offers_only_the_days_that_leave_time_to_answer():
    match = make_match(proposed_at=NOON - 12 * DAY)
    asking, _ = people_of(match)

    page = page_of(match, asking)

    assert [f'name="wait" value="{days}"' in page for days in (1, 3, 7)] == [True, False, False]


# What is new in the inbox


def new_for(person):
    return sorted(Notice.objects.unread().filter(recipient=person).values_list("event", flat=True))


def owe(match, person, event):
    path = url_of(match)
    notices.owe(recipient=person, event=event, key=f"{match.pk} {event}", path=path, at=NOON)


def test_an_answer_settles_for_the_whole_team_what_asked_for_it(match):
    asking, offering = people_of(match)
    colleague = make_user()
    match.need.party.memberships.create(user=colleague, role="staff", joined_at=NOON)
    for person, event in [
        (asking, "proposed"),
        (asking, "nudge"),
        (colleague, "second_contact"),
        (colleague, "verified"),
        (offering, "proposed"),
    ]:
        owe(match, person, event)

    actions.accept(match=match, by=asking, at=NOON)

    assert [new_for(person) for person in (asking, colleague, offering)] == [
        [],
        ["verified"],
        ["proposed"],
    ]


@pytest.mark.usefixtures("noon")
def test_what_still_asks_can_be_marked_as_read_on_its_page_and_asks_on():
    match = make_match()
    person, _ = people_of(match)
    owe(match, person, "proposed")
    assert url_of(match, "read") in page_of(match, person)

    signed_in(person).post(url_of(match, "read"))

    page = page_of(match, person)
    assert new_for(person) == []
    assert (url_of(match, "read") in page, url_of(match, "accept") in page) == (False, True)


@pytest.mark.usefixtures("noon")
def test_opening_one_notice_or_pressing_read_settles_all_about_that_match_and_looking_nothing():
    first, second = (make_match(status="declined", **said("need")) for _ in range(2))
    for match in (first, second):
        for event in ("proposed", "declined"):
            owe(match, people_of(match)[0], event)
    opener, reader = people_of(first)[0], people_of(second)[0]
    page_of(first, opener)
    assert new_for(opener) == ["declined", "proposed"]

    notice = Notice.objects.filter(recipient=opener).first()
    signed_in(opener).post(f"/inbox/{notice.public_id}/open/")
    assert url_of(second, "read") in page_of(second, reader)
    signed_in(reader).post(url_of(second, "read"))

    assert (new_for(opener), new_for(reader)) == ([], [])
    assert url_of(second, "read") not in page_of(second, reader)
    assert Match.objects.filter(status="declined").count() == 2
