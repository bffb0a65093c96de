"""Small scripts that bring real listings into the spreadsheet format, and what they share.

Each reads one file of a folder of open data that is not part of the project
(tests look for it at ``../shared/data`` and are skipped where it is missing):

    python -m tests.real_data.map_nyc_service SRC OUT [--start-weeks N]
    python -m tests.real_data.map_nyc_jobs SRC OUT [--start-weeks N]
    python -m tests.real_data.map_uk SRC OUT [--start-weeks N]

SRC is the file as published, OUT the CSV for ``manage.py import_postings``, and N the
number of whole weeks by which every date moves, so that old listings keep their weekdays.
They map what is there: nothing is invented to make a row complete, and what the import
then rejects is the listing's own dirt.
"""

import argparse
import csv
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"

Row = dict[str, object]


def run(mapped: Callable[[Path, timedelta], Iterable[Row]]) -> None:
    """Read the command line, map, and write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("src", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--start-weeks", type=int, default=0, metavar="N")
    asked = parser.parse_args()
    write(asked.out, mapped(asked.src, timedelta(weeks=asked.start_weeks)))


def write(out: Path, rows: Iterable[Row]) -> None:
    """Write rows of equal columns as CSV."""
    rows = list(rows)
    with out.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def moved(day: date | None, by: timedelta) -> str:
    return (day + by).isoformat() if day else ""


def cut(text: str, most: int) -> str:
    """A text that fits, cut between words."""
    text = text.strip()
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"
