"""A full rematch looks at every open need once, whatever is killed meanwhile."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from io import StringIO
from threading import Event

import pytest
import redis
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from alongside import celery_app
from matching import pipeline, rematching
from matching.market.board import Board
from matching.models import Match
from opportunities.models import Need, Offer
from tests.factories import NOON, make_need, make_offer, make_party
from tests.matching.workers import own_broker, running_worker, until
from trail import actions as trail
from trail.models import Audit, Rematch, RematchBlock

pytestmark = pytest.mark.django_db
IN_SAN_FRANCISCO = {"latitude": 37.77, "longitude": -122.42, "zip": "94110"}


@pytest.fixture
def small_blocks(monkeypatch):
    monkeypatch.setattr(rematching, "BLOCK", 2)


@pytest.fixture
def sent():
    """How many messages wait at the broker, counted from now."""
    url = celery_app.conf.broker_url.removeprefix("redis+socket://")
    broker = redis.Redis(unix_socket_path=url) if "://" not in url else redis.Redis.from_url(url)
    before = broker.llen("celery")
    yield lambda: broker.llen("celery") - before
    broker.close()


def begin():
    return rematching.begin(at=NOON)[0]


def work_all():
    return list(rematching.work_all(board=Board(at=NOON), at=NOON))


def rematch(*options):
    said = StringIO()
    call_command("rematch", *options, stdout=said, stderr=StringIO())
    return said.getvalue()


def in_thread(work):
    """Run this with a database connection of its own."""

    def run():
        try:
            return work()
        finally:
            connection.close()

    return ThreadPoolExecutor(1).submit(run)


# What it looks at


def test_every_open_need_is_looked_at_once_and_proposed_for(small_blocks):
    needs = [make_need() for _ in range(5)]
    make_need(status="paused")
    for _ in range(8):
        make_offer()
    rematch = begin()

    done = work_all()

    rematch.refresh_from_db()
    looked_at = sorted(pk for block in done for pk in block.need_ids)
    assert looked_at == sorted(need.pk for need in needs)
    assert rematch.finished_at == NOON
    assert rematch.progress() == (3, 3, Match.objects.count())
    assert set(Match.objects.values_list("need", flat=True)) == {need.pk for need in needs}


def test_needs_close_to_each_other_share_a_block(small_blocks):
    near = [make_need(), make_need()]
    far = [make_need(**IN_SAN_FRANCISCO)]
    hidden = make_party(confidential=True, counties=["Kings County, NY"])
    nowhere = [make_need(hidden, confidential=True, counties=["Kings County, NY"])]
    near.insert(1, make_need())
    begin()

    blocks = list(RematchBlock.objects.order_by("number").values_list("need_ids", flat=True))

    in_order = [*far, *sorted(near, key=lambda need: need.pk), *nowhere]
    ids = [need.pk for need in in_order]
    assert blocks == [ids[:2], ids[2:4], ids[4:]]


def test_what_is_proposed_already_is_not_proposed_again():
    make_need()
    make_offer()
    for _ in range(2):
        begin()
        work_all()
    assert Match.objects.count() == 1
    assert Rematch.objects.filter(finished_at=NOON).count() == 2


def test_a_need_that_closed_since_the_blocks_were_cut_is_passed_over():
    need, _offer = make_need(), make_offer()
    begin()
    Need.objects.filter(pk=need.pk).update(status="paused")
    work_all()
    assert not Match.objects.exists()


def test_a_rematch_of_nothing_is_over_at_once():
    rematch = begin()
    work_all()
    rematch.refresh_from_db()
    assert rematch.finished_at == NOON


# One at a time, resumable


def test_one_at_a_time_and_a_second_follows_the_first():
    make_need()
    first, is_new = rematching.begin(at=NOON)
    second, is_new_too = rematching.begin(at=NOON)
    assert (first, is_new, is_new_too) == (second, True, False)
    assert RematchBlock.objects.count() == 1
    assert Audit.objects.filter(verb="rematch_started").count() == 1


def test_the_database_allows_no_second_unfinished_one():
    Rematch.objects.create(started_at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rematch.objects.create(started_at=NOON)


def test_the_database_numbers_each_block_once():
    block = {"rematch": begin(), "number": 7, "need_ids": []}
    RematchBlock.objects.create(**block)
    with pytest.raises(IntegrityError), transaction.atomic():
        RematchBlock.objects.create(**block)


def test_a_message_that_comes_twice_does_a_block_once(sent):
    make_need()
    make_offer()
    begin()
    block = RematchBlock.objects.get()
    for _ in range(2):
        rematching.take_turn(block_id=block.pk, board=Board(at=NOON), at=NOON)
    assert Match.objects.count() == 1
    assert sent() == 0


def test_who_is_done_sends_for_the_next(small_blocks, sent):
    for _ in range(4):
        make_need()
    begin()
    first = RematchBlock.objects.get(number=1)
    rematching.take_turn(block_id=first.pk, board=Board(at=NOON), at=NOON)
    assert sent() == 1


def test_the_sweep_goes_on_where_nobody_works(small_blocks, sent):
    for _ in range(4):
        make_need()
    rematching.sweep(at=NOON)
    before = sent()
    begin()
    rematching.sweep(at=NOON)
    assert (before, sent()) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_while_somebody_works_the_sweep_and_a_second_message_leave_it_alone(small_blocks, sent):
    for _ in range(4):
        make_need()
    begin()
    first = RematchBlock.objects.get(number=1)
    holds, may_end = Event(), Event()

    def work():
        with transaction.atomic():
            RematchBlock.objects.select_for_update().get(pk=first.pk)
            holds.set()
            may_end.wait(timeout=30)

    working = in_thread(work)
    holds.wait(timeout=30)
    rematching.sweep(at=NOON)
    was_done = rematching.work(block_id=first.pk, board=Board(at=NOON), at=NOON)
    may_end.set()
    working.result(timeout=30)

    assert (sent(), was_done) == (0, False)


def test_what_breaks_off_in_the_middle_stands_as_before(small_blocks, monkeypatch):
    needs = [make_need() for _ in range(4)]
    for _ in range(6):
        make_offer()
    begin()
    propose = pipeline.propose

    def break_off(**options):
        matches = propose(**options)
        if Match.objects.filter(need=needs[2]).exists():
            raise ConnectionError
        return matches

    monkeypatch.setattr(pipeline, "propose", break_off)
    with pytest.raises(ConnectionError):
        work_all()
    half = [block.done_at for block in RematchBlock.objects.order_by("number")]
    asked = set(Match.objects.values_list("need", flat=True))
    monkeypatch.setattr(pipeline, "propose", propose)
    work_all()

    assert half == [NOON, None]
    assert asked == {need.pk for need in needs[:2]}
    assert set(Match.objects.values_list("need", flat=True)) == {need.pk for need in needs}


# What people see


def test_the_command_begins_works_here_and_says_how_far_it_is(noon):
    make_need()
    make_offer()
    said = [rematch(option) for option in ("--status", "--no-wait", "--here", "--status")]
    assert said == [
        "There was none yet.\n",
        "0 of 1 blocks, 0 proposals, 0 s.\n",
        "1 of 1 blocks, 1 proposals, 0 s, done.\n",
        "1 of 1 blocks, 1 proposals, 0 s, done.\n",
    ]


def test_the_command_waits_for_what_workers_do(noon, monkeypatch):
    make_need()
    waited = []

    def wait(seconds):
        """Meanwhile a worker does it."""
        waited.append(seconds)
        work_all()

    monkeypatch.setattr(time, "sleep", wait)
    assert rematch() == "1 of 1 blocks, 0 proposals, 0 s, done.\n"
    assert len(waited) == 1


# Beside live traffic, and killed


@pytest.mark.django_db(transaction=True)
def test_beside_live_changes_each_pair_is_proposed_once(small_blocks):
    needs = [make_need() for _ in range(6)]
    offers = [make_offer() for _ in range(6)]
    for posting in (*needs, *offers):
        trail.changed(subject=posting.WORD, ids=[posting.pk], at=NOON)
    begin()

    others = [in_thread(lambda: pipeline.match_changes(at=NOON)) for _ in range(2)]
    work_all()
    for other in others:
        other.result(timeout=60)

    pairs = list(Match.objects.values_list("need_id", "offer_id"))
    assert len(pairs) == len(set(pairs))
    assert {need for need, _ in pairs} == {need.pk for need in needs}
    assert Rematch.objects.get().finished_at == NOON


@pytest.mark.django_db(transaction=True)
def test_a_worker_and_a_broker_killed_in_the_middle_of_a_block_lose_nothing(small_blocks, tmp_path):
    log = tmp_path / "worker.log"
    for row in [*(make_need() for _ in range(6)), *(make_offer() for _ in range(9))]:
        live_today(row)
    begin()
    second = RematchBlock.objects.get(number=2)
    with own_broker() as broker:
        with held(second.need_ids), running_worker(broker, log) as worker:
            rematching.sweep(at=NOON)
            until(is_stuck, log)  # the first block is done, the second waits for a held row
            worker.kill()
            worker.wait()
        done = list(RematchBlock.objects.exclude(done_at=None).values_list("number", flat=True))
        asked = Match.objects.filter(need__in=second.need_ids).count()
    until(finishes)  # the broker is gone, and its messages with it

    pairs = list(Match.objects.values_list("need_id", "offer_id"))
    assert (done, asked) == ([1], 0)
    assert len(pairs) == len(set(pairs))
    assert {need for need, _ in pairs} == set(Need.objects.values_list("pk", flat=True))


def finishes():
    """Go on with what nobody works on. What a killed worker held is free a moment later."""
    work_all()
    return not Rematch.objects.unfinished().exists()


def live_today(posting):
    """True of a posting on whatever day this test runs, which a real worker takes for today."""
    dates = {"start_date": "2020-01-01", "end_date": "2090-01-01"}
    type(posting).objects.filter(pk=posting.pk).update(**dates)
    posting.party.verified_until = NOON.replace(year=2090)
    posting.party.save(update_fields=["verified_until"])


@contextmanager
def held(ids):
    """These needs' rows, as somebody who works on them holds them."""
    holds, may_end = Event(), Event()

    def hold():
        with transaction.atomic():
            list(Need.objects.select_for_update().filter(pk__in=ids))
            holds.set()
            may_end.wait(timeout=60)

    holding = in_thread(hold)
    assert holds.wait(timeout=30)
    try:
        yield
    finally:
        may_end.set()
        holding.result(timeout=30)


def is_stuck():
    """Whether somebody waits for a row that somebody else holds."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_locks where not granted")
        return cursor.fetchone()[0] > 0


def test_offers_are_looked_at_whatever_their_place(small_blocks):
    """Blocks are cut by the needs' places; an offer online is there for all of them."""
    make_need(mode="either")
    make_need(mode="either", **IN_SAN_FRANCISCO)
    make_offer(mode="remote", groups=5)
    begin()
    work_all()
    assert Match.objects.count() == 2
    assert Offer.objects.count() == 1
