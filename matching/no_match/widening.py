"""What one posting could change by itself, and who would fit then: moves, each with its gain.

A move is one condition with another value; its gain are the pairs that do not fit now and
would then, by all the rules. Silent facts (exclusions, the audience, wishes about who
teaches) are never moved, and no move lowers a check.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from matching.columns.arrays import CHECK_LEVELS, IN_PERSON, KINDS, NO_END, REMOTE, Bits, Bools
from matching.columns.book import ANY_TIME, UNKNOWN, Shape
from matching.columns.ragged import Rows, chosen
from matching.no_match.almost import (
    BLUR_KM,
    FEW,
    REACH,
    Almost,
    Hours,
    bits_of,
    wide,
    words_of_mask,
)
from matching.rules import distance_km, reaches

Value = str | int | float | None
Step = Callable[[Almost, "Known"], Iterator["Move"]]

PATTERNS = {  # hours that somebody may add, as (weekday, start, end) in minutes
    "evenings": tuple((day, 17 * 60, 21 * 60) for day in range(5)),
    "workdays": tuple((day, 9 * 60, 17 * 60) for day in range(5)),
    "weekends": tuple((day, 9 * 60, 17 * 60) for day in (5, 6)),
}
LONGER = (30, 90, 180)  # days that a need may go on for
NEAR_COUNTIES_KM = 100.0  # a county farther from those named is no help to anybody


class Move(NamedTuple):
    """One condition with another value, and the pairs that it gains.

    code, value  "mode" "either"; "hours" a pattern; "sessions", "seats", "capacity" a number;
                 "language" its code; "start" a day; "end" a day, None for no end; "term" a
                 word that a need drops or an offer states; "radius" km; "county" its name;
                 "check" a level that an offer lacks, which is told and never asked for
    """

    code: str
    value: Value
    gained: Rows


class County(NamedTuple):
    """Another county that a confidential need might name; the centroid in degrees."""

    name: str
    latitude: float
    longitude: float


class Known(NamedTuple):
    """What the columns do not spell out about the posting that asks."""

    today: date
    languages: Sequence[str]  # that it might add
    terms: Sequence[str]  # that a need might drop, or an offer state
    counties: Sequence[County] = ()  # that a confidential need might name


def moves_of(almost: Almost, known: Known) -> list[Move]:
    """Everything that the posting could change by itself, where that gains anybody."""
    steps = OF_NEED if almost.side == "need" else OF_OFFER
    return [move for step in steps for move in step(almost, known) if len(move.gained)]


# Place


def _mode(almost: Almost, _known: Known) -> Iterator[Move]:
    own = _own(almost).mode
    yield Move("mode", "either", almost.gained("place", mode=own | IN_PERSON | REMOTE))


def _farther(almost: Almost, _known: Known) -> Iterator[Move]:
    """The next two steps of reach."""
    own = _own(almost)
    if own.mode[0] & IN_PERSON:
        for km in [step for step in REACH if step + BLUR_KM > own.radius_km[0]][:2]:
            wider = np.full_like(own.radius_km, km + BLUR_KM)
            gained = almost.gained("place", radius_km=wider)
            yield Move("radius", km, gained)


def _counties(almost: Almost, known: Known) -> Iterator[Move]:
    """Of a confidential need: one more county near those it names."""
    offers, own = almost.two.offers, _own(almost)
    rows = almost.failing_only("place")
    rows = rows[(offers.mode[almost.two.offer[rows]] & own.mode[0] & IN_PERSON) != 0]
    if own.area[0] == UNKNOWN or not len(rows):
        return
    offer = almost.two.offer[rows]
    for county in _near(almost, known.counties):
        number = almost.book.counties.number(county.name)
        middle = [np.full(len(offer), degrees) for degrees in county[1:]]
        comes = (offers.county[offer] == number) | reaches(offers, offer, *middle)
        yield Move("county", county.name, rows[comes])


def _near(almost: Almost, counties: Sequence[County]) -> list[County]:
    """Those whose centroid is near one that the need names."""
    _row, numbers, middles = almost.book.counties_of(_own(almost).area)
    named = set(numbers.tolist())
    others = [one for one in counties if almost.book.counties.number(one.name) not in named]
    points = np.array([one[1:] for one in others], np.float64).reshape(-1, 1, 2)
    km = distance_km(points[..., 0], points[..., 1], middles[:, 0], middles[:, 1])
    near: Bools = np.logical_or.reduce(km <= NEAR_COUNTIES_KM, axis=1)
    return [others[number] for number in chosen(near).tolist()]


# Time


def _hours(almost: Almost, _known: Known) -> Iterator[Move]:
    """Its hours and a pattern more; who comes at any time has no more to give."""
    shape = almost.book.shapes[int(_own(almost).shape[0])]
    if shape.slots == ANY_TIME:
        return
    for name, pattern in PATTERNS.items():
        slots = tuple(sorted({*shape.slots, *pattern}))
        hours = Hours(almost.side, Shape(shape.zone, slots, shape.dates))
        yield Move("hours", name, almost.gained("time", "dates", hours=hours))


def _fewer_sessions(almost: Almost, _known: Known) -> Iterator[Move]:
    """Of a class: down to a half. Of work they follow from the shifts a week."""
    own = _own(almost).sessions
    asked = int(own[0])
    if not _is_class(almost):
        return
    for sessions in range(asked - 1, (asked - 1) // 2, -1):
        gained = almost.gained("time", "dates", sessions=np.full_like(own, sessions))
        yield Move("sessions", sessions, gained)
        if len(gained) >= FEW:
            return


def _longer(almost: Almost, _known: Known) -> Iterator[Move]:
    """Of a class: work that lasts longer has more shifts, all of which must fit."""
    own = _own(almost).end
    for end in [int(own[0]) + days for days in LONGER]:
        if _is_class(almost) and end < NO_END:
            gained = almost.gained("dates", "time", "check", end=np.full_like(own, end))
            yield Move("end", date.fromordinal(end).isoformat(), gained)


def _without_end(almost: Almost, _known: Known) -> Iterator[Move]:
    own = _own(almost).end
    if own[0] < NO_END:
        endless = np.full_like(own, NO_END)
        yield Move("end", None, almost.gained("dates", "time", "check", end=endless))


def _earlier(almost: Almost, known: Known) -> Iterator[Move]:
    """From today on; of a need of work see ``_longer``."""
    own, today = _own(almost).start, known.today.toordinal()
    if own[0] > today and (almost.side == "offer" or _is_class(almost)):
        gained = almost.gained("dates", "time", start=np.full_like(own, today))
        yield Move("start", known.today.isoformat(), gained)


# Language, check, room, terms


def _languages(almost: Almost, known: Known) -> Iterator[Move]:
    """One more: where only the language keeps the two apart, the others' own is what it takes."""
    rows = almost.failing_only("language")
    two = almost.two
    if almost.side == "need":
        theirs = two.offers.languages[two.offer[rows]]
    else:
        theirs = two.needs.languages[two.need[rows]]
    for code in known.languages:
        bit = _bit(almost.book.languages.number(code), theirs)
        yield Move("language", code, rows[(theirs & bit).any(axis=1)])


def _checks(almost: Almost, _known: Known) -> Iterator[Move]:
    """What needs ask for that lack nothing but the check: told, so that nobody pays before."""
    rows = almost.failing_only("check")
    asked = almost.two.needs.check[almost.two.need[rows]]
    for rank, level in enumerate(CHECK_LEVELS):
        yield Move("check", level, rows[asked == rank])


def _fewer_seats(almost: Almost, _known: Known) -> Iterator[Move]:
    """Of a class: as many as there is room for, down to a half."""
    own = _own(almost).room
    capacity = almost.two.offers.capacity[almost.two.offer[almost.failing_only("room")]]
    seats = -_enough(-capacity[capacity * 2 >= own[0]])
    if seats:
        yield Move("seats", seats, almost.gained("room", room=np.full_like(own, seats)))


def _more_room(almost: Almost, _known: Known) -> Iterator[Move]:
    """Of a class: as many as are asked for, up to double."""
    own = _own(almost).capacity
    seats = almost.two.needs.room[almost.two.need[almost.failing_only("room")]]
    capacity = _enough(seats[seats <= own[0] * 2])
    if capacity and _is_class(almost):
        gained = almost.gained("room", capacity=np.full_like(own, capacity))
        yield Move("capacity", capacity, gained)


def _enough(values: Any) -> int:
    """The least value that is enough for ``FEW`` of them, or for all if they are fewer; else 0."""
    in_order = np.sort(values)
    return int(in_order[min(FEW, len(in_order)) - 1]) if len(in_order) else 0


def _fewer_terms(almost: Almost, known: Known) -> Iterator[Move]:
    own = _own(almost).asks
    for term in known.terms:
        rest = own & ~bits_of(almost.book, [f"term:{term}"], own.shape[1])
        yield Move("term", term, almost.gained("terms", asks=rest))


def _more_terms(almost: Almost, known: Known) -> Iterator[Move]:
    width = max(_own(almost).has.shape[1], almost.two.needs.asks.shape[1])
    own = wide(_own(almost).has, width)
    for term in known.terms:
        more = own | bits_of(almost.book, [f"term:{term}"], width)
        yield Move("term", term, almost.gained("terms", has=more))


# What all use


def _own(almost: Almost) -> Any:
    """The columns of the posting that asks, one row."""
    return almost.two.needs if almost.side == "need" else almost.two.offers


def _is_class(almost: Almost) -> bool:
    return KINDS[int(_own(almost).kind[0])] == "class"


def _bit(number: int, like: Bits) -> Bits:
    """(W,) one bit, as wide as these; a newer one is in none of them."""
    return words_of_mask(1 << number, like.shape[1])


OF_NEED: tuple[Step, ...] = (
    _mode, _hours, _languages, _fewer_sessions, _longer, _earlier, _counties, _fewer_seats,
    _fewer_terms,
)  # fmt: skip
OF_OFFER: tuple[Step, ...] = (
    _farther, _mode, _hours, _languages, _without_end, _earlier, _more_room, _more_terms, _checks,
)  # fmt: skip
