"""The audit is a chain that the database itself does not let anybody change."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from tests.factories import NOON, make_need, make_user
from trail import actions, sealing
from trail.models import Audit

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def traces():
    """Three sealed rows, one of them with facts."""
    need = make_need()
    actions.record(actor_id=1, verb="need_paused", subject=need, at=NOON, status="paused")
    actions.record(actor_id=None, verb="need_expired", subject=need, at=NOON, n=1.5, what=["é"])
    actions.record(actor_id=2, verb="need_withdrawn", subject=need, at=NOON)
    assert sealing.seal() == 3
    return list(Audit.objects.order_by("position"))


@contextmanager
def as_owner_of_the_table():
    """What somebody does who may switch the triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE trail_audit DISABLE TRIGGER audit_stands")
        yield cursor
        cursor.execute("ALTER TABLE trail_audit ENABLE TRIGGER audit_stands")


def found(**facts):
    return [flaw.position for flaw in sealing.flaws(at=LATER, **facts)]


# What the database refuses


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE trail_audit SET verb = 'nothing'",
        "UPDATE trail_audit SET actor_id = 99",
        "UPDATE trail_audit SET facts = '{}'",
        "UPDATE trail_audit SET hash = repeat('0', 64)",
        "UPDATE trail_audit SET position = position + 100",
        "UPDATE trail_audit SET position = NULL, hash = ''",
        "DELETE FROM trail_audit",
        "TRUNCATE trail_audit",
    ],
)
def test_sealed_rows_are_not_changed(traces, change):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert list(Audit.objects.order_by("position").values()) == [
        {name: getattr(row, name) for name in row.__dict__ if name != "_state"} for row in traces
    ]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE trail_audit SET verb = 'nothing'",
        "UPDATE trail_audit SET verb = 'nothing', position = 1, hash = repeat('0', 64)",
        "UPDATE trail_audit SET position = 1",
        "DELETE FROM trail_audit",
        "TRUNCATE trail_audit",
    ],
)
def test_rows_that_wait_for_their_seal_are_not_changed(change):
    actions.record(actor_id=1, verb="need_paused", subject=make_user(), at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert Audit.objects.get().verb == "need_paused"


def test_nobody_writes_a_row_that_is_already_sealed():
    with pytest.raises(IntegrityError), transaction.atomic():
        Audit.objects.create(
            at=NOON, verb="x", subject="x", subject_id=1, position=1, hash="0" * 64
        )


# The chain


def test_each_row_holds_the_hash_of_the_one_before(traces):
    assert [row.position for row in traces] == [1, 2, 3]
    hashes = ["", *(row.hash for row in traces)]
    for row, before in zip(traces, hashes, strict=False):
        assert row.hash == sealing.hash_of(row, before=before, position=row.position)
    assert found() == []


def test_sealing_goes_on_where_it_ended(traces):
    actions.record(actor_id=1, verb="need_opened", subject=make_user(), at=NOON)
    assert (sealing.seal(), sealing.seal()) == (1, 0)
    assert sealing.head().position == 4
    assert found() == []


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_late_is_sealed_late_and_sweeps_wait_for_each_other():
    def write_and_seal(number):
        try:
            with transaction.atomic():
                actions.record(actor_id=number, verb="x", subject=person, at=NOON)
            return sealing.seal()
        finally:
            connection.close()

    person = make_user()
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(write_and_seal, range(40))) == 40

    assert list(Audit.objects.order_by("position").values_list("position", flat=True)) == [
        *range(1, 41)
    ]
    assert found() == []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ("UPDATE trail_audit SET verb = 'nothing' WHERE position = 2", [2]),
        ("UPDATE trail_audit SET actor_id = NULL WHERE position = 1", [1]),
        ("UPDATE trail_audit SET at = at + interval '1 microsecond' WHERE position = 3", [3]),
        ("UPDATE trail_audit SET hash = repeat('0', 64) WHERE position = 1", [1, 2]),
        ("DELETE FROM trail_audit WHERE position = 2", [2]),
        ("DELETE FROM trail_audit WHERE position = 1", [1]),
    ],
)
def test_a_change_behind_the_triggers_back_is_found_at_its_place(traces, change, where):
    with as_owner_of_the_table() as cursor:
        cursor.execute(change)
    assert found() == where


def test_a_cut_end_is_found_by_who_noted_the_head(traces):
    noted = sealing.head()
    with as_owner_of_the_table() as cursor:
        cursor.execute("DELETE FROM trail_audit WHERE position = 3")
    assert (found(), found(noted=noted)) == ([], [3])


def test_a_chain_that_was_written_anew_is_found_by_who_noted_the_head(traces):
    noted = sealing.head()
    with as_owner_of_the_table() as cursor:
        cursor.execute("UPDATE trail_audit SET verb = 'nothing', position = NULL, hash = ''")
    sealing.seal()
    assert (found(), found(noted=noted)) == ([], [3])


def test_rows_that_wait_too_long_for_their_seal_are_reported(traces):
    actions.record(actor_id=1, verb="x", subject=make_user(), at=NOON)
    assert found() == [4]
    assert list(sealing.flaws(at=NOON)) == []


def test_each_sweep_says_in_the_log_where_the_chain_ends(caplog):
    caplog.set_level("INFO", logger="trail.sealing")
    actions.record(actor_id=1, verb="x", subject=make_user(), at=NOON)
    sealing.seal()
    sealing.seal()
    assert [record.audit_head for record in caplog.records] == [str(sealing.head())]


# The command


def verify(*arguments):
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_the_command_says_that_all_is_whole_and_where_the_chain_ends(traces):
    code, out, err = verify()
    assert (code, out, err) == (0, f"head {sealing.head()}\nThe audit is whole.\n", "")
    assert verify("--head", str(sealing.head()))[0] == 0


def test_the_command_says_where_it_breaks_and_ends_with_one(traces):
    with as_owner_of_the_table() as cursor:
        cursor.execute("UPDATE trail_audit SET verb = 'nothing' WHERE position = 2")
    code, out, err = verify()
    assert (code, out) == (1, f"head {sealing.head()}\n")
    assert err == f"At position 2: row {traces[1].pk} is not what was sealed.\n"


@pytest.mark.parametrize("head", ["", "12", "x:y", "3:abc"])
def test_a_head_is_a_position_and_a_hash(head):
    with pytest.raises(CommandError, match="no POSITION:HASH"):
        verify("--head", head)
