"""``manage.py relevance NEEDS OFFERS --by offer|need --out FILE``: who writes of the same?"""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import CommandParser
from django.utils.module_loading import import_string

from accounts.command_line import FileCommand, whole_number
from matching.words import Encoder, Texts, closest, in_one, texts_of
from opportunities.spreadsheets.records import TableRefused
from opportunities.spreadsheets.rows import read_needs, read_offers
from opportunities.spreadsheets.tables import Table, guarded
from opportunities.topics import slugs_named

TOP = 10  # of each row, as many as fit on a page


class Sheet(NamedTuple):
    """The rows of one file that can be compared."""

    ids: list[str]
    texts: Texts


class Command(FileCommand):
    help = f"""\
Rank needs and offers by how close their words are, from two CSV files, without a database.

Only the id, title, description and topics of the rows are read; no rule of matching applies, and
nothing needs to be shared. With --by offer each offer gets the {TOP} closest needs (--top N for
more or fewer), and FILE offer_id, need_id, rank (from 1) and closeness (0 to 1); with --by need the
reverse. What has nothing in common is left out. Rows without an id or without words are named on
standard error. The last line is one object of counts and seconds.

--encoder NAME adds the meaning of whole sentences: the dotted name of a Python callable that takes
a list of texts and returns an array of shape (texts, D), each row of length 1: a function of your
own around a model that you have installed. The project ships none."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("needs", metavar="NEEDS", type=Path)
        parser.add_argument("offers", metavar="OFFERS", type=Path)
        parser.add_argument("--by", choices=("offer", "need"), required=True)
        parser.add_argument("--top", metavar="N", type=whole_number, default=TOP)
        parser.add_argument("--encoder", metavar="NAME")
        parser.add_argument("--out", metavar="FILE", type=Path, required=True)

    def handle(self, *, needs: Path, offers: Path, out: Path, **options: Any) -> None:
        encoder = self._encoder(options["encoder"])
        tables = self._table(needs, read_needs), self._table(offers, read_offers)
        with self.written(out, apart_from=(needs, offers)) as file:
            asked = self._read("need", tables[0], encoder)
            given = self._read("offer", tables[1], encoder)
            by_offer = options["by"] == "offer"
            ranked, others = (given, asked) if by_offer else (asked, given)
            rows = csv.writer(file)
            rows.writerow(
                ["offer_id", "need_id", "rank", "closeness"]
                if by_offer
                else ["need_id", "offer_id", "rank", "closeness"]
            )
            written = self._rank(rows, ranked, others, options["top"])
        counts = {"needs": len(asked.ids), "offers": len(given.ids), "written": written}
        self.stdout.write(json.dumps(counts | {"seconds": self.seconds()}))

    def _encoder(self, name: str | None) -> Encoder | None:
        if not name:
            return None
        try:
            encoder: Encoder = import_string(name)
        except ImportError as failure:
            self.refuse(f"--encoder {name}: {failure}")
        return encoder

    def _table(self, path: Path, read: Callable[[Path], Table]) -> Table:
        try:
            return read(path)
        except TableRefused as refused:
            self.refuse(f"{path}: {refused}")

    def _read(self, name: str, table: Table, encoder: Encoder | None) -> Sheet:
        """The rows that have an id and words; the others are told."""
        ids: list[str] = []
        written, topics = [], []
        for row in table:
            self.progress(f"{len(ids):,} {name}s read")
            own, title = row.cells.get(f"{name}_id", ""), row.cells.get("title", "")
            description = row.cells.get("description", "")
            if row.refusal or not own or not (title or description):
                reason = row.refusal or ("There is no id." if not own else "There are no words.")
                self.tell(f"{name}s, row {row.number}: {reason}")
                continue
            ids.append(own)
            written.append(in_one(title, description))
            topics.append(slugs_named(row.cells.get("topics", "").split("|")))
        return Sheet(ids, texts_of(written, topics, encoder))

    def _rank(self, rows: Any, ranked: Sheet, others: Sheet, top: int) -> int:
        """Write the closest others of each. Returns how many rows that were."""
        written = 0
        for own, (places, close) in zip(
            ranked.ids, closest(ranked.texts, others.texts, top), strict=True
        ):
            for rank, (place, value) in enumerate(zip(places, close, strict=True), start=1):
                rows.writerow([guarded(own), guarded(others.ids[place]), rank, f"{value:.4f}"])
            written += len(places)
            self.progress(f"{written:,} pairs written")
        return written
