"""``manage.py suggest_topics FILE --out FILE``: which topics do many texts speak of?"""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandParser

from accounts.command_line import FileCommand
from opportunities.spreadsheets.records import TableRefused
from opportunities.spreadsheets.tables import RowRejected, Table, guarded, read_table
from opportunities.topics import GROUPS, suggest

COLUMNS = ("id", "title", "description", "kind", "language")
HEADER = ("id", "rank", "topic", "confidence")


class Command(FileCommand):
    help = """\
Suggest the topics of many texts, from a CSV file, without a database.

FILE has the columns id, title, description, kind (class, apprenticeship or job; empty is class)
and language (en or es; empty where it is not known). The id and a title or a description are
required. OUT gets id, rank (from 1), topic (its slug) and confidence (0 to 1), the best first, at
most six for each text and nothing for one that fits no topic. Rows that cannot be read are named
on standard error with their number, column and reason. The last line is one object of counts."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--out", metavar="OUT", type=Path, required=True)

    def handle(self, *, file: Path, out: Path, **_options: Any) -> None:
        try:
            table = read_table(file, COLUMNS, required=("id",))
        except TableRefused as refused:
            self.refuse(f"{file}: {refused}")
        with self.written(out, apart_from=(file,)) as target:
            counts = self._suggest(table, target)
        if table.unknown_columns:
            self.tell(f"Columns left out: {', '.join(table.unknown_columns)}.")
        self.stdout.write(json.dumps(counts | {"seconds": self.seconds()}))

    def _suggest(self, table: Table, target: TextIO) -> dict[str, int]:
        """Write the topics of each row. Returns counts."""
        counts = {"rows": 0, "rejected": 0, "without_topics": 0, "written": 0}
        seen: dict[str, int] = {}
        rows = csv.writer(target)
        rows.writerow(HEADER)
        for row in table:
            counts["rows"] += 1
            self.progress(f"{counts['rows']:,} rows read")
            try:
                found = _topics(row.cells, row.refusal, seen)
            except RowRejected as refusal:
                counts["rejected"] += 1
                self.tell(f"row {row.number}: {refusal}")
                continue
            seen[row.cells["id"]] = row.number
            counts["without_topics"] += not found
            counts["written"] += len(found)
            for rank, (slug, confidence) in enumerate(found, start=1):
                rows.writerow([guarded(row.cells["id"]), rank, slug, f"{confidence:.3f}"])
        return counts


def _topics(
    cells: Mapping[str, str], refusal: RowRejected | None, seen: Mapping[str, int]
) -> list[tuple[str, float]]:
    """The topics of one row. Raises ``RowRejected``."""
    if refusal:
        raise refusal
    if not cells["id"]:
        raise RowRejected("id", "It is empty.")
    if cells["id"] in seen:
        raise RowRejected("id", f"It stands in row {seen[cells['id']]} already.")
    title, description = cells.get("title", ""), cells.get("description", "")
    if not title and not description:
        raise RowRejected("title", "There is neither a title nor a description.")
    kind = cells.get("kind", "").lower() or "class"
    if kind not in GROUPS:
        raise RowRejected("kind", f"“{kind[:40]}” is none of {', '.join(GROUPS)}.")
    text = f"{' '.join(title.split())}\n{description}"
    return suggest(text, kind, cells.get("language", "").lower())
