"""Where the synthetic country's people live: real ZIP codes, counties and time zones.

They come from the ``zipcodes`` package; a city counts by the number of its ZIP codes to the
power of 1.25, which puts about as many people into the large ones as live there.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import available_timezones

import numpy as np
import zipcodes
from numpy.typing import NDArray

from matching.columns.book import Book

CITY_POWER = 1.25


@dataclass(frozen=True, slots=True)
class Zips:
    """ZIP codes as columns; ``chance`` sums to 1."""

    chance: NDArray[np.float64]
    number: NDArray[np.int32]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    county: NDArray[np.int32]
    zone: NDArray[np.int64]
    zones: list[str]
    county_middles: dict[int, tuple[float, float]]


def zips_of(book: Book) -> Zips:
    """Every active one in the country, numbered in this book."""
    rows = [row for row in zipcodes.list_all() if row["active"] and row["lat"] and row["county"]]
    known = available_timezones()
    rows = [row for row in rows if row["timezone"] in known and row["country"] == "US"]
    of_city = defaultdict(int)
    for row in rows:
        of_city[row["city"], row["state"]] += 1
    chance = np.array([of_city[row["city"], row["state"]] ** (CITY_POWER - 1) for row in rows])
    zones = sorted({row["timezone"] for row in rows})
    latitude = np.array([float(row["lat"]) for row in rows])
    longitude = np.array([float(row["long"]) for row in rows])
    county = _ints(book.counties.known(f"{row['county']}, {row['state']}") for row in rows)
    middles = {
        int(number): (
            round(float(latitude[county == number].mean()), 4),
            round(float(longitude[county == number].mean()), 4),
        )
        for number in np.unique(county)
    }
    return Zips(
        chance=chance / chance.sum(),
        number=_ints(book.zips.known(row["zip_code"]) for row in rows),
        latitude=latitude,
        longitude=longitude,
        county=county,
        zone=np.array([zones.index(row["timezone"]) for row in rows]),
        zones=zones,
        county_middles=middles,
    )


def _ints(values: Iterable[int]) -> NDArray[np.int32]:
    return np.fromiter(values, np.int32)
