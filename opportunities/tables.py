"""Read a spreadsheet that people made: whatever its bytes are, rows come out or a refusal."""

import codecs
import csv
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from accounts.refusals import Refused

MAX_CELL = 32_767  # characters: what a cell holds in Excel
MAX_ROW = 400_000  # characters: a dozen full cells; beyond it a quote is not closed
MAX_HEADER = 65_536  # characters read to find out the delimiter
DELIMITERS = ",;\t"
_CHUNK = 1 << 20  # bytes
_KNOWN_FILES = (  # what people take for a CSV file, by its first bytes
    (b"PK\x03\x04", "Excel"),
    (b"\xd0\xcf\x11\xe0", "Excel"),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "gzip"),
)
_MARKS = (  # byte-order marks; UTF-32's begins like UTF-16's
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_LEGACY = "alongside.windows-1252"  # the error handler below


class TableRefused(Refused):
    """The file as a whole cannot be read as a table."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


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
        encoding, name = _encoding(path)
        with path.open(encoding=encoding, errors=_LEGACY, newline="") as source:
            header, delimiter = _header(source, columns)
    except OSError as failure:
        raise TableRefused(
            _("The file cannot be read: %(why)s.") % {"why": failure.strerror or failure}
        ) from failure
    except UnicodeError as failure:
        raise TableRefused(_("The file is damaged: its text cannot be decoded.")) from failure
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
        rows=_rows(path, encoding, delimiter, header.number, names, columns),
    )


# Bytes to text


def _legacy(failure: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are not UTF-8 as Windows-1252, and what that lacks as Latin-1.

    A file that mixes both, as exports glued together do, keeps all its letters.
    """
    if not isinstance(failure, UnicodeDecodeError) or failure.encoding != "utf-8":
        raise failure
    raw = failure.object[failure.start : failure.end]
    return "".join(_LETTERS[byte] for byte in raw), failure.end


_LETTERS = [bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256)]
codecs.register_error(_LEGACY, _legacy)


def _encoding(path: Path) -> tuple[str, str]:
    """The encoding for Python and for people. Reads the file once, to be sure."""
    if not path.is_file():
        raise TableRefused(_("There is no such file."))
    with path.open("rb") as source:
        start = source.read(4096)
        _is_text(start)
        for mark, encoding, name in _MARKS:
            if start.startswith(mark):
                return encoding, name
        check = codecs.getincrementaldecoder("utf-8")()
        try:
            for chunk in chain([start], iter(lambda: source.read(_CHUNK), b"")):
                check.decode(chunk)
            check.decode(b"", final=True)
        except UnicodeDecodeError:
            return "utf-8", "Windows-1252"
    return "utf-8", "UTF-8"


def _is_text(start: bytes) -> None:
    if not start.strip():
        raise TableRefused(_("The file is empty."))
    for mark, program in _KNOWN_FILES:
        if start.startswith(mark):
            raise TableRefused(
                _("This is a file of %(program)s. Please save it as “CSV UTF-8” first.")
                % {"program": program}
            )
    marked = start.startswith(tuple(mark for mark, _encoding, _name in _MARKS))
    controls = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1a\x1b" for byte in start)
    if not marked and controls > len(start) // 20:  # one stray byte is dirt, many are a program's
        raise TableRefused(_("This is not a text file. Please save the table as “CSV UTF-8”."))


# Text to records


@dataclass(frozen=True, slots=True)
class _Record:
    """One record of the file: a row of cells, or why there is none."""

    number: int
    cells: list[str]
    problem: str = ""


class _Lines:
    """Lines for the CSV reader, which remember what belongs to the record being read.

    Where a record turns out to be endless (a quote that nobody closed), its
    lines go back, and reading starts again at the second: one bad row costs one row.
    """

    def __init__(self, source: TextIO) -> None:
        self._source = source
        self._returned: list[str] = []  # last first
        self.taken: list[str] = []
        self._size = 0
        self.ran_out = False
        self.is_too_long = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if self._size > MAX_ROW:
            self.is_too_long = True
            raise StopIteration
        line = self._returned.pop() if self._returned else self._source.readline(MAX_ROW + 1)
        if not line:
            self.ran_out = True
            raise StopIteration
        self.taken.append(line)
        self._size += len(line)
        return line

    def begin(self) -> None:
        self.taken, self._size, self.is_too_long = [], 0, False

    def give_back(self) -> None:
        """Keep the first line out; read the others again, each as a row of its own."""
        first, rest = self.taken[0], self.taken[1:]
        self._returned.extend(reversed(rest))
        self.ran_out = self.ran_out and not rest
        if not rest and not first.endswith(("\n", "\r")):
            self._skip_line()

    def _skip_line(self) -> None:
        """Pass over the rest of a line that is too long to be read."""
        while (part := self._source.readline(_CHUNK)) and not part.endswith(("\n", "\r")):
            continue


def _records(source: TextIO, delimiter: str) -> Iterator[_Record]:
    """Every record, empty ones too, numbered from 1. Only decoding can fail."""
    lines = _Lines(source)
    number = 0
    while not lines.ran_out:
        number += 1
        lines.begin()
        try:
            cells = next(csv.reader(lines, delimiter=delimiter), None)
        except csv.Error:
            cells, lines.is_too_long = [], True
        if not lines.taken:
            return
        open_quote = lines.ran_out or len(lines.taken) > 1 and lines.is_too_long
        if lines.is_too_long or open_quote:
            lines.give_back()
            yield _Record(number, [], _why_unreadable(open_quote))
        else:
            yield _Record(number, cells or [])


def _why_unreadable(open_quote: bool) -> str:
    if open_quote:
        return _("A quotation mark opens here and is never closed.")
    return _("The row is longer than %(limit)s characters.") % {"limit": f"{MAX_ROW:,}"}


# Records to rows


def _header(source: TextIO, columns: Collection[str]) -> tuple[_Record, str]:
    """The first row that is not empty, and the delimiter that makes most sense of it."""
    start = source.read(MAX_HEADER)
    found = []
    for delimiter in DELIMITERS:
        for record in _records(_text(start), delimiter):
            if _is_blank(record) or _names_delimiter(record):
                continue
            known = sum(_plain(cell) in columns for cell in record.cells)
            found.append((known, len(record.cells), record, delimiter))
            break
    if not found:
        raise TableRefused(_("The file is empty."))
    _known, _width, header, delimiter = max(found, key=lambda each: each[:2])
    if header.problem:
        raise TableRefused(_("The first row cannot be read: %(why)s") % {"why": header.problem})
    return header, delimiter
