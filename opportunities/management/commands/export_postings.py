"""``manage.py export_postings needs|offers --party NAME --out FILE``: one party's postings."""

import csv
from pathlib import Path

from django.core.management.base import CommandParser
from django.utils import timezone

from accounts.command_line import Command as OneLineCommand
from opportunities.models import Need, Offer
from opportunities.spreadsheets.exporting import export_rows
from opportunities.spreadsheets.parties import NoSuchParty, party_named
from trail import actions as trail


class Command(OneLineCommand):
    help = "Write a party's needs or offers as CSV, in the columns that import_postings reads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["needs", "offers"])
        parser.add_argument("--party", required=True, metavar="NAME", help="Its name or id.")
        parser.add_argument("--out", required=True, metavar="FILE")

    def handle(self, *, what: str, party: str, out: str, **options: object) -> None:
        try:
            owner = party_named(party)
        except NoSuchParty as unknown:
            self.refuse(unknown)
        rows = export_rows(Need if what == "needs" else Offer, owner)
        count = -1  # the header is no posting
        try:
            with Path(out).open("w", encoding="utf-8", newline="") as target:
                writer = csv.writer(target)
                for row in rows:
                    writer.writerow(row)
                    count += 1
        except OSError as failure:
            self.refuse(f"{out}: {failure.strerror}")
        trail.record(
            actor_id=None, verb=f"{what}_exported", subject=owner, at=timezone.now(), rows=count
        )
        self.stdout.write(f"{count:,} {what} of {owner} are in {out}.")
