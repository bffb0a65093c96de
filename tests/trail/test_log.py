"""Every change is read from the log once, in whatever order it is committed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection, transaction

from tests.factories import NOON
from trail import actions, log
from trail.models import Change

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOON + actions.KEPT_FOR + timedelta(days=1)


def change(*ids):
    actions.changed(subject="need", ids=ids, at=NOON)


def read(mark):
    """The ids of what is new, and the next mark."""
    rows, mark = log.read(mark)
    return [row.subject_id for row in rows], mark


class Slow:
    """A connection of its own that changes something and commits only when it is told to."""

    def __init__(self, subject_id, *, roll_back=False):
        self.written, self.may_end = Event(), Event()
        self._pool = ThreadPoolExecutor(1)
        self._done = self._pool.submit(self._work, subject_id, roll_back)
        assert self.written.wait(timeout=30)

    def _work(self, subject_id, roll_back):
        try:
            with transaction.atomic():
                change(subject_id)
                self.written.set()
                self.may_end.wait(timeout=30)
                transaction.set_rollback(roll_back)
        finally:
            connection.close()

    def end(self):
        self.may_end.set()
        self._done.result(timeout=30)
        self._pool.shutdown()


def test_each_change_is_read_once():
    mark = log.mark()
    change(1, 2)
    first, mark = read(mark)
    change(3)
    second, mark = read(mark)
    assert (first, second, read(mark)[0]) == ([1, 2], [3], [])


def test_what_was_there_before_the_mark_is_not_read():
    change(1)
    assert read(log.mark())[0] == []


def test_a_change_that_is_committed_late_is_read_all_the_same():
    """Its number and its transaction are lower than those that were read long before."""
    start = log.mark()
    late = Slow(1)
    change(2)
    between = log.mark()
    early, mark = read(start)
    change(3)
    then, mark = read(mark)
    late.end()
    last, mark = read(mark)

    assert (early, then, last, read(mark)[0]) == ([2], [3], [1], [])
    assert sorted(read(between)[0]) == [1, 2, 3]  # more than new, never less


def test_two_that_overlap_are_each_read_once_in_every_order_of_their_ends():
    for first, second in [(0, 1), (1, 0)]:
        mark = log.mark()
        both = [Slow(1), Slow(2)]
        found = []
        for number in (first, second):
            ids, mark = read(mark)
            found += ids
            both[number].end()
            ids, mark = read(mark)
            found += ids
        assert found == [first + 1, second + 1]
        assert read(mark)[0] == []


def test_what_is_rolled_back_leaves_nothing_and_holds_nobody_up():
    mark = log.mark()
    slow = Slow(1, roll_back=True)
    change(2)
    found, mark = read(mark)
    slow.end()
    change(3)
    assert (found, read(mark)[0]) == ([2], [3])


def test_what_is_known_does_not_grow_once_all_have_ended():
    mark = log.mark()
    slow = Slow(1)
    change(2)
    _, during = read(mark)
    slow.end()
    change(3)
    _, after = read(during)
    _, at_rest = read(after)
    assert len(during.known) == 1
    assert at_rest.known == frozenset()


def test_what_is_committed_while_somebody_reads_is_read_once():
    """Between any two statements of the reader."""
    start = mark = log.mark()
    found, statements = [], []

    def somebody_else(execute, sql, params, many, context):
        done = execute(sql, params, many, context)
        statements.append(sql)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(change_and_close, len(statements)).result(timeout=30)
        return done

    with connection.execute_wrapper(somebody_else):
        ids, mark = read(mark)
        found += ids
    for _ in range(2):
        ids, mark = read(mark)
        found += ids

    assert sorted(found) == list(range(1, len(statements) + 1))
    assert sorted(read(start)[0]) == sorted(found)


def change_and_close(subject_id):
    try:
        change(subject_id)
    finally:
        connection.close()


# Trimming


def matched(*ids, at=NOON):
    change(*ids)
    Change.objects.filter(subject_id__in=ids).update(matched_at=at)


def test_only_what_was_matched_long_ago_is_forgotten():
    matched(1, 2)
    matched(3, at=LATER - timedelta(hours=1))
    change(4)

    forgotten = actions.trim_changes(at=LATER)

    left = Change.objects.filter(subject="need").order_by("pk")
    assert forgotten == 2
    assert list(left.values_list("subject_id", flat=True)) == [3, 4]


def test_who_slept_while_the_log_was_trimmed_is_told_so():
    asleep = log.mark()
    matched(1)
    awake = log.mark()
    actions.trim_changes(at=LATER)
    change(2)

    with pytest.raises(log.Cut):
        log.read(asleep)
    assert [row.subject_id for row in log.read(awake)[0] if row.subject == "need"] == [2]


def test_the_trim_is_remembered_even_where_its_own_trace_is_trimmed():
    asleep = log.mark()
    matched(1)
    actions.trim_changes(at=LATER)
    matched(2, at=LATER)
    actions.trim_changes(at=LATER + 2 * actions.KEPT_FOR)

    assert Change.objects.count() == 1
    with pytest.raises(log.Cut):
        log.read(asleep)


def test_a_trim_of_nothing_leaves_no_trace():
    change(1)
    assert actions.trim_changes(at=LATER) == 0
    assert Change.objects.count() == 1


def test_rows_of_another_servers_copy_do_not_cut_the_log_for_ever():
    """Their transactions have numbers that this server has not reached yet."""
    matched(1)
    Change.objects.update(written_in=2**60)
    actions.trim_changes(at=LATER)

    mark = log.mark()
    change(2)

    assert read(mark)[0] == [2]


def test_an_emptied_log_is_another_log():
    mark = log.mark()
    with connection.cursor() as cursor:
        cursor.execute("truncate trail_change")
    with pytest.raises(log.Cut):
        log.read(mark)
