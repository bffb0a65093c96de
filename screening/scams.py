"""How much a text is like known job scams: a small learned model, and nothing about trafficking.

Logistic regression on hashed words and pairs of words. ``screening.training`` makes its numbers
from adverts with a fraud label (EMSCAD, University of the Aegean, 2012 to 2014): identity theft,
false recruiters, multi-level marketing. It says nothing of trafficking, so it is one signal of
many, never enough alone.
"""

import json
import re
import zlib
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MODEL = Path(__file__).parent / "data" / "scam_weights.json"
BUCKETS = 4096  # hashed features: small enough for a file that people can look into
_WORD = re.compile(r"[a-z]{2,20}|\$|\d+")
STEEPNESS = 3.0  # of the curve: learned from classes of equal weight, all adverts lie near a half
ENOUGH_WORDS = 60  # of a text; fewer say little, and likeness falls with them
ENOUGH_LETTERS = 1000  # that hold as many words
_TELLING = re.compile(r"[a-z]{4,20}(?: [a-z]{4,20})?")
_MOST_WORDS = 1200  # of a text: beyond them nothing new is said


def features(text: str) -> Floats:
    """A text as counts of hashed words and pairs.

    text     folded
    returns  (BUCKETS,)  log counts, of length 1
    """
    row = np.zeros(BUCKETS)
    for term, count in _terms(text).items():
        row[_bucket(term)] += 1 + np.log(count)
    length = float(np.sqrt(row @ row))
    return row / length if length else row


def _terms(text: str) -> Counter[str]:
    words = [_generic(word) for word in _WORD.findall(text)[:_MOST_WORDS]]
    return Counter(words + [f"{one} {two}" for one, two in pairwise(words)])


def _bucket(term: str) -> int:
    return zlib.crc32(term.encode()) % BUCKETS


def likeness(text: str) -> float:
    """0 (like an honest advert) to 1 (like a scam) for folded text; 0 where there is none."""
    weights, bias = _model()
    row = features(text)
    if not row.any():
        return 0.0
    sure = min(1.0, len(_WORD.findall(text[:ENOUGH_LETTERS])) / ENOUGH_WORDS)
    return sure * float(1 / (1 + np.exp(-STEEPNESS * (row @ weights + bias))))


def telling_words(text: str, *, most: int) -> list[str]:
    """Words and pairs that make folded text most like a scam, the weightiest first.

    Short words ("from the") weigh as well, but tell a reader nothing.
    """
    weights, _bias = _model()
    adds = {
        term: float(weights[_bucket(term)]) * (1 + float(np.log(count)))
        for term, count in _terms(text).items()
        if _TELLING.fullmatch(term)
    }
    heaviest = sorted(adds, key=lambda term: (-adds[term], term))
    return [term for term in heaviest[:most] if adds[term] > 0]


def _generic(word: str) -> str:
    """Numbers by their length: what is paid matters, not the cents."""
    return f"#{len(word)}" if word.isdigit() else word


@cache
def _model() -> tuple[Floats, float]:
    kept = json.loads(MODEL.read_text(encoding="utf-8"))
    return np.array(kept["weights"], dtype=np.float64) / kept["scale"], kept["bias"]
