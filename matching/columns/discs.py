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
            end = int(before.searchsorted(before[start] + CHUNK))
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
        self.globe = points.take(order).on_globe()
        self.limit = _limit(points.reach_km[order])
        self.count = np.bincount(group, minlength=len(groups))
        self.first = np.cumsum(self.count) - self.count
        self.groups = np.bincount(groups // CLASSES, minlength=subjects)
        self.first_group = np.cumsum(self.groups) - self.groups

    def near(self, points: Points, asked: Rows, subject: Rows) -> Iterator[tuple[Rows, Rows]]:
        """Pairs of postings that may be near, in pieces: the asking rows, the rows here.

        asked, subject  which point asks for which subject
        """
        globe, limit = points.on_globe(), _limit(points.reach_km)
        for ranges in self._ranges(points, asked, subject).chunks():
            there = spread(ranges.first, ranges.size)[1]
            here = ranges.asked.repeat(ranges.size)
            apart = self.globe[:, there] - globe[:, here]
            apart *= apart
            reach = np.maximum(self.limit[there], limit[here])
            near = chosen(apart[0] + apart[1] + apart[2] <= reach)
            yield points.row[here[near]], self.row[there[near]].astype(np.int64)

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
        latitude, longitude = points.latitude[asked], points.longitude[asked]
        spare, half = np.degrees(reach), _half_width(latitude, reach)
        lowest = _band(latitude - spare, self.height[group])
        bands = _band(latitude + spare, self.height[group]) - lowest + 1
        west, east = longitude - half, longitude + half
        around = (west < -180) | (east > 180)  # past the date line: the whole band
        west[around], east[around] = -180, 180
        of_disc, band = spread(lowest, bands)
        group = group[of_disc]
        first = self.keys.searchsorted(_keys(group, band, west[of_disc]))
        end = self.keys.searchsorted(_keys(group, band, east[of_disc]), side="right")
        some = chosen(end > first)
        return Ranges(asked[of_disc[some]], first[some], (end - first)[some])


def _class(reach_km: Floats) -> Rows:
    """Points that come about equally far are searched together."""
    classes = np.ceil(HALF_OCTAVE * np.log2(np.maximum(reach_km, 1.0))).astype(np.int64)
    least: Rows = np.minimum(classes, CLASSES - 1)
    return least


def _band(latitude: Floats, height: Floats) -> Rows:
    known = np.minimum(np.maximum(latitude, -90), 90)  # np.clip takes ten times as long for few
    bands: Rows = ((known + 90) / height).astype(np.int64)
    return bands


def _keys(group: Rows, band: Rows, longitude: Floats) -> Rows:
    step: Rows = ((longitude + 180) * (LONGITUDES / 361)).astype(np.int64)
    return (group * BANDS + band) * LONGITUDES + step


def _half_width(latitude: Floats, reach: Floats) -> Floats:
    """How many degrees of longitude a disc extends to either side of its middle.

    latitude  of the middle, in degrees
    reach     in radians

    On a sphere the widest point has sin(width) = sin(reach) / cos(latitude).
    """
    middle = np.radians(latitude)
    polar = np.abs(middle) + reach >= np.pi / 2 - SLACK
    share = np.sin(np.minimum(reach, np.pi / 2)) / np.cos(middle)
    half = np.degrees(np.arcsin(np.minimum(share, 1.0)) + SLACK)
    half[polar] = 360.0
    return half


def _limit(reach_km: Floats) -> Singles:
    """The squared chord of this reach, with room for what single precision rounds away.

    A coordinate is off by 2**-25 at most, so a chord by 1e-7 and its square by twice
    the chord times that; both factors here are four times what is needed.
    """
    chord = 2 * np.sin(np.minimum(reach_km / EARTH_KM, np.pi) / 2)
    limit: Singles = (chord**2 * (1 + 1e-6) + chord * 1e-6 + 1e-12).astype(np.float32)
    return limit
