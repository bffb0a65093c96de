"""A small part of the country settles through the real actions, and people can sign in."""

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.models import Party, Review
from alongside.demo.country import PASSWORD, SEED, Country, make_country
from alongside.demo.settling import settle
from matching.models import Match
from notices.models import Notice
from opportunities.models import Need, Offer
from tests.factories import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def columbus(django_db_setup, django_db_blocker):
    """One city of the country with everybody in it, settled once for all these tests."""
    whole = make_country(seed=SEED, today=NOON.date())
    plans = tuple(plan for plan in whole.plans if plan.city == "Columbus")
    with django_db_blocker.unblock(), transaction.atomic():
        settle(Country(plans, whole.reviewers), now=NOON, say=lambda _line: None)
        yield plans
        transaction.set_rollback(True)


def test_everybody_in_town_has_signed_up_and_posted(columbus):
    assert Party.objects.count() == len(columbus)
    assert Need.objects.count() == sum(len(plan.needs) for plan in columbus)
    assert Offer.objects.count() == sum(len(plan.offers) for plan in columbus)
    assert not Need.objects.filter(status="draft").exists()
    assert not Offer.objects.filter(status="draft").exists()


def test_organizations_were_verified_by_two_and_volunteers_by_one(columbus):
    for party in Party.objects.filter(status=Party.Status.VERIFIED):
        yeses = party.reviews.filter(decision=Review.Decision.VERIFY)
        assert yeses.count() == party.reviewers_needed


def test_the_real_matcher_found_matches_and_both_sides_were_told(columbus):
    matches = list(Match.objects.all())

    assert matches
    for match in matches:
        told = Notice.objects.filter(event="proposed", key__contains=f"match {match.pk} ")
        assert {notice.recipient_id for notice in told} == {match.need.told.pk, match.offer.told.pk}


def test_no_mail_is_owed_when_the_demo_begins(columbus):
    assert not Notice.objects.unsent().exists()


def test_the_mechanic_is_free_for_the_story(columbus):
    offer = Offer.objects.get(topics__slug="car-maintenance", party__name="Walter Lamplight")

    assert offer.status == Offer.Status.ACTIVE
    assert not Match.objects.filter(offer=offer).exists()


def test_the_ready_people_can_sign_in(columbus, client):
    for email in ("nonprofit@example.org", "volunteer@example.org", "reviewer@example.org"):
        answer = client.post(
            reverse("account_login"), {"login": email, "password": PASSWORD}, follow=True
        )
        assert (email, answer.wsgi_request.user.email) == (email, email)
        client.logout()
