"""``manage.py screen FILE --out FILE``: read the words of a spreadsheet of postings or parties."""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandParser

from accounts.command_line import FileCommand
from opportunities.spreadsheets.records import TableRefused
from opportunities.spreadsheets.tables import Table, TableRow, guarded, read_table
from screening.columns import IDS, column_name
from screening.contact_details import SharedContacts
from screening.findings import Mark
from screening.judging import Verdict, judge

HEADER = ("id", "identities", "refused", "flags", "flag_score", "decision")


class Command(FileCommand):
    help = """\
Read a CSV file of postings or parties as every form and import reads them, without a database.

Any columns will do: title, description, kind, pay, hours, workplace, supervisor, contact, company
and others are known by name, unknown ones are read as text. The column id (or need_id, offer_id,
job_id, party_id, else the first) is passed through.

FILE gets id, identities and refused (each as code:column:start-end), flags (the weightiest first;
lists are joined by "|"), flag_score (0 to 1: it sorts a queue and decides nothing) and decision:
ok, review (a person looks) or refuse. Rows that cannot be read are named on standard error with
their number and reason. The last line is one object of counts and seconds."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--out", metavar="FILE", type=Path, required=True)

    def handle(self, *, file: Path, out: Path, **_options: Any) -> None:
        shared = SharedContacts()
        for number, row in enumerate(self._table(file), start=1):
            shared.add(_texts(row.cells))
            self.progress(f"{number:,} rows compared by contact")
        with self.written(out, apart_from=(file,)) as written:
            counts = self._screen(self._table(file), shared, written)
        self.stdout.write(json.dumps({**counts, "seconds": self.seconds()}))

    def _table(self, path: Path) -> Table:
        try:
            return read_table(path, columns=_AnyName(), required=())
        except TableRefused as refused:
            self.refuse(f"{path}: {refused}")

    def _screen(self, table: Table, shared: SharedContacts, written: TextIO) -> dict[str, int]:
        """Judge and write row by row. Returns counts."""
        decisions: Counter[str] = Counter(ok=0, review=0, refuse=0, unreadable=0)
        rows = csv.writer(written)
        rows.writerow(HEADER)
        key = _id_column(table.columns)
        for number, row in enumerate(table, start=1):
            if row.refusal:
                decisions["unreadable"] += 1
                self.tell(f"row {row.number}: {row.refusal}")
                continue
            texts = _texts(row.cells, without=key)
            verdict = judge(texts, is_shared=shared.is_shared(_texts(row.cells)))
            decisions[verdict.decision] += 1
            rows.writerow(_line(_id(row, key), verdict))
            self.progress(f"{number:,} rows read")
        return {"rows": sum(decisions.values()), **decisions}


class _AnyName:
    """The columns of any table: all that have a name."""

    def __contains__(self, name: object) -> bool:
        return bool(name)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _id_column(columns: tuple[str, ...]) -> str:
    """As the file writes it; with no name that we know, the first column is the id."""
    known = {column_name(name): name for name in reversed(columns)}
    return next((known[name] for name in IDS if name in known), columns[0])


def _id(row: TableRow, key: str) -> str:
    return row.cells[key] or str(row.number)


def _texts(cells: Mapping[str, str], without: str = "") -> dict[str, str]:
    """The cells by the names we know columns by; ids are no text."""
    names = {written: column_name(written) or written for written in cells}
    return {
        name: cells[written]
        for written, name in names.items()
        if written != without and name not in IDS
    }


def _line(row_id: str, verdict: Verdict) -> list[str]:
    marks = verdict.findings.marks
    return [
        guarded(row_id),
        "|".join(_place(mark) for mark in marks if mark.weight == "identity"),
        "|".join(_place(mark) for mark in marks if mark.weight == "forbidden"),
        "|".join([*verdict.findings.questions, *verdict.flags]),
        f"{verdict.flag_score:.4f}",
        verdict.decision,
    ]


def _place(mark: Mark) -> str:
    """Where it stands, never what it says: the file of answers names nobody."""
    return f"{mark.code}:{mark.field}:{mark.start}-{mark.end}"
