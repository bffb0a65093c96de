"""Makes the numbers of ``screening.scams``: ``python -m screening.training FOLDER``.

FOLDER holds the two files of labeled adverts that docs/screening.md names. One advert in four,
chosen by a hash of its id, is kept aside and only judged.
"""

import argparse
import csv
import gzip
import json
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from screening.reading import Reading
from screening.scams import BUCKETS, MODEL, Floats, features

ROUNDS = 150  # steps of gradient descent; more of them learn the adverts by heart
STEP = 4.0  # of each round, on rows of length 1
RIDGE = 2e-3  # pull towards zero: of 5e-4, 2e-3 and 1e-2 the best on adverts left out
SCALE = 100  # weights are kept as hundredths
TEXTS = ("title", "company_profile", "description", "requirements", "benefits")


class Advert(NamedTuple):
    """One advert, or its description alone.

    source  which file: 1 holds descriptions, 2 whole adverts
    whole   False for the description of an advert that is there as a whole too
    aside   only judged, never learned from
    """

    text: str
    fraud: bool
    source: int
    whole: bool
    aside: bool


def adverts(folder: Path) -> Iterator[Advert]:
    """Every labeled advert of both files; of whole ones the description alone as well."""
    with gzip.open(
        folder / "difraud_job_scams_validation.jsonl.gz", "rt", encoding="utf-8"
    ) as file:
        for line in file:
            row = json.loads(line)
            yield _advert(row["row_id"], row["text"], row["label"] == 1, 1)
    with gzip.open(folder / "structured.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = " ".join(row[column] for column in TEXTS if row[column])
            fraud = row["fraudulent"] == "1"
            yield _advert(row["row_id"], text, fraud, 2)
            yield _advert(row["row_id"], row["description"], fraud, 2, whole=False)


def is_aside(row_id: str) -> bool:
    """One advert in four, by a hash of its id."""
    return zlib.crc32(row_id.encode()) % 4 == 0


def _advert(row_id: str, text: str, fraud: bool, source: int, *, whole: bool = True) -> Advert:
    return Advert(Reading("", text).folded, fraud, source, whole, is_aside(row_id))


def train(rows: Floats, frauds: Floats, sources: Floats) -> tuple[Floats, float]:
    """Logistic regression with a ridge.

    rows     (A, BUCKETS)  features
    frauds   (A,)  1 or 0
    sources  (A,)  the file of each; both files, and both classes in each, weigh the same, so
             that what tells the files apart does not pass for what tells frauds apart
    returns  (BUCKETS,) weights and the bias
    """
    each = np.zeros(len(frauds))
    for source in np.unique(sources):
        for label in (0, 1):
            group = (sources == source) & (frauds == label)
            each[group] = 1 / (4 * max(1, int(group.sum())))
    weights, bias = np.zeros(BUCKETS), 0.0
    for _round in range(ROUNDS):
        off = each * (1 / (1 + np.exp(-(rows @ weights + bias))) - frauds)
        weights -= STEP * (rows.T @ off + RIDGE * weights)
        bias -= STEP * float(off.sum())
    return weights, bias


def auc(scores: Floats, frauds: Floats) -> float:
    """The chance that a fraud scores higher than an honest advert (Mann and Whitney)."""
    one, other = scores[frauds == 1], scores[frauds == 0]
    above = (one[:, None] > other).mean() + 0.5 * (one[:, None] == other).mean()
    return float(above)


def main() -> None:
    parser = argparse.ArgumentParser(prog="screening.training", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    every = list(adverts(parser.parse_args().folder))
    rows = np.array([features(advert.text) for advert in every])
    frauds = np.array([float(advert.fraud) for advert in every])
    sources = np.array([float(advert.source) for advert in every])
    aside = np.array([advert.aside for advert in every])
    whole = np.array([advert.whole for advert in every])
    weights, bias = train(rows[~aside], frauds[~aside], sources[~aside])
    _keep(weights, bias)
    for name, part in (("learned from", ~aside & whole), ("kept aside", aside & whole)):
        for source in np.unique(sources):
            its = part & (sources == source)
            area = auc(rows[its] @ weights + bias, frauds[its])
            counts = f"{int(its.sum())} adverts, {int(frauds[its].sum())} frauds"
            sys.stdout.write(f"file {int(source)}, {name}: {counts}, AUC {area:.3f}\n")


def _keep(weights: Floats, bias: float) -> None:
    kept = {
        "source": "EMSCAD adverts with a fraud label; see docs/screening.md",
        "scale": SCALE,
        "bias": round(bias, 3),
        "weights": [round(weight * SCALE) for weight in weights.tolist()],
    }
    MODEL.write_text(json.dumps(kept, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
