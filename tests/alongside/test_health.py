"""The health page tells the truth, and quickly."""

import time
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from alongside.health import health
from alongside.models import Heartbeat
from alongside.tasks import beat
from tests.factories import NOON


@pytest.mark.django_db
def test_all_is_well_while_the_beat_is_fresh(client):
    beat()

    answer = client.get(reverse("healthz"))

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert {**answer.json(), "newest_beat_seconds": 0} == {
        "healthy": True,
        "database": True,
        "broker": True,
        "newest_beat_seconds": 0,
    }


@pytest.mark.django_db
def test_without_a_beat_the_system_is_not_healthy(client):
    answer = client.get(reverse("healthz"))

    assert answer.status_code == 503
    assert answer.json() == {
        "healthy": False,
        "database": True,
        "broker": True,
        "newest_beat_seconds": None,
    }


@pytest.mark.django_db
def test_an_old_beat_means_that_clock_or_worker_stand_still():
    Heartbeat.beat(at=NOON)

    assert health(NOON + timedelta(seconds=60))["healthy"] is True
    assert health(NOON + timedelta(seconds=61))["healthy"] is False


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["dead_socket", "deaf_socket"])
def test_a_dead_broker_is_told_at_once(state, request, client, broker_at):
    broker_at(request.getfixturevalue(state))
    Heartbeat.beat(at=timezone.now())
    began = time.monotonic()

    answer = client.get(reverse("healthz"))

    assert time.monotonic() - began < 1
    assert answer.status_code == 503
    assert (answer.json()["database"], answer.json()["broker"]) == (True, False)


def test_a_dead_database_is_told_too(client, no_database):
    answer = client.get(reverse("healthz"))

    assert answer.status_code == 503
    assert answer.json()["database"] is False


@pytest.mark.django_db
def test_health_is_asked_without_tls(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get(reverse("healthz")).status_code == 503
    assert client.get(reverse("how_it_works")).status_code == 301


@pytest.mark.django_db
def test_there_is_one_heartbeat():
    Heartbeat.beat(at=NOON)
    Heartbeat.beat(at=NOON + timedelta(seconds=30))

    assert Heartbeat.objects.count() == 1
    with pytest.raises(IntegrityError):
        Heartbeat.objects.create(id=2, at=NOON)
