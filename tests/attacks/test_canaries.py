"""A strange word stands in each private field of a confidential home; everybody looks for them.

Every page as everybody who is not of the home, every mail, what is sent to the worker, the
audit, the log, and the pages that say that something is wrong.
"""

import base64
import json
import logging
from datetime import timedelta

import pytest
import redis
import time_machine
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import path

from accounts import actions as accounts
from accounts.models import Party, User
from alongside import urls
from alongside.logs import JsonFormatter
from matching import actions as matching
from matching import pipeline
from matching.models import Match
from notices import actions as notices
from opportunities import actions as opportunities
from opportunities.models import Need
from tests.attacks import world as worlds
from tests.attacks.routes import routes
from tests.attacks.test_walls import Visitor, attempts
from tests.factories import NOON, make_need, make_offer, make_party, owner_of
from tests.keeping.dump import dump
from trail import actions as trail

pytestmark = pytest.mark.django_db
STRANGERS = {"signed_out", "volunteer", "nonprofit"}
PARTY = {
    "name": "Quetzalname House",
    "legal_name": "Quetzallegal Inc",
    "registration_number": "99-quetzalnumber",
    "license_number": "quetzallicense",
    "license_state": "NY",
    "mailing_address": "PO Box quetzalbox",
    "website": "https://quetzalsite.example.org",
    "mission": "A quetzalmission.",
}
PERSON = {"name": "Quetzalperson", "email": "quetzalmail@example.org", "phone": "quetzalphone"}
NEED = {"exclusions": ["quetzalexclusion"], "import_id": "quetzalimport"}
POSTED = {"title": "A quetzaltitle", "description": "A quetzaldescription."}
WORDS = sorted(
    word.lower()
    for word in (
        *("quetzalname", "quetzallegal", "quetzalnumber", "quetzallicense", "quetzalbox"),
        *("quetzalsite", "quetzalmission", "quetzalperson", "quetzalmail", "quetzalphone"),
        *("quetzalexclusion", "quetzalimport", "quetzaltitle", "quetzaldescription"),
    )
)
# Who may read which. The other side reads the posting from the start, and after the
# introduction whom it meets. A superuser reads more, and each look is written down,
# but neither numbers nor the box nor what is silent.
POSTING = {"quetzaltitle", "quetzaldescription"}
CONTACT = {"quetzalname", "quetzalperson", "quetzalmail", "quetzalphone"}
READS = {
    **{role: set() for role in STRANGERS},
    "before": POSTING,
    "after": POSTING | CONTACT,
    "staff": set(),
    "root": POSTING | CONTACT | {"quetzallegal", "quetzalmission", "quetzalsite"},
}


# Whoever is asked to vouch for the home reads its name; the home gave them the link.
BY_ITS_OWN_LINK = "accounts:sponsor"
LATER = NOON + timedelta(hours=4)  # morning in New York


def words_in(text):
    return {word for word in WORDS if word in text.lower()}


def hide(party, needs):
    """Make it a confidential home with a strange word in each field."""
    nowhere = {"zip": "", "latitude": None, "longitude": None, "county": ""}
    hidden = {"confidential": True, "counties": ["Kings County, NY"]} | nowhere
    Party.objects.filter(pk=party.pk).update(alias="A home in New York", **hidden, **PARTY)
    User.objects.filter(pk=owner_of(party).pk).update(**PERSON)
    Need.objects.filter(pk__in=needs).update(**hidden, **POSTED)
    for number, need in enumerate(Need.objects.filter(pk__in=needs)):
        Need.objects.filter(pk=need.pk).update(
            **NEED | {"import_id": f"{NEED['import_id']}-{number}"}
        )
    party.refresh_from_db()
    return party


def fails(_request):
    raise ValueError("Key (name)=(quetzalname) of quetzalbox already exists.")


urlpatterns = [path("fails/", fails), *urls.urlpatterns]


@pytest.fixture(autouse=True)
def noon():
    cache.clear()
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def world():
    found = worlds.build()
    hide(found.party, Need.objects.filter(party=found.party).values_list("pk", flat=True))
    return found


@pytest.fixture
def log():
    """Each line of the log, as it is written down outside of tests."""
    lines = []

    class Keep(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    handler = Keep()
    handler.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


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


def test_no_page_tells_anybody_more_than_they_may_know(world, log):
    visitors = {role: Visitor(world.people[role]) for role in READS}
    read = {role: set() for role in READS}
    for route in routes():
        for role, address in dict.fromkeys(attempts(world, route)):
            if role in READS and route.name != BY_ITS_OWN_LINK:
                answer = visitors[role].try_("GET", address)
                read[role] |= words_in(f"{answer.headers} {answer.text}")
    assert {role: read[role] - READS[role] for role in READS} == {role: set() for role in READS}
    assert read["after"] == READS["after"]  # they are there to be found
    assert words_in(" ".join(log)) == set()


def test_no_mail_no_message_to_the_worker_no_trace_and_no_log_line_holds_one(
    log, broker, django_capture_on_commit_callbacks
):
    """From an invitation to the end of an introduction."""
    home, offer = make_party("nonprofit"), make_offer()
    need = make_need(home)
    hide(home, [need.pk])
    asking, offering = owner_of(home), owner_of(offer.party)

    with django_capture_on_commit_callbacks(execute=True):
        accounts.invite(party=home, by=asking, email="new@example.org", role="staff", at=NOON)
        trail.changed(subject="need", ids=[need.pk], at=NOON)
        pipeline.match_changes(at=NOON)
        match = Match.objects.get()
        for person in (asking, offering):
            matching.accept(match=match, by=person, at=NOON)
        opportunities.edit(posting=offer, by=offering, facts={"capacity": 4}, at=NOON)
        matching.end(match=match, by=offering, reason="It is over.", at=NOON)
    accounts.send_invitations(at=LATER)
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
