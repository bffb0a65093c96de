"""``manage.py match_csv NEEDS OFFERS --out FILE``: the dry run of matching on two spreadsheets."""

import csv
import json
from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import CommandParser
from django.utils import timezone

from accounts.command_line import FileCommand, whole_number
from matching.dry_run import DryRun, Found, Sheet, facts_of_need, facts_of_offer, read_facts
from matching.reasons import sentences
from opportunities.spreadsheets.records import TableRefused
from opportunities.spreadsheets.rows import read_needs, read_offers
from opportunities.spreadsheets.tables import RowRejected, Table, guarded

TOP = 20  # pairs of each need, as many as anyone looks through
NOTES = 20  # shown of each file
HEADER = ("need_id", "offer_id", "score", "reasons")


class Command(FileCommand):
    help = f"""\
Match two CSV files, without a database: who would be proposed to whom, and why.

The dry run applies rules, floor and top N, no allocation. Of each need it writes the best
{TOP} offers whose score reaches the floor; --top N writes more or fewer, --all every pair that
fits, whatever its score. The columns are those of import_postings; party_verified counts here
(empty is yes), and an offer's check_level and check_expires count as they are written. Without
topics a row gets those that its text surely speaks of, as in an import; with none it fits nobody.

FILE gets need_id, offer_id, score (0 to 1) and the reasons, joined by "|", as the need's side
reads them: by need in the order of NEEDS, then by score. Rows that cannot be read are named on
standard error with their number, column and reason. The last line is one object of counts and
seconds."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("needs", metavar="NEEDS", type=Path)
        parser.add_argument("offers", metavar="OFFERS", type=Path)
        how_many = parser.add_mutually_exclusive_group()
        how_many.add_argument("--all", action="store_true", help="Write every pair that fits.")
        how_many.add_argument(
            "--top",
            metavar="N",
            type=whole_number,
            default=TOP,
            help=f"Write the best N offers of each need ({TOP}).",
        )
        parser.add_argument(
            "--today",
            metavar="DATE",
            type=_date,
            help="The day that empty dates count from, such as 2027-01-31.",
        )
        parser.add_argument("--out", metavar="FILE", type=Path, required=True)

    def handle(self, *, needs: Path, offers: Path, out: Path, **options: Any) -> None:
        today = options["today"] or timezone.localdate()
        tables = self._table(needs, read_needs), self._table(offers, read_offers)
        with self.written(out, apart_from=(needs, offers)) as file:
            asked = self._read("needs", tables[0], facts_of_need, today)
            given = self._read("offers", tables[1], facts_of_offer, today)
            top = None if options["all"] else options["top"]
            counts = self._match(DryRun(asked.facts, given.facts), top, file)
        summary = {
            "needs": len(asked.facts),
            "offers": len(given.facts),
            "needs_rejected": asked.rejected,
            "offers_rejected": given.rejected,
            "needs_with_suggested_topics": asked.suggested,
            "offers_with_suggested_topics": given.suggested,
            "needs_without_topics": asked.without_topics,
            "offers_without_topics": given.without_topics,
            **counts,
            "seconds": self.seconds(),
        }
        self.stdout.write(json.dumps(summary))

    def _table(self, path: Path, read: Callable[[Path], Table]) -> Table:
        try:
            return read(path)
        except TableRefused as refused:
            self.refuse(f"{path}: {refused}")

    def _read(self, name: str, table: Table, facts_of: Any, today: date) -> Sheet[Any]:
        """Read a table, and tell what is left out of it."""

        def reject(number: int, refusal: RowRejected) -> None:
            column = f", {refusal.column}" if refusal.column else ""
            self.tell(f"{name}, row {number}{column}: {refusal.reason}")

        sheet = read_facts(
            table,
            facts_of,
            today=today,
            reject=reject,
            progress=lambda rows: self.progress(f"{rows:,} {name} read"),
        )
        if table.unknown_columns:
            self.tell(f"{name}: columns left out: {', '.join(table.unknown_columns)}.")
        for note, count in sheet.notes.most_common(NOTES):
            self.tell(f"{name}, {count:,} rows: {note}")
        return sheet

    def _match(self, trial: DryRun, top: int | None, file: TextIO) -> dict[str, int]:
        """Match and write. Returns counts."""
        counts = {"needs_with_a_fit": 0, "fits": 0, "written": 0}
        looked_at = 0
        rows = csv.writer(file)
        rows.writerow(HEADER)
        for block in trial.matched(top=top):
            for pair in block.pairs:
                rows.writerow(_row(pair))
                counts["written"] += 1
                self.progress(f"{looked_at:,} needs matched, {counts['written']:,} pairs written")
            looked_at += block.needs
            counts["needs_with_a_fit"] += block.needs_with_a_fit
            counts["fits"] += block.fits
            self.progress(f"{looked_at:,} of {len(trial.needs):,} needs matched")
        return counts


def _row(pair: Found) -> list[str]:
    why = "|".join(sentences(pair.reasons, side="need"))
    return [guarded(pair.need), guarded(pair.offer), f"{pair.score:.4f}", guarded(why)]


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is no date such as 2027-01-31") from None
