"""Where a posting is: at a ZIP, at coordinates, or hidden in the counties it names."""

import zoneinfo
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.places import county_named, county_time_zone, place_of_zip
from accounts.refusals import Refused
from opportunities.models import Need, Offer

PLACE_FACTS = ("zip", "latitude", "longitude", "time_zone", "confidential", "counties")


class UnknownTimeZone(Refused):
    message = _("We do not know this time zone.")


def inherit_place(posting: Need | Offer, facts: Mapping[str, Any]) -> None:
    """A new posting stands where its party does, as far as ``facts`` say nothing else."""
    party = posting.party
    posting.state, posting.time_zone = party.state, party.time_zone
    if isinstance(posting, Need) and facts.get("confidential", party.confidential):
        posting.confidential, posting.counties = True, list(party.counties)
    elif not (facts.get("zip") or facts.get("latitude") is not None):
        posting.zip, posting.county = party.zip, party.county
        posting.latitude, posting.longitude = party.latitude, party.longitude


def place(posting: Need | Offer, facts: Mapping[str, Any]) -> None:
    """Move a posting to where the given facts say it is.

    Coordinates win over the point of the ZIP, a given time zone over the ZIP's. A
    confidential need forgets every place but its counties. Raises ``UnknownZip``,
    ``UnknownCounty`` or ``UnknownTimeZone``.
    """
    if isinstance(posting, Need):
        posting.confidential = facts.get("confidential", posting.confidential)
    if isinstance(posting, Need) and posting.confidential:
        _hide(posting, facts)
    else:
        _stand(posting, facts)
    if zone := facts.get("time_zone"):
        if zone not in _time_zones():
            raise UnknownTimeZone
        posting.time_zone = zone


def _hide(need: Need, facts: Mapping[str, Any]) -> None:
    need.zip, need.latitude, need.longitude, need.county = "", None, None, ""
    if "counties" in facts:
        named = [county_named(name, need.state) for name in facts["counties"]]
        need.counties = list(dict.fromkeys(named))
    if need.counties:
        first = need.counties[0]
        need.state = first.rpartition(", ")[2]
        need.time_zone = county_time_zone(first) or need.time_zone


def _stand(posting: Need | Offer, facts: Mapping[str, Any]) -> None:
    if isinstance(posting, Need):
        posting.counties = []
    if moved := "zip" in facts and facts["zip"].strip() != posting.zip:
        _move_to_zip(posting, facts["zip"].strip())
    if facts.get("latitude") is not None and facts.get("longitude") is not None:
        posting.latitude, posting.longitude = facts["latitude"], facts["longitude"]
    elif moved or "latitude" in facts:
        posting.latitude, posting.longitude = _point_of(posting.zip)


def _move_to_zip(posting: Need | Offer, written: str) -> None:
    if not written:
        posting.zip = posting.county = ""
        return
    there = place_of_zip(written)
    posting.zip, posting.county, posting.state = there.zip, there.county, there.state
    posting.time_zone = there.time_zone


def _point_of(written: str) -> tuple[float | None, float | None]:
    there = place_of_zip(written) if written else None
    return (there.latitude, there.longitude) if there else (None, None)


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())
