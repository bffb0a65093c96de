"""The whole way with a worker process of its own: it finds, tells, dies and comes back."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from alongside import celery_app
from matching.models import Match
from notices.models import Notice, Preference
from opportunities import actions as opportunities
from tests.factories import make_need, make_offer, make_party, owner_of
from tests.matching.workers import own_broker, running_worker, send_what_the_clock_sends, until
from tests.notices.mail_sink import MailSink
from trail.models import Change

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def broker(transactional_db):
    """A Valkey of this test's own, which this process publishes through."""
    with own_broker() as broker:
        yield broker


@pytest.fixture
def log(tmp_path):
    return tmp_path / "worker.log"


@pytest.fixture
def mail(settings):
    """A mail server, and settings here and of the worker that lead to it."""
    with MailSink() as sink:
        sink.environment = {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(sink.port),
        }
        settings.EMAIL_BACKEND = sink.environment["EMAIL_BACKEND"]
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


def live(party):
    """What is true of a posting on whatever day this test runs."""
    now = timezone.now()
    type(party).objects.update(verified_at=now, verified_until=now + timedelta(days=300))
    return {"start_date": now.date(), "end_date": now.date() + timedelta(days=180)}


def draft_and_offer(**fields):
    """A need that is not published yet, and an offer that fits it."""
    offer = make_offer(**live(make_party("volunteer")), **fields)
    draft = {"status": "draft", "opened_at": None, "submitted_at": None}
    need = make_need(**draft, **live(offer.party), **fields)
    live(need.party)
    for party in (need.party, offer.party):
        Preference.objects.create(person=owner_of(party), has_quiet_hours=False)
    return need, offer


def publish(need):
    opportunities.publish(posting=need, by=owner_of(need.party), at=timezone.now())


def both_told(need, offer):
    return [owner_of(need.party).email, owner_of(offer.party).email]


def run_out_the_leases():
    """As if ten minutes had gone by."""
    Notice.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))


def do_what_the_clock_asks():
    """A round of the beat, here: what the next worker does."""
    celery_app.loader.import_default_modules()
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        celery_app.tasks[entry["task"]].apply(throw=True)


def test_the_worker_proposes_and_mails_at_once_or_once_the_broker_is_back(broker, log, mail):
    need, offer = draft_and_offer()
    later, other = draft_and_offer(topics=("cooking",))

    with running_worker(broker, log, **mail.environment):
        publish(need)
        until(lambda: Notice.objects.filter(sent_at__isnull=False).count() == 2, log)
        told = sorted(mail.addresses)
        until(broker.has_worker, log)
        broker.stop()
        publish(later)
        waiting = Change.objects.unmatched().count()
        broker.start()
        send_what_the_clock_sends()
        until(lambda: Notice.objects.filter(sent_at__isnull=False).count() == 4, log)

    assert told == sorted(both_told(need, offer))
    assert waiting > 0
    assert sorted(mail.addresses) == sorted([*told, *both_told(later, other)])
    assert set(Notice.objects.values_list("event", flat=True)) == {"proposed"}
    pairs = set(Match.objects.values_list("need", "offer"))
    assert pairs == {(need.pk, offer.pk), (later.pk, other.pk)}


def test_a_worker_killed_between_proposing_and_sending_leaves_each_side_told_once(
    broker, log, mail
):
    need, offer = draft_and_offer()
    mail.answers = dict.fromkeys(both_told(need, offer), "hang")
    with running_worker(broker, log, **mail.environment) as worker:
        publish(need)
        until(lambda: mail.connections, log)  # it has proposed, and holds the first mail
        worker.kill()
        worker.wait()
    proposed, sent = Match.objects.count(), len(mail.taken)
    mail.answers = {}
    run_out_the_leases()

    do_what_the_clock_asks()

    assert (proposed, sent) == (1, 0)
    assert Match.objects.count() == 1
    assert sorted(mail.addresses) == sorted(both_told(need, offer))
