"""Numbers under keys, whole arrays at a time: an open hash table."""

import numpy as np

from matching.columns.ragged import Rows, chosen

MISSING = -1
GOLDEN = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: Fibonacci hashing


class Numbers:
    """Keys from 0, each with a number from 0."""

    def __init__(self, size: int = 1 << 12) -> None:
        """Make a table with ``size`` places, a power of two; it grows by itself."""
        self.used = 0
        self._keys = np.full(size, MISSING, np.int64)
        self._values = np.full(size, MISSING, np.int64)

    def find(self, keys: Rows) -> Rows:
        """The number of each key, ``MISSING`` where it has none."""
        place = self._home(keys)
        found = self._values[place]
        lost = chosen(self._keys[place] != keys)  # on a free place too, and there for good
        while len(lost := lost[self._keys[place[lost]] != MISSING]):
            place[lost] = self._next(place[lost])
            found[lost] = self._values[place[lost]]
            lost = lost[self._keys[place[lost]] != keys[lost]]
        return found

    def add(self, keys: Rows, values: Rows) -> None:
        """Remember new keys, each named once."""
        self._make_room(len(keys))
        self.used += len(keys)
        place = self._home(keys)
        while len(keys):
            free = self._keys[place] == MISSING
            self._keys[place[free]] = keys[free]
            mine = self._keys[place] == keys  # of several that meet on one place the last stays
            self._values[place[mine]] = values[mine]
            place, keys, values = self._next(place[~mine]), keys[~mine], values[~mine]

    def _make_room(self, more: int) -> None:
        """At least half of the places stay free, so that a key is found at once."""
        size = len(self._keys)
        while size < 2 * (self.used + more):
            size *= 2
        if size > len(self._keys):
            some = self._keys != MISSING
            larger = Numbers(size)
            larger.add(self._keys[some], self._values[some])
            self._keys, self._values = larger._keys, larger._values

    def _home(self, keys: Rows) -> Rows:
        bits = len(self._keys).bit_length() - 1
        mixed = (keys.view(np.uint64) * GOLDEN) >> np.uint64(64 - bits)
        return mixed.view(np.int64)

    def _next(self, place: Rows) -> Rows:
        return (place + 1) % len(self._keys)
