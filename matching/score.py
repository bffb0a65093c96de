"""How good would it be? A weighted sum of named parts, and the reasons people may read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats, NeedColumns, NeedFacts, OfferColumns, OfferFacts
from matching.book import Book
from matching.rules import Pairs


class Reason(TypedDict):
    """A fact that both sides may read: a code of ``reasons.SENTENCES`` and what fills it."""

    code: str
    params: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Every number someone chose. The seven weights sum to 1."""

    topics: float = 0.30
    words: float = 0.20
    place: float = 0.20
    sessions: float = 0.10
    room: float = 0.08
    extras: float = 0.05
    patience: float = 0.07
    floor: float = 0.35  # below it nothing is proposed


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


@dataclass(frozen=True, slots=True)
class Texts:
    """Titles and descriptions as sparse rows of hashed character n-grams."""

    starts: NDArray[np.int64]  # (N + 1,) where each row begins
    grams: NDArray[np.int32]  # (G,) numbers of the n-grams, ascending in each row
    counts: NDArray[np.float32]  # (G,) how often, dampened


def texts(facts: Iterable[NeedFacts] | Iterable[OfferFacts]) -> Texts:
    """The words of these postings, in their order; no database, no model."""
    raise NotImplementedError


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
    raise NotImplementedError


def score(parts: Parts, weights: Weights = WEIGHTS) -> Floats:
    """The weighted sum: (P,) from 0 (no reason to meet) to 1 (could not be better)."""
    raise NotImplementedError


def reasons_of(
    need: NeedFacts,
    offer: OfferFacts,
    book: Book,
    *,
    sessions: int,
    in_person: bool,
    distance_km: float,
) -> list[Reason]:
    """Why this pair fits, from disclosable facts alone: JSON-ready codes and params.

    sessions, in_person, distance_km  the pair's row of ``Pairs``

    Silent facts (exclusions, a minors' audience, wishes about the teacher) never
    appear, nor any distance toward a confidential place.
    """
    raise NotImplementedError
