"""UK volunteering activities (TeamKinetic) as needs in another country and time zone.

The organization is known by its id alone. The place is that of the first session, and a point
at 0, 0 is none. A session
within a day becomes one of the ``dates``, and its hours a slot; a longer one is a range of
dates. Titles and descriptions longer than the format allows are cut.
"""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from opportunities.schedules import DAYS
from tests.real_data import Row, cut, moved, run

Stretch = tuple[datetime, datetime]
LETTERS = str.maketrans("0123456789", "ghijklmnop")


def mapped(src: Path, by: timedelta) -> Iterator[Row]:
    """The lines of ``teamkinetic_activities.jsonl`` as needs."""
    with src.open(encoding="utf-8") as source:
        for line in source:
            activity = json.loads(line)
            stretches = [_stretch(time) for each in activity["session"] for time in each["time"]]
            short = [each for each in stretches if each[1] - each[0] < timedelta(days=1)]
            days = short if len(short) == len(stretches) else []
            place = next((place for each in activity["session"] for place in each["location"]), {})
            known = place.get("latitude") and place.get("longitude")
            yield {
                "need_id": activity["id"],
                "title": cut(" ".join(activity["label"].split()), 120),
                "description": cut(activity["description"], 4000),
                "latitude": place["latitude"] if known else "",
                "longitude": place["longitude"] if known else "",
                "mode": _mode(activity, place),
                "timezone": "Europe/London",
                "slots": ";".join(dict.fromkeys(_slot(*each) for each in days)),
                "dates": "|".join(dict.fromkeys(moved(start.date(), by) for start, _ in days)),
                "minutes": min(((end - start).seconds // 60 for start, end in days), default=""),
                "start_date": moved(min((s.date() for s, _ in stretches), default=None), by),
                "end_date": moved(max((e.date() for _, e in stretches), default=None), by),
                "party": _name_of(activity["organisation"]),
            }


def _name_of(organization: str) -> str:
    """Eight letters of its id: digits in a name are read as the number of a case."""
    return f"Organization {organization[:8].translate(LETTERS)}"


def _stretch(time: dict[str, str]) -> Stretch:
    start, end = (datetime.fromisoformat(time[name]) for name in ("begining", "end"))
    return start, max(start, end)


def _slot(start: datetime, end: datetime) -> str:
    return f"{DAYS[start.weekday()]} {start:%H:%M}-{end:%H:%M}"


def _mode(activity: dict[str, Any], place: dict[str, Any]) -> str:
    if place.get("locationType") == "Remote":
        return "remote"
    return "either" if activity["allowsRemoteParticipation"] else "in_person"


if __name__ == "__main__":
    run(mapped)
