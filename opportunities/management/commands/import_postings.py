"""``manage.py import_postings needs|offers FILE``: take a spreadsheet's rows in."""

import json
import time
from argparse import RawDescriptionHelpFormatter
from pathlib import Path
from textwrap import fill
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from accounts.command_line import Command as OneLineCommand
from opportunities.models import Need, Offer
from opportunities.spreadsheets.importing import import_rows
from opportunities.spreadsheets.parties import NoSuchParty, Parties, party_named
from opportunities.spreadsheets.records import TableRefused
from opportunities.spreadsheets.report import Report
from opportunities.spreadsheets.rows import NEED_COLUMNS, OFFER_COLUMNS, read_needs, read_offers
from opportunities.spreadsheets.tables import Table

SHOWN = 20  # reasons and notes in the readable summary
EVERY = 2.0  # seconds from one line of progress to the next
NAMES = {",": "comma", ";": "semicolon", "\t": "tab"}


def _names(what: str, columns: tuple[str, ...]) -> str:
    start = f"  {what:8}"
    return fill(", ".join(columns), 96, initial_indent=start, subsequent_indent=" " * 10)


class Command(OneLineCommand):
    help = f"""\
Import needs or offers from a CSV file. Each row becomes one posting or is rejected with its
number, column and reason; a bad row never stops the others. The key is (party, id): a second
run of the same file creates nothing, a changed row changes its posting.

The file: UTF-8 (with or without a mark), UTF-16, else Windows-1252; separated by comma,
semicolon or tab; a header with these names, in any case and order, others are left out:

{_names("needs", NEED_COLUMNS)}
{_names("offers", OFFER_COLUMNS)}

The id and the title are required. Lists are joined by "|", hours read "Tue 18:00-20:00;Sat
09:00-12:00", dates 2027-01-31 or, the month first, 1/31/2027. A short row is filled up with
empty cells; a row longer than the header is rejected. An empty cell means the default; on a
second run an empty place, format, topic or date keeps what the posting has.

The party is never verified by a file. Rows are saved as drafts, in the name of the party's owner
where it has one; --publish sends in those that are complete. A job or an apprenticeship that
lacks its hours, shifts or record policy stays a draft, and a note says what is missing.

With --json the last line is one object: rows, imported, created, updated, rejected, reasons
(a list of row, column, reason). imported = created + updated + unchanged, and
rows = imported + rejected."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["needs", "offers"])
        parser.add_argument("file", metavar="FILE")
        whose = parser.add_mutually_exclusive_group()
        whose.add_argument(
            "--party",
            metavar="NAME",
            help="Every row is this party's (name or id), whatever its column says.",
        )
        whose.add_argument(
            "--create-parties",
            action="store_true",
            help="Found a draft for each party that is not known: a nonprofit for a need; for an"
            " offer of a job or an apprenticeship a business, for any other offer a volunteer.",
        )
        parser.add_argument("--publish", action="store_true", help="Send in what is complete.")
        parser.add_argument("--dry-run", action="store_true", help="Report, but save nothing.")
        parser.add_argument("--json", action="store_true", help="End with one line of JSON.")

    def handle(self, *, what: str, file: str, **options: Any) -> None:
        parties = self._parties(options["party"], create=options["create_parties"])
        table = self._table(what, Path(file))
        self._said_at = time.monotonic()
        report = import_rows(
            table,
            model=Need if what == "needs" else Offer,
            parties=parties,
            publish=options["publish"],
            dry_run=options["dry_run"],
            at=timezone.now(),
            progress=self._progress,
        )
        out = self.stderr if options["json"] else self.stdout
        for line in [*_about_file(Path(file), table), *_about_rows(report)]:
            out.write(line, style_func=str)
        if options["dry_run"]:
            out.write("This was a dry run: nothing was saved.", style_func=str)
        if options["json"]:
            self.stdout.write(json.dumps(_summary(report)))

    def _parties(self, name: str | None, *, create: bool) -> Parties:
        try:
            return Parties(one=party_named(name) if name else None, create=create)
        except NoSuchParty as unknown:
            self.refuse(unknown)

    def _table(self, what: str, file: Path) -> Table:
        try:
            if what == "needs":
                return read_needs(file)
            return read_offers(file)
        except TableRefused as refused:
            self.refuse(f"{file}: {refused}")

    def _progress(self, report: Report) -> None:
        if time.monotonic() - self._said_at >= EVERY:
            self._said_at = time.monotonic()
            self.stderr.write(f"… {report.rows:,} rows", style_func=str)


def _summary(report: Report) -> dict[str, Any]:
    return {
        "rows": report.rows,
        "imported": report.imported,
        "created": report.created,
        "updated": report.updated,
        "rejected": len(report.reasons),
        "reasons": [
            {"row": each.row, "column": each.column, "reason": each.reason}
            for each in report.reasons
        ],
    }


def _about_file(file: Path, table: Table) -> list[str]:
    lines = [f"{file.name}: {table.encoding}, separated by {NAMES[table.delimiter]}."]
    if table.unknown_columns:
        lines.append(f"Columns left out: {', '.join(table.unknown_columns)}.")
    return lines


def _about_rows(report: Report) -> list[str]:
    lines = [
        f"{report.rows:,} rows: {report.created:,} created, {report.updated:,} updated,"
        f" {report.unchanged:,} unchanged, {len(report.reasons):,} rejected;"
        f" {report.published:,} published."
    ]
    lines += [
        f"  row {each.row}{f', {each.column}' if each.column else ''}: {each.reason}"
        for each in report.reasons[:SHOWN]
    ]
    if more := len(report.reasons) - SHOWN:
        lines += [f"  … and {more:,} more (--json names them all)"] if more > 0 else []
    often = sorted(report.notes.items(), key=lambda note: -note[1][0])
    lines += [
        f"  note, {count:,} rows, first row {first}: {text}"
        for text, (count, first) in often[:SHOWN]
    ]
    if report.unknown_words:
        words = ", ".join(f"{word} ({count})" for word, count in report.unknown_words.most_common())
        lines.append(f"Words kept that no list knows: {words}.")
    return lines
