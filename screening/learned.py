"""How much a text is like others of its sort: small learned models, for what no pattern foresaw.

Logistic regressions on hashed features (``screening.terms``). ``screening.teaching`` makes their
numbers from invented texts with a label. What has a shape of its own (a phone, a case number, a
fee) is left to the patterns.
"""

import json
import zlib
from collections import Counter
from functools import cache
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from screening.one_person import sentences
from screening.patterns import Span
from screening.reading import Reading
from screening.terms import LETTERS, terms

Floats = NDArray[np.float64]
Row = tuple[NDArray[np.int64], Floats]

TELLS_OF_ONE = "one_person"  # it tells of one person who is served
LEADS_ASTRAY = "risk"  # a posting that may put people at risk
MODELS = (TELLS_OF_ONE, LEADS_ASTRAY)
ENOUGH_WORDS = 13  # what is shorter is left to the patterns: the models mistake it too often
SENTENCES = 25  # of a text, of which one may be marked: each costs a reading
BUCKETS = 1 << 15  # hashed features: with fewer, unlike ones share a number


def row(found: Counter[str]) -> Row:
    """Features as numbers: the buckets, and log counts that make a row of length 1.

    returns  (F,), (F,)
    """
    values: dict[int, float] = {}
    for term, count in found.items():
        bucket = zlib.crc32(term.encode()) % BUCKETS
        values[bucket] = values.get(bucket, 0.0) + 1 + float(np.log(count))
    counts = np.array(list(values.values()), dtype=np.float64)
    length = float(np.sqrt(counts @ counts)) or 1.0
    return np.array(list(values), dtype=np.int64), counts / length


def log_odds(model: str, reading: Reading) -> float:
    """Below 0 it is likelier that the text is not of the model's sort."""
    weights, bias = _numbers(model)
    buckets, values = row(terms(reading))
    return float(weights[buckets] @ values) + bias


def says_enough(reading: Reading) -> bool:
    return reading.plain.count(" ") + 1 >= ENOUGH_WORDS


def weightiest(model: str, reading: Reading) -> Span:
    """The sentence without which the text would be least of the model's sort."""
    plain = reading.plain[:LETTERS]
    every = list(islice(sentences(plain), SENTENCES)) or [(0, len(plain))]
    return min(
        every, key=lambda span: log_odds(model, Reading("", plain[: span[0]] + plain[span[1] :]))
    )


def path_of(model: str) -> Path:
    return Path(__file__).parent / "data" / f"weights_{model}.json"


@cache
def _numbers(model: str) -> tuple[Floats, float]:
    kept = json.loads(path_of(model).read_text(encoding="utf-8"))
    return np.array(kept["weights"], dtype=np.float64) / kept["scale"], kept["bias"]
