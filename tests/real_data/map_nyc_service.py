"""NYC Service volunteer opportunities (2011) as needs: an organization asks for volunteers.

``vol_requests`` (how many volunteers) becomes ``helpers``, at most 50. The place is the
listing's own coordinates, else those inside ``locality``; the ZIP likewise. A one-time event
has one day. Listings that speak of children are for both adults and minors, which asks for the
strictest check. Hours stand in free text alone, so none are given.
"""

import ast
import csv
import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.real_data import Row, cut, moved, run

MINORS = re.compile(r"\b(child(ren)?|kids?|youth|teens?|boys|girls|students?|pal)\b", re.IGNORECASE)


def mapped(src: Path, by: timedelta) -> Iterator[Row]:
    """The rows of ``opportunities.csv`` as needs."""
    with src.open(encoding="utf-8", newline="") as source:
        for listing in csv.DictReader(source):
            latitude, longitude, code = _place(listing)
            text = f"{listing['title']} {listing['summary']}"
            once = listing["recurrence_type"] == "onetime"
            yield {
                "need_id": listing["opportunity_id"],
                "title": cut(listing["title"], 120),
                "description": listing["summary"],
                "format": "one_time_help" if once else "",
                "zip": code,
                "latitude": latitude,
                "longitude": longitude,
                "mode": "in_person",
                "timezone": "America/New_York",
                "start_date": moved(_day(listing["start_date_date"]), by),
                "end_date": moved(_day(listing["end_date_date"]), by),
                "audience": "both" if MINORS.search(text) else "adults",
                "helpers": min(50, int(listing["vol_requests"] or 1)),
                "party": cut(listing["org_title"], 120),
            }


def _place(listing: dict[str, str]) -> tuple[str, str, str]:
    """Latitude, longitude and ZIP, as far as the listing knows them."""
    # Python around JSON: {'latitude': …, 'human_address': '{"zip": …}'}
    locality = ast.literal_eval(listing["locality"]) if listing["locality"] else {}
    address = json.loads(locality.get("human_address") or "{}")
    latitude = listing["Latitude"] or locality.get("latitude") or ""
    longitude = listing["Longitude"] or locality.get("longitude") or ""
    return latitude, longitude, listing["Postcode"] or address.get("zip", "")


def _day(words: str) -> date | None:
    """A date such as "January 22 2011"."""
    return datetime.strptime(words, "%B %d %Y").date() if words else None  # noqa: DTZ007 - a day


if __name__ == "__main__":
    run(mapped)
