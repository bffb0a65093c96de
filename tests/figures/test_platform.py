"""The platform's numbers, week by week, for reviewers alone."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from accounts.models import Review
from figures.platform import weeks_of_the_platform
from tests.factories import (
    NOON,
    make_match,
    make_need,
    make_party,
    make_reviewer,
    make_user,
)
from tests.pages import Page

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
UTC = ZoneInfo("UTC")


def decided(*, sent_in, at):
    Review.objects.create(
        party=make_party(),
        reviewer=make_reviewer(),
        decision="verify",
        round=1,
        at=at,
        submitted_at=sent_in,
        closes=True,
    )


def test_who_waited_at_the_end_of_each_week_is_counted_back_from_now():
    decided(sent_in=NOON - 3 * WEEK, at=NOON - WEEK)
    make_party(verified=False, status="in_review", submitted_at=NOON - 2 * WEEK)

    weeks = weeks_of_the_platform(at=NOON, zone=UTC)

    waiting = [week.counts["parties_waiting"] for week in weeks]
    assert waiting[-5:] == [0, 1, 2, 1, 1]
    assert [week.counts["parties_decided"] for week in weeks][-3:] == [0, 1, 0]
    assert weeks[-2].wait.median == 14
    assert len(weeks) == 26


def test_the_rest_is_counted_in_the_week_it_happened():
    need = make_need(submitted_at=NOON - WEEK)
    make_match(need, status="introduced", proposed_at=NOON - 2 * WEEK, introduced_at=NOON)

    weeks = weeks_of_the_platform(at=NOON, zone=UTC)

    names = ("postings_sent_in", "proposals", "answers", "introductions", "undelivered")
    assert [tuple(week.counts[name] for name in names) for week in weeks[-3:]] == [
        (0, 1, 0, 0, 0),
        (2, 0, 0, 0, 0),
        (0, 0, 2, 1, 0),
    ]


def test_reviewers_see_it_and_nobody_else(client):
    address = reverse("figures:platform")
    with time_machine.travel(NOON, tick=False):
        client.force_login(make_reviewer())
        page = client.get(address)
        assert Page(page.text).complaints == []
        assert page.text.count("<desc id=") == 8
        client.force_login(make_user())
        assert client.get(address).status_code == 404
