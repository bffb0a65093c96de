"""How close are two texts? Weighted four-letter pieces, without a database or a model.

A piece weighs the more the fewer phrases of the taxonomy have it: "weld" says more
than "clas". The weights come from what ships with the project, not from the
postings at hand, so that a pair has one closeness, whoever else is looked at.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Floats, NeedFacts, OfferFacts
from matching.ragged import spread
from opportunities.topics import taxonomy

PIECE = 4  # letters
SIGNS = 37  # a space, ten digits, 26 letters
PIECES = SIGNS**PIECE
LONGEST = 1_500  # letters of a text that are read: enough to say what it is about
BLOCK = 2_000  # texts taken apart together
# English and Spanish words that any posting may have, whatever it is about
_SILENT = """
a about after all also am an and any are as at be been but by can could did do does each every for
from get had has have he her here him his how i if in into is it its just like may me more most
much my need needed needs new no not of off offer offered offers on once one only or other our out
over people please several she should so some someone such than thank thanks that the their them
then there these they this those through to too under until up us very want was we well were what
when where which while who will with would you your help helping class classes hour hours day days
week weeks evening evenings volunteer volunteers al algo como con cuando de del desde donde el
ella en es esta este hay la las le les lo los mas me mi muy necesitamos no nos o para pero por que
se sin son su sus tambien un una uno y ya ayuda clase clases
"""
SILENT = frozenset(_SILENT.split())
_NO_SIGN = re.compile(rb"[^a-z0-9]+")
_NUMBERS = np.zeros(256, np.int64)
_NUMBERS[list(b"0123456789abcdefghijklmnopqrstuvwxyz")] = np.arange(1, SIGNS)


@dataclass(frozen=True, slots=True)
class Texts:
    """Titles and descriptions, taken apart: N rows of pieces with weights, of length 1 each."""

    starts: NDArray[np.int64]  # (N + 1,) where each row begins
    pieces: NDArray[np.int32]  # (G,) numbers of the pieces, each once in a row
    weights: NDArray[np.float32]  # (G,)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, number: int) -> slice:
        return slice(self.starts[number], self.starts[number + 1])


def texts(facts: Iterable[NeedFacts] | Iterable[OfferFacts]) -> Texts:
    """The words of these postings, in their order. A title counts twice."""
    return texts_of(f"{row.title} {row.title} {row.description}" for row in facts)


def texts_of(written: Iterable[str]) -> Texts:
    """Take texts apart."""
    signs = [_signs(text) for text in written]
    rows, pieces, counts = _taken_apart(signs)
    weights = (1 + np.log(counts)) * _rarity()[pieces]
    lengths = np.sqrt(np.bincount(rows, weights**2, minlength=len(signs)))
    starts = np.searchsorted(rows, np.arange(len(signs) + 1))
    return Texts(starts, pieces.astype(np.int32), (weights / lengths[rows]).astype(np.float32))


def closeness(
    need: NDArray[np.int64], offer: NDArray[np.int64], need_texts: Texts, offer_texts: Texts
) -> Floats:
    """The cosine of pairs of texts, 0 (nothing in common) to 1 (the same words).

    need, offer  (P,) rows of the texts; fastest where equal needs stand together
    """
    cosines = np.zeros(len(need))
    asked = np.zeros(PIECES, np.float32)
    for pairs in np.split(np.arange(len(need)), np.flatnonzero(np.diff(need)) + 1):
        if len(pairs):
            own = need_texts.row(need[pairs[0]])
            asked[need_texts.pieces[own]] = need_texts.weights[own]
            cosines[pairs] = _cosines(asked, offer[pairs], offer_texts)
            asked[need_texts.pieces[own]] = 0
    return np.clip(cosines, 0.0, 1.0)


def _cosines(asked: NDArray[np.float32], rows: NDArray[np.int64], given: Texts) -> NDArray[Any]:
    """Of one text, spread over all pieces, with some rows of the others."""
    starts = given.starts[rows]
    of_row, place = spread(starts, given.starts[rows + 1] - starts)
    shared = asked[given.pieces[place]] * given.weights[place]
    return np.bincount(of_row, shared, minlength=len(rows))


def _signs(text: str) -> bytes:
    """Lower case without accents and silent words, one space around each word."""
    plain = unicodedata.normalize("NFKD", text[:LONGEST].lower()).encode("ascii", "ignore")
    words = _NO_SIGN.sub(b" ", plain).decode("ascii").split()
    return f" {' '.join(word for word in words if word not in SILENT)} ".encode("ascii")


def _taken_apart(signs: list[bytes]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Rows, pieces, how often each piece stands in the row: by row, then piece."""
    found = [
        _taken_apart_at_once(signs[start : start + BLOCK], start)
        for start in range(0, len(signs), BLOCK)
    ]
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)
    rows, pieces, counts = (np.concatenate(columns) for columns in zip(*found, strict=True))
    return rows, pieces, counts


def _taken_apart_at_once(
    signs: list[bytes], first: int
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    lengths = np.array([len(text) for text in signs])
    owner = np.repeat(np.arange(len(signs)), lengths)
    numbers = _NUMBERS[np.frombuffer(b"".join(signs), np.uint8)]
    size = max(0, len(numbers) - PIECE + 1)
    pieces = np.zeros(size, np.int64)
    for letter in range(PIECE):
        pieces = pieces * SIGNS + numbers[letter : letter + size]
    whole = owner[:size] == owner[len(owner) - size :]  # begins and ends in the same text
    keys, counts = np.unique(owner[:size][whole] * PIECES + pieces[whole], return_counts=True)
    rows, pieces = np.divmod(keys, PIECES)
    return rows + first, pieces, counts


@cache
def _rarity() -> Floats:
    """(PIECES,) the weight of each piece, from the phrases of the taxonomy that have it."""
    phrases = [" ".join([entry.name, *entry.synonyms]) for entry in taxonomy()]
    _, pieces, _ = _taken_apart([_signs(phrase) for phrase in phrases])
    having = np.bincount(pieces, minlength=PIECES)
    return np.log((1 + len(phrases)) / (1 + having)) + 0.1  # the commonest still say a little
