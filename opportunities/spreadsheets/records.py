"""From bytes to records: find out the encoding, survive quotes that nobody closed."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from accounts.refusals import Refused

MAX_ROW = 131_072  # characters: four full cells; beyond it a quote is not closed
MAX_LINES = 1_000  # of one record, likewise
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
_PLAIN = ("utf-8", "UTF-8")
LEGACY = "alongside.windows-1252"  # the error handler below


class TableRefused(Refused):
    """The file as a whole cannot be read as a table."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


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
codecs.register_error(LEGACY, _legacy)


def encoding_of(path: Path) -> tuple[str, str]:
    """The encoding for Python and for people. Reads the file once, to be sure."""
    if not path.is_file():
        raise TableRefused(_("There is no such file."))
    with path.open("rb") as source:
        start = source.read(4096)
    _is_text(start)
    encoding, name = next((each[1:] for each in _MARKS if start.startswith(each[0])), _PLAIN)
    if _decodes(path, encoding):
        return encoding, name
    if encoding.startswith("utf-8"):
        return encoding, "Windows-1252"
    raise TableRefused(
        _("The file is damaged: its text cannot be read as %(name)s.") % {"name": name}
    )


def _decodes(path: Path, encoding: str) -> bool:
    """Whether the whole file is what its beginning promises."""
    check = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as source:
            for chunk in iter(lambda: source.read(_CHUNK), b""):
                check.decode(chunk)
        check.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


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
    if not marked and controls > max(8, len(start) // 20):  # a few are dirt, many a program
        raise TableRefused(_("This is not a text file. Please save the table as “CSV UTF-8”."))


# Text to records


@dataclass(frozen=True, slots=True)
class Record:
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
        self.is_too_long = self.is_too_long or len(self.taken) >= MAX_LINES
        if self.is_too_long:
            raise StopIteration
        line = self._returned.pop() if self._returned else self._source.readline(MAX_ROW + 1)
        if not line:
            self.ran_out = True
            raise StopIteration
        self.taken.append(line)
        self._size += len(line)
        self.is_too_long = self._size > MAX_ROW
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


def records(source: TextIO, delimiter: str) -> Iterator[Record]:
    """Every record, empty ones too, numbered from 1. Only decoding can fail."""
    lines = _Lines(source)
    number = 0
    while True:
        number += 1
        lines.begin()
        try:
            cells = next(csv.reader(lines, delimiter=delimiter), [])
        except csv.Error:  # a cell beyond the reader's own limit
            cells, lines.is_too_long = [], True
        if not lines.taken:
            return
        if lines.ran_out or lines.is_too_long:
            problem = _why_unreadable(lines)
            lines.give_back()
            yield Record(number, [], problem)
        else:
            yield Record(number, cells)


def _why_unreadable(lines: _Lines) -> str:
    if lines.ran_out or len(lines.taken) > 1:
        return _("A quotation mark opens in this row and is never closed.")
    return _("The row is longer than %(limit)s characters.") % {"limit": f"{MAX_ROW:,}"}
