"""One numbering of the words that needs and offers share, so that columns compare numbers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matching.columns.ragged import Rows, spread

ANY_TIME = tuple((weekday, 0, 24 * 60) for weekday in range(7))
UNKNOWN = -1
NO_GROUP, OVER_NONE = -1, -2


class Words:
    """Gives each word a number, once; numbers never change, so old columns stay readable."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self._numbers: dict[str, int] = {}
        for word in words:
            self.number(word)

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, word: str) -> int:
        return self._numbers.setdefault(word, len(self._numbers))

    def known(self, word: str) -> int:
        """The number of a word, ``UNKNOWN`` for the empty one."""
        return self.number(word) if word else UNKNOWN

    def mask(self, words: Iterable[str]) -> int:
        """The words as the bits of one number."""
        bits = 0
        for word in words:
            bits |= 1 << self.number(word)
        return bits


@dataclass(frozen=True, slots=True)
class TopicFacts:
    slug: str
    group: str
    umbrella: bool


class Topics(Words):
    """The taxonomy: which topics share. A slug it does not know shares with itself alone."""

    def __init__(self, topics: Iterable[TopicFacts]) -> None:
        topics = list(topics)
        super().__init__(topic.slug for topic in topics)
        members, umbrellas = defaultdict(set), defaultdict(set)
        for topic in topics:
            number = self.number(topic.slug)
            members[topic.group].add(number)
            if topic.umbrella:
                umbrellas[topic.group].add(number)
        self._shared = {
            number: frozenset(group if number in umbrellas[name] else umbrellas[name] | {number})
            for name, group in members.items()
            for number in group
        }
        self._facts = topics
        self._groups = np.zeros((2, 0), np.int32)
        nothing = np.zeros(0, np.int64)
        self._columns: tuple[Rows, Rows, Rows] = (nothing, nothing, nothing)

    def sharing(self) -> tuple[Rows, Rows, Rows]:
        """``shared_with`` of every topic as columns.

        returns  (T,), (T,), (S,)  where the topics that share with one begin in the last,
                 and how many they are
        """
        if len(self._columns[0]) != len(self):
            lists = [sorted(self.shared_with(number)) for number in range(len(self))]
            count = np.array([len(one) for one in lists], np.int64)
            flat = np.array([topic for one in lists for topic in one], np.int64)
            self._columns = np.cumsum(count) - count, count, flat
        return self._columns

    def groups(self) -> NDArray[np.int32]:
        """(2, T + 1) the group of each topic, and the group that an umbrella stands over.

        ``NO_GROUP`` and ``OVER_NONE`` are never equal; the last place is for -1.
        """
        if self._groups.shape[1] != len(self) + 1:
            numbers = Words(topic.group for topic in self._facts)
            self._groups = np.full((2, len(self) + 1), NO_GROUP, np.int32)
            self._groups[1] = OVER_NONE
            for topic in self._facts:
                number = self.number(topic.slug)
                self._groups[: 1 + topic.umbrella, number] = numbers.number(topic.group)
        return self._groups

    def shared_with(self, number: int) -> frozenset[int]:
        """Every topic that this one is shared with: itself, and through umbrellas (rule 3)."""
        return self._shared.get(number, frozenset({number}))


@dataclass(frozen=True, slots=True)
class Shape:
    """When somebody is there, but for the first and last day.

    zone   name of the time zone
    slots  (weekday, start, end), minutes after the local midnight of the slot's date
    dates  the only days it happens on, as ordinals, ascending; ``None`` is every day
    """

    zone: str
    slots: tuple[tuple[int, int, int], ...]
    dates: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Area:
    """The counties that stand for a confidential place.

    counties   (C,)   numbers of the counties
    centroids  (C, 2) degrees latitude and longitude, NaN where unknown
    """

    counties: NDArray[np.int32]
    centroids: NDArray[np.float64]


class Book:
    """All numberings that two sets of columns must share to be compared."""

    def __init__(self, topics: Iterable[TopicFacts]) -> None:
        self.topics = Topics(topics)
        self.languages = Words()
        self.conditions = Words()
        self.zips = Words()
        self.counties = Words()
        self.shapes: list[Shape] = []
        self.weekly: list[int] = []  # of each shape the number of the same hours without dates
        self.areas: list[Area] = []
        self._shape_numbers: dict[Shape, int] = {}
        self._area_numbers: dict[object, int] = {}
        none = np.zeros(0, np.int64)
        self._areas_known = none, none, none, np.zeros((0, 2))

    def shape(self, zone: str, slots: Iterable[tuple[int, int, int]], dates: Iterable[date]) -> int:
        """The number of these hours. No slots are whole days; no dates are all of them."""
        days = tuple(sorted({day.toordinal() for day in dates}))
        week = tuple(sorted((weekday, start, end) for weekday, start, end in slots)) or ANY_TIME
        weekly = self._number_of(Shape(zone, week, None))
        return self._number_of(Shape(zone, week, days), weekly) if days else weekly

    def _number_of(self, shape: Shape, weekly: int | None = None) -> int:
        number = self._shape_numbers.setdefault(shape, len(self.shapes))
        if number == len(self.shapes):
            self.shapes.append(shape)
            self.weekly.append(number if weekly is None else weekly)
        return number

    def area(self, counties: tuple[tuple[str, float | None, float | None], ...]) -> int:
        """The number of this set of counties."""
        if counties not in self._area_numbers:
            self._area_numbers[counties] = len(self.areas)
            numbers = np.array([self.counties.known(name) for name, _, _ in counties], np.int32)
            points = np.array([row[1:] for row in counties], np.float64).reshape(-1, 2)
            self.areas.append(Area(numbers, points))
        return self._area_numbers[counties]

    def counties_of(self, areas: NDArray[np.int32]) -> tuple[Rows, Rows, NDArray[np.float64]]:
        """Each county of these areas, area by area.

        returns  (C,), (C,), (C, 2)  the row of its area, its number (-1 unknown), and its
                 centroid in degrees, NaN where unknown
        """
        first, count, county, centroid = self._area_columns()
        row, place = spread(first[areas], count[areas])
        return row, county[place], centroid[place]

    def _area_columns(self) -> tuple[Rows, Rows, Rows, NDArray[np.float64]]:
        """All areas one after the other: where each begins, how many counties it has, these."""
        first, count, county, centroid = self._areas_known
        if new := self.areas[len(first) :]:
            count = np.append(count, [len(area.counties) for area in new])
            county = np.concatenate([county, *(area.counties for area in new)])
            centroid = np.concatenate([centroid, *(area.centroids for area in new)])
            self._areas_known = count.cumsum() - count, count, county, centroid
        return self._areas_known
