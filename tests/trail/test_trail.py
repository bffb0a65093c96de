"""What changed stands in the transaction that changed it; who did what stays readable."""

from datetime import timedelta

import pytest
import redis
from django.db import IntegrityError, transaction

from alongside import celery_app
from tests.factories import NOON, make_need, make_user
from trail import actions
from trail.models import Audit, Change

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def woken():
    """How many tasks wait at the broker, counted from now."""
    url = celery_app.conf.broker_url.removeprefix("redis+socket://")
    broker = redis.Redis(unix_socket_path=url) if "://" not in url else redis.Redis.from_url(url)
    before = broker.llen("celery")
    yield lambda: broker.llen("celery") - before
    broker.close()


def change_and_roll_back():
    with transaction.atomic():
        actions.changed(subject="need", ids=[1], at=NOON)
        transaction.set_rollback(True)


def test_a_change_that_is_rolled_back_was_never_there():
    change_and_roll_back()
    assert not Change.objects.exists()


def test_a_change_names_every_row_it_is_about():
    actions.changed(subject="offer", ids=[3, 4], at=NOON)
    rows = Change.objects.order_by("pk").values_list("subject", "subject_id", "at", "matched_at")
    assert list(rows) == [("offer", 3, NOON, None), ("offer", 4, NOON, None)]


def test_a_change_is_about_something_the_matcher_knows():
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.changed(subject="weather", ids=[1], at=NOON)


@pytest.mark.django_db(transaction=True)
def test_the_matcher_is_woken_once_and_only_when_all_is_committed(woken):
    with transaction.atomic():
        for subject in ("need", "offer", "party"):
            actions.changed(subject=subject, ids=[1], at=NOON)
        inside = woken()

    assert (inside, woken()) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_change_wakes_nobody(woken):
    change_and_roll_back()
    assert woken() == 0


@pytest.mark.django_db(transaction=True)
def test_a_wake_survives_an_inner_block_that_was_rolled_back(woken):
    with transaction.atomic():
        change_and_roll_back()
        actions.changed(subject="need", ids=[2], at=NOON)

    assert woken() == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_for_a_later_day_wakes_nobody_now(woken):
    actions.changed(subject="need", ids=[1], at=NOON, not_before=NOON + HOUR)
    assert woken() == 0


def test_a_claim_takes_what_is_due_in_order_and_leaves_the_rest():
    actions.changed(subject="need", ids=[1, 2, 3], at=NOON)
    actions.changed(subject="need", ids=[4], at=NOON, not_before=NOON + HOUR)
    Change.objects.filter(subject_id=1).update(matched_at=NOON)

    def claimed(limit, at):
        return [change.subject_id for change in Change.objects.claim(limit=limit, at=at)]

    assert claimed(1, NOON) == [2]
    assert claimed(9, NOON) == [2, 3]
    assert claimed(9, NOON + HOUR) == [2, 3, 4]


def test_the_audit_holds_ids_and_choices():
    person, need = make_user(), make_need()
    actions.record(actor_id=person.pk, verb="need_paused", subject=need, at=NOON, status="paused")
    row = Audit.objects.get()
    assert (row.actor_id, row.subject, row.subject_id) == (
        person.pk,
        "opportunities.need",
        need.pk,
    )
    assert row.facts == {"status": "paused"}
