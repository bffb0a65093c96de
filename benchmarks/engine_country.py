"""A synthetic country for the engine's benchmark: needs and offers as columns, from a seed.

Nobody in it exists. Its places are real (``engine_zips``). Topics are those that ship with
the product, drawn by Zipf's law. What else was chosen stands in ``engine_chances``.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from benchmarks.engine_chances import (
    ASKED,
    CHANCES,
    LANGUAGE_CHANCES,
    LANGUAGES,
    NIGHT,
    OFFERED,
    RADII_KM,
    WHOLE,
)
from benchmarks.engine_zips import Zips, zips_of
from matching.columns.arrays import (
    CHECK_LEVELS,
    IN_PERSON,
    KINDS,
    NO_END,
    REMOTE,
    NeedColumns,
    OfferColumns,
)
from matching.columns.book import UNKNOWN, Book, TopicFacts
from matching.columns.index import by_place

ColumnsT = TypeVar("ColumnsT", NeedColumns, OfferColumns)

TODAY = date(2027, 1, 11)
DATA = Path(__file__).resolve().parent.parent / "opportunities/data"


@dataclass(frozen=True, slots=True)
class Country:
    """Needs and offers, and the book they share."""

    needs: NeedColumns
    offers: OfferColumns
    book: Book


def make_country(*, offers: int, needs: int, seed: int) -> Country:
    """So many postings; the same seed makes the same ones."""
    dice = np.random.default_rng(seed)
    book = Book(_topics())
    zips = zips_of(book)
    asked, offered = _needs(needs, zips, book, dice), _offers(offers, zips, book, dice)
    return Country(_settled(asked), _settled(offered), book)


def _settled(columns: ColumnsT) -> ColumnsT:
    """In the order in which a worker holds them; PostgreSQL's rows are written in it, too."""
    return replace(columns.take(by_place(columns)), keys=np.arange(1, len(columns.keys) + 1))


def _topics() -> list[TopicFacts]:
    rows = json.loads((DATA / "topics.json").read_text())
    return [TopicFacts(row["slug"], row["group"], bool(row.get("umbrella"))) for row in rows]


def _words(kind: str) -> list[str]:
    rows = json.loads((DATA / "conditions.json").read_text())
    return [row["slug"] for row in rows if row["kind"] == kind]


def _shared(
    size: int, zips: Zips, book: Book, dice: np.random.Generator, topics: str
) -> tuple[dict[str, Any], NDArray[np.int64]]:
    """What needs and offers have alike, and the ZIP of each."""
    home = dice.choice(len(zips.chance), size, p=zips.chance)
    spoken = np.array([book.languages.mask(words) for words in LANGUAGES], np.uint64)
    modes = np.array([IN_PERSON, REMOTE, IN_PERSON | REMOTE], np.uint8)
    columns = {
        "keys": np.arange(1, size + 1),
        "verified": dice.random(size) < CHANCES["verified"],
        "kind": dice.choice(3, size, p=CHANCES["class, apprenticeship, job"]).astype(np.uint8),
        "languages": dice.choice(spoken, size, p=LANGUAGE_CHANCES)[:, None],
        "topics": _drawn_topics(size, CHANCES[topics], book, dice),
        "mode": dice.choice(modes, size, p=CHANCES["in person, online, either"]),
        "latitude": zips.latitude[home],
        "longitude": zips.longitude[home],
        "zip": zips.number[home],
        "wait_days": dice.exponential(20, size),
    }
    return columns, home


def _drawn_topics(
    size: int, chances: tuple[float, ...], book: Book, dice: np.random.Generator
) -> NDArray[np.int32]:
    """(size, most) different topics by Zipf's law, in an order of their own, -1 fills up."""
    order = np.random.default_rng(1).permutation(len(book.topics)).astype(np.int32)
    weight = 1 / np.arange(1, len(order) + 1)
    drawn = order[dice.choice(len(order), (size, len(chances)), p=weight / weight.sum())]
    count = dice.choice(len(chances), size, p=chances) + 1
    for column in range(1, len(chances)):
        again = (drawn[:, column, None] == drawn[:, :column]).any(axis=1)
        drawn[again | (count <= column), column] = UNKNOWN
    return drawn


def _needs(size: int, zips: Zips, book: Book, dice: np.random.Generator) -> NeedColumns:
    columns, home = _shared(size, zips, book, dice, "topics of a need, one or two")
    kind = columns["kind"]
    pattern = dice.choice(len(ASKED), size, p=_part([row[-1] for row in ASKED]))
    audience = dice.choice(3, size, p=CHANCES["adults, minors, both"])
    asked = dice.choice(4, size, p=CHANCES["check asked: none, references, registry, fingerprint"])
    check = np.where(audience > 0, 3, asked).astype(np.uint8)
    hidden = dice.random(size) < CHANCES["confidential need"]
    start = TODAY.toordinal() + dice.integers(0, 120, size)
    asks = _kind_bits(book)[kind] | _audience_bits(book)[audience] | _check_bit(book)[check]
    terms = _some_of(_words("term"), "term", 1, book, dice, size)
    asks |= np.where(dice.random(size) < CHANCES["need that requires a term"], terms, 0)
    forbids = _some_of(_words("setting"), "tag", 2, book, dice, size)
    excludes = dice.random(size) < CHANCES["need that excludes something"]
    seats = np.where(kind == 0, dice.choice([1, 5, 8, 12, 20], size), dice.choice([1, 2], size))
    columns |= {
        "latitude": np.where(hidden, np.nan, columns["latitude"]),
        "longitude": np.where(hidden, np.nan, columns["longitude"]),
        "zip": np.where(hidden, UNKNOWN, columns["zip"]).astype(np.int32),
    }
    return NeedColumns(
        **columns,
        asks=asks[:, None],
        forbids=np.where(excludes, forbids, 0).astype(np.uint64)[:, None],
        area=_areas(hidden, home, zips, book),
        start=start.astype(np.int32),
        end=(start + dice.integers(42, 200, size)).astype(np.int32),
        shape=_shapes(pattern, zips.zone[home], zips, ASKED, book),
        minutes=_ints(row[2] for row in ASKED)[pattern],
        sessions=_ints(row[3] for row in ASKED)[pattern],
        check=check,
        room=np.where(kind == 0, seats, 1).astype(np.int32),
        seats=seats.astype(np.int32),
        helpers=np.ones(size, np.int32),
    )


def _offers(size: int, zips: Zips, book: Book, dice: np.random.Generator) -> OfferColumns:
    columns, home = _shared(size, zips, book, dice, "topics of an offer, one to three")
    kind = columns["kind"]
    pattern = dice.choice(len(OFFERED), size, p=_part([row[-1] for row in OFFERED]))
    audience = dice.choice(3, size, p=CHANCES["adults, minors, both"])
    held = dice.choice(4, size, p=CHANCES["check held: none, references, registry, fingerprint"])
    start = TODAY.toordinal() + dice.integers(-400, 60, size)
    endless = dice.random(size) < CHANCES["offer without an end"]
    has = _kind_bits(book)[kind] | _audience_bits(book)[audience] | _checks_bits(book)[held]
    tags = _some_of(_words("setting"), "tag", 2, book, dice, size)
    tags |= _some_of(_words("employer_requirement"), "tag", 1, book, dice, size)
    has |= np.where(dice.random(size) < CHANCES["offer with tags"], tags, 0).astype(np.uint64)
    terms = _some_of(_words("term"), "term", 3, book, dice, size)
    has |= np.where(dice.random(size) < CHANCES["offer with terms"], terms, 0).astype(np.uint64)
    shape = _shapes(pattern, zips.zone[home], zips, OFFERED, book)
    by_day = np.array([hours not in (WHOLE, NIGHT) for _, hours, _ in OFFERED])[pattern]
    listing = by_day & (columns["mode"] == IN_PERSON)
    listing &= dice.random(size) < CHANCES["offer by day, in person, that lists dates"]
    capacity = np.where(
        kind == 0, dice.choice([4, 8, 12, 20, 30], size), dice.choice([1, 2, 5], size)
    )
    return OfferColumns(
        **columns,
        has=has[:, None],
        county=zips.county[home],
        radius_km=dice.choice(RADII_KM[0], size, p=RADII_KM[1]),
        start=start.astype(np.int32),
        end=np.where(endless, NO_END, start + dice.integers(200, 900, size)).astype(np.int32),
        shape=_with_dates(shape, listing, start, book, dice),
        check_until=_check_until(held, dice),
        capacity=capacity.astype(np.int32),
        confidential=np.zeros(size, np.bool_),
    )


def _part(weights: list[int]) -> NDArray[np.float64]:
    return np.array(weights) / sum(weights)


def _kind_bits(book: Book) -> NDArray[np.uint64]:
    return np.array([book.conditions.mask([f"kind:{kind}"]) for kind in KINDS], np.uint64)


def _audience_bits(book: Book) -> NDArray[np.uint64]:
    both = ("audience:adults",), ("audience:minors",), ("audience:adults", "audience:minors")
    return np.array([book.conditions.mask(words) for words in both], np.uint64)


def _check_bit(book: Book) -> NDArray[np.uint64]:
    asked = [[f"check:{level}"] for level in CHECK_LEVELS[1:]]
    return np.array([book.conditions.mask(words) for words in [[], *asked]], np.uint64)


def _checks_bits(book: Book) -> NDArray[np.uint64]:
    """The bits of a level and all below it."""
    return np.bitwise_or.accumulate(_check_bit(book))


def _some_of(
    words: list[str], prefix: str, most: int, book: Book, dice: np.random.Generator, size: int
) -> NDArray[np.uint64]:
    """Bits of up to so many of these words."""
    bits = np.array([book.conditions.mask([f"{prefix}:{word}"]) for word in words], np.uint64)
    return np.bitwise_or.reduce(dice.choice(bits, (size, most)), axis=1)


def _check_until(held: NDArray[np.int64], dice: np.random.Generator) -> NDArray[np.int32]:
    """A quarter of the checks expire within two years."""
    until = np.where(
        dice.random(len(held)) < 0.25, TODAY.toordinal() + dice.integers(0, 730, len(held)), NO_END
    )
    days = np.where(np.arange(4) <= held[:, None], until[:, None], UNKNOWN).astype(np.int32)
    days[:, 0] = NO_END
    return days


def _areas(hidden: NDArray[np.bool_], home: Any, zips: Zips, book: Book) -> NDArray[np.int32]:
    """The county of a confidential need stands for its place."""
    names = {number: name for name, number in book.counties._numbers.items()}  # noqa: SLF001 - read only
    area_of = np.full(len(names), UNKNOWN, np.int32)
    for county in np.unique(zips.county[home[hidden]]).tolist():
        area_of[county] = book.area(((names[county], *zips.county_middles[county]),))
    return np.where(hidden, area_of[zips.county[home]], UNKNOWN).astype(np.int32)


def _shapes(pattern: Any, zone: Any, zips: Zips, patterns: Any, book: Book) -> NDArray[np.int32]:
    table = np.array(
        [
            [book.shape(name, [(d, *hours) for d in weekdays], ()) for name in zips.zones]
            for weekdays, hours, *_ in patterns
        ],
        np.int32,
    )
    return table[pattern, zone]


def _with_dates(
    shape: Any, listing: Any, start: Any, book: Book, dice: np.random.Generator
) -> NDArray[np.int32]:
    """Some offers list their dates: twelve days of their own within a year."""
    for row in np.flatnonzero(listing).tolist():
        first = date.fromordinal(int(start[row]))
        days = [first + timedelta(days=int(day)) for day in dice.integers(0, 365, 12)]
        weekly = book.shapes[shape[row]]
        shape[row] = book.shape(weekly.zone, weekly.slots, days)
    return shape


def _ints(values: Any) -> NDArray[np.int32]:
    return np.fromiter(values, np.int32)
