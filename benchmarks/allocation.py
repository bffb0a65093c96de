"""How quickly is everybody's next partner chosen, and is nobody passed over?

    python -m benchmarks.allocation --json [--peer FOLDER]

A seeded market of 650,000 pairs, 30 candidates a need as the product keeps them: popular
offers, ties, some needs of several seats and some that hold seats already, people who speak
for several needs, daily limits. The quickest of some rounds counts, in one process and
without compiled code of ours. Pairs that block are counted from the answer alone.

Beside it ``matching`` 1.4.3 from the package index, on what it can play: one seat each. Its
answer must be ours, and both are timed by the processor. Three markets: 3,000 needs and
offers to be paired, 30 candidates each; and two of 3,000 candidate pairs, thin and thick.
It is found where it is installed, or in FOLDER (``pip install --target FOLDER
matching==1.4.3``: it has the name of our app).
"""

import argparse
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np
from numpy.random import Generator, default_rng

from matching import allocate
from matching.allocate import Limits
from matching.columns.arrays import Floats
from matching.columns.pairs import Pairs
from matching.columns.ragged import Rows

SEED = 20_261_125
NEEDS, OFFERS, CANDIDATES = 21_700, 20_000, 30
PEER_MARKETS = ((3_000, 30), (1_000, 3), (100, 30))  # needs, as many offers; candidates of each
ROUNDS, ROUNDS_OF_SMALL = 10, 50
GOALS = {"seconds": 0.3, "blocking_pairs": 0, "times_faster": 300}


def main() -> int:
    arguments = _arguments()
    figures = _measured() | {"peer": _beside_peer(arguments.peer), "goals": GOALS}
    figures["times_faster"] = figures["peer"][0].get("times_faster")
    print(json.dumps(figures) if arguments.json else _in_words(figures))
    quick = figures["seconds"] <= GOALS["seconds"] and not figures["blocking_pairs"]
    beaten = (figures["times_faster"] or GOALS["times_faster"]) >= GOALS["times_faster"]
    return 0 if quick and beaten else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.allocation", description=__doc__)
    parser.add_argument("--json", action="store_true", help="Print one line of JSON.")
    parser.add_argument("--peer", type=Path, help="The folder that `matching` is installed in.")
    return parser.parse_args()


def _in_words(figures: dict[str, Any]) -> str:
    peers = "; ".join(
        f"{one['times_faster']} times as fast as matching at {one['pairs']} pairs"
        if "times_faster" in one
        else one["skipped"]
        for one in figures["peer"]
    )
    return (
        f"{figures['pairs']} pairs in {figures['seconds']} s, {figures['chosen']} chosen,"
        f" {figures['blocking_pairs']} blocking; {peers}."
    )


# A market


@dataclass(frozen=True, slots=True)
class Postings:
    """Of needs or offers, what an allocation reads."""

    keys: Rows
    wait_days: Floats

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, slots=True)
class Market:
    """Pairs with their values, and everybody's room."""

    pairs: Pairs
    values: Floats
    needs: Postings
    offers: Postings
    limits: Limits

    def allocated(self) -> Rows:
        return allocate.allocate(self.pairs, self.values, self.needs, self.offers, self.limits)


def crowded_market(rng: Generator) -> Market:
    """Popular offers, ties, and limits of all kinds."""
    popularity = 1 / np.arange(1, OFFERS + 1) ** 0.5
    need, offer = _candidates(rng, NEEDS, OFFERS, CANDIDATES, popularity / popularity.sum())
    values = rng.uniform(0.4, 1, len(need))
    values[rng.random(len(need)) < 0.1] = 0.7  # texts that say nothing, places of one ZIP
    limits = Limits(
        need_room=rng.integers(1, 6, NEEDS),
        need_held=rng.integers(0, 2, NEEDS),
        offer_room=rng.integers(1, 5, OFFERS),
        need_person=rng.integers(-1, NEEDS // 3, NEEDS),
        offer_person=rng.integers(-1, OFFERS, OFFERS) + NEEDS,
        person_room=rng.integers(1, 21, NEEDS + OFFERS),
    )
    limits.offer_person[rng.random(OFFERS) < 0.01] = -1
    return Market(
        _pairs(need, offer), values, _postings(rng, NEEDS), _postings(rng, OFFERS), limits
    )


def plain_market(rng: Generator, needs: int, candidates: int) -> Market:
    """As many offers as needs, one seat each, nobody told twice: what the peer can play, too."""
    need, offer = _candidates(rng, needs, needs, candidates, None)
    nobody, once = np.full(needs, -1), np.ones(needs, np.int64)
    limits = Limits(
        need_room=once,
        need_held=once - 1,
        offer_room=once,
        need_person=nobody,
        offer_person=nobody,
        person_room=once[:0],
    )
    values = rng.random(len(need))
    return Market(_pairs(need, offer), values, _postings(rng, needs), _postings(rng, needs), limits)


def _candidates(
    rng: Generator, needs: int, offers: int, count: int, popularity: Floats | None
) -> tuple[Rows, Rows]:
    """So many different offers for each need."""
    if popularity is None:
        drawn = np.argsort(rng.random((needs, offers)), axis=1)[:, :count]
    else:  # the largest of weighted keys: a draw without putting back (Efraimidis, Spirakis 2006)
        drawn = np.stack(
            [
                np.argpartition(rng.exponential(size=offers) / popularity, count)[:count]
                for _ in range(needs)
            ]
        )
    return np.repeat(np.arange(needs), count), drawn.ravel()


def _pairs(need: Rows, offer: Rows) -> Pairs:
    """Pairs of which an allocation reads no more than the rows."""
    ones = np.ones(len(need), np.int32)
    return Pairs(
        need=need,
        offer=offer,
        topics_same=ones,
        topics_shared=ones,
        in_person=ones > 0,
        distance_km=np.zeros(len(need)),
        sessions=ones,
    )


def _postings(rng: Generator, count: int) -> Postings:
    return Postings(rng.permutation(count), rng.integers(0, 90, count).astype(np.float64))


# How quickly, and how well


def _measured() -> dict[str, Any]:
    market = crowded_market(default_rng(SEED))
    seconds, cpu_seconds, chosen = _quickest(market, ROUNDS)
    return {
        "benchmark": "allocation",
        "needs": len(market.needs),
        "offers": len(market.offers),
        "pairs": len(market.pairs),
        "chosen": len(chosen),
        "seconds": round(seconds, 3),
        "cpu_seconds": round(cpu_seconds, 3),
        "blocking_pairs": int(blocking(market, chosen).sum()),
    }


def _quickest(market: Market, rounds: int) -> tuple[float, float, Rows]:
    """Seconds by the clock, seconds of the processor, and the answer."""
    seconds, cpu_seconds = [], []
    for _ in range(rounds):
        begun, cpu_begun = perf_counter(), process_time()
        chosen = market.allocated()
        seconds.append(perf_counter() - begun)
        cpu_seconds.append(process_time() - cpu_begun)
    return min(seconds), min(cpu_seconds), chosen


def blocking(market: Market, chosen: Rows) -> Any:
    """(P,) which pairs were passed over though nobody's room had gone to earlier claims.

    A pair claims its place when its turn comes: after as many of its need's proposals as
    come before it. The claim fails rightly if the need is full by then, or if the offer
    or one of the two people gave all their room to pairs before it in the order.
    """
    need, offer, limits = market.pairs.need, market.pairs.offer, market.limits
    rank = _ranks(market)
    turn = _taken_before(need, rank, chosen)
    claim = (limits.need_held[need] + turn) * len(rank) + rank
    waiting = turn < limits.need_room[need]
    waiting[chosen] = False
    for side, room in (
        (offer, limits.offer_room),
        (limits.need_person[need], limits.person_room),
        (limits.offer_person[offer], limits.person_room),
    ):
        waiting &= ~_gone_before(side, room, claim, chosen)
    return waiting


def _ranks(market: Market) -> Rows:
    """The place of each pair by value, waiting and keys, from the stated order alone."""
    need, offer = market.pairs.need, market.pairs.offer
    order = np.lexsort(
        (
            market.offers.keys[offer],
            market.needs.keys[need],
            -market.offers.wait_days[offer],
            -market.needs.wait_days[need],
            -market.values,
        )
    )
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return rank


def _taken_before(need: Rows, rank: Rows, chosen: Rows) -> Rows:
    """(P,) how many of the need's chosen pairs rank before each pair."""
    size = len(rank)
    taken = np.sort(need[chosen] * size + rank[chosen])
    before: Rows = np.searchsorted(taken, need * size + rank) - np.searchsorted(taken, need * size)
    return before


def _gone_before(who: Rows, room: Rows, claim: Rows, chosen: Rows) -> Any:
    """(P,) whether they had given all their room to claims before this one; -1 is nobody."""
    last = np.full(len(room) + 1, -1)
    np.maximum.at(last, who[chosen], claim[chosen])
    given = np.bincount(who[chosen] + 1, minlength=len(room) + 1)[1:]
    full = np.append(given >= room, [False])
    return full[who] & (last[who] < claim)


# Beside the peer


def _beside_peer(folder: Path | None) -> list[dict[str, Any]]:
    return [_compared(needs, candidates, folder) for needs, candidates in PEER_MARKETS]


def _compared(needs: int, candidates: int, folder: Path | None) -> dict[str, Any]:
    market = plain_market(default_rng(SEED), needs, candidates)
    _seconds, seconds, chosen = _quickest(market, ROUNDS_OF_SMALL)
    peer = _played_by_peer(market, folder)
    if "missing" in peer:
        return {"skipped": "matching is not installed: pip install --target FOLDER matching==1.4.3"}
    ours = zip(market.pairs.need[chosen], market.pairs.offer[chosen], strict=True)
    return {
        "pairs": len(market.pairs),
        "needs": needs,
        "ms": round(seconds * 1000, 3),
        "matching_ms": round(peer["seconds"] * 1000, 1),
        "times_faster": round(peer["seconds"] / seconds),
        "same_answer": sorted([int(n), int(o)] for n, o in ours) == peer["pairs"],
    }


def _played_by_peer(market: Market, folder: Path | None) -> dict[str, Any]:
    best_first = np.argsort(-market.values)
    needs: dict[int, list[int]] = {}
    offers: dict[int, list[int]] = {}
    for need, offer in zip(
        market.pairs.need[best_first].tolist(), market.pairs.offer[best_first].tolist(), strict=True
    ):
        needs.setdefault(need, []).append(offer)
        offers.setdefault(offer, []).append(need)
    game = {"needs": needs, "offers": offers, "room": dict.fromkeys(offers, 1)}
    script = Path(__file__).with_name("peer_of_allocation.py")
    command = [sys.executable, "-I", str(script), *([str(folder.resolve())] if folder else [])]
    done = subprocess.run(
        command, input=json.dumps(game), capture_output=True, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


if __name__ == "__main__":
    sys.exit(main())
