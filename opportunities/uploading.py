"""A file that somebody brings: read, checked in pieces, and saved in pieces once they say so.

Nothing of it is a posting before that. Each piece is a transaction of its own under a lock of the
upload, so that two workers never do the same, and one that dies leaves the piece to the next.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Party, User
from accounts.refusals import Refused
from opportunities.daily_limits import left_from_files
from opportunities.models import Need, Offer, Upload, UploadRow
from opportunities.spreadsheets.importing import import_rows
from opportunities.spreadsheets.parties import Parties
from opportunities.spreadsheets.records import TableRefused
from opportunities.spreadsheets.report import Report
from opportunities.spreadsheets.rows import read_needs, read_offers
from opportunities.spreadsheets.tables import Table, TableRow
from screening.judging import screen
from trail import actions as trail
from trail.tasks import wake, wake_on_commit

MAX_BYTES = 2_000_000  # two thousand rows with long texts
MAX_ROWS = 2_000
FILES_A_DAY = 10  # of one party: to correct a file a few times, and not to probe with it
PIECE = 100  # rows of one transaction: some seconds of a worker
FIRST_PIECE = 25  # rows that a page does itself, so that a short file is answered at once
TASK = "opportunities.tasks.work_on_upload"
Status, Outcome = Upload.Status, UploadRow.Outcome


class TooManyFiles(Refused):
    message = gettext_lazy("That is a lot of files for one day. Please go on tomorrow.")


class NothingToSave(Refused):
    message = gettext_lazy("There is nothing to save here. It may be saved already.")


@transaction.atomic
def begin(
    *,
    party: Party,
    by: User,
    model: type[Need] | type[Offer],
    content: Iterable[bytes],
    publishes: bool,
    at: datetime,
) -> Upload:
    """Keep a file's rows to be checked. Raises ``TableRefused`` or ``TooManyFiles``.

    content  the file's bytes, piece by piece; nothing of it stays on the disk
    """
    held = Party.objects.select_for_update(no_key=True).get(pk=party.pk)
    if held.uploads.filter(created_at__gt=at - timedelta(days=1)).count() >= FILES_A_DAY:
        raise TooManyFiles
    upload = Upload(party=held, by=by, word=model.WORD, publishes=publishes, created_at=at)
    with tempfile.TemporaryDirectory() as folder:
        _keep(upload, Path(folder) / "table.csv", content)
    trail.record(actor_id=by.pk, verb="spreadsheet_brought", subject=upload, at=at)
    wake_on_commit(TASK, upload.pk)
    return upload


def _keep(upload: Upload, file: Path, content: Iterable[bytes]) -> None:
    """The upload with all its rows, by way of a file that is gone afterward."""
    _write(file, content)
    table = read_needs(file) if upload.word == Need.WORD else read_offers(file)
    upload.left_out = [name[:80] for name in table.unknown_columns][:50]
    upload.save()
    UploadRow.objects.bulk_create(_rows(upload, table), batch_size=500)


def _write(file: Path, content: Iterable[bytes]) -> None:
    size = 0
    with file.open("wb") as target:
        for piece in content:
            size += len(piece)
            if size > MAX_BYTES:
                raise TableRefused(
                    _("The file is larger than %(most)s MB. Please bring it in parts.")
                    % {"most": MAX_BYTES // 1_000_000}
                )
            target.write(piece)


def _rows(upload: Upload, table: Table) -> list[UploadRow]:
    """Every row as it was read. A second row with the same id is refused here, for all pieces."""
    key = f"{upload.word}_id"
    first: dict[str, int] = {}
    rows: list[UploadRow] = []
    for row in table:
        if len(rows) >= MAX_ROWS:
            raise TableRefused(
                _("The file has more than %(most)s rows. Please bring it in parts.")
                % {"most": f"{MAX_ROWS:,}"}
            )
        before = first.setdefault(row.cells.get(key, "") or f"row {row.number}", row.number)
        rows.append(_kept(upload, row, key, before))
    if not rows:
        raise TableRefused(_("The file has a first row, and no rows beneath it."))
    return rows


def _kept(upload: Upload, row: TableRow, key: str, before: int) -> UploadRow:
    kept = UploadRow(upload=upload, number=row.number)
    if row.refusal:
        kept.outcome, kept.column = Outcome.REJECTED, row.refusal.column
        kept.notes = row.refusal.reason
    elif before != row.number:
        kept.outcome, kept.column = Outcome.REJECTED, key
        kept.notes = _("This id stands in row %(row)s already.") % {"row": before}
        kept.title = _title_of(row.cells)
    else:
        kept.cells = dict(row.cells)
    return kept


def _title_of(cells: Mapping[str, str], *, is_read: bool = False) -> str:
    """What people know the row by; who somebody is stays nowhere, not even in a refused row.

    is_read  it was screened with all its texts, and not refused
    """
    title = cells.get("title", "")[: UploadRow.TITLE_LENGTH]
    if is_read or not screen({"title": title}, is_reviewed=False).identities:
        return title
    return ""


def _note_of(line: str) -> str:
    """A line about the row; it may quote a cell, and who somebody is stays in no line."""
    if screen({"note": line}, is_reviewed=False).identities:
        return _("This cell is not understood, and may tell who somebody is.")
    return line


@transaction.atomic
def confirm(*, upload: Upload, by: User, at: datetime) -> None:
    """Have what was checked be saved. Raises ``NothingToSave``."""
    moved = Upload.objects.filter(pk=upload.pk, status=Status.CHECKED).update(
        status=Status.SAVING, by=by
    )
    if not moved:
        raise NothingToSave
    trail.record(actor_id=by.pk, verb="spreadsheet_confirmed", subject=upload, at=at)
    wake_on_commit(TASK, upload.pk)


@transaction.atomic
def forget(*, upload: Upload, by: User, at: datetime) -> None:
    """Throw a file away; what was saved from it stays."""
    trail.record(actor_id=by.pk, verb="spreadsheet_forgotten", subject=upload, at=at)
    upload.delete()


# Pieces


def work_on(upload: Upload, *, at: datetime, most: int = PIECE) -> bool:
    """Do the next piece of one upload. Says whether there was anything to do.

    most  rows of the piece
    """
    with transaction.atomic():
        open_ones = Upload.objects.unfinished().select_for_update(skip_locked=True, of=("self",))
        held = open_ones.select_related("party", "by").filter(pk=upload.pk).first()
        if held is None:
            return False
        _piece(held, at, most)
        return True


def finish(*, upload_id: int, at: datetime) -> int:
    """Do all that is left of one upload. Returns how many pieces were done."""
    pieces = 0
    for upload in Upload.objects.unfinished().filter(pk=upload_id):
        while work_on(upload, at=at):
            pieces += 1
    return pieces


def wake_all() -> None:
    """Have each upload that is not through finished: one by one, so that none holds up another."""
    for pk in Upload.objects.unfinished().order_by("created_at", "pk").values_list("pk", flat=True):
        wake(TASK, pk)


def _piece(upload: Upload, at: datetime, most: int) -> None:
    checks = upload.status == Status.CHECKING
    left = upload.rows.filter(outcome=Outcome.WAITING) if checks else _unsaved(upload)
    rows = list(left.order_by("number")[:most])
    report = _brought(upload, rows, checks=checks, at=at)
    _write_down(rows, saved=not checks)
    if checks:
        upload.would_be_seen += report.seen_by_others
    if not left.exists():
        upload.status = Status.CHECKED if checks else Status.DONE
    upload.save(update_fields=["status", "would_be_seen"])


def _brought(upload: Upload, rows: list[UploadRow], *, checks: bool, at: datetime) -> Report:
    """Import these rows, or see what that would do; the pieces before count for the day."""
    before = upload.would_be_seen if checks else 0  # what is saved counts by itself
    return import_rows(
        _as_read(rows),
        model=Need if upload.word == Need.WORD else Offer,
        parties=Parties(one=upload.party, by=upload.by),
        publish=upload.publishes,
        dry_run=checks,
        most_seen=left_from_files(upload.party, at=at) - before,
        at=at,
        report=_RowByRow({row.number: row for row in rows}),
    )


def _write_down(rows: list[UploadRow], *, saved: bool) -> None:
    for row in rows:
        row.is_saved = saved
        row.notes = "\n".join(map(_note_of, row.notes.splitlines()))
        row.title = row.title or _title_of(row.cells, is_read=row.outcome != Outcome.REJECTED)
        if saved or row.outcome == Outcome.REJECTED:
            row.cells = {}
    UploadRow.objects.bulk_create(  # all are there: ``bulk_update`` takes ten times as long
        rows,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=["title", "outcome", "column", "notes", "publishes", "is_saved", "cells"],
    )


def _unsaved(upload: Upload) -> QuerySet[UploadRow]:
    return upload.rows.filter(is_saved=False).exclude(outcome=Outcome.REJECTED)


def _as_read(rows: Iterable[UploadRow]) -> Iterator[TableRow]:
    return (TableRow(row.number, row.cells) for row in rows)


class _RowByRow(Report):
    """Writes what becomes of each row on the row itself."""

    def __init__(self, rows: Mapping[int, UploadRow]) -> None:
        super().__init__()
        self._rows = rows
        for row in rows.values():
            row.outcome, row.column, row.notes, row.publishes = Outcome.WAITING, "", "", False

    def count(self, row: int, what: str) -> None:
        super().count(row, what)
        if what == "published":
            self._rows[row].publishes = True
        elif what in Outcome.values:
            self._rows[row].outcome = what

    def reject(self, row: int, column: str, reason: str) -> None:
        super().reject(row, column, reason)
        kept = self._rows[row]
        kept.outcome, kept.column, kept.notes = Outcome.REJECTED, column[:40], reason

    def note(self, row: int, text: str) -> None:
        super().note(row, text)
        kept = self._rows[row]
        kept.notes = f"{kept.notes}\n{text}".strip()
