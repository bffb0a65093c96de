"""What is owed goes out, once, whatever the mail server does."""

import socket
import threading
from datetime import timedelta

import pytest
from celery import current_app
from django.conf import settings as site
from django.db import connection, transaction
from django.utils import timezone

from notices import actions, claiming
from notices.models import Notice, Preference
from notices.tasks import send_due_notices
from tests.factories import NOON
from tests.notices.people import awake
from trail.models import Audit

pytestmark = pytest.mark.django_db
LATER = NOON + Notice.LEASE


def owe(recipient=None, **facts):
    recipient = recipient or awake()
    values = {"event": "proposed", "key": f"match {recipient.pk}", "path": "/matches/", "at": NOON}
    values |= facts
    actions.owe(recipient=recipient, **values)
    return Notice.objects.get(recipient=recipient, key=values["key"])


def tries_of(notice, moments):
    """Send at each moment; the notice as it then is."""
    for moment in moments:
        actions.send_due(at=moment)
    notice.refresh_from_db()
    return notice


def test_what_is_owed_is_sent_and_marked(mail_sink):
    notice = owe()

    assert actions.send_due(at=NOON) == 1

    notice.refresh_from_db()
    assert notice.sent_at == NOON
    assert mail_sink.addresses == [notice.recipient.email]


def test_a_second_round_sends_nothing_again(mail_sink):
    owe()
    actions.send_due(at=NOON)

    assert actions.send_due(at=NOON) == 0
    assert actions.send_due(at=LATER) == 0
    assert len(mail_sink.taken) == 1


def test_the_same_key_is_owed_to_a_person_once(mail_sink):
    person = awake()
    owe(person, key="match 1")
    owe(person, key="match 1", path="/elsewhere/")

    assert actions.send_due(at=NOON) == 1
    assert Notice.objects.get().path == "/matches/"


def test_one_round_sends_more_than_one_batch_over_one_connection(mail_sink):
    people = [awake() for _ in range(actions.SEND_AT_ONCE + 5)]
    for person in people:
        owe(person)

    assert actions.send_due(at=NOON) == len(people)
    assert sorted(mail_sink.addresses) == sorted(person.email for person in people)
    assert mail_sink.connections == 1


def test_urgent_ones_go_first_and_then_the_oldest(mail_sink):
    new = owe()
    old = owe(due_at=NOON - timedelta(hours=1))
    urgent = owe(urgent=True)

    actions.send_due(at=NOON)

    assert mail_sink.addresses == [one.recipient.email for one in (urgent, old, new)]


def test_nothing_goes_out_before_it_is_due(mail_sink):
    owe(due_at=NOON + timedelta(minutes=10))

    assert actions.send_due(at=NOON) == 0
    assert actions.send_due(at=NOON + timedelta(minutes=10)) == 1


def test_inactive_people_get_none(mail_sink):
    owe(awake(is_active=False))

    assert actions.send_due(at=NOON) == 0
    assert mail_sink.connections == 0


def test_who_has_read_it_in_the_inbox_gets_no_mail_about_it(mail_sink):
    notice = owe()
    actions.read(notice=notice, at=NOON)

    assert actions.send_due(at=NOON) == 0


def test_a_mail_refused_for_good_stops_no_other_and_is_shown_at_once(mail_sink):
    refused = owe(urgent=True)
    other = owe()
    mail_sink.answers[refused.recipient.email] = "550 no such mailbox"

    assert actions.send_due(at=NOON) == 1

    refused.refresh_from_db()
    assert (refused.failed_at, refused.sent_at) == (NOON, None)
    assert refused.last_error == "550 no such mailbox"
    assert mail_sink.addresses == [other.recipient.email]
    assert mail_sink.connections == 1
    assert actions.send_due(at=LATER) == 0


def test_an_address_no_mail_program_takes_stops_no_other(mail_sink):
    broken = owe(awake(email="two\nlines@example.org"), urgent=True)
    owe()

    assert actions.send_due(at=NOON) == 1
    broken.refresh_from_db()
    assert broken.failed_at == NOON


def test_a_mail_put_off_is_tried_again_after_a_pause_that_doubles(mail_sink):
    notice = owe()
    mail_sink.answers[notice.recipient.email] = "451 please come back"

    actions.send_due(at=NOON)
    notice.refresh_from_db()
    assert (notice.tries, notice.claimed_until) == (1, NOON + Notice.BACK_OFF)

    actions.send_due(at=notice.claimed_until - timedelta(seconds=1))
    notice.refresh_from_db()
    assert notice.tries == 1

    actions.send_due(at=NOON + Notice.BACK_OFF)
    notice.refresh_from_db()
    assert (notice.tries, notice.claimed_until) == (2, NOON + 3 * Notice.BACK_OFF)

    mail_sink.answers.clear()
    assert actions.send_due(at=NOON + 3 * Notice.BACK_OFF) == 1


def test_after_the_last_try_it_is_shown_to_a_person(mail_sink):
    notice = owe()
    mail_sink.answers[notice.recipient.email] = "451 please come back"
    days = [NOON + timedelta(days=day) for day in range(Notice.MAX_TRIES)]

    assert tries_of(notice, days[:-1]).failed_at is None
    assert tries_of(notice, days[-1:]).failed_at == days[-1]
    assert list(Notice.objects.undeliverable()) == [notice]


def test_a_server_that_is_away_costs_nobody_a_try(settings, caplog):
    notice = owe()
    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()

        assert actions.send_due(at=NOON) == 0

    notice.refresh_from_db()
    assert (notice.tries, notice.claimed_until, notice.failed_at) == (0, None, None)
    assert caplog.messages == ["The mail server is away: ConnectionRefusedError."]


def test_a_server_that_does_not_take_our_sender_costs_nobody_a_try(mail_sink):
    notice = owe()
    mail_sink.sender_answer = "530 sign in first"

    assert actions.send_due(at=NOON) == 0

    notice.refresh_from_db()
    assert (notice.tries, notice.claimed_until) == (0, None)


@pytest.mark.parametrize("misdeed", ["drop", "hang", "421 closing"])
def test_a_server_that_breaks_off_at_one_mail_still_gets_the_others(mail_sink, settings, misdeed):
    settings.EMAIL_TIMEOUT = 0.2
    broken = owe(urgent=True)
    other = owe()
    mail_sink.answers[broken.recipient.email] = misdeed

    assert actions.send_due(at=NOON) == 1

    broken.refresh_from_db()
    assert (broken.tries, broken.sent_at, broken.failed_at) == (1, None, None)
    assert mail_sink.addresses == [other.recipient.email]


def test_a_server_that_breaks_off_every_time_is_left_alone_for_now(mail_sink):
    notices = [owe() for _ in range(5)]
    mail_sink.answers |= {notice.recipient.email: "drop" for notice in notices}

    assert actions.send_due(at=NOON) == 0

    assert mail_sink.connections == 3
    tries = Notice.objects.order_by("pk").values_list("tries", flat=True)
    assert list(tries) == [1, 1, 1, 0, 0]


def test_a_round_that_is_over_gives_back_what_it_holds(mail_sink, monkeypatch):
    monkeypatch.setattr(actions, "SEND_FOR", 0.0)
    notice = owe()

    assert actions.send_due(at=NOON) == 0

    notice.refresh_from_db()
    assert (notice.tries, notice.claimed_until) == (0, None)


def test_the_lease_outlasts_a_round_and_a_slow_last_mail():
    commands = 8  # greeting, EHLO twice, STARTTLS, sign-in, MAIL, RCPT, DATA and its end
    slowest = actions.SEND_FOR + commands * site.EMAIL_TIMEOUT
    assert timedelta(seconds=slowest) < Notice.LEASE


def test_a_worker_that_died_between_sending_and_marking_leaves_one_message(mail_sink):
    notice = owe()

    actions.notice_mail(claiming.claim(limit=1, at=NOON)[0]).send()  # and here it dies

    assert actions.send_due(at=LATER - timedelta(seconds=1)) == 0
    assert actions.send_due(at=LATER) == 1
    ids = {mail["Message-ID"] for mail in mail_sink.taken}
    assert len(mail_sink.taken) == 2
    assert ids == {f"<notice-{notice.public_id}@example.org>"}


def test_who_comes_late_does_not_unsettle_what_another_has_sent(mail_sink):
    notice = owe()
    slow = claiming.claim(limit=1, at=NOON)[0]
    actions.send_due(at=LATER)

    slow.put_back(OSError("too late"), at=LATER)
    slow.give_up(OSError("too late"), at=LATER)

    notice.refresh_from_db()
    assert (notice.sent_at, notice.failed_at, notice.last_error) == (LATER, None, "")


@pytest.mark.django_db(transaction=True)
def test_several_senders_at_once_send_each_notice_once(mail_sink):
    for _ in range(60):
        owe()
    together = threading.Barrier(4)
    counts = []

    def send() -> None:
        together.wait()
        try:
            counts.append(actions.send_due(at=NOON))
        finally:
            connection.close()

    senders = [threading.Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert sum(counts) == 60
    assert len(set(mail_sink.addresses)) == len(mail_sink.taken) == 60


@pytest.mark.django_db(transaction=True)
def test_two_claims_at_once_share_the_notices_and_nobody_waits():
    for _ in range(4):
        owe()
    with transaction.atomic():
        mine = claiming.claim(limit=3, at=NOON)
        others = []

        def claim() -> None:
            try:
                others.extend(claiming.claim(limit=3, at=NOON))
            finally:
                connection.close()

        other = threading.Thread(target=claim)
        other.start()
        other.join(timeout=10)

    assert (len(mine), len(others)) == (3, 1)
    assert {one.pk for one in mine}.isdisjoint(one.pk for one in others)


def test_a_reviewer_has_a_given_up_mail_tried_again(mail_sink):
    reviewer, notice = awake(is_reviewer=True), owe()
    mail_sink.answers[notice.recipient.email] = "550 no such mailbox"
    actions.send_due(at=NOON)
    mail_sink.answers.clear()

    assert actions.try_again(notices=Notice.objects.all(), by=reviewer, at=LATER) == 1
    assert actions.try_again(notices=Notice.objects.all(), by=reviewer, at=LATER) == 0
    assert actions.send_due(at=LATER) == 1

    trace = Audit.objects.get()
    assert (trace.verb, trace.actor_id, trace.subject_id) == (
        "notice_tried_again",
        reviewer.pk,
        notice.pk,
    )


def test_the_sender_is_woken_once_when_the_transaction_commits(
    django_capture_on_commit_callbacks,
):
    with django_capture_on_commit_callbacks() as woken, transaction.atomic():
        for _ in range(3):
            owe()

    assert [call.args for call in woken] == [(actions.SENDER,)]


def test_what_a_savepoint_takes_back_wakes_nobody_and_hides_no_later_wake(
    django_capture_on_commit_callbacks,
):
    with django_capture_on_commit_callbacks() as woken:
        with transaction.atomic():
            owe()
            transaction.set_rollback(True)
        owe()

    assert len(woken) == 1


@pytest.fixture
def dead_broker(tmp_path):
    """Nobody listens where the broker should be."""
    known = current_app.conf.broker_write_url
    current_app.conf.broker_write_url = f"redis+socket://{tmp_path / 'dead.sock'}"
    yield
    current_app.conf.broker_write_url = known


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_keeps_nothing_from_being_owed(dead_broker, mail_sink, caplog):
    person = awake()
    with transaction.atomic():
        owe(person)

    assert caplog.messages == ["The broker does not answer; the sweep will find what is owed."]
    assert actions.send_due(at=NOON) == 1


def test_the_task_sends_what_is_due_now(mail_sink):
    Preference.objects.create(person=(person := awake()), has_quiet_hours=False)
    owe(person, at=timezone.now())

    send_due_notices()

    assert len(mail_sink.taken) == 1
