"""The engine's own part of its benchmark: a full rematch, needs one by one, offers one by one."""

import multiprocessing
import pickle
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.engine_country import Country
from matching.columns import index as indexes
from matching.columns.arrays import NeedColumns
from matching.columns.index import Index
from matching.columns.pairs import Pairs
from matching.columns.tallies import tallies_of
from matching.rules import fits

BLOCK = 1000  # needs of one task
TOP = 20
WORKERS = 2
TRIES = 3  # one by one, the least of so many counts: others use the machine, too
ONLINE = 0.6  # what a place is worth where no distance tells


@dataclass(frozen=True, slots=True)
class Fits:
    """What a full rematch found, need by need."""

    seconds: float
    cpu_seconds: float  # of both workers
    count: NDArray[np.int64]  # (N,) offers that fit
    total: NDArray[np.int64]  # (N,) the sum of their keys
    rss_mb: float  # of the larger worker


def score(pairs: Pairs, needs: NeedColumns) -> NDArray[np.float64]:
    """A plain score, the same in every contestant: place, sessions to spare, an exact topic."""
    place = np.where(np.isnan(pairs.distance_km), ONLINE, np.exp2(-pairs.distance_km / 20))
    spare = 1 - 0.5 * needs.sessions[pairs.need] / np.maximum(1, pairs.sessions)
    scored: NDArray[np.float64] = 0.5 * place + 0.3 * spare + 0.2 * (pairs.topics_same > 0)
    return scored


def top(pairs: Pairs, scores: NDArray[np.float64]) -> NDArray[np.int64]:
    """The best of each need, as rows of the pairs, best first."""
    if len(pairs) and pairs.need[0] == pairs.need[-1]:
        return np.argsort(-scores, kind="stable")[:TOP]  # online many are equals: no partition
    order = np.argsort(pairs.need + (1 - scores) / 2)
    need = pairs.need[order]
    place = np.arange(len(order)) - np.searchsorted(need, need)
    return order[place < TOP]


def bytes_of(thing: Any) -> int:
    """What the arrays in it take."""
    if isinstance(thing, np.ndarray):
        return thing.nbytes
    if hasattr(thing, "__dataclass_fields__"):
        return sum(bytes_of(getattr(thing, field.name)) for field in fields(thing))
    return sum(bytes_of(value) for value in getattr(thing, "__dict__", {}).values())


# One by one


def one_by_one(
    country: Country, by_offers: Index, rows: NDArray[np.int64]
) -> tuple[list[float], list[int]]:
    """Seconds and number of fits of single needs: the exact count, and the top by score."""
    seconds, found = [], []
    for row in rows.tolist():
        need = country.needs.take(slice(row, row + 1))

        def ask(need: NeedColumns = need) -> int:
            pairs = fits(need, country.offers, country.book, index=by_offers)
            top(pairs, score(pairs, need))
            return len(pairs)

        least, count = _least(ask)
        seconds.append(least)
        found.append(count)
    return seconds, found


def offers_one_by_one(country: Country, rows: NDArray[np.int64]) -> list[float]:
    """Seconds of single offers: every need it fits, with its score."""
    by_needs = indexes.of_needs(country.needs, country.book)
    seconds = []
    for row in rows.tolist():
        offer = country.offers.take(slice(row, row + 1))

        def ask(offer: Any = offer) -> int:
            pairs = fits(country.needs, offer, country.book, index=by_needs)
            score(pairs, country.needs)
            return len(pairs)

        seconds.append(_least(ask)[0])
    return seconds


def _least(ask: Any) -> tuple[float, int]:
    ask()  # counts sessions of hours never compared before, which every worker does once
    least, count = float("inf"), 0
    for _ in range(TRIES):
        begin = time.perf_counter()
        count = ask()
        least = min(least, time.perf_counter() - begin)
    return least, count


# All


_loaded: dict[str, Any] = {}  # what a worker has read


def rematch(country: Country, by_offers: Index) -> tuple[Fits, float]:
    """Every need, in blocks by place, by two processes; and how long their first time took.

    Workers share nothing, as on two machines. The first time they know no hours yet and
    count the sessions of each two schedules.
    """
    blocks = list(_blocks(country.needs))
    with tempfile.NamedTemporaryFile() as file:
        pickle.dump((country, by_offers), file, protocol=pickle.HIGHEST_PROTOCOL)
        file.flush()
        processes = multiprocessing.get_context("spawn")
        with processes.Pool(WORKERS, initializer=_load, initargs=[file.name]) as pool:
            pool.map(_is_ready, range(WORKERS), chunksize=1)
            first = _rematch(pool, blocks, len(country.needs))
            return _rematch(pool, blocks, len(country.needs)), first.seconds


def _load(path: str) -> None:
    with Path(path).open("rb") as file:
        _loaded["country"], _loaded["index"] = pickle.load(file)  # noqa: S301 - written above


def _is_ready(_worker: int) -> bool:
    time.sleep(0.1)  # so that each worker answers one
    return bool(_loaded)


def _rematch(pool: Any, blocks: list[NDArray[np.int64]], size: int) -> Fits:
    count, total = np.zeros((2, size), np.int64)
    cpu = rss = 0.0
    begin = time.perf_counter()
    for block in pool.imap_unordered(_block, blocks):
        count[block.rows], total[block.rows] = block.count, block.total
        cpu, rss = cpu + block.cpu_seconds, max(rss, block.rss_mb)
    return Fits(time.perf_counter() - begin, cpu, count, total, rss)


def candidates(country: Country, by_offers: Index) -> int:
    """How many pairs the rules were held against in a rematch."""
    tallies = tallies_of(country.book, country.needs)
    pieces = (
        by_offers.candidates(country.needs.take(rows), country.offers, country.book, tallies)
        for rows in _blocks(country.needs)
    )
    return sum(len(need) for block in pieces for need, _ in block)


def _blocks(needs: NeedColumns) -> Iterator[NDArray[np.int64]]:
    latitude, longitude = np.nan_to_num(needs.latitude), np.nan_to_num(needs.longitude)
    order = np.lexsort((longitude, np.round(latitude)))
    for start in range(0, len(order), BLOCK):
        yield order[start : start + BLOCK]


class Block(NamedTuple):
    """What one task found, and took."""

    rows: NDArray[np.int64]
    count: NDArray[np.int64]
    total: NDArray[np.int64]
    cpu_seconds: float
    rss_mb: float


def _block(rows: NDArray[np.int64]) -> Block:
    begin = time.process_time()
    country = _loaded["country"]
    needs = country.needs.take(rows)
    pairs = fits(needs, country.offers, country.book, index=_loaded["index"])
    top(pairs, score(pairs, needs))
    keys = country.offers.keys[pairs.offer].astype(np.float64)
    count = np.bincount(pairs.need, minlength=len(rows))
    total = np.bincount(pairs.need, weights=keys, minlength=len(rows)).astype(np.int64)
    return Block(rows, count, total, time.process_time() - begin, _most_mb())


def _most_mb() -> float:
    """The most memory this process ever held; Linux's own figure, since the parent's is not its."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
