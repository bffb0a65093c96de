"""The whole way with a worker process of its own: it finds, tells, dies and comes back."""

from datetime import timedelta

import pytest
from django.utils import timezone

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
def mail():
    """A mail server, and the worker's settings that lead to it."""
    with MailSink() as sink:
        sink.environment = {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(sink.port),
        }
        yield sink


def live(party):
    """What is true of a posting on whatever day this test runs."""
    now = timezone.now()
    type(party).objects.update(verified_at=now, verified_until=now + timedelta(days=300))
    return {"start_date": now.date(), "end_date": now.date() + timedelta(days=180)}


def draft_and_offer():
    """A need that is not published yet, and an offer that fits it."""
    offer = make_offer(**live(make_party("volunteer")))
    need = make_need(status="draft", opened_at=None, submitted_at=None, **live(offer.party))
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


def test_publishing_wakes_the_worker_which_proposes_and_mails_both_sides(broker, log, mail):
    need, offer = draft_and_offer()

    with running_worker(broker, log, **mail.environment):
        publish(need)
        until(lambda: Notice.objects.filter(sent_at__isnull=False).count() == 2, log)

    match = Match.objects.get()
    assert (match.need, match.offer) == (need, offer)
    assert set(Notice.objects.values_list("event", flat=True)) == {"proposed"}
    assert sorted(mail.addresses) == sorted(both_told(need, offer))


def test_what_is_published_while_the_broker_is_away_is_found_when_it_is_back(broker, log):
    need, offer = draft_and_offer()
    with running_worker(broker, log):
        until(broker.has_worker, log)
        broker.stop()
        publish(need)
        waiting = Change.objects.unmatched().count()
        broker.start()
        send_what_the_clock_sends()
        until(Match.objects.exists, log)

    assert waiting > 0
    assert Match.objects.get().offer == offer
    assert Notice.objects.filter(event="proposed").count() == 2


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

    with running_worker(broker, log, **mail.environment):
        send_what_the_clock_sends()
        until(lambda: not Notice.objects.filter(sent_at=None).exists(), log)

    assert (proposed, sent) == (1, 0)
    assert Match.objects.count() == 1
    assert sorted(mail.addresses) == sorted(both_told(need, offer))
