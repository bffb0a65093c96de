"""Somebody floods one person: with offers that fit, or with words after an introduction."""

import uuid
from contextlib import suppress
from copy import copy
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from engagements import actions as engagements
from engagements.refusals import TooManyToday
from matching.models import Match
from matching.pipeline import match_changes
from matching.room import DAILY_LIMIT
from notices import actions as notices
from notices.models import Notice
from opportunities.models import Offer
from tests.factories import (
    NOON,
    make_match,
    make_need,
    make_offer,
    make_party,
    make_user,
    owner_of,
)
from trail import actions as trail

pytestmark = pytest.mark.django_db
AWAKE = NOON + timedelta(hours=4)  # eleven in New York


def test_500_fitting_offers_in_a_minute_are_a_few_messages_to_their_person():
    party = make_party()
    person, needs = owner_of(party), [make_need(party) for _ in range(12)]
    offers = [offer for _ in range(50) for offer in _ten_of_a_volunteer()]
    trail.changed(subject="offer", ids=[offer.pk for offer in offers], at=AWAKE)

    match_changes(at=AWAKE)
    while notices.send_due(at=AWAKE):
        pass

    asked = Match.objects.filter(need__in=needs).count()
    told = Notice.objects.filter(recipient=person).exclude(event="digest")
    mails = [message for message in mail.outbox if message.to == [person.email]]
    assert len(offers) == 500
    assert 1 <= asked <= DAILY_LIMIT["need"]
    assert told.count() == asked
    assert 1 <= len(mails) <= Notice.DAILY_MAILS


@pytest.mark.parametrize("page", ["account_reset_password", "account_request_login_code"])
def test_an_hour_of_asking_for_codes_is_ten_mails(page):
    cache.clear()
    person = make_user(email="ana@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    for minute in range(0, 50, 10):
        with time_machine.travel(AWAKE + timedelta(minutes=minute), tick=False):
            for _each in range(4):
                Client().post(reverse(page), {"email": person.email})
    assert len(mail.outbox) == 10


def _ten_of_a_volunteer():
    """One offer and nine that are the same."""
    first = make_offer(make_party("volunteer"))
    topic, copies = first.topics.get(), [copy(first) for _ in range(9)]
    for other in copies:
        other.pk, other.public_id = None, uuid.uuid4()
    made = Offer.objects.bulk_create(copies)
    through = Offer.topics.through
    through.objects.bulk_create(through(offer_id=one.pk, topic_id=topic.pk) for one in made)
    return [first, *made]


def test_a_hundred_messages_in_a_minute_are_one_mail_to_their_person():
    match = make_match(status="introduced")
    asking, offering = owner_of(match.need.party), owner_of(match.offer.party)
    taken = 0
    for _message in range(100):
        with suppress(TooManyToday):
            engagements.write(match=match, by=offering, text="Are you there?", at=AWAKE)
            taken += 1

    while notices.send_due(at=AWAKE):
        pass

    assert taken == match.messages.count() == engagements.MOST_A_DAY
    assert [message.to for message in mail.outbox] == [[asking.email]]
