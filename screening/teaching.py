"""Makes the numbers of ``screening.learned``: ``python -m screening.teaching FOLDER``.

FOLDER holds texts with a label, as tests/screening/corpus does; files named ``held_out`` are not
opened. ``--real FOLDER`` adds real texts, of which none tells of anybody served: the beginnings of
job adverts, and every other listing of nonprofits. ``--leave-out`` says too how each hand's texts
are judged by what the others teach.
"""

import argparse
import csv
import gzip
import json
import sys
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.learned import (
    BUCKETS,
    LEADS_ASTRAY,
    MODELS,
    TELLS_OF_ONE,
    Floats,
    Row,
    path_of,
    row,
)
from screening.reading import Reading
from screening.terms import terms
from screening.training import auc

ROUNDS = 600  # steps of gradient descent
STEP = 0.5  # of each, over the root of the squared slopes so far (Adagrad: Duchi et al., 2011)
RIDGE = 1e-6  # pull towards zero: of 1e-6, 1e-5, 1e-4 and 1e-3 the best on hands left out
SCALE = 100  # weights are kept as hundredths
OF_AN_ADVERT = 500  # letters
HAVE_A_SHAPE = frozenset({"phone", "email", "ssn", "anumber", "case", "handle", "address"})
REAL, LESSONS = "real", "lessons"  # real ones; texts written to teach. Neither is judged
PASSED = 0.95  # of the texts not of the sort, where the share found is told


class Text(NamedTuple):
    """``hand``: who wrote it; ``group``: identity, clean, risky or fair, or nothing; ``pay``."""

    hand: str
    group: str
    words: str
    pay: str


def texts(folder: Path) -> Iterator[Text]:
    """Every labeled text of the folder's files, but of those held out and what patterns find."""
    for path in sorted(folder.glob("*.csv")):
        if "held_out" not in path.stem:
            hand = path.stem.removeprefix("texts_").removeprefix("postings_")
            with path.open(encoding="utf-8", newline="") as file:
                for each in csv.DictReader(file):
                    if each.get("category") not in HAVE_A_SHAPE:
                        yield _text(hand, each)


def _text(hand: str, each: dict[str, str]) -> Text:
    words = ". ".join(each[column] for column in ("title", "description") if each.get(column))
    return Text(hand, _group(each), words, each.get("pay", ""))


def _group(each: dict[str, str]) -> str:
    """The first corpora have a column ``category`` for texts and ``label`` for postings."""
    if "category" in each:
        return "clean" if each["category"] == "clean" else "identity"
    if "label" in each:
        return "risky" if each["label"] == "risky" else "fair"
    return each["group"]


def real(data: Path) -> Iterator[Text]:
    """Job adverts (EMSCAD) and listings of New York nonprofits, which docs/screening.md names."""
    adverts = data / "job_postings_fraud" / "structured.csv.gz"
    with gzip.open(adverts, "rt", encoding="utf-8", newline="") as file:
        for each in csv.DictReader(file):
            yield Text(REAL, "", each["description"][:OF_AN_ADVERT], "")
    listings = data / "nyc_service_opportunities" / "opportunities.csv"
    with listings.open(encoding="utf-8", newline="") as file:
        for each in csv.DictReader(file):
            if teaches(each["title"]):
                yield Text(REAL, "", f"{each['title']}. {each['summary']}", "")


def teaches(title: str) -> bool:
    """Every other listing, by a hash of its title; the rest are only judged."""
    return zlib.crc32(title.encode()) % 2 == 0


def lessons(model: str, every: Iterable[Text]) -> tuple[list[Row], Floats, NDArray[np.str_]]:
    """What a model is taught: a row of each text, whether it is of the sort, and its hand.

    What puts people at risk is a matter of postings: texts about a person, adverts and the first
    hand's texts, which are no postings, do not teach it.
    """
    kept = [each for each in every if model == TELLS_OF_ONE or _is_posting(each)]
    words = [_words(model, each) for each in kept]
    sort = "identity" if model == TELLS_OF_ONE else "risky"
    return (
        [row(terms(Reading("", each))) for each in words],
        np.array([float(each.group == sort) for each in kept]),
        np.array([each.hand for each in kept]),
    )


def _words(model: str, text: Text) -> str:
    """What the screening reads to the model: what is paid as well, where that may be a lure."""
    return f"{text.words}. {text.pay}" if model == LEADS_ASTRAY and text.pay else text.words


def _is_posting(text: Text) -> bool:
    return text.group in {"risky", "fair"} or (text.group == "clean" and text.hand != "tuning")


def train(rows: list[Row], of_sort: Floats) -> tuple[Floats, float]:
    """Logistic regression with a ridge; both classes weigh the same.

    rows     T of buckets and values
    of_sort  (T,)  1 or 0
    returns  (BUCKETS,) weights and the bias
    """
    buckets = np.concatenate([each for each, _values in rows])
    values = np.concatenate([each for _buckets, each in rows])
    of_row = np.repeat(np.arange(len(rows)), [len(each) for each, _values in rows])
    share = np.where(of_sort == 1, 0.5 / of_sort.sum(), 0.5 / (1 - of_sort).sum())
    weights, bias = np.zeros(BUCKETS), 0.0
    squares, bias_squares = np.full(BUCKETS, 1e-8), 1e-8
    for _round in range(ROUNDS):
        odds = np.bincount(of_row, values * weights[buckets], len(rows)) + bias
        off = share * (1 / (1 + np.exp(-odds)) - of_sort)
        slope = np.bincount(buckets, values * off[of_row], BUCKETS) + RIDGE * weights
        squares += slope**2
        bias_squares += float(off.sum()) ** 2
        weights -= STEP * slope / np.sqrt(squares)
        bias -= STEP * float(off.sum()) / float(np.sqrt(bias_squares))
    return weights, bias


def main() -> None:
    parser = argparse.ArgumentParser(prog="screening.teaching", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--real", type=Path, metavar="FOLDER")
    parser.add_argument("--leave-out", action="store_true")
    arguments = parser.parse_args()
    every = [*texts(arguments.folder), *(real(arguments.real) if arguments.real else ())]
    for model in MODELS:
        rows, of_sort, hands = lessons(model, every)
        if arguments.leave_out:
            sys.stdout.writelines(_judged_by_others(model, rows, of_sort, hands))
        _keep(model, *train(rows, of_sort))


def _judged_by_others(
    model: str, rows: list[Row], of_sort: Floats, hands: NDArray[np.str_]
) -> Iterator[str]:
    for hand in sorted({str(each) for each in hands} - {LESSONS, REAL}):
        others, its = np.flatnonzero(hands != hand), np.flatnonzero(hands == hand)
        weights, bias = train([rows[at] for at in others], of_sort[others])
        odds = np.array([weights[rows[at][0]] @ rows[at][1] + bias for at in its])
        sort, rest = odds[of_sort[its] == 1], odds[of_sort[its] == 0]
        found = float((sort > np.quantile(rest, PASSED)).mean())
        yield (
            f"{model}, {hand}: {len(sort)} of the sort, {len(rest)} not;"
            f" AUC {auc(odds, of_sort[its]):.3f};"
            f" {found:.1%} found where {PASSED:.0%} of the rest pass\n"
        )


def _keep(model: str, weights: Floats, bias: float) -> None:
    kept = {
        "source": "invented texts of tests/screening/corpus; see docs/screening.md",
        "scale": SCALE,
        "bias": round(bias, 3),
        "weights": [round(weight * SCALE) for weight in weights.tolist()],
    }
    path_of(model).write_text(json.dumps(kept, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
