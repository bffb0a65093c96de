"""From publishing a need to both notices in the inbox: ``python -m benchmarks.latency``.

A real, idle worker of its own beside the demo's fictional country and, with
``--postings N``, a crowd of so many more that it has loaded. The clock starts
before the action that publishes and stops when the query behind the inbox page finds a
notice for either side. Every round has a new volunteer and a new nonprofit who share a
ZIP code, so that no daily limit plays a part.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

from alongside import embedded

GOAL_P50_MS, GOAL_P95_MS = 300.0, 1000.0  # up to a second people feel it as "at once"
MAX_ROUNDS = 50  # there are ZIP codes for so many


def main() -> int:
    arguments = _arguments()
    with ExitStack() as stack:
        running = stack.enter_context(embedded.servers("benchmark"))
        running.create_database("latency")
        os.environ.update(
            running.environment("latency")
            | {
                "DJANGO_SETTINGS_MODULE": "alongside.settings",
                "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
                "LOG_LEVEL": "ERROR",
            }
        )
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        seconds = list(_measure(arguments, folder, stack))
    figures = _figures(seconds) | {"postings": arguments.postings}
    print(json.dumps(figures) if arguments.json else _in_words(figures))
    good = figures["p50_ms"] <= GOAL_P50_MS and figures["p95_ms"] <= GOAL_P95_MS
    return 0 if good else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.latency", description=__doc__)
    parser.add_argument(
        "--rounds", type=int, default=30, choices=range(2, MAX_ROUNDS + 1), metavar="N"
    )
    parser.add_argument(
        "--postings", type=int, default=0, metavar="N", help="Live postings beside the demo's."
    )
    parser.add_argument("--json", action="store_true", help="Print one line of JSON.")
    return parser.parse_args()


def _measure(arguments: argparse.Namespace, folder: Path, stack: ExitStack) -> Iterator[float]:
    """Set everything up, then yield the seconds of each round."""
    import django  # noqa: PLC0415 - the settings read the environment that main has just set

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - as above
    from django.utils import timezone  # noqa: PLC0415 - as above

    from alongside.demo import country, settling  # noqa: PLC0415 - as above
    from alongside.demo.processes import Processes  # noqa: PLC0415 - as above
    from benchmarks import crowd, rounds_of_latency  # noqa: PLC0415 - as above

    say: Callable[[str], None] = (lambda _line: None) if arguments.json else print
    call_command("migrate", verbosity=0)
    now = timezone.now()
    made = country.make_country(seed=country.SEED, today=now.date())
    settling.settle(made, now=now - timedelta(hours=1), say=say)
    crowd.gather(arguments.postings, at=now, say=say)
    processes = stack.enter_context(Processes(folder, os.environ))
    rounds_of_latency.start_worker(processes)
    yield from rounds_of_latency.play(arguments.rounds, made)


def _figures(seconds: list[float]) -> dict[str, Any]:
    cuts = statistics.quantiles(seconds, n=20, method="inclusive")
    return {
        "benchmark": "latency",
        "rounds": len(seconds),
        "p50_ms": round(statistics.median(seconds) * 1000, 1),
        "p95_ms": round(cuts[18] * 1000, 1),
        "max_ms": round(max(seconds) * 1000, 1),
        "goal_p50_ms": GOAL_P50_MS,
        "goal_p95_ms": GOAL_P95_MS,
        "cores": os.cpu_count(),
        "python": sys.version.split()[0],
    }


def _in_words(figures: dict[str, Any]) -> str:
    return (
        f"From publishing to both notices, {figures['rounds']} rounds"
        f" beside {figures['postings']:,} postings:"
        f" median {figures['p50_ms']:.0f} ms, 95 % within {figures['p95_ms']:.0f} ms."
    )


if __name__ == "__main__":
    sys.exit(main())
