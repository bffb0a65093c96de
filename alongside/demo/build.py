"""Fill an empty database with the fictional country: ``python -m alongside.demo.build``.

A process of its own, because the demo itself knows its database only after its
settings were read. It works in the database of DATABASE_URL, which the demo made.
"""

import sys
import time
from collections.abc import Callable

import django
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone


def main() -> None:
    django.setup()
    from alongside.demo import country, settling  # noqa: PLC0415 - models need setup
    from trail import sealing  # noqa: PLC0415 - as above

    now = timezone.now()  # noqa: TID251 - this is a door
    say = stopwatch()
    call_command("migrate", verbosity=0, interactive=False)
    say("the tables are made")
    call_command("load_topics", verbosity=0, stdout=sys.stderr)
    say("the topics are loaded")
    made = country.make_country(seed=country.SEED, today=now.date())
    with transaction.atomic():
        settling.settle(made, now=now, say=say)
        connection.run_on_commit.clear()  # a thousand calls to a worker that is not there yet
    sealing.seal()  # as the clock would, every few seconds
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # so that the first pages find good plans


def stopwatch() -> Callable[[str], None]:
    """Print lines with the seconds since the last one."""
    last = time.monotonic()

    def say(what: str) -> None:
        nonlocal last
        now = time.monotonic()
        print(f"  {what} ({now - last:.1f} s)", flush=True)  # noqa: T201 - progress for people
        last = now

    return say


if __name__ == "__main__":
    main()
