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

from accounts.states import STATES, state_code, state_name, without_accents

TERRITORIES = ("GU", "VI", "AS", "MP")  # they have no counties: the territory stands for one
_ZIP = re.compile(r"([0-9]{5})(-[0-9]{4})?")  # not \d: the table breaks on other digits
_SUFFIX = re.compile(
    r" (county|co|parish|borough|census area|municipality|municipio|city and borough|city)$"
)
_PREFIX = re.compile(r"^(?:(?:el )?condado|(?:la )?parroquia|(?:el )?municipio|county) (?:de|of) ")
_SAINT = re.compile(r"\bsaint(?=e?\b)")
_COUNTRY = re.compile(r",? *\b(?:USA|U\.S\.A?\.?|EE\. ?UU\.)$")


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
    """The county people mean by "kings", "Kings County, New York" or "Condado de Kings, NY".

    state  where it is if the name does not say so; empty if that is unknown, too
    Raises ``UnknownCounty`` with a sentence for people.
    """
    written, state = _county_and_state(name.strip(), state)
    if not state:
        return _only_one_named(written)
    known = counties_of_state(state)
    if not known:
        raise UnknownCounty(_("“%(name)s” names no state that we know.") % {"name": name})
    found = _counties_like(written, known)
    if len(found) == 1:
        return found[0]
    facts = {"name": written, "state": state_name(state)}
    if near := found or _similar(written, known):
        raise UnknownCounty(
            _("“%(name)s” is no county of %(state)s. Did you mean: %(near)s?")
            % (facts | {"near": " · ".join(near)})
        )
    raise UnknownCounty(_("“%(name)s” is no county of %(state)s.") % facts)


def _county_and_state(name: str, state: str) -> tuple[str, str]:
    """The county as it is written, and the code of its state as written, else as given."""
    written, comma, own = (part.strip() for part in _COUNTRY.sub("", name).rpartition(","))
    if comma:
        code = state_code(own)
        if not code:
            raise UnknownCounty(
                _("“%(own)s” is no state that we know. Please write one county a line.")
                % {"own": own}
            )
        return written, code
    if not _counties_like(own, counties_of_state(state)):
        words = own.split()
        for place in range(1, len(words)):  # "Franklin Ohio", "Kings New York"
            if code := state_code(" ".join(words[place:])):
                return " ".join(words[:place]), code
    return own, state


def _only_one_named(written: str) -> str:
    """The one county of that name in the whole country."""
    found = [
        county for state in STATES for county in _counties_like(written, counties_of_state(state))
    ]
    if len(found) == 1:
        return found[0]
    raise UnknownCounty(
        _("In which state is “%(name)s”? Please add it, as in “Kings County, NY”.")
        % {"name": written}
    )


def _counties_like(written: str, known: list[str]) -> list[str]:
    """Those of that name in full, else those of that name without "County" or the like."""
    plain = _plain(written)
    named = {county: _plain(county.rpartition(",")[0]) for county in known}
    exact = [county for county, full in named.items() if full == plain]
    return exact or [county for county, full in named.items() if _bare(full) == _bare(plain)]


def _similar(written: str, known: list[str]) -> list[str]:
    """Up to three counties that may be meant, the likeliest first."""
    bare = {_bare(_plain(county.rpartition(",")[0])): county for county in known}
    return [bare[hit] for hit in difflib.get_close_matches(_bare(_plain(written)), bare, 3, 0.7)]


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


@lru_cache(maxsize=8_000)  # every county there is, and what is typed
def _plain(name: str) -> str:
    """Small, without accents and dots, "saint" as "st": equal where people mean the same."""
    return _SAINT.sub("st", without_accents(name).lower().replace(".", ""))


def _bare(plain: str) -> str:
    return _PREFIX.sub("", _SUFFIX.sub("", plain))


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
