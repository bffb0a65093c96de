"""Jobs of the City of New York (2019) as offers of jobs by its agencies.

A posting is known by its number and by being internal or external. The pay is the lower end of
its range; a salary of 0 is left empty, and the import says that work is never unpaid only where
a pay is stated. Full time at the city is 35 hours a week; part time says nothing. The work places
are street names, so the ZIP of City Hall stands for all of them. Supervisors and record policies
are not published: these offers stay drafts that say so.
"""

import csv
import gzip
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.real_data import Row, cut, moved, run

CITY_HALL = "10007"
FULL_TIME_HOURS = 35


def mapped(src: Path, by: timedelta) -> Iterator[Row]:
    """The rows of ``jobs.csv.gz`` as offers."""
    with gzip.open(src, "rt", encoding="utf-8", newline="") as source:
        for job in csv.DictReader(source):
            paid = float(job["Salary Range From"] or 0) > 0
            yield {
                "offer_id": f"{job['Job ID']}-{job['Posting Type'].lower()}",
                "title": cut(job["Business Title"], 120),
                "description": f"{job['Civil Service Title']}. {job['Job Category']}.",
                "kind": "job",
                "zip": CITY_HALL,
                "mode": "in_person",
                "start_date": moved(_day(job["Posting Date"]), by),
                "end_date": moved(_day(job["Post Until"]), by),
                "capacity": job["# Of Positions"],
                "pay": job["Salary Range From"] if paid else "",
                "pay_period": job["Salary Frequency"] if paid else "",
                "hours_per_week": (
                    FULL_TIME_HOURS if job["Full-Time/Part-Time indicator"] == "F" else ""
                ),
                "workplace": job["Work Location"],
                "party": job["Agency"],
            }


def _day(moment: str) -> date | None:
    return datetime.fromisoformat(moment).date() if moment else None


if __name__ == "__main__":
    run(mapped)
