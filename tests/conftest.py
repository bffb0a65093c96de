"""What every test may rely on."""

import gc
import logging
import secrets
from collections.abc import Iterator

import hypothesis
import pytest
import time_machine
from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, TransactionTestCase
from django.utils import translation
from psycopg import sql

from accounts.models import User
from accounts.stepping_up import SESSION_KEY as SHOWN_AT
from opportunities.models import Condition, Topic
from opportunities.shipped_lists import load_conditions, load_topics
from tests import migrated
from tests.factories import NOON

# Slow on purpose outside; here it would be most of the time.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# A line a request, which pytest would format three times and hand on. Two tests ask for them.
logging.getLogger("alongside.requests").setLevel(logging.WARNING)

# How long one example takes says more of the machine than of the code.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

NEVER_CHANGED = {"django_migrations", "django_content_type", "auth_permission"}


def pytest_collection_finish() -> None:
    """What is loaded by now stays, so the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


if connection.settings_dict["NAME"] == migrated.DATABASE:

    @pytest.fixture(scope="session")
    def django_db_setup(django_test_environment: None) -> None:
        """On servers of our own it stands there, migrated. Elsewhere pytest-django makes it."""


@pytest.fixture(autouse=True)
def plain_english() -> Iterator[None]:
    """The language of the last page that a test read ends with the test."""
    yield
    translation.deactivate()


def _sign_in(client: Client, person: User, backend: str | None = None) -> None:
    """A session of somebody who has just shown who they are, whatever the test's clock says.

    Django's own ``force_login`` says the same in fourteen statements, and every page needs one.
    """
    session = SessionStore()
    session.update(
        {
            auth.SESSION_KEY: str(person.pk),
            auth.BACKEND_SESSION_KEY: backend or settings.AUTHENTICATION_BACKENDS[0],
            auth.HASH_SESSION_KEY: person.get_session_auth_hash(),
            SHOWN_AT: 2**40,
        }
    )
    session._session_key = secrets.token_hex(16)
    session.create_model_instance(session._session).save(force_insert=True)
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


Client.force_login = _sign_in


def _empty_the_tables(_case: TransactionTestCase) -> None:
    """After a test with transactions of its own: only what the migrations brought is left.

    Django truncates every table, and brings permissions back one by one. With a few rows
    in a few tables, deleting takes a tenth of that.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM trail_audit)")
        has_traces = cursor.fetchone()[0]
        if has_traces:  # the audit refuses to be emptied, so its owner has to say it twice
            cursor.execute("ALTER TABLE trail_audit DISABLE TRIGGER audit_stands")
        for table in set(connection.introspection.django_table_names()) - NEVER_CHANGED:
            cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        if has_traces:
            cursor.execute("ALTER TABLE trail_audit ENABLE TRIGGER audit_stands")
        load_topics(Topic.objects)
        load_conditions(Condition.objects)


TransactionTestCase._fixture_teardown = _empty_the_tables


@pytest.fixture
def nobody_has_tried_too_often() -> Iterator[None]:
    """Tries are counted in the cache that all tests share; at NOON no minute ever ends."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def noon() -> Iterator[time_machine.Traveller]:
    """The moment at the doors, where pages read the clock."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller
