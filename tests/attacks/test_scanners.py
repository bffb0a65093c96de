"""A mail scanner presses every link of every mail, again and again: nothing changes."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from psycopg import sql

from accounts import gathering, inviting
from accounts.tasks import send_invitations, send_mailbox_links
from notices import actions as notices
from notices.models import Notice
from tests.factories import NOON as MORNING
from tests.factories import make_party, make_user, owner_of

NOON = MORNING + timedelta(hours=5)  # noon in New York: no quiet hours
pytestmark = pytest.mark.django_db
LINK = re.compile(r"https?://[^\s<>\"]+")
PASSWORD = "correct-horse-9"
THE_SCANNERS_OWN = "django_session"  # an empty visit; nobody is signed in by it


@pytest.fixture(autouse=True)
def at_noon():
    cache.clear()
    with time_machine.travel(NOON, tick=False):
        yield


def dump():
    """Every row of every table, as the database writes it."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names()) - {THE_SCANNERS_OWN}):
            name = sql.Identifier(table)
            cursor.execute(sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(name))
            found[table] = cursor.fetchall()
    return found


def every_mail():
    """One of each that this site sends."""
    person = make_user(email="ana@example.org")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    party = make_party(owner=person)
    for event in Notice.Event:
        notices.owe(recipient=person, event=event, key=event, path="/inbox/", at=NOON)
    notices.send_due(at=NOON)
    inviting.invite(party=party, email="new@example.org", role="staff", by=person, at=NOON)
    send_invitations()
    gathering.ask_for_mailbox(
        party=party, email=f"office@{urlsplit(party.website).hostname}", by=owner_of(party), at=NOON
    )
    send_mailbox_links()
    for view in ("account_reset_password", "account_request_login_code"):
        for address in (person.email, "nobody@example.org"):
            Client().post(reverse(view), {"email": address})
    for address in (person.email, "fresh@example.org"):
        facts = {"email": address, "name": "A", "kind": "volunteer", "password1": PASSWORD}
        Client().post(reverse("account_signup"), facts)
    return mail.outbox


def links_of(mails):
    texts = [
        text
        for one in mails
        for text in (one.body, *(part.content for part in getattr(one, "alternatives", [])))
    ]
    texts += [one.extra_headers.get("List-Unsubscribe", "") for one in mails]
    return sorted({link.rstrip(".)") for text in texts for link in LINK.findall(text)})


def test_a_scanner_that_presses_every_link_three_times_changes_nothing():
    mails = every_mail()
    links = links_of(mails)
    assert len({one.subject for one in mails}) == 8
    assert {urlsplit(link).path.split("/")[1] for link in links} >= {
        *("account", "inbox", "invitations", "mail", "mailbox")
    }

    before = dump()
    for link in links:
        for method in ("GET", "HEAD", "GET"):
            parts = urlsplit(link)
            answer = Client().generic(method, f"{parts.path}?{parts.query}", follow=True)
            assert answer.status_code < 500

    after = dump()
    assert {table for table in before if before[table] != after[table]} == set()


def test_the_reader_who_is_signed_in_changes_nothing_by_looking():
    links = links_of(every_mail())
    reader = Client()
    facts = {"login": "ana@example.org", "password": PASSWORD}
    assert reader.post(reverse("account_login"), facts).status_code == 302

    before = dump()
    for link in links * 3:
        reader.get(urlsplit(link).path, follow=True)

    after = dump()
    assert {table for table in before if before[table] != after[table]} == set()
