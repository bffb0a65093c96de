"""What the fit rules read: facts as rows, and the same facts as columns of NumPy arrays."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.columns.book import UNKNOWN, Book

Bools = NDArray[np.bool_]
Ints = NDArray[np.int32]
Bits = NDArray[np.uint64]
Floats = NDArray[np.float64]
SlotFacts = tuple[int, int, int]  # weekday (0 is Monday), start and end in minutes after midnight

NO_END = np.int32(date.max.toordinal())  # the last day there is: an offer without an end
IN_PERSON, REMOTE = 1, 2
MODES = {"in_person": IN_PERSON, "remote": REMOTE, "either": IN_PERSON | REMOTE}
KINDS = ("class", "apprenticeship", "job")
CHECK_LEVELS = ("none", "references", "registry", "fingerprint")
AUDIENCES = {"adults": ("adults",), "minors": ("minors",), "both": ("adults", "minors")}


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedFacts:
    """All that the rules, the score and the reasons may know about a need."""

    key: int | str
    verified: bool
    kind: str
    topics: tuple[str, ...]
    mode: str
    zip: str
    latitude: float | None
    longitude: float | None
    confidential: bool
    counties: tuple[tuple[str, float | None, float | None], ...]  # name, centroid in degrees
    start_date: date
    end_date: date
    time_zone: str
    slots: tuple[SlotFacts, ...]  # none: any time of the week
    dates: tuple[date, ...]  # none: every date
    minutes: int
    sessions: int
    languages: tuple[str, ...]
    check_level: str
    audience: str
    exclusions: tuple[str, ...]
    requires: tuple[str, ...]
    seats: int
    helpers: int
    title: str
    description: str
    wait_days: float

    @property
    def required_check(self) -> str:
        """Minors always mean the fingerprint level (rule 8)."""
        return "fingerprint" if self.audience != "adults" else self.check_level


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFacts:
    """All that the rules, the score and the reasons may know about an offer."""

    key: int | str
    verified: bool
    kind: str
    topics: tuple[str, ...]
    mode: str
    zip: str
    latitude: float | None
    longitude: float | None
    county: str
    radius_km: float
    start_date: date
    end_date: date | None
    time_zone: str
    slots: tuple[SlotFacts, ...]
    dates: tuple[date, ...]
    languages: tuple[str, ...]
    checks: tuple[tuple[str, date | None], ...]  # level and last day it holds, none: for ever
    audience: str
    tags: tuple[str, ...]
    terms: tuple[str, ...]
    capacity: int
    groups: int
    title: str
    description: str
    wait_days: float
    confidential: bool = False

    def check_until(self, rank: int) -> int:
        """The last day, as an ordinal, on which it holds at least this level; -1 never did."""
        if rank == 0:
            return int(NO_END)
        days = [
            NO_END if expires is None else expires.toordinal()
            for level, expires in self.checks
            if CHECK_LEVELS.index(level) >= rank
        ]
        return int(max(days, default=UNKNOWN))


class Columns:
    """Arrays of one length; row i of each tells of the same posting."""

    def __len__(self) -> int:
        return len(self.keys)  # type: ignore[attr-defined]  # every kind of columns has keys

    def take(self, rows: Any) -> Self:
        """The same columns of some rows only."""
        chosen = {field.name: getattr(self, field.name)[rows] for field in fields(self)}  # type: ignore[arg-type]  # subclasses are dataclasses
        return type(self)(**chosen)

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """The rows of several, one after the other; all were made with the same book."""
        names = [field.name for field in fields(cls)]  # type: ignore[arg-type]  # as above
        return cls(**{name: _stacked([getattr(part, name) for part in parts]) for name in names})


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedColumns(Columns):
    """Needs as columns, N rows. Days are ordinals, angles degrees, NaN unknown."""

    keys: NDArray[Any]  # (N,)
    verified: Bools  # (N,)
    kind: NDArray[np.uint8]  # (N,) numbers in KINDS
    languages: Bits  # (N, L) bit sets of Book.languages
    asks: (
        Bits  # (N, W) bit sets of Book.conditions an offer must have: kind, check, audience, terms
    )
    forbids: Bits  # (N, W) bit sets of Book.conditions an offer must not have: tags
    topics: Ints  # (N, T) numbers in Book.topics, -1 fills the row
    mode: NDArray[np.uint8]  # (N,) IN_PERSON | REMOTE
    latitude: Floats  # (N,) NaN where unknown or confidential
    longitude: Floats  # (N,)
    zip: Ints  # (N,) numbers in Book.zips, -1 where unknown or confidential
    area: Ints  # (N,) numbers in Book.areas, -1 for a place that is not confidential
    start: Ints  # (N,) first day
    end: Ints  # (N,) last day
    shape: Ints  # (N,) numbers in Book.shapes
    minutes: Ints  # (N,) length of a session
    sessions: Ints  # (N,)
    check: NDArray[np.uint8]  # (N,) rank of the check it requires, 0..3
    room: Ints  # (N,) people an offer must have room for: seats of a class, else 1
    seats: Ints  # (N,)
    helpers: Ints  # (N,)
    wait_days: Floats  # (N,)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferColumns(Columns):
    """Offers as columns, O rows. Days are ordinals, angles degrees, NaN unknown."""

    keys: NDArray[Any]  # (O,)
    verified: Bools  # (O,)
    kind: NDArray[np.uint8]  # (O,)
    languages: Bits  # (O, L)
    has: Bits  # (O, W) bit sets of Book.conditions: kind, checks, audience, terms, tags
    topics: Ints  # (O, T)
    mode: NDArray[np.uint8]  # (O,)
    latitude: Floats  # (O,)
    longitude: Floats  # (O,)
    zip: Ints  # (O,)
    county: Ints  # (O,) numbers in Book.counties, -1 unknown
    radius_km: Floats  # (O,)
    start: Ints  # (O,)
    end: Ints  # (O,) NO_END where it has none
    shape: Ints  # (O,)
    check_until: Ints  # (O, 4) last day on which it holds at least the level of that rank, -1 never
    capacity: Ints  # (O,)
    confidential: Bools  # (O,) nothing may tell how near its place is
    wait_days: Floats  # (O,)


def need_columns(facts: Iterable[NeedFacts], book: Book) -> NeedColumns:
    """Columns of these needs, in their order."""
    rows = list(facts)
    asks = [book.conditions.mask(_asked(row)) for row in rows]
    forbids = [book.conditions.mask(f"tag:{word}" for word in row.exclusions) for row in rows]
    places = [(None, None) if row.confidential else (row.latitude, row.longitude) for row in rows]
    return NeedColumns(
        **_shared_columns(rows, places, book),
        asks=_bits(asks, len(book.conditions)),
        forbids=_bits(forbids, len(book.conditions)),
        zip=_ints(UNKNOWN if row.confidential else book.zips.known(row.zip) for row in rows),
        area=_ints(book.area(row.counties) if row.confidential else UNKNOWN for row in rows),
        end=_ints(row.end_date.toordinal() for row in rows),
        minutes=_ints(row.minutes for row in rows),
        sessions=_ints(row.sessions for row in rows),
        check=np.array([CHECK_LEVELS.index(row.required_check) for row in rows], np.uint8),
        room=_ints(row.seats if row.kind == "class" else 1 for row in rows),
        seats=_ints(row.seats for row in rows),
        helpers=_ints(row.helpers for row in rows),
    )


def offer_columns(facts: Iterable[OfferFacts], book: Book) -> OfferColumns:
    """Columns of these offers, in their order."""
    rows = list(facts)
    has = [book.conditions.mask(_stated(row)) for row in rows]
    checks = [[row.check_until(rank) for rank in range(len(CHECK_LEVELS))] for row in rows]
    return OfferColumns(
        **_shared_columns(rows, [(row.latitude, row.longitude) for row in rows], book),
        has=_bits(has, len(book.conditions)),
        zip=_ints(book.zips.known(row.zip) for row in rows),
        county=_ints(book.counties.known(row.county) for row in rows),
        radius_km=np.array([row.radius_km for row in rows], np.float64),
        end=_ints(NO_END if row.end_date is None else row.end_date.toordinal() for row in rows),
        check_until=np.array(checks, np.int32).reshape(-1, len(CHECK_LEVELS)),
        capacity=_ints(row.capacity for row in rows),
        confidential=np.array([row.confidential for row in rows], np.bool_),
    )


def _shared_columns(
    rows: Sequence[NeedFacts] | Sequence[OfferFacts],
    places: Sequence[tuple[float | None, float | None]],
    book: Book,
) -> dict[str, Any]:
    degrees = np.array(places, np.float64).reshape(-1, 2)
    degrees[np.isnan(degrees).any(axis=1)] = np.nan  # half a place is none
    languages = [book.languages.mask(row.languages) for row in rows]
    return {
        "keys": _keys([row.key for row in rows]),
        "verified": np.array([row.verified for row in rows], np.bool_),
        "kind": np.array([KINDS.index(row.kind) for row in rows], np.uint8),
        "languages": _bits(languages, len(book.languages)),
        "topics": _padded([[book.topics.number(t) for t in row.topics] for row in rows]),
        "mode": np.array([MODES[row.mode] for row in rows], np.uint8),
        "latitude": degrees[:, 0].copy(),
        "longitude": degrees[:, 1].copy(),
        "start": _ints(row.start_date.toordinal() for row in rows),
        "shape": _ints(book.shape(row.time_zone, row.slots, row.dates) for row in rows),
        "wait_days": np.array([row.wait_days for row in rows], np.float64),
    }


def _asked(row: NeedFacts) -> list[str]:
    """The conditions an offer must have: rules 2, 8, 9 and 12."""
    asked = [f"kind:{row.kind}", *(f"audience:{word}" for word in AUDIENCES[row.audience])]
    if row.required_check != CHECK_LEVELS[0]:
        asked.append(f"check:{row.required_check}")
    return asked + [f"term:{word}" for word in row.requires]


def _stated(row: OfferFacts) -> list[str]:
    """The conditions an offer has, for rules 2, 8, 9, 10 and 12."""
    levels = [level for i, level in enumerate(CHECK_LEVELS) if i and row.check_until(i) >= 0]
    return [
        f"kind:{row.kind}",
        *(f"audience:{word}" for word in AUDIENCES[row.audience]),
        *(f"check:{level}" for level in levels),
        *(f"tag:{word}" for word in row.tags),
        *(f"term:{word}" for word in row.terms),
    ]


def _ints(values: Iterable[Any]) -> Ints:
    return np.fromiter(values, np.int32)


def _keys(keys: list[int | str]) -> NDArray[Any]:
    if all(isinstance(key, int) for key in keys):
        return np.array(keys, np.int64)
    return np.array(keys, np.object_)


def _bits(masks: list[int], size: int) -> Bits:
    """Masks as rows of 64-bit words, the lowest bits first."""
    words = max(1, -(-size // 64))
    packed = b"".join(mask.to_bytes(8 * words, "little") for mask in masks)
    return np.frombuffer(packed, np.dtype("<u8")).astype(np.uint64).reshape(-1, words)


def _padded(rows: list[list[int]]) -> Ints:
    """Rows of unequal length, filled up with -1."""
    width = max((len(row) for row in rows), default=0)
    filled = [row + [UNKNOWN] * (width - len(row)) for row in rows]
    return np.array(filled, np.int32).reshape(len(rows), width)


def _stacked(columns: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """One under the other; narrow ones, made when the book knew less, are filled up."""
    if columns[0].ndim == 1:
        return np.concatenate(columns)
    width = max(column.shape[1] for column in columns)
    fill = UNKNOWN if columns[0].dtype == np.int32 else 0
    return np.concatenate(
        [
            np.pad(column, ((0, 0), (0, width - column.shape[1])), constant_values=fill)
            for column in columns
        ]
    )
