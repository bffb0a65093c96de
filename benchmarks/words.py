"""How well words are understood: ``python -m benchmarks.words``.

Topics: texts of ``tests/words/texts.csv``, and how often the right topic comes first, or among the
first three; of those that speak of nothing we know, how many get nothing. ``another_hand.csv`` was
written by somebody who knew the names of the topics and none of the sayings, and ``third_hand.csv``
likewise, half of it, by a hash of the id, held out; ``fourth_hand.csv`` is all seen,
``fifth_hand.csv`` and ``sixth_hand.csv`` are all held out. Relevance: the offers of
``tests/words/judged.csv`` on real listings, nDCG@10; and occupation titles linked to ESCO labels by
experts (MELO), mean reciprocal rank. Half of each is held out, by a hash; the numbers in the code
were chosen by the other half alone. What reads the data folder is left out where it lacks.
"""

import argparse
import csv
import gzip
import hashlib
import json
import math
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from matching.words import Texts, closest, in_one, texts_of
from opportunities.topics import get_ready, suggest

ROOT = Path(__file__).parents[1]
OWN = ROOT / "tests" / "words"
DATA = ROOT.parent / "shared" / "data"
AT = 10  # the rank that nDCG looks to
WHOLE_HANDS = ("another_hand", "fourth_hand", "fifth_hand", "sixth_hand")
PARTS = ("seen", "held_out", "third_hand_seen", "third_hand_held_out", *WHOLE_HANDS)
GOALS = {"first": 0.85, "in_three": 0.95, "ndcg_at_10": 0.65, "ms": 100.0}

Documents = dict[str, tuple[str, str]]  # by id: title, description


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.words", description=__doc__)
    parser.add_argument("--json", action="store_true", help="Print one line of JSON.")
    parser.add_argument("--data", type=Path, default=DATA, help="The folder of real listings.")
    arguments = parser.parse_args()
    figures = {
        "benchmark": "words",
        "topics": _topics(),
        "relevance": dict(_relevance(arguments.data)),
        "goals": GOALS,
    }
    print(json.dumps(figures) if arguments.json else json.dumps(figures, indent=2))
    return 0


def _half(text: str) -> str:
    return "held_out" if hashlib.sha256(text.encode()).digest()[0] % 2 else "seen"


def _share(values: list[float]) -> float:
    return round(sum(values) / len(values), 3)


# Topics


def _topics() -> dict[str, Any]:
    get_ready_ms = _timed(get_ready)[1]
    found: dict[str, list[float]] = defaultdict(list)
    milliseconds = []
    for half, row in _spoken():
        slugs, spent = _timed(lambda row=row: _suggested(row))
        milliseconds.append(spent)
        if not row["topics"]:
            found[f"{half}/refused"].append(not slugs)
            continue
        right = set(row["topics"].split("|"))
        for part in (half, f"{half}/{row['language']}/{row['kind']}"):
            found[f"{part}/first"].append(slugs[:1] != [] and slugs[0] in right)
            found[f"{part}/in_three"].append(bool(right & set(slugs[:3])))
    rates: dict[str, Any] = {name: _share(values) for name, values in sorted(found.items())}
    sizes = {half: len(found[f"{half}/first"]) for half in PARTS}
    return {
        "texts": sizes,
        "rates": rates,
        "ms_mean": round(sum(milliseconds) / len(milliseconds), 2),
        "ms_worst": round(max(milliseconds), 1),
        "get_ready_ms": round(get_ready_ms, 1),
    }


def _spoken() -> Iterator[tuple[str, dict[str, str]]]:
    """Each text with the part it counts for; the id of our own is a hash of the text."""
    for row in _rows(OWN / "texts.csv"):
        yield "held_out" if int(row["id"], 16) % 2 else "seen", row
    for hand in WHOLE_HANDS:
        for row in _rows(OWN / f"{hand}.csv"):
            yield hand, row
    for row in _rows(OWN / "third_hand.csv"):
        yield f"third_hand_{_half(row['id'])}", row


def _suggested(row: dict[str, str]) -> list[str]:
    text = f"{row['title']}\n{row['description']}"
    return [slug for slug, _sure in suggest(text, row["kind"], row["language"])]


def _timed(call: Any) -> tuple[Any, float]:
    began = time.perf_counter()
    return call(), (time.perf_counter() - began) * 1000


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source)


# Relevance


def _relevance(data: Path) -> Iterator[tuple[str, Any]]:
    yield from _judged("nyc", _new_york(data))
    yield from _judged("uk", _british(data))
    if (data / "melo_onet_esco").exists():
        yield "melo_mrr", _melo(data / "melo_onet_esco")


def _new_york(data: Path) -> Documents:
    path = data / "nyc_service_opportunities" / "opportunities.csv"
    if not path.exists():
        return {}
    return {row["opportunity_id"]: (row["title"], row["summary"]) for row in _rows(path)}


def _british(data: Path) -> Documents:
    path = data / "uk_volunteering" / "teamkinetic_activities.jsonl"
    if not path.exists():
        return {}
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {str(row["id"]): (row["label"], row["description"]) for row in rows}


def _judged(name: str, documents: Documents) -> Iterator[tuple[str, Any]]:
    """nDCG@10 of the judged offers on these listings, for each half."""
    if not documents:
        return
    grades: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in _rows(OWN / "judged.csv"):
        if row["listings"] == name:
            offer = row["title"], row["description"]
            grades[offer][row["listing_id"]] = int(row["grade"])
    found = defaultdict(list)
    ids, given = list(documents), _texts(documents.values())
    ranked = closest(_texts(grades), given, AT)
    for (offer, wanted), (places, _close) in zip(grades.items(), ranked, strict=True):
        order = [ids[place] for place in places]
        found[_half(offer[0])].append(_ndcg(order, wanted))
    yield f"{name}_ndcg_at_10", {half: _share(values) for half, values in sorted(found.items())}


def _ndcg(order: list[str], grades: dict[str, int]) -> float:
    """Gains of 2**grade - 1, discounted by log2 of the rank plus one; 1 is the best order.

    Järvelin and Kekäläinen, ACM TOIS 20 (2002), in the form with exponential gains.
    """
    best = sorted(grades.values(), reverse=True)[:AT]
    return _gains(grades.get(each, 0) for each in order) / _gains(best)


def _gains(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades))


def _texts(written: Iterable[tuple[str, str]]) -> Texts:
    return texts_of(in_one(title, description) for title, description in written)


def _melo(folder: Path) -> dict[str, float]:
    """Mean reciprocal rank, among the first 1,000 labels, of a label that experts linked."""
    queries = [line.split("\t") for line in _lines((folder / "queries.tsv").read_text("utf-8"))]
    right: dict[str, set[str]] = defaultdict(set)
    for line in _lines((folder / "annotations.tsv").read_text("utf-8")):
        query, _zero, label, _one = line.split("\t")
        right[query].add(label)
    with gzip.open(folder / "corpus_elements.tsv.gz", "rt", encoding="utf-8") as source:
        labels = [line.split("\t") for line in _lines(source.read())]
    ranked = closest(
        _texts((title, "") for _id, title in queries), _texts((name, "") for _id, name in labels),
        1_000,
    )  # fmt: skip
    found = defaultdict(list)
    for (query, title), (places, _close) in zip(queries, ranked, strict=True):
        ranks = (n for n, place in enumerate(places, start=1) if labels[place][0] in right[query])
        found[_half(title)].append(1 / next(ranks, math.inf))
    return {half: _share(values) for half, values in sorted(found.items())}


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


if __name__ == "__main__":
    sys.exit(main())
