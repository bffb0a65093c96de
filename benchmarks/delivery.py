"""How fast notices are written and claimed: ``python -m benchmarks.delivery``.

Two processes write notices for as many people, through the action that the matcher
calls, and two claim them through the function that the sender calls: with everybody's
choices, night and mails of the day looked at. Beside it, batches of matches are written
alone and with the notices of both sides, turn by turn; the median counts. What a notice
takes of the processors, the workers' own and PostgreSQL's, tells more on a busy machine.
"""

import argparse
import json
import os
import sys
from typing import Any

from alongside import embedded

GOAL_PER_S = 30_000
GOAL_OUTBOX_PERCENT = 50.0
WORKERS = 2
ROUNDS = 60  # of each kind, turn by turn; the machine may be busy


def main() -> int:
    arguments = _arguments()
    with embedded.servers("benchmark") as running:
        running.create_database("delivery")
        os.environ.update(
            running.environment("delivery")
            | {"DJANGO_SETTINGS_MODULE": "alongside.settings", "LOG_LEVEL": "ERROR"}
        )
        figures = _measure(arguments.notices)
    print(json.dumps(figures) if arguments.json else _in_words(figures))
    return 0 if _is_reached(figures) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.delivery", description=__doc__)
    parser.add_argument("--notices", type=int, default=200_000, metavar="N")
    parser.add_argument("--json", action="store_true", help="Print one line of JSON.")
    return parser.parse_args()


def _measure(notices: int) -> dict[str, Any]:
    import django  # noqa: PLC0415 - the settings read the environment that main has just set

    django.setup()
    from django.conf import settings  # noqa: PLC0415 - as above
    from django.core.management import call_command  # noqa: PLC0415 - as above

    settings.DEBUG = False  # it keeps a copy of every statement
    from benchmarks import rounds_of_delivery as rounds  # noqa: PLC0415 - as above

    call_command("migrate", verbosity=0)
    people = rounds.make_people(notices // rounds.EACH)
    figures = rounds.write_and_claim(people, workers=WORKERS)
    figures |= rounds.outbox_cost(ROUNDS)
    return {
        "benchmark": "delivery",
        **figures,
        "workers": WORKERS,
        "cores": os.cpu_count(),
        "python": sys.version.split()[0],
    }


def _is_reached(figures: dict[str, Any]) -> bool:
    slowest = min(figures["written_per_s"], figures["claimed_per_s"])
    exactly_once = not (figures["claimed_twice"] or figures["never_claimed"])
    cheap = figures["outbox_percent"] <= GOAL_OUTBOX_PERCENT
    return slowest >= GOAL_PER_S and exactly_once and cheap


def _in_words(figures: dict[str, Any]) -> str:
    return (
        f"{figures['notices']} notices: {figures['written_per_s']} written and"
        f" {figures['claimed_per_s']} claimed a second by {figures['workers']} processes,"
        f" {figures['claimed_twice']} twice, {figures['never_claimed']} never; of the processors"
        f" {figures['written_cpu_us']} and {figures['claimed_cpu_us']} microseconds each."
        f" The outbox adds {figures['outbox_percent']} % to writing a match."
    )


if __name__ == "__main__":
    sys.exit(main())
