"""The same market through ``matching`` from the package index, in a process of its own.

It has the name of our app, so only one of the two can be imported in a process:
``benchmarks.allocation`` starts this file alone, in isolation. In: JSON lists of who wants
whom, best first. Out: JSON with the CPU seconds of the quickest of some rounds, and the answer.
"""

import json
import sys
import threading
from time import process_time
from typing import Any

LONG = 2.0  # seconds after which no further round is played
ROUNDS = 5
DEEP = 1_000_000  # calls: it copies its players by recursion
STACK = 512 * 1024 * 1024  # bytes for so many


def main() -> int:
    try:
        from matching.games import HospitalResident  # noqa: PLC0415 - it may not be installed
    except ImportError:
        print(json.dumps({"missing": True}))
        return 0
    print(json.dumps(_played(HospitalResident, json.load(sys.stdin))))
    return 0


def _played(game: Any, market: dict[str, Any]) -> dict[str, Any]:
    needs, offers, room = (
        {int(who): value for who, value in market[name].items()}
        for name in ("needs", "offers", "room")
    )
    seconds: list[float] = []
    while len(seconds) < ROUNDS and sum(seconds) < LONG:
        begun = process_time()
        solved = game.create_from_dictionaries(needs, offers, room).solve(optimal="resident")
        seconds.append(process_time() - begun)
    pairs = [(need.name, offer.name) for offer, asked in solved.items() for need in asked]
    return {"seconds": min(seconds), "pairs": sorted(pairs)}


if __name__ == "__main__":
    sys.path[:0] = sys.argv[1:]  # the folder it is installed in, if any
    sys.setrecursionlimit(DEEP)
    threading.stack_size(STACK)
    thread = threading.Thread(target=main)
    thread.start()
    thread.join()
