"""``manage.py export_matches [--since DATE] --out FILE``: what was matched, without names."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils import timezone

from accounts.command_line import Command as OneLineCommand
from matching.exporting import COLUMNS, export_rows
from matching.models import Match
from trail import actions as trail

EVERY = 50_000  # rows from one line of progress to the next


class Command(OneLineCommand):
    help = (
        "Write matches as CSV: public ids, kinds, statuses, dates, answers, scores and import ids;"
        " no contacts, no names of people, and of a confidential party only its alias."
        f" Columns: {', '.join(COLUMNS)}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--since", metavar="DATE", help="Proposed on that day (2027-01-31, UTC) or later."
        )
        parser.add_argument("--out", required=True, metavar="FILE")

    def handle(self, *, since: str | None, out: str, **options: object) -> None:
        at, first = timezone.now(), self._day(since) if since else None
        rows = export_rows(since=datetime.combine(first, time.min, UTC) if first else None, at=at)
        try:
            count = self._write(rows, Path(out), first, at)
        except OSError as failure:
            self.refuse(f"{out}: {failure.strerror}")
        self.stdout.write(f"{count:,} matches are in {out}.")

    def _day(self, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.refuse(f"“{text}” is no date such as 2027-01-31")

    @transaction.atomic
    def _write(self, rows: Iterator[list[str]], out: Path, first: date | None, at: datetime) -> int:
        """Stream the rows into the file and leave a trace. Returns how many matches it holds."""
        count = -1  # the header is no match
        with out.open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target)
            for count, row in enumerate(rows):
                writer.writerow(row)
                if count and count % EVERY == 0:
                    self.stderr.write(f"… {count:,} matches", style_func=str)
        trail.record(
            actor_id=None,
            verb="matches_exported",
            subject=Match(pk=0),  # no single one: the facts say which
            at=at,
            since=str(first or ""),
            rows=count,
        )
        return count
