"""The audit as a chain: each sealed row holds a hash of itself and of the one before.

Rows are written unsealed, in the transaction of what they tell. Chaining them right there
would make every transaction that leaves a trace wait for the one before, until its commit.
So a sweep chains what is committed, in the order in which it finds it, and only the sweep
waits for itself. The price: for some seconds a row is guarded by the database's trigger
alone, which refuses every other change from the first moment on.

Whoever may switch triggers off could write the whole chain anew. Each sweep therefore says
in the log where the chain ends, and ``verify_audit --head`` compares.
"""

import hashlib
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.db import connection, transaction

from trail.models import Audit

logger = logging.getLogger(__name__)
LOCK = 0x5EA1  # the advisory lock of the sweep, a number of our own
AT_ONCE = 500  # rows in one transaction
SEALED_WITHIN = timedelta(minutes=10)  # the clock seals every ten seconds; more means it stands


class Head(NamedTuple):
    """The end of the chain: position 0 and no hash where nothing is sealed."""

    position: int
    hash: str

    def __str__(self) -> str:
        return f"{self.position}:{self.hash}"


class Flaw(NamedTuple):
    """Something that cannot be if nobody touched the rows."""

    position: int
    what: str


def hash_of(row: Audit, *, before: str, position: int) -> str:
    """SHA-256 of a row and its place in the chain, 64 hexadecimal digits."""
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    told = [row.pk, at, row.actor_id, row.verb, row.subject, row.subject_id, row.facts]
    content = json.dumps([before, position, *told], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def head() -> Head:
    last = Audit.objects.sealed().order_by("-position").first()
    return Head(last.position or 0, last.hash) if last else Head(0, "")


def seal() -> int:
    """Chain every committed row that is not yet part of the chain. Returns how many."""
    total = 0
    while sealed := _seal_some():
        total += sealed
    if total:
        logger.info("The audit is sealed.", extra={"audit_head": str(head())})
    return total


@transaction.atomic
def _seal_some() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    position, before = head()
    rows = list(Audit.objects.unsealed().order_by("pk")[:AT_ONCE])
    for row in rows:
        position += 1
        row.position, row.hash = position, hash_of(row, before=before, position=position)
        before = row.hash
    Audit.objects.bulk_update(rows, ["position", "hash"])
    return len(rows)


def flaws(*, at: datetime, noted: Head | None = None) -> Iterator[Flaw]:
    """Follow the chain from its beginning. After a flaw it goes on, so that all are found.

    noted  where the chain ended once, as it was kept elsewhere
    """
    position, before = 0, ""
    for row in Audit.objects.sealed().order_by("position").iterator(chunk_size=2000):
        here = row.position or 0
        if here != position + 1:
            yield Flaw(position + 1, f"rows are missing, up to position {here - 1}")
        elif row.hash != hash_of(row, before=before, position=here):
            yield Flaw(here, f"row {row.pk} is not what was sealed")
        if noted and noted.position == here and noted.hash != row.hash:
            yield Flaw(here, "the chain was written anew: the noted hash is another")
        position, before = here, row.hash
    if noted and noted.position > position:
        yield Flaw(position + 1, f"the end is missing, up to position {noted.position}")
    if waiting := Audit.objects.unsealed().filter(at__lt=at - SEALED_WITHIN).count():
        yield Flaw(position + 1, f"{waiting} rows wait to be sealed for too long")
