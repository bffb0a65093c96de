"""A strange word stands in each private field of a confidential home; everybody looks for them.

Here: every mail, what is sent to the worker, the audit, the log, and the pages that say that
something is wrong. Every page is read at the walls, by everybody.
"""

import base64
import json
from datetime import timedelta

import pytest
import redis
import time_machine
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import path

from accounts import inviting
from alongside import urls
from engagements import actions as engagements
from matching import actions as matching
from matching import pipeline
from matching.models import Match
from notices import actions as notices
from opportunities import actions as opportunities
from tests.attacks.canaries import PERSON, hide, words_in, written_down
from tests.factories import NOON, make_need, make_offer, make_party, owner_of
from tests.keeping.dump import dump
from trail import actions as trail

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=4)  # morning in New York


def fails(_request):
    raise ValueError("Key (name)=(quetzalname) of quetzalbox already exists.")


urlpatterns = [path("fails/", fails), *urls.urlpatterns]


@pytest.fixture(autouse=True)
def noon():
    cache.clear()
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def log():
    with written_down() as lines:
        yield lines


@pytest.fixture
def broker():
    """The bodies of what waits for the worker."""
    server = redis.Redis.from_url(settings.CACHES["default"]["LOCATION"])
    server.delete("celery")
    yield lambda: [
        base64.b64decode(json.loads(message)["body"]).decode()
        for message in server.lrange("celery", 0, -1)
    ]
    server.close()


def test_no_mail_no_message_to_the_worker_no_trace_and_no_log_line_holds_one(
    log, broker, django_capture_on_commit_callbacks
):
    """From an invitation to the end of an introduction."""
    home, offer = make_party("nonprofit"), make_offer()
    need = make_need(home)
    hide(home, [need.pk])
    asking, offering = owner_of(home), owner_of(offer.party)

    with django_capture_on_commit_callbacks(execute=True):
        inviting.invite(party=home, by=asking, email="new@example.org", role="staff", at=NOON)
        trail.changed(subject="need", ids=[need.pk], at=NOON)
        pipeline.match_changes(at=NOON)
        match = Match.objects.get()
        for person in (asking, offering):
            matching.accept(match=match, by=person, at=NOON)
        opportunities.edit(posting=offer, by=offering, facts={"capacity": 4}, at=NOON)
        engagements.write(match=match, by=asking, text="A quetzalmessage.", at=NOON)
        matching.end(match=match, by=offering, reason="It is over.", at=NOON)
    inviting.send_invitations(at=LATER)
    notices.send_due(at=LATER)

    sent = [message for message in mail.outbox if message.to != [PERSON["email"]]]
    own = [message for message in mail.outbox if message.to == [PERSON["email"]]]
    assert len(sent) > 1
    assert own
    assert words_in(" ".join(str(message.message()) for message in sent)) == set()
    assert words_in(" ".join(str(message.message()) for message in own)) == {"quetzalmail"}
    assert broker()
    assert words_in(" ".join(broker())) == set()
    traces = [line for line in dump() if line.startswith(("trail_", "matching_", "notices_"))]
    assert traces
    assert words_in(" ".join(traces)) == set()
    assert words_in(" ".join(log)) == set()


@pytest.mark.urls("tests.attacks.test_canaries")
def test_no_page_about_a_failure_repeats_what_failed(log):
    """An error quotes the row that it is about; its page and its line do not."""
    client = Client(raise_request_exception=False)

    answer = client.get("/fails/")

    assert answer.status_code == 500
    assert words_in(f"{answer.headers} {answer.text}") == set()
    assert log
    assert words_in(" ".join(log)) == set()
