"""Where a ZIP code is: coordinates, county, state, time zone (GeoNames, CC BY 4.0).

Known dirt, handled here once: territories without counties stand for themselves,
a point at 0,0 is no point, a county spelled in several ways ("Salem City", "Salem
city"; "St Mary", "St. Mary") gets one name, a ZIP without a real time zone is refused.
"""

import difflib
import re
import zoneinfo
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import zipcodes
from django.utils.translation import gettext as _

from accounts.states import STATES, state_name

TERRITORIES = ("GU", "VI", "AS", "MP")  # they have no counties: the territory stands for one
_ZIP = re.compile(r"([0-9]{5})(-[0-9]{4})?")  # not \d: the table breaks on other digits
_SUFFIX = re.compile(
    r" (county|parish|borough|census area|municipality|municipio|city and borough|city)$"
)


class UnknownZip(ValueError):
    """Not a ZIP code of a place where people can meet."""


class UnknownCounty(ValueError):
    """Not a county of that state."""


@dataclass(frozen=True)
class Place:
    """A ZIP's place. An unknown point is None, an unknown county empty."""

    zip: str
    latitude: float | None
    longitude: float | None
    county: str
    state: str
    time_zone: str


def place_of_zip(zip: str) -> Place:  # noqa: A002 - the word everybody uses
    """Look the place up. Raises ``UnknownZip`` with a sentence for people."""
    written = _ZIP.fullmatch(zip.strip())
    if not written:
        raise UnknownZip(_("A ZIP code has five digits."))
    return _place_of_code(written[1])


@lru_cache(maxsize=50_000)  # every ZIP there is
def _place_of_code(code: str) -> Place:
    found = _rows_by_code().get(code)
    if not found or found["state"] not in STATES:
        raise UnknownZip(_("We do not know the ZIP code %(zip)s.") % {"zip": code})
    place = _place(found)
    if place.time_zone not in _time_zones():
        raise UnknownZip(_("We do not know the time zone of the ZIP code %(zip)s.") % {"zip": code})
    return place


@cache
def _rows_by_code() -> dict[str, dict[str, Any]]:
    """The library's rows, which it keeps anyway; it would search all of them for each ZIP."""
    return {row["zip_code"]: row for row in zipcodes.list_all()}


def county_centroid(county: str) -> tuple[float, float] | None:
    """The mean of the points of the county's active ZIPs; None where there is none."""
    return _centroids().get(county)


def county_time_zone(county: str) -> str:
    """The time zone of most ZIPs of the county; empty where it is unknown."""
    zones = _county_zones().get(county)
    return zones.most_common(1)[0][0] if zones else ""


def counties_of_state(state: str) -> list[str]:
    """Every county of the state, by name, as ``Place.county`` writes it."""
    return list(_counties().get(state, ()))


def county_named(name: str, state: str) -> str:
    """The county people mean by "kings" or "Kings County, NY". Raises ``UnknownCounty``."""
    written, _comma, own_state = (part.strip() for part in name.partition(","))
    state = own_state.upper() or state
    known = counties_of_state(state)
    if not known:
        raise UnknownCounty(_("“%(name)s” names no state that we know.") % {"name": name})
    exact = {county.rpartition(",")[0].lower(): county for county in known}
    if written.lower() in exact:
        return exact[written.lower()]
    loose = [county for plain, county in exact.items() if _bare(plain) == _bare(written.lower())]
    if len(loose) == 1:
        return loose[0]
    near = loose or _similar(written.lower(), exact)
    facts = {"name": written, "state": state_name(state), "near": " · ".join(near)}
    if near:
        raise UnknownCounty(
            _("“%(name)s” is no county of %(state)s. Did you mean: %(near)s?") % facts
        )
    raise UnknownCounty(_("“%(name)s” is no county of %(state)s.") % facts)


def _similar(written: str, exact: dict[str, str]) -> list[str]:
    """Up to three counties that may be meant, the likeliest first."""
    bare = {_bare(plain): county for plain, county in exact.items()}
    return [bare[hit] for hit in difflib.get_close_matches(_bare(written), bare, 3, 0.7)]


def _spelling(county: str, state: str) -> tuple[str, str]:
    """What the spellings of one county have in common."""
    return county.lower().replace(".", ""), state


@cache
def _spellings() -> dict[tuple[str, str], str]:
    """The name most ZIPs use for each county, so that equal counties are equal strings."""
    used: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in zipcodes.list_all():
        if row["county"]:
            used[_spelling(row["county"], row["state"])][row["county"]] += 1
    return {
        key: f"{min(names, key=lambda name: (-names[name], name))}, {key[1]}"
        for key, names in used.items()
    }


def _bare(county: str) -> str:
    return _SUFFIX.sub("", county).replace(".", "")


def _place(row: dict[str, Any]) -> Place:
    latitude, longitude = float(row["lat"] or 0), float(row["long"] or 0)
    known = (latitude, longitude) != (0.0, 0.0)
    return Place(
        zip=row["zip_code"],
        latitude=latitude if known else None,
        longitude=longitude if known else None,
        county=_county(row),
        state=row["state"],
        time_zone=row["timezone"],
    )


def _county(row: dict[str, Any]) -> str:
    state = row["state"]
    if state in TERRITORIES:
        return f"{STATES[state]}, {state}"
    if row["county"]:
        return _spellings().get(_spelling(row["county"], state), f"{row['county']}, {state}")
    return "District of Columbia, DC" if state == "DC" else ""


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


@cache
def _places() -> tuple[Place, ...]:
    """Every active ZIP of a state or territory, read once for the tables below."""
    return tuple(
        _place(row) for row in zipcodes.list_all() if row["active"] and row["state"] in STATES
    )


@cache
def _counties() -> dict[str, list[str]]:
    names = defaultdict(set)
    for place in _places():
        if place.county:
            names[place.state].add(place.county)
    return {state: sorted(found) for state, found in names.items()}


@cache
def _centroids() -> dict[str, tuple[float, float]]:
    points = defaultdict(list)
    for place in _places():
        if place.county and place.latitude is not None and place.longitude is not None:
            points[place.county].append((place.latitude, place.longitude))
    return {
        county: (
            sum(latitude for latitude, _longitude in found) / len(found),
            sum(longitude for _latitude, longitude in found) / len(found),
        )
        for county, found in points.items()
    }


@cache
def _county_zones() -> dict[str, Counter[str]]:
    zones: dict[str, Counter[str]] = defaultdict(Counter)
    for place in _places():
        if place.county and place.time_zone in _time_zones():
            zones[place.county][place.time_zone] += 1
    return zones
