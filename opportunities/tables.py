"""Read a spreadsheet that people made: whatever its bytes are, rows come out or a refusal."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from accounts.refusals import Refused


class TableRefused(Refused):
    """The file as a whole cannot be read as a table."""

    message = _("This is not a table that we can read.")

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
    raise NotImplementedError
