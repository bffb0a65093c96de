"""How good would it be? A weighted sum of named parts; ``why.py`` gives their reasons."""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from matching.columns.arrays import (
    REMOTE,
    Bools,
    Floats,
    NeedColumns,
    OfferColumns,
)
from matching.columns.book import Book
from matching.columns.pairs import Pairs
from matching.why import EXTRAS
from matching.words import Texts, closeness


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
    keep: float = 0.10  # off an offer that others need most, when asking: so far fits are equal
    same_words: float = 0.5  # cosine from which two texts say the same; few ever pass it
    half_distance: float = 20.0  # km until nearness earns half: a half-hour's drive
    steady_place: float = 0.6  # of nearness: online, and wherever a distance would tell a place
    half_wait: float = 14.0  # days until patience earns half its weight


WEIGHTS = Weights()


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
    without = without_words(pairs, needs, offers, book, weights=weights)
    cosine = closeness(pairs.need, pairs.offer, need_texts, offer_texts)
    return with_words(without, cosine, weights=weights)


def without_words(
    pairs: Pairs,
    needs: NeedColumns,
    offers: OfferColumns,
    book: Book,
    *,
    weights: Weights = WEIGHTS,
) -> Parts:
    """Rate each pair by the columns alone: its score may still gain ``weights.words``."""
    return Parts(
        topics=_topics(pairs, needs, weights),
        words=np.zeros(len(pairs)),
        place=_place(pairs, needs, offers, weights),
        sessions=_sessions(pairs, needs),
        room=np.minimum(1.0, offers.capacity[pairs.offer] / np.maximum(1, needs.seats[pairs.need])),
        extras=_extras(pairs, offers, book),
        patience=1 - np.exp2(-needs.wait_days[pairs.need] / weights.half_wait),
    )


def with_words(parts: Parts, cosine: Floats, *, weights: Weights = WEIGHTS) -> Parts:
    """The same pairs once their texts were compared. cosine (P,) 0..1."""
    return replace(parts, words=np.minimum(1.0, cosine / weights.same_words))


def score(parts: Parts, weights: Weights = WEIGHTS) -> Floats:
    """The weighted sum: (P,) from 0 (no reason to meet) to 1 (could not be better).

    Patience rises with waiting but never past its weight, so an old need gains
    on a new one without ever outranking a clearly better fit.
    """
    total = np.zeros(len(parts.topics))
    for part in fields(parts):
        total += getattr(weights, part.name) * getattr(parts, part.name)
    return np.clip(total, 0.0, 1.0)


def _topics(pairs: Pairs, needs: NeedColumns, weights: Weights) -> Floats:
    """How much of what is asked is offered, umbrellas less than exact."""
    related = pairs.topics_shared - pairs.topics_same
    asked = (needs.topics >= 0).sum(axis=1)[pairs.need]
    share: Floats = (pairs.topics_same + weights.umbrella * related) / asked
    return share


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
