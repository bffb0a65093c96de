"""The fit rules at scale, side by side: ``python -m benchmarks.engine --offers N --needs M``.

In one run, on one synthetic country: our engine, the best single statement on PostgreSQL
that we could write, and a careful Django loop. Each answers single needs with the exact
count of offers that fit and the twenty best; the first two also match every need anew, with
two processes or two connections. All must find the same. Several sizes, as
``--offers 100000 300000 --needs 20000 60000``, give the exponent by which our rematch grows
with the pairs looked at.
"""

import argparse
import json
import math
import os
import sys
import time
from contextlib import ExitStack, closing
from typing import Any

import numpy as np

from alongside import embedded
from benchmarks import engine_ours as ours
from benchmarks import engine_sql
from benchmarks.engine_chances import CHANCES
from benchmarks.engine_country import Country, make_country
from matching.columns import index

BY_SQL = 2_000_000_000  # pairs that SQL matches anew, about a minute; more are measured as a share


def main() -> int:
    arguments = _arguments()
    sizes = list(zip(arguments.offers, arguments.needs, strict=True))
    figures = [_measured(offers, needs, arguments) for offers, needs in sizes]
    answer = figures[-1]
    if len(figures) > 1:
        answer |= {"sizes": figures[:-1], "growth_exponent": _exponent(figures)}
    print(json.dumps(answer) if arguments.json else "\n".join(map(_in_words, figures)))
    if len(figures) > 1 and not arguments.json:
        print(f"Growth per candidate pair: exponent {answer['growth_exponent']}")
    return 1 if any(one["disagreements"] for one in figures) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.engine", description=__doc__)
    parser.add_argument("--offers", type=int, nargs="+", default=[100_000], metavar="N")
    parser.add_argument("--needs", type=int, nargs="+", default=[20_000], metavar="M")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--singles", type=int, default=500, help="needs and offers one by one")
    parser.add_argument("--loops", type=int, default=40, help="needs that the loop answers")
    parser.add_argument("--json", action="store_true", help="print the figures as one line")
    return parser.parse_args()


def _measured(offers: int, needs: int, arguments: argparse.Namespace) -> dict[str, Any]:
    country = make_country(offers=offers, needs=needs, seed=arguments.seed)
    begin = time.perf_counter()
    by_offers = index.of_offers(country.offers, country.book)
    build_s = time.perf_counter() - begin
    matched, first_s = ours.rematch(country, by_offers)
    dice = np.random.default_rng(arguments.seed)
    rows = dice.choice(needs, min(needs, arguments.singles), replace=False)
    seconds, counts = ours.one_by_one(country, by_offers, rows)
    some_offers = dice.choice(offers, min(offers, arguments.singles), replace=False)
    disagreements = int((np.array(counts) != matched.count[rows]).sum())
    candidates = ours.candidates(country, by_offers)
    return {
        "benchmark": "engine",
        "offers": offers,
        "needs": needs,
        "seed": arguments.seed,
        "one_need_ms": _percentiles(seconds),
        "one_offer_ms": _percentiles(ours.offers_one_by_one(country, some_offers)),
        **_others(country, matched, rows, arguments.loops, disagreements),
        "rematch_s": round(matched.seconds, 2),
        "rematch_cpu_s": round(matched.cpu_seconds, 2),
        "rematch_first_s": round(first_s, 2),
        "bytes_per_offer": round(
            (ours.bytes_of(by_offers) + ours.bytes_of(country.offers)) / offers
        ),
        "build_s": round(build_s, 2),
        "rss_mb": round(matched.rss_mb),
        "fits": int(matched.count.sum()),
        "candidates": candidates,
        "singles": len(rows),
        "selectivity": _selectivity(country, matched, candidates),
        "cores": os.cpu_count(),
        "python": sys.version.split()[0],
        "numpy": np.__version__,
    }


def _others(
    country: Country, matched: ours.Fits, rows: Any, loops: int, disagreements: int
) -> dict[str, Any]:
    """What PostgreSQL and the loop say, and how often they disagree with the engine."""
    with ExitStack() as stack:
        running = stack.enter_context(embedded.servers("benchmark"))
        running.create_database("engine")
        _set_up_django(running)
        by_sql, differing = _by_sql(running, country, matched, rows)
        by_loop, differing_too = _by_loop(matched, rows[:loops])
    total = disagreements + differing + differing_too
    return {**by_sql, **by_loop, "disagreements": total}


def _by_sql(
    running: embedded.Servers, country: Country, matched: ours.Fits, rows: Any
) -> tuple[dict[str, Any], int]:
    """The figures of PostgreSQL, and how many of its answers differ."""
    sql = engine_sql.Sql(running, country)
    tries, differing = {}, 0
    for name, candidates in (("keys", engine_sql.KEYS), ("arrays", engine_sql.ARRAYS)):
        asked = rows if name == "keys" else rows[: len(rows) // 5]
        answers = [sql.least(row + 1, candidates) for row in asked.tolist()]
        tries[name] = _percentiles([seconds for seconds, _ in answers])
        differing += _differing(answers, matched.count[asked])
    share = min(len(matched.count), BY_SQL // len(country.offers))
    sql_s, found = sql.rematch(1, share)
    told = [found.get(key, (0, 0)) for key in range(1, share + 1)]
    both = np.array(told) != np.stack([matched.count, matched.total], axis=1)[:share]
    figures = {
        "sql_one_need_ms": min(tries.values(), key=lambda one: one["p95"]),
        "sql_tries_ms": tries,
        "sql_rematch_s": round(sql_s * len(matched.count) / share, 1),
        "sql_rematch_needs": share,
        "load_s": round(sql.load_s, 1),
    }
    return figures, differing + int(both.any(axis=1).sum())


def _by_loop(matched: ours.Fits, rows: Any) -> tuple[dict[str, Any], int]:
    """The figures of the Django loop, and how many of its answers differ."""
    from benchmarks import engine_loop  # noqa: PLC0415 - Django is set up now

    with closing(engine_loop.Loop()) as loop:
        answers = [loop.one(row + 1) for row in rows.tolist()]
    figures = {
        "loop_one_need_ms": _percentiles([seconds for seconds, _ in answers]),
        "loops": len(rows),
    }
    return figures, _differing(answers, matched.count[rows])


def _set_up_django(running: embedded.Servers) -> None:
    os.environ.update(
        running.environment("engine") | {"DJANGO_SETTINGS_MODULE": "alongside.settings"}
    )
    import django  # noqa: PLC0415 - settings read the environment

    django.setup()


def _differing(answers: list[tuple[float, int]], counts: Any) -> int:
    return int((np.array([count for _, count in answers]) != counts).sum())


def _percentiles(seconds: list[float]) -> dict[str, float]:
    p50, p95 = np.percentile(seconds, [50, 95]) * 1000
    return {
        "p50": round(float(p50), 3),
        "p95": round(float(p95), 3),
        "mean": round(float(np.mean(seconds)) * 1000, 3),
    }


def _selectivity(country: Country, matched: ours.Fits, candidates: int) -> dict[str, Any]:
    needs = len(country.needs)
    return {
        "pairs": needs * len(country.offers),
        "candidates_per_need": round(candidates / needs, 1),
        "fits_per_need": round(float(matched.count.mean()), 1),
        "fits_per_need_p50_p95": np.percentile(matched.count, [50, 95]).round().tolist(),
        "shapes": len(country.book.shapes),
        "chances": CHANCES,
    }


def _exponent(figures: list[dict[str, Any]]) -> float:
    """Of the seconds of our rematch over the candidate pairs, from the first size to the last."""
    first, last = figures[0], figures[-1]
    grown = math.log(last["rematch_s"] / first["rematch_s"])
    return round(grown / math.log(last["candidates"] / first["candidates"]), 3)


def _in_words(figures: dict[str, Any]) -> str:
    def row(name: str, key: str) -> str:
        one = figures[key]
        return f"  {name:<34}{one['p50']:>10.2f}{one['p95']:>10.2f}{one['mean']:>10.2f}"

    spread = figures["selectivity"]
    return "\n".join(
        [
            f"{figures['offers']:,} offers, {figures['needs']:,} needs, seed {figures['seed']}:"
            f" {spread['fits_per_need']} fits a need, {spread['candidates_per_need']} looked at,"
            f" {figures['disagreements']} disagreements",
            f"  {'milliseconds':<34}{'p50':>10}{'p95':>10}{'mean':>10}",
            row("one need", "one_need_ms"),
            row("one offer", "one_offer_ms"),
            row("one need, best SQL", "sql_one_need_ms"),
            row(f"one need, Django loop ({figures['loops']})", "loop_one_need_ms"),
            f"  every need anew: {figures['rematch_s']} s"
            f" ({figures['rematch_cpu_s']} s of the processors;"
            f" first time {figures['rematch_first_s']} s),"
            f" SQL {figures['sql_rematch_s']} s (measured on {figures['sql_rematch_needs']:,})",
            f"  {figures['bytes_per_offer']} bytes an offer, index built in {figures['build_s']} s,"
            f" PostgreSQL loaded in {figures['load_s']} s, {figures['rss_mb']} MB a worker",
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
