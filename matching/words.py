"""How close are two texts? Letters, topics and themes, without a database or a download.

Three likenesses, each a cosine, mixed by fixed shares. **Letters**: pieces of four letters; a
piece weighs the more the fewer phrases of the taxonomy have it ("weld" says more than "clas").
**Topics**: which topics' sayings the words belong to, so that "tire" is near "mechanic".
**Themes**: the same for what lies outside the taxonomy (``data/themes.json``), English and
Spanish together, so that "jardinería" is near "weeding". All weights come from what ships with
the project, not from the postings at hand: a pair has one closeness, whoever else is looked at.

A sentence encoder may join as a fourth likeness: see ``Encoder``.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from matching.columns.arrays import Floats, NeedFacts, OfferFacts
from matching.columns.ragged import spread
from matching.fields import SILENT, Fields, of_themes, of_topics, stem_of
from opportunities.topics import taxonomy

PIECE = 4  # letters
SIGNS = 37  # a space, ten digits, 26 letters
PIECES = SIGNS**PIECE
LONGEST = 1_500  # letters of a text that are read: enough to say what it is about
BLOCK = 2_000  # texts taken apart together
_NO_SIGN = re.compile(rb"[^a-z0-9]+")
_NUMBERS = np.zeros(256, np.int64)
_NUMBERS[list(b"0123456789abcdefghijklmnopqrstuvwxyz")] = np.arange(1, SIGNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """How much each likeness counts; the three of the words sum to 1.

    Chosen by nDCG@10 on one half of the judged offers: ``python -m benchmarks.words``.
    """

    letters: float = 0.5  # names, and words that no list has
    topics: float = 0.2
    themes: float = 0.3
    encoder: float = 0.5  # of the whole, where an encoder is asked: letters and meaning err apart


SHARES = Shares()


class Encoder(Protocol):
    """What turns texts into vectors whose cosines say how alike in meaning they are.

    returns  (N, D) float32, rows of length 1

    A function around any sentence encoder will do; the project ships none, because one needs
    a download. Give it to ``texts_of``, or by its dotted name to ``manage.py relevance``.
    """

    def __call__(self, texts: Sequence[str], /) -> NDArray[np.float32]: ...


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts taken apart: N rows of pieces, topics and themes with weights, each of length 1."""

    starts: NDArray[np.int64]  # (N + 1,) where each row begins
    pieces: NDArray[np.int32]  # (G,) numbers of the pieces, each once in a row
    weights: NDArray[np.float32]  # (G,)
    vectors: NDArray[np.float32] = field(  # (N, D) from an encoder; (0, 0) without one
        default_factory=lambda: np.zeros((0, 0), np.float32)
    )

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, number: int) -> slice:
        return slice(self.starts[number], self.starts[number + 1])


class Taken(NamedTuple):
    """One kind of piece of some texts, by row: ``pieces`` with ``weights``, all (G,)."""

    rows: NDArray[np.int64]
    pieces: NDArray[np.int64]
    weights: Floats


def texts(facts: Iterable[NeedFacts] | Iterable[OfferFacts]) -> Texts:
    """The words of these postings, in their order. A title counts twice."""
    return texts_of(in_one(row.title, row.description) for row in facts)


def in_one(title: str, description: str) -> str:
    """A posting as one text, in which the title counts twice."""
    return f"{title} {title} {description}"


def texts_of(
    written: Iterable[str],
    topics: Iterable[Collection[str]] = (),
    encoder: Encoder | None = None,
) -> Texts:
    """Take texts apart.

    topics   of each text, by slug, where they are known: they count beside its words
    encoder  of meaning, where there is one
    """
    written = list(written)
    signs = [_signs(text) for text in written]
    rows, pieces, counts = _taken_apart(signs)
    letters = Taken(rows, pieces, (1 + np.log(counts)) * _rarity()[pieces])
    shares = (SHARES.letters, SHARES.topics, SHARES.themes)
    topical = _spoken_of(signs, of_topics(), list(topics), PIECES)
    themed = _spoken_of(signs, of_themes(), [], PIECES + len(of_topics()))
    mixed = _mixed(len(signs), (letters, topical, themed), shares)
    starts = np.searchsorted(mixed.rows, np.arange(len(signs) + 1))
    pieces, weights = mixed.pieces.astype(np.int32), mixed.weights.astype(np.float32)
    return Texts(starts, pieces, weights, *([encoder(written)] if encoder else []))


def closeness(
    need: NDArray[np.int64], offer: NDArray[np.int64], need_texts: Texts, offer_texts: Texts
) -> Floats:
    """How close pairs of texts are, 0 (nothing in common) to 1 (the same words).

    need, offer  (P,) rows of the texts; fastest where equal needs stand together
    """
    cosines = np.zeros(len(need))
    asked = np.zeros(PIECES + len(of_topics()) + len(of_themes()), np.float32)
    for pairs in np.split(np.arange(len(need)), np.flatnonzero(np.diff(need)) + 1):
        if len(pairs):
            own = need_texts.row(need[pairs[0]])
            asked[need_texts.pieces[own]] = need_texts.weights[own]
            cosines[pairs] = _cosines(asked, offer[pairs], offer_texts)
            asked[need_texts.pieces[own]] = 0
    if len(need_texts.vectors) and len(offer_texts.vectors):
        meant = np.sum(need_texts.vectors[need] * offer_texts.vectors[offer], axis=1)
        cosines = (1 - SHARES.encoder) * cosines + SHARES.encoder * meant
    return np.clip(cosines, 0.0, 1.0)


def closest(texts: Texts, others: Texts, top: int) -> Iterator[tuple[NDArray[Any], Floats]]:
    """For each text the rows of the closest others, and how close they are.

    At most ``top``, the closest first, equal ones in their order; none that have nothing in common.
    """
    everyone = np.arange(len(others))
    for row in range(len(texts)):
        close = closeness(np.full(len(others), row), everyone, texts, others)
        best = np.argsort(-close, kind="stable")[:top]
        best = best[close[best] > 0]
        yield best, close[best]


def _cosines(asked: NDArray[np.float32], rows: NDArray[np.int64], given: Texts) -> NDArray[Any]:
    """Of one text, spread over all pieces, with some rows of the others."""
    starts = given.starts[rows]
    of_row, place = spread(starts, given.starts[rows + 1] - starts)
    shared = asked[given.pieces[place]] * given.weights[place]
    return np.bincount(of_row, shared, minlength=len(rows))


def _mixed(size: int, kinds: Sequence[Taken], shares: Sequence[float]) -> Taken:
    """The kinds of pieces together, each row of each kind as long as its share, by row.

    A text without one kind (an unknown language, say) has longer rows of the others.
    """
    scaled = [
        kind.weights * math.sqrt(share) / _lengths(kind, size)[kind.rows]
        for kind, share in zip(kinds, shares, strict=True)
    ]
    rows = np.concatenate([kind.rows for kind in kinds])
    order = np.argsort(rows, kind="stable")
    pieces = np.concatenate([kind.pieces for kind in kinds])[order]
    mixed = Taken(rows[order], pieces, np.concatenate(scaled)[order])
    return mixed._replace(weights=mixed.weights / _lengths(mixed, size)[mixed.rows])


def _lengths(taken: Taken, size: int) -> Floats:
    """(size,) the length of each row, 1 where it is empty."""
    lengths: Floats = np.sqrt(np.bincount(taken.rows, taken.weights**2, minlength=size))
    lengths[lengths == 0] = 1.0
    return lengths


def _spoken_of(
    signs: list[bytes], known: Fields, named: Sequence[Collection[str]], first: int
) -> Taken:
    """The fields that the words of each text belong to.

    named  for each text, names of fields that it surely speaks of
    first  the number of the first field among all pieces
    """
    found = [
        (row, word, times) for row, text in enumerate(signs) for word, times in _known(text, known)
    ]
    rows, words, times = np.array(found, np.int64).reshape(-1, 3).T
    of_word, place = spread(known.starts[words], known.starts[words + 1] - known.starts[words])
    weights = known.weights[place] * (1 + np.log(times))[of_word]
    numbers = {name: number for number, name in enumerate(known.names)}
    sure = [
        (row, numbers[name]) for row, names in enumerate(named) for name in names if name in numbers
    ]
    sure_rows, sure_fields = np.array(sure, np.int64).reshape(-1, 2).T
    keys = np.concatenate([rows[of_word], sure_rows]) * len(known) + np.concatenate(
        [known.fields[place], sure_fields]
    )
    unique, number = np.unique(keys, return_inverse=True)
    total = np.bincount(number, np.concatenate([weights, np.ones(len(sure))]), len(unique))
    return Taken(unique // len(known), first + unique % len(known), total.astype(np.float64))


def _known(text: bytes, known: Fields) -> list[tuple[int, int]]:
    """The known words of a text and how often each stands there."""
    times = Counter(stem_of(word) for word in text.decode("ascii").split())
    return [(known.words[stem], count) for stem, count in times.items() if stem in known.words]


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
