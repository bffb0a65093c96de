"""Who may be near: points in an order in which a disc on the globe becomes a few ranges.

Points are sorted by subject, class of reach, latitude band and longitude. What a
disc needs of a band is one range of longitudes, found by binary search. A chord
through the globe, in single precision, then leaves out nearly all the rest. What
comes out is a little more than what is in reach, never less: who decides is rule 4.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.columns.arrays import Floats
from matching.columns.ragged import Rows, chosen, spread

Singles = NDArray[np.float32]

EARTH_KM = 6371.0
DEGREE_KM = EARTH_KM * np.pi / 180
SLACK = 1e-7  # radians, 60 cm on the ground: far above every rounding of an angle here
HALF_OCTAVE = 2  # classes of reach: two for each doubling
CLASSES = 256  # more than that makes of any reach on the globe
LOWEST_BAND = 0.1  # degrees, about 11 km
FEW = 48  # points of a group that are looked at without asking where they are
LONGITUDES = 1 << 24  # steps of longitude in a key, 2 m each at the equator
BANDS = 1 << 14  # more than there are bands of the lowest height
CHUNK = 1 << 16  # candidates looked at together: they stay in the processor's cache


class Points(NamedTuple):
    """Places that postings stand at, P of them; a posting may have none or several."""

    row: Rows  # (P,) of the posting
    latitude: Floats  # (P,) degrees
    longitude: Floats  # (P,)
    reach_km: Floats  # (P,) how far it comes: an offer's radius; a need stays where it is, 0

    def take(self, rows: Rows) -> "Points":
        places = self.latitude[rows], self.longitude[rows]
        return Points(self.row[rows], *places, self.reach_km[rows])

    def on_globe(self) -> Singles:
        """(3, P) on a globe of radius 1."""
        north, east = np.radians(self.latitude), np.radians(self.longitude)
        flat = np.cos(north)
        there = (flat * np.cos(east), flat * np.sin(east), np.sin(north))
        return np.array(there, np.float32)


class Ranges(NamedTuple):
    """Pieces of an index, and for whom each is looked at."""

    asked: Rows  # (R,) who asks: a row, or a point
    first: Rows  # (R,)
    size: Rows  # (R,)

    def chunks(self) -> Iterator["Ranges"]:
        """The same in pieces of about ``CHUNK`` candidates."""
        before = self.size.cumsum() - self.size
        start = 0
        while start < len(self.size):
            end = int(np.searchsorted(before, before[start] + CHUNK))
            yield Ranges(*(column[start:end] for column in self))
            start = end


class Discs:
    """Points by subject and place."""

    def __init__(self, subject: Rows, points: Points, subjects: int) -> None:
        """Sort these points, one for each of a posting's subjects; ``subjects`` is how many."""
        reach = _class(points.reach_km)
        groups, group = np.unique(subject * CLASSES + reach, return_inverse=True)
        self.reach_km = np.zeros(len(groups))
        np.maximum.at(self.reach_km, group, points.reach_km)
        self.height = np.maximum(LOWEST_BAND, self.reach_km / DEGREE_KM / 2)
        band = _band(points.latitude, self.height[group])
        keys = _keys(group, band, points.longitude)
        order = np.argsort(keys)
        self.keys = keys[order]
        self.row = points.row[order].astype(np.int32)
        self.x, self.y, self.z = points.take(order).on_globe()
        self.limit = _limit(points.reach_km[order])
        self.count = np.bincount(group, minlength=len(groups))
        self.first = np.cumsum(self.count) - self.count
        self.groups = np.bincount(groups // CLASSES, minlength=subjects)
        self.first_group = np.cumsum(self.groups) - self.groups

    def near(self, points: Points, asked: Rows, subject: Rows) -> Iterator[tuple[Rows, Rows]]:
        """Pairs of postings that may be near, in pieces: the asking rows, the rows here.

        asked, subject  which point asks for which subject
        """
        x, y, z = points.on_globe()
        limit = _limit(points.reach_km)
        for ranges in self._ranges(points, asked, subject).chunks():
            there = spread(ranges.first, ranges.size)[1]
            chord = np.zeros(len(there), np.float32)
            for here, column in ((x, self.x), (y, self.y), (z, self.z)):
                apart = column[there] - here[ranges.asked].repeat(ranges.size)
                chord += apart * apart
            reach = np.maximum(self.limit[there], limit[ranges.asked].repeat(ranges.size))
            near = chosen(chord <= reach)
            rows = points.row[ranges.asked].repeat(ranges.size)
            yield rows[near], self.row[there[near]].astype(np.int64)

    def _ranges(self, points: Points, asked: Rows, subject: Rows) -> Ranges:
        known = subject < len(self.groups)
        asked, subject = asked[known], subject[known]
        of_ask, group = spread(self.first_group[subject], self.groups[subject])
        asked = asked[of_ask]
        few = self.count[group] <= FEW
        if few.all():
            return Ranges(asked, self.first[group], self.count[group])
        some_of = self._ranges_by_band(points, asked[~few], group[~few])
        asked, group = asked[few], group[few]
        all_of = Ranges(asked, self.first[group], self.count[group])
        return Ranges(*(np.concatenate(columns) for columns in zip(all_of, some_of, strict=True)))

    def _ranges_by_band(self, points: Points, asked: Rows, group: Rows) -> Ranges:
        """For each disc one range in each band of latitude that it touches."""
        reach = np.maximum(points.reach_km[asked], self.reach_km[group]) / EARTH_KM + SLACK
        spare = np.degrees(reach)
        lowest = _band(points.latitude[asked] - spare, self.height[group])
        bands = _band(points.latitude[asked] + spare, self.height[group]) - lowest + 1
        of_disc, band = spread(lowest, bands)
        asked, group, reach = asked[of_disc], group[of_disc], reach[of_disc]
        height = self.height[group]
        south = np.radians(band * height - 90)
        half = _half_width(points.latitude[asked], reach, south, south + np.radians(height))
        west, east = points.longitude[asked] - half, points.longitude[asked] + half
        around = (west < -180) | (east > 180)  # past the date line: the whole band
        first = np.searchsorted(self.keys, _keys(group, band, np.where(around, -180, west)))
        last = np.searchsorted(
            self.keys, _keys(group, band, np.where(around, 180, east)), side="right"
        )
        some = chosen(last > first)
        return Ranges(asked[some], first[some], (last - first)[some])


def _class(reach_km: Floats) -> Rows:
    """Points that come about equally far are searched together."""
    classes = np.ceil(HALF_OCTAVE * np.log2(np.maximum(reach_km, 1.0))).astype(np.int64)
    least: Rows = np.minimum(classes, CLASSES - 1)
    return least


def _band(latitude: Floats, height: Floats) -> Rows:
    bands: Rows = ((np.clip(latitude, -90, 90) + 90) / height).astype(np.int64)
    return bands


def _keys(group: Rows, band: Rows, longitude: Floats) -> Rows:
    step: Rows = ((longitude + 180) * (LONGITUDES / 361)).astype(np.int64)
    return (group * BANDS + band) * LONGITUDES + step


def _half_width(latitude: Floats, reach: Floats, south: Floats, north: Floats) -> Floats:
    """How many degrees of longitude a disc extends to either side within a band.

    latitude  of the disc's middle, in degrees
    reach     of the disc, in radians
    south     and ``north`` edge of the band, in radians

    On a sphere a disc is widest where sin(latitude) = sin(middle) / cos(reach).
    """
    middle = np.radians(latitude)
    polar = np.abs(middle) + reach >= np.pi / 2 - SLACK
    reach = np.where(polar, 0.0, reach)
    widest = np.arcsin(np.clip(np.sin(middle) / np.cos(reach), -1, 1))
    at = np.clip(np.clip(widest, south, north), middle - reach, middle + reach)
    left = np.sin(reach / 2) ** 2 - np.sin((at - middle) / 2) ** 2
    share = np.clip(left / np.maximum(np.cos(middle) * np.cos(at), 1e-12), 0, 1)
    half = np.degrees(2 * np.arcsin(np.sqrt(share)) + SLACK)
    return np.where(polar, 360.0, half)


def _limit(reach_km: Floats) -> Singles:
    """The squared chord of this reach, with room for what single precision rounds away.

    A coordinate is off by 2**-25 at most, so a chord by 1e-7 and its square by twice
    the chord times that; both factors here are four times what is needed.
    """
    chord = 2 * np.sin(np.minimum(reach_km / EARTH_KM, np.pi) / 2)
    limit: Singles = (chord**2 * (1 + 1e-6) + chord * 1e-6 + 1e-12).astype(np.float32)
    return limit
