"""Why does a pair fit, what is close, what is unknown? Facts that both sides may read.

A reason is a code of ``REASONS`` and what fills its sentence; ``reasons.py`` says it in
words. Silent facts (exclusions, a minors' audience, wishes about the teacher) are no
reasons, nor is any distance toward a confidential place.
"""

import math
from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any, Literal, TypedDict

from matching.columns.arrays import NeedFacts, OfferFacts, SlotFacts
from matching.columns.book import Book

Section = Literal["fits", "close", "unknown"]

REASONS: dict[str, Section] = {  # the white-list: a fact that is not here is never told
    "topics_same": "fits",
    "words_close": "fits",
    "place_near": "fits",
    "place_in_reach": "fits",
    "place_in_county": "fits",
    "online": "fits",
    "sessions_fit": "fits",
    "hours_fit": "fits",
    "times_to_spare": "fits",
    "room_for_all": "fits",
    "extra_asked": "fits",
    "extra_offered": "fits",
    "waited": "fits",
    "venue_same": "fits",
    "topic_related": "close",
    "topics_missing": "close",
    "sessions_some": "close",
    "dates_some": "close",
    "room_for_some": "close",
    "venue_differs": "close",
    "format_differs": "close",
    "venue_unsaid": "unknown",
    "unstated": "unknown",
}
EXTRAS = (  # terms that open a door to somebody who could not come without
    "child_care",
    "transport",
    "guaranteed_interview",
    "no_record_question_before_offer",
    "no_license_needed",
    "time_off_for_appointments",
    "paid_training",
)
WONDERED_ABOUT = ("transport", "child_care", "time_off_for_appointments")  # of work; of EXTRAS
MILE_KM = 1.609344
MILES = (2, 5, 10, 15, 25, 50, 100)  # distances are told as "within" one of these, never closer
WORDS_CLOSE = 0.5  # part of the words from which they are given as a reason
LONG_WAIT = 14.0  # days from which waiting is given as a reason
SPARE = 1.5  # times the sessions asked for, from which there are times to spare


class Reason(TypedDict):
    """A fact that both sides may read: a code of ``REASONS`` and what fills its sentence."""

    code: str
    params: dict[str, Any]


def reasons_of(
    need: NeedFacts,
    offer: OfferFacts,
    book: Book,
    *,
    sessions: int,
    in_person: bool,
    distance_km: float,
    words: float = 0.0,
) -> list[Reason]:
    """The reasons of a pair that fits, JSON-ready, from disclosable facts alone.

    sessions, in_person, distance_km  the pair's row of ``Pairs``
    words                             the pair's row of ``Parts.words``
    """
    return [
        *_topics(need, offer, book),
        *([_reason("words_close")] if words >= WORDS_CLOSE else []),
        *_place(need, offer, in_person=in_person, distance_km=distance_km),
        *_times(need, offer, sessions),
        *_room(need, offer),
        *_extras(need, offer),
        *([_reason("waited")] if need.wait_days >= LONG_WAIT else []),
    ]


def unstated(kind: str, *, terms: Collection[str], description: str) -> list[Reason]:
    """What an offer does not say yet and the other side will wonder about.

    Read when it is shown, not when it was proposed: it may have been said since. Pay, hours
    and what an employer does with records are not here, as no offer of work opens without.
    """
    silent = [word for word in WONDERED_ABOUT if kind != "class" and word not in terms]
    if not description:
        silent.append("description")
    return [_reason("unstated", what=silent)] if silent else []


def to_settle(
    kind: str, *, modes: tuple[str, str], venues: tuple[str, str], formats: tuple[str, str]
) -> list[Reason]:
    """What no rule decides and both settle between them: the place and the form of a class.

    modes, venues, formats  the need's, then the offer's; empty where nothing was said
    """
    if kind != "class":
        return []
    found = [] if "remote" in modes else [_venue(*venues)]
    if all(formats) and formats[0] != formats[1]:
        found.append(_reason("format_differs", asked=formats[0], given=formats[1]))
    return found


def _venue(asked: str, given: str) -> Reason:
    """Where they would meet in person."""
    if not (asked and given):
        return _reason("venue_unsaid", asked=asked, given=given)
    if asked == given:
        return _reason("venue_same", venue=asked)
    return _reason("venue_differs", asked=asked, given=given)


def _reason(code: str, **params: object) -> Reason:
    return {"code": code, "params": params}


def _topics(need: NeedFacts, offer: OfferFacts, book: Book) -> Iterator[Reason]:
    """The topics both name, else one that is related to the other; and what is left over."""
    same = [topic for topic in need.topics if topic in offer.topics]
    related = [two for topic in need.topics if (two := _related(topic, offer, book))]
    if same:
        yield _reason("topics_same", topics=same)
    elif related:
        yield _reason("topic_related", asked=related[0][0], given=related[0][1])
    shared = {*same, *(asked for asked, _given in related)}
    if missing := [topic for topic in need.topics if topic not in shared]:
        yield _reason("topics_missing", topics=missing)


def _related(asked: str, offer: OfferFacts, book: Book) -> tuple[str, str] | None:
    """The topic and one of the offer's that it is shared with."""
    shared = book.topics.shared_with(book.topics.number(asked))
    given = (topic for topic in offer.topics if book.topics.number(topic) in shared)
    return next(((asked, topic) for topic in given), None)


def _place(
    need: NeedFacts, offer: OfferFacts, *, in_person: bool, distance_km: float
) -> Iterator[Reason]:
    if in_person:
        yield _near(need, offer, distance_km)
    if "in_person" not in (need.mode, offer.mode):
        yield _reason("online")


def _near(need: NeedFacts, offer: OfferFacts, distance_km: float) -> Reason:
    """A confidential place has no distance: an offer far and one next door read the same."""
    if need.confidential:
        return _reason("place_in_county")
    if offer.confidential or math.isnan(distance_km):
        return _reason("place_in_reach")
    within = next((miles for miles in MILES if distance_km <= miles * MILE_KM), None)
    return _reason("place_near", miles=within) if within else _reason("place_in_reach")


def _times(need: NeedFacts, offer: OfferFacts, sessions: int) -> Iterator[Reason]:
    """Enough of them fit, or the rules had said no; and whether all that are possible do."""
    is_class = need.kind == "class"
    yield _reason("sessions_fit", sessions=need.sessions) if is_class else _reason("hours_fit")
    if sessions >= SPARE * need.sessions:
        yield _reason("times_to_spare")
    elif is_class and sessions < (possible := _possible(need)):
        yield _reason("sessions_some", covered=sessions, possible=possible)
    if need.start_date < offer.start_date or (offer.end_date or date.max) < need.end_date:
        yield _reason("dates_some")


def _possible(need: NeedFacts) -> int:
    """How many times the need could meet: its slots that are long enough, on its dates.

    Read off the calendar: a time that a change of clocks shortens counts in full here.
    """
    long_enough = [slot for slot in need.slots if _minutes(slot) >= need.minutes]
    days = (need.end_date - need.start_date).days + 1
    dates = need.dates or [need.start_date + timedelta(days=day) for day in range(days)]
    weekdays = [day.weekday() for day in {*dates} if need.start_date <= day <= need.end_date]
    if not need.slots:
        return len(weekdays)
    return sum(weekdays.count(weekday) for weekday, _start, _end in long_enough)


def _minutes(slot: SlotFacts) -> int:
    """How long it lasts; what does not end after its start ends the next day."""
    _weekday, start, end = slot
    return end - start if end > start else end - start + 24 * 60


def _room(need: NeedFacts, offer: OfferFacts) -> Iterator[Reason]:
    if need.seats > 1:
        yield _reason("room_for_all" if offer.capacity >= need.seats else "room_for_some")


def _extras(need: NeedFacts, offer: OfferFacts) -> Iterator[Reason]:
    for extra in EXTRAS:
        if extra in offer.terms:
            yield _reason("extra_asked" if extra in need.requires else "extra_offered", extra=extra)
