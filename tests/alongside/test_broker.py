"""Waking a worker never holds up a page."""

import logging
import time

import pytest
import redis

from trail.tasks import broker_answers, wake


@pytest.mark.parametrize("state", ["dead_socket", "deaf_socket"])
def test_a_page_waits_half_a_second_at_most_for_a_broker_that_is_gone(
    state, request, broker_at, caplog
):
    broker_at(request.getfixturevalue(state))
    began = time.monotonic()

    with caplog.at_level(logging.WARNING, logger="trail.tasks"):
        wake("matching.tasks.match_changes")

    assert time.monotonic() - began < 0.6
    assert caplog.messages == ["The broker does not answer; the sweep will find what is owed."]


@pytest.mark.parametrize("state", ["dead_socket", "deaf_socket"])
def test_a_broker_that_is_gone_does_not_answer(state, request, broker_at):
    broker_at(request.getfixturevalue(state))

    assert broker_answers() is False


def test_waking_works_again_as_soon_as_the_broker_is_back(short_place, valkey_at, broker_at):
    path = short_place / "valkey.sock"
    broker_at(path)
    with valkey_at(path):
        wake("matching.tasks.match_changes")
        assert broker_answers() is True
    wake("matching.tasks.match_changes")

    with valkey_at(path):
        wake("matching.tasks.match_changes")
        assert redis.Redis(unix_socket_path=str(path)).llen("celery") == 1


def test_a_stale_connection_loses_no_message(short_place, valkey_at, broker_at):
    path = short_place / "valkey.sock"
    broker_at(path)
    with valkey_at(path):
        wake("matching.tasks.match_changes")

    with valkey_at(path):
        wake("matching.tasks.match_changes")
        assert redis.Redis(unix_socket_path=str(path)).llen("celery") == 1
