"""How good would it be? A weighted sum of named parts, and the reasons people may read."""

import math
from dataclasses import dataclass, fields
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from matching.arrays import (
    REMOTE,
    Bools,
    Floats,
    NeedColumns,
    NeedFacts,
    OfferColumns,
    OfferFacts,
)
from matching.book import Book
from matching.rules import Pairs
from matching.words import Texts, closeness, texts

__all__ = [
    "EXTRAS",
    "MILES",
    "REASONS",
    "WEIGHTS",
    "Parts",
    "Reason",
    "Texts",
    "Weights",
    "parts",
    "reasons_of",
    "score",
    "texts",
]

MILE_KM = 1.609344
EXTRAS = (  # terms that open a door to somebody who could not come without
    "child_care",
    "transport",
    "guaranteed_interview",
    "no_record_question_before_offer",
    "no_license_needed",
    "time_off_for_appointments",
    "paid_training",
)
MILES = (2, 5, 10, 15, 25, 50, 100)  # distances are told as "within" one of these, never closer
REASONS = frozenset(  # the white-list: a fact that is not here is never told
    {
        "topics_same",
        "topic_related",
        "words_close",
        "place_near",
        "place_in_reach",
        "place_in_county",
        "online",
        "sessions_fit",
        "hours_fit",
        "times_to_spare",
        "room_for_all",
        "extra_asked",
        "extra_offered",
        "waited",
    }
)


class Reason(TypedDict):
    """A fact that both sides may read: a code of ``REASONS`` and what fills its sentence."""

    code: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Every number someone chose. The seven weights have no unit and sum to 1."""

    topics: float = 0.30  # what it is about comes first
    words: float = 0.20  # two texts say more than two topics, but less surely
    place: float = 0.20  # people come again when it is near
    sessions: float = 0.10  # times to spare survive a holiday and an illness
    room: float = 0.08  # one partner for everybody is less work than three
    extras: float = 0.05  # a door opener, seldom stated
    patience: float = 0.07  # as much as a small difference in place, never more
    floor: float = 0.40  # below it nothing is proposed: an umbrella topic alone, no word in common
    umbrella: float = 0.5  # of a topic that is the same: related, not yet what was asked
    focus: float = 0.25  # of the topics' part: an offer that does little else is asked first
    same_words: float = 0.5  # cosine from which two texts say the same; few ever pass it
    half_distance: float = 20.0  # km until nearness earns half: a half-hour's drive
    steady_place: float = 0.6  # of nearness: online, and wherever a distance would tell a place
    half_wait: float = 14.0  # days until patience earns half its weight


WEIGHTS = Weights()
WORDS_CLOSE = 0.5  # part of the words from which they are given as a reason
LONG_WAIT = 14.0  # days from which waiting is given as a reason
SPARE = 1.5  # times the sessions asked for, from which there are times to spare


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of a score, each (P,) and 0..1, aligned with the pairs."""

    topics: Floats
    words: Floats
    place: Floats
    sessions: Floats
    room: Floats
    extras: Floats
    patience: Floats


def parts(
    pairs: Pairs,
    needs: NeedColumns,
    offers: OfferColumns,
    book: Book,
    *,
    need_texts: Texts,
    offer_texts: Texts,
    weights: Weights = WEIGHTS,
) -> Parts:
    """Rate each pair part by part. Row i of the texts is row i of the columns."""
    cosine = closeness(pairs.need, pairs.offer, need_texts, offer_texts)
    return Parts(
        topics=_topics(pairs, needs, offers, weights),
        words=np.minimum(1.0, cosine / weights.same_words),
        place=_place(pairs, needs, offers, weights),
        sessions=_sessions(pairs, needs),
        room=np.minimum(1.0, offers.capacity[pairs.offer] / np.maximum(1, needs.seats[pairs.need])),
        extras=_extras(pairs, offers, book),
        patience=1 - np.exp2(-needs.wait_days[pairs.need] / weights.half_wait),
    )


def score(parts: Parts, weights: Weights = WEIGHTS) -> Floats:
    """The weighted sum: (P,) from 0 (no reason to meet) to 1 (could not be better).

    Patience rises with waiting but never past its weight, so an old need gains
    on a new one without ever outranking a clearly better fit.
    """
    total = np.zeros(len(parts.topics))
    for part in fields(parts):
        total += getattr(weights, part.name) * getattr(parts, part.name)
    return np.clip(total, 0.0, 1.0)


def _topics(pairs: Pairs, needs: NeedColumns, offers: OfferColumns, weights: Weights) -> Floats:
    """How much of what is asked is offered, umbrellas less than exact; and little else."""
    related = pairs.topics_shared - pairs.topics_same
    asked = (needs.topics >= 0).sum(axis=1)[pairs.need]
    given = (offers.topics >= 0).sum(axis=1)[pairs.offer]
    shared = pairs.topics_same + weights.umbrella * related
    focus = np.minimum(1.0, shared / given)
    mixed: Floats = (1 - weights.focus) * shared / asked + weights.focus * focus
    return mixed


def _place(pairs: Pairs, needs: NeedColumns, offers: OfferColumns, weights: Weights) -> Floats:
    """Nearness in person; one steady value online and where a distance would tell a place."""
    untold = np.isnan(pairs.distance_km) | offers.confidential[pairs.offer]
    near = np.exp2(-np.where(untold, 0.0, pairs.distance_km) / weights.half_distance)
    near = np.where(untold, weights.steady_place, near)
    online = (needs.mode[pairs.need] & offers.mode[pairs.offer] & REMOTE) != 0
    place: Floats = np.where(online, np.maximum(near, weights.steady_place), near)
    return place


def _sessions(pairs: Pairs, needs: NeedColumns) -> Floats:
    """Half where the times just suffice, towards 1 the more there are to spare."""
    spare: Floats = 1 - 0.5 * needs.sessions[pairs.need] / np.maximum(1, pairs.sessions)
    return spare


def _extras(pairs: Pairs, offers: OfferColumns, book: Book) -> Floats:
    """What is asked is always stated, or they would not fit: each extra halves what lacks."""
    stated = np.zeros(len(offers), np.int64)
    for extra in EXTRAS:
        stated += _states(offers, book.conditions.number(f"term:{extra}"))
    return 1 - np.exp2(-stated[pairs.offer].astype(np.float64))


def _states(offers: OfferColumns, condition: int) -> Bools:
    word, bit = divmod(condition, 64)
    if word >= offers.has.shape[1]:  # the columns are older than the word
        return np.zeros(len(offers), np.bool_)
    stated: NDArray[np.bool_] = (offers.has[:, word] >> np.uint64(bit) & np.uint64(1)) != 0
    return stated


# Reasons


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
    """Why this pair fits, from disclosable facts alone: JSON-ready codes and params.

    sessions, in_person, distance_km  the pair's row of ``Pairs``
    words                             the pair's row of ``Parts.words``

    Silent facts (exclusions, a minors' audience, wishes about the teacher) never
    appear, nor any distance toward a confidential place.
    """
    reasons = _why_topics(need, offer, book)
    if words >= WORDS_CLOSE:
        reasons.append(_reason("words_close"))
    reasons += _why_place(need, offer, in_person=in_person, distance_km=distance_km)
    reasons += _why_time(need, sessions)
    if need.seats > 1 and offer.capacity >= need.seats:
        reasons.append(_reason("room_for_all"))
    reasons += [
        _reason("extra_asked" if extra in need.requires else "extra_offered", extra=extra)
        for extra in EXTRAS
        if extra in offer.terms
    ]
    if need.wait_days >= LONG_WAIT:
        reasons.append(_reason("waited"))
    return reasons


def _reason(code: str, **params: object) -> Reason:
    return {"code": code, "params": params}


def _why_topics(need: NeedFacts, offer: OfferFacts, book: Book) -> list[Reason]:
    """The topics both name; else one that is related to the other."""
    if same := [topic for topic in need.topics if topic in offer.topics]:
        return [_reason("topics_same", topics=same)]
    for asked in need.topics:
        shared = book.topics.shared_with(book.topics.number(asked))
        for given in offer.topics:
            if book.topics.number(given) in shared:
                return [_reason("topic_related", asked=asked, given=given)]
    return []


def _why_place(
    need: NeedFacts, offer: OfferFacts, *, in_person: bool, distance_km: float
) -> list[Reason]:
    reasons = []
    if in_person:
        reasons.append(_why_near(need, offer, distance_km))
    if "in_person" not in (need.mode, offer.mode):
        reasons.append(_reason("online"))
    return reasons


def _why_near(need: NeedFacts, offer: OfferFacts, distance_km: float) -> Reason:
    """A confidential place has no distance: an offer far and one next door read the same."""
    if need.confidential:
        return _reason("place_in_county")
    if offer.confidential or math.isnan(distance_km):
        return _reason("place_in_reach")
    within = next((miles for miles in MILES if distance_km <= miles * MILE_KM), None)
    return _reason("place_near", miles=within) if within else _reason("place_in_reach")


def _why_time(need: NeedFacts, sessions: int) -> list[Reason]:
    fit = _reason("hours_fit")
    if need.kind == "class":
        fit = _reason("sessions_fit", sessions=need.sessions)
    return [fit, _reason("times_to_spare")] if sessions >= SPARE * need.sessions else [fit]
