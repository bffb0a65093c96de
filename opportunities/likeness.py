"""How alike a text is to what people have told of each topic, by the pieces of its words.

Naive Bayes: each topic is as likely as the pieces of the text are among those that were told of
it. Many weak hints add up where no phrase stands, and a piece of four letters is still there when
a word is misspelled or stands in a form that nobody has told. Nothing here knows the database.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from opportunities.lexicon import EMPTY_WORDS
from opportunities.wording import meant_words, stems

PIECE = 4  # letters
FEW = 10  # pieces; a text of so few says much less than one of a hundred
UNHEARD = 0.01  # what counts for a piece that was never told of a topic
# Any posting may speak of these, so who tells of one topic with them tells nothing of it.
SILENT = EMPTY_WORDS.union(
    stems("volunteer program group assistant voluntario voluntaria programa grupo asistente")
)

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


class Told(NamedTuple):
    """Something told of a topic, and how much it counts: 1 for a text, less for a phrase."""

    text: str
    counts: float


class Likeness:
    """What was told of some topics, piece by piece, and which topic a new text is like."""

    def __init__(self, topics: Sequence[Iterable[Told]]) -> None:
        """``topics``: what was told of each, in an order that answers keep."""
        numbers: dict[str, int] = defaultdict(count().__next__)
        told = [
            (topic, text.counts, [numbers[piece] for piece in _pieces(text.text)])
            for topic, texts in enumerate(topics)
            for text in texts
        ]
        self._numbers = dict(numbers)
        sizes = [len(pieces) for _topic, _counts, pieces in told]
        text_of = np.repeat(np.arange(len(told)), sizes)
        pieces = np.fromiter((piece for row in told for piece in row[2]), np.intp, sum(sizes))
        self._rarest = 1 + math.log(1 + len(told))
        self._rarity = self._rarest - np.log1p(np.bincount(pieces, minlength=len(numbers)))
        squares = np.bincount(text_of, self._rarity[pieces] ** 2, minlength=len(told))
        lengths = np.sqrt(squares + FEW * self._rarest**2)
        counts = np.array([row[1] for row in told]) / lengths
        topic_of = np.array([row[0] for row in told], dtype=np.intp)
        self._share_out(pieces, topic_of[text_of], counts[text_of], len(topics))

    def _share_out(self, pieces: Places, topic_of: Places, counts: Floats, topics: int) -> None:
        """Keep, for each piece, the topics it was told of, and how much likelier it makes them.

        pieces, topic_of, counts  (N,)  of each piece in each text
        """
        cells, where = np.unique(pieces * topics + topic_of, return_inverse=True)
        shares = np.bincount(where, counts * self._rarity[pieces])
        self._topics = cells % topics
        self._says = np.log1p(shares / UNHEARD)
        self._starts = np.searchsorted(cells, np.arange(len(self._numbers) + 1) * topics)
        total = UNHEARD * len(self._numbers) + np.bincount(self._topics, shares, topics)
        self._log_total = np.log(total)

    def lift(self, text: str, language: str = "") -> Floats:
        """How many times likelier than by chance each topic is, as a natural logarithm.

        returns  (T,)  unitless, at most the logarithm of T; 0 for all where nothing is known
        """
        pieces, weights = self._weighed(_pieces(text, language))
        chances = -math.fsum(weights) * self._log_total
        for piece, weight in zip(pieces, weights, strict=True):
            row = slice(self._starts[piece], self._starts[piece + 1])
            chances[self._topics[row]] += weight * self._says[row]
        chances -= chances.max()
        return np.asarray(chances - np.log(np.exp(chances).mean()))

    def _weighed(self, pieces: list[str]) -> tuple[Places, Floats]:
        """The known ones, the rarer the heavier; with the unknown their squares add up to one.

        So what a text says grows with the root of its length: its pieces repeat each other. And
        a short one says little, as does one most of whose words nobody has told.
        """
        numbers = [self._numbers[piece] for piece in pieces if piece in self._numbers]
        known = np.array(numbers, dtype=np.intp)
        rarity = self._rarity[known]
        unknown = (FEW + len(pieces) - len(known)) * self._rarest**2
        return known, rarity / math.sqrt(float(rarity @ rarity) + unknown)


def _pieces(text: str, language: str = "") -> list[str]:
    """The stems of its telling words, each two neighbors, each four letters of a stem; all once."""
    words = [word.stem for word in meant_words(text, language) if word.stem not in SILENT]
    neighbors = (f"{first} {second}" for first, second in pairwise(words))
    return list(dict.fromkeys([*words, *neighbors, *_letters(words)]))


def _letters(words: Iterable[str]) -> Iterator[str]:
    for framed in (f"<{stem}>" for stem in words if len(stem) >= PIECE):
        yield from (f"{framed[at : at + PIECE]}…" for at in range(len(framed) - PIECE + 1))
