"""Read the changes as a log, each of them once, whatever order they are committed in.

A change has a number and a transaction. Neither tells when it was committed: a
transaction that began early may end late. But PostgreSQL knows the lowest transaction
that has not ended yet. Whoever looked once has seen all that was written in lower ones,
and finds every other change by asking for those written in that one or later. Some of
these it has read already; it remembers which.
"""

from dataclasses import dataclass

from django.db import connection

from trail.models import Change

_HERE = """
select pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
       pg_postmaster_start_time()::text,
       (select oid from pg_database where datname = current_database())::bigint,
       pg_relation_filenode(%s)::bigint
"""


class Cut(LookupError):
    """What came after the mark is no longer all there; look at everything anew."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far somebody has read.

    log    which log it is: another start of the server, another database or an emptied
           table is another log, and so may be one restored from a copy
    ended  every transaction with a lower number had ended, and what it wrote was read
    known  changes of other transactions that were read, too
    """

    log: tuple[object, ...]
    ended: int
    known: frozenset[int] = frozenset()


def mark() -> Mark:
    """Where the log is now: what was committed before can be read from the rows themselves."""
    with connection.cursor() as cursor:
        cursor.execute(_HERE, [Change._meta.db_table])  # noqa: SLF001 - Django documents it
        ended, *log = cursor.fetchone()
    return Mark(tuple(log), ended)


def read(since: Mark) -> tuple[list[Change], Mark]:
    """What was committed after the mark, and the next mark. Raises ``Cut``.

    The next mark is taken first: what is committed between the two statements is read
    now and known then.
    """
    here = mark()
    rows = list(Change.objects.filter(written_in__gte=since.ended).order_by("pk"))
    if here.log != since.log or any(_cuts(row, since) for row in rows):
        raise Cut
    new = [row for row in rows if row.pk not in since.known]
    known = frozenset(row.pk for row in rows if row.written_in >= here.ended)
    return new, Mark(here.log, here.ended, known)


def _cuts(row: Change, since: Mark) -> bool:
    """Whether it tells that changes were trimmed which the mark may not know."""
    return row.subject == Change.Subject.LOG and row.subject_id >= since.ended
