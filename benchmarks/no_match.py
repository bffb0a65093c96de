"""What stands in the way, counted: ``python -m benchmarks.no_match --offers N --needs M``.

Single needs and single offers of the synthetic country of ``benchmarks.engine``, each held
against everyone who shares its topic, with every move it could make. Times are those of the
processor, as a worker counts in the background; the first ones also pay for hours that
nobody has compared yet.
"""

import argparse
import json
import time
from datetime import date
from typing import Any

import numpy as np

from benchmarks.engine_country import Country, make_country
from matching.no_match import almost
from matching.no_match.widening import Known, moves_of

LANGUAGES = ("en", "es", "zh", "tl", "vi", "ar", "fr", "ko", "ru", "pt", "ht")
TERMS = ("transport", "child_care", "guaranteed_interview", "no_license_needed")


def main() -> int:
    arguments = _arguments()
    country = make_country(offers=arguments.offers, needs=arguments.needs, seed=arguments.seed)
    dice = np.random.default_rng(arguments.seed)
    answer: dict[str, Any] = {"benchmark": "no_match", **vars(arguments)}
    for side, size in (("need", arguments.needs), ("offer", arguments.offers)):
        rows = dice.choice(size, min(size, arguments.singles), replace=False)
        counted = [_counted(country, side, int(row)) for row in rows]
        answer[f"one_{side}_ms"] = _percentiles([seconds * 1000 for seconds, _ in counted])
        answer[f"sharing_{side}"] = _percentiles([beside for _, beside in counted])
    print(json.dumps(answer) if arguments.json else json.dumps(answer, indent=2))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.no_match", description=__doc__)
    parser.add_argument("--offers", type=int, default=100_000, metavar="N")
    parser.add_argument("--needs", type=int, default=20_000, metavar="M")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--singles", type=int, default=200, help="of each side, one by one")
    parser.add_argument("--json", action="store_true", help="print the figures as one line")
    return parser.parse_args()


def _counted(country: Country, side: str, row: int) -> tuple[float, int]:
    """Seconds of the processor, and how many share the topic."""
    begin = time.process_time()
    book, needs, offers = country.book, country.needs, country.offers
    if side == "need":
        need = needs.take(np.array([row]))
        beside = almost.sharing(need, offers, book)
        found = almost.toward_offers(need, offers.take(beside), book)
    else:
        offer = offers.take(np.array([row]))
        beside = almost.sharing(offer, needs, book)
        found = almost.toward_needs(offer, needs.take(beside), book)
    today = date.fromordinal(int(np.median(needs.start)))
    moves_of(found, Known(today, LANGUAGES, TERMS))
    return time.process_time() - begin, len(beside)


def _percentiles(values: list[float]) -> dict[str, float]:
    p50, p95 = np.percentile(values, [50, 95])
    return {"p50": round(p50, 1), "p95": round(p95, 1), "mean": round(float(np.mean(values)), 1)}


if __name__ == "__main__":
    raise SystemExit(main())
