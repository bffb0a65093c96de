"""Somebody helps on a condition: come to our church, work for your bed."""

import pytest
from django.urls import reverse

from accounts import conduct
from matching.models import Match
from matching.pipeline import match_changes
from screening.judging import screen
from tests.factories import NOON, make_need, make_offer, make_user
from trail import actions as trail

FAITH = "faith_content"


@pytest.mark.django_db
def test_a_class_with_faith_content_meets_nobody_who_wants_none():
    welcome, _unwelcome = make_need(), make_need(exclusions=[FAITH])
    offer = make_offer(tags=[FAITH])
    trail.changed(subject="offer", ids=[offer.pk], at=NOON)

    match_changes(at=NOON)

    assert list(Match.objects.values_list("need", flat=True)) == [welcome.pk]


@pytest.mark.parametrize(
    "condition",
    [
        "You must be a member of our church.",
        "Everyone here must share our faith.",
        "An unpaid position with a bed.",
    ],
)
def test_work_on_a_condition_is_refused(condition):
    assert screen({"description": condition}, "job").refused


@pytest.mark.django_db
def test_everybody_has_accepted_that_faith_is_never_a_condition(client):
    client.force_login(make_user(conduct_version=conduct.CURRENT))

    page = client.get(reverse("accounts:conduct")).text

    assert "Faith is never a condition." in page
