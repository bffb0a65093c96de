"""Read a spreadsheet that people made: whatever its bytes are, rows come out or a refusal."""

import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from accounts.refusals import Refused
from opportunities.spreadsheets.records import LEGACY, Record, TableRefused, encoding_of, records

MAX_CELL = 32_767  # characters: what a cell holds in Excel
MAX_HEADER = 65_536  # characters read to find out the delimiter
DELIMITERS = ",;\t"


class RowRejected(Refused):
    """One row cannot be taken. ``column`` may be empty: then it is about the whole row."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(column, reason)
        self.column = column
        self.reason = reason
        self.message = f"{column}: {reason}" if column else reason


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row that is not empty.

    number   as Excel shows it: the header is row 1, lines in quotes are one row
    cells    the known columns alone, in lower case, trimmed; a column the file lacks is absent
    refusal  why the row cannot be read; ``cells`` are empty then
    """

    number: int
    cells: Mapping[str, str]
    refusal: RowRejected | None = None


@dataclass
class Table:
    """A table on its way: iterate once, row by row, in bounded memory."""

    columns: tuple[str, ...]  # known ones, in the order of the file
    unknown_columns: tuple[str, ...]  # kept out, as they are written
    encoding: str  # for people: "UTF-8", "UTF-16", "Windows-1252"
    delimiter: str
    rows: Iterator[TableRow] = field(repr=False)

    def __iter__(self) -> Iterator[TableRow]:
        return self.rows


def read_table(path: Path, columns: Collection[str], required: Collection[str]) -> Table:
    """Open a table. Raises ``TableRefused`` with a sentence for people, never anything else.

    columns   the names it may have; others are kept out and named
    required  the names it must have
    """
    try:
        encoding, name = encoding_of(path)
        with path.open(encoding=encoding, errors=LEGACY, newline="") as source:
            header, delimiter = _header(source, columns)
    except OSError as failure:
        raise TableRefused(
            _("The file cannot be read: %(why)s.") % {"why": failure.strerror or failure}
        ) from failure
    names = [_plain(cell) for cell in header.cells]
    _header_is_usable(names, columns, required)
    return Table(
        columns=tuple(each for each in names if each in columns),
        unknown_columns=tuple(
            written.strip()
            for written, plain in zip(header.cells, names, strict=True)
            if plain and plain not in columns
        ),
        encoding=name,
        delimiter=delimiter,
        rows=_rows(_records_of(path, encoding, delimiter), header.number, names, columns),
    )


def _records_of(path: Path, encoding: str, delimiter: str) -> Iterator[Record]:
    with path.open(encoding=encoding, errors=LEGACY, newline="") as source:
        yield from records(source, delimiter)


# Records to rows


def _header(source: TextIO, columns: Collection[str]) -> tuple[Record, str]:
    """The first row that is not empty, and the delimiter that makes most sense of it."""
    start = source.read(MAX_HEADER)
    found = []
    for delimiter in DELIMITERS:
        beginning = records(io.StringIO(start, newline=""), delimiter)
        if header := next((each for each in beginning if not _is_before_header(each)), None):
            known = sum(_plain(cell) in columns for cell in header.cells)
            found.append(((known, len(header.cells)), header, delimiter))
    if not found:
        raise TableRefused(_("The file is empty."))
    _sense, header, delimiter = max(found, key=lambda each: each[0])
    if header.problem:
        raise TableRefused(_("The first row cannot be read. %(why)s") % {"why": header.problem})
    return header, delimiter


def _is_before_header(record: Record) -> bool:
    """An empty row, or the line ``sep=;`` by which Excel is told the delimiter."""
    text = "".join(record.cells).strip()
    return not record.problem and (not text or text in {"sep=", *(f"sep={d}" for d in DELIMITERS)})


def _header_is_usable(
    names: list[str], columns: Collection[str], required: Collection[str]
) -> None:
    twice = [name for name in dict.fromkeys(names) if name in columns and names.count(name) > 1]
    if twice:
        raise TableRefused(
            _("A column stands twice: %(names)s. Please keep one.") % {"names": ", ".join(twice)}
        )
    lacking = [name for name in required if name not in names]
    if lacking:
        found = ", ".join(name for name in names if name)[:200]
        raise TableRefused(
            _("A column is missing: %(names)s. The first row reads: %(found)s.")
            % {"names": ", ".join(lacking), "found": found}
        )


def _rows(
    found: Iterator[Record], header: int, names: list[str], columns: Collection[str]
) -> Iterator[TableRow]:
    """The rows below the header that are not empty."""
    wanted = [(place, name) for place, name in enumerate(names) if name in columns]
    for record in found:
        if record.number <= header:
            continue
        if record.problem:
            yield TableRow(record.number, {}, RowRejected("", record.problem))
        elif any(cell and not cell.isspace() for cell in record.cells):
            yield _row(record, len(names), wanted)


def _row(record: Record, width: int, wanted: list[tuple[int, str]]) -> TableRow:
    """A row shorter than the header is filled up with empty cells; a longer one is refused."""
    if any(cell.strip() for cell in record.cells[width:]):
        reason = _("The row has more cells than the header. Is a text with commas not in quotes?")
        return TableRow(record.number, {}, RowRejected("", reason))
    cells = record.cells + [""] * (width - len(record.cells))
    texts = {name: _unguarded(cells[place]).strip() for place, name in wanted}
    for name, text in texts.items():
        if refusal := _why_no_cell(name, text):
            return TableRow(record.number, {}, refusal)
    return TableRow(record.number, texts)


def _why_no_cell(name: str, text: str) -> RowRejected | None:
    if len(text) > MAX_CELL:
        return RowRejected(
            name, _("The cell is longer than %(limit)s characters.") % {"limit": f"{MAX_CELL:,}"}
        )
    if "\0" in text:
        return RowRejected(name, _("The cell holds a zero byte, which no text has."))
    return None


def _plain(name: str) -> str:
    return name.strip().lower()


# Cells that a spreadsheet program would run as a formula

_FORMULA = re.compile(r"'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")  # the last four: full-width


def guarded(cell: str) -> str:
    """A cell that no spreadsheet program takes for a formula; ``read_table`` undoes it."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
