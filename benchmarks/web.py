"""How fast pages answer, as served for real: ``python -m benchmarks.web --postings 100000``.

Gunicorn with two processes of two threads, outside of debug, on the real PostgreSQL that
holds the demo's country and a crowd of so many more postings. Two visitors ask at a time, each
for the next page as soon as the last one has come; the pages take turns, so that a busy
moment hits all of them alike. Milliseconds are from the first byte sent to the last one read.
"""

import argparse
import http.client
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from alongside import embedded

GOAL_P50_MS, GOAL_P95_MS = 40.0, 80.0
VISITORS = 2
WARM_UP = 10  # rounds that count for nothing: templates are read, plans are made
HOST = "alongside.example.org"


def main() -> int:
    arguments = _arguments()
    with ExitStack() as stack:
        running = stack.enter_context(embedded.servers("benchmark"))
        running.create_database("web")
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ.update(_environment(running.environment("web")))
        figures = _measured(arguments, folder, stack)
    print(json.dumps(figures) if arguments.json else _in_words(figures))
    return 0 if figures["reached"] else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.web", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="how often each page is asked for")
    parser.add_argument(
        "--postings",
        type=int,
        default=100_000,
        metavar="N",
        help="live ones beside the demo's",
    )
    parser.add_argument("--json", action="store_true", help="Print one line of JSON.")
    return parser.parse_args()


def _environment(servers: Mapping[str, str]) -> dict[str, str]:
    """The settings of a real site; TLS ends at a proxy, whose part the visitors play."""
    return {
        **servers,
        "DJANGO_SETTINGS_MODULE": "alongside.settings",
        "DEBUG": "no",
        "SECRET_KEY": "a long and random text of this measurement alone, 4b7c1e",
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"https://{HOST}",
        "BEHIND_TLS_PROXY": "yes",
        "DEFAULT_FROM_EMAIL": "hello@example.org",
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "LOG_LEVEL": "ERROR",
    }


def _measured(arguments: argparse.Namespace, folder: Path, stack: ExitStack) -> dict[str, Any]:
    import django  # noqa: PLC0415 - the settings read the environment that main has just set

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - as above

    from alongside.demo.processes import Processes, listen  # noqa: PLC0415 - as above
    from benchmarks import visits  # noqa: PLC0415 - as above

    say: Callable[[str], None] = (lambda _line: None) if arguments.json else print
    call_command("collectstatic", interactive=False, verbosity=0)
    pages = visits.prepare(arguments.postings, say=say)
    listening = listen(None)
    port, number = listening.getsockname()[1], listening.fileno()
    processes = stack.enter_context(Processes(folder, os.environ))
    processes.start(
        "web server",
        [
            *(sys.executable, "-m", "gunicorn", "alongside.wsgi", "--bind", f"fd://{number}"),
            *("--workers", "2", "--threads", "2", "--no-control-socket"),
            *("--worker-tmp-dir", str(folder)),
        ],
        pass_fds=[number],
    )
    listening.close()
    _each(pages, WARM_UP, port)
    asked = _each(pages, arguments.rounds, port)
    return _figures(asked, arguments)


def _each(pages: Mapping[str, Any], rounds: int, port: int) -> dict[str, list[float]]:
    """Seconds of every answer, page by page, by several visitors at once."""
    seconds: dict[str, list[float]] = {name: [] for name in pages}
    failed: list[BaseException] = []

    def visit() -> None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            for _round in range(rounds // VISITORS):
                for name, page in pages.items():
                    seconds[name].append(_seconds_of(connection, page))
        except BaseException as error:  # noqa: BLE001 - a thread's own error is told below
            failed.append(error)

    visitors = [threading.Thread(target=visit) for _ in range(VISITORS)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    if failed:
        raise failed[0]
    return seconds


def _seconds_of(connection: http.client.HTTPConnection, page: Any) -> float:
    headers = {"Host": HOST, "X-Forwarded-Proto": "https", "Accept-Language": "en"}
    if page.session:
        headers["Cookie"] = f"sessionid={page.session}"
    begin = time.perf_counter()
    connection.request("GET", page.path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    seconds = time.perf_counter() - begin
    if answer.status != 200 or page.shows.encode() not in body:
        to = answer.headers.get("Location", "no other page")
        raise RuntimeError(f"{page.path} answered {answer.status}, {to}: no “{page.shows}” in it")
    return seconds


def _figures(asked: Mapping[str, list[float]], arguments: argparse.Namespace) -> dict[str, Any]:
    pages = {name: _percentiles(seconds) for name, seconds in asked.items()}
    return {
        "benchmark": "web",
        "postings": arguments.postings,
        "rounds": arguments.rounds,
        "pages": pages,
        "goal_ms": {"p50": GOAL_P50_MS, "p95": GOAL_P95_MS},
        "reached": all(
            page["p50_ms"] <= GOAL_P50_MS and page["p95_ms"] <= GOAL_P95_MS
            for page in pages.values()
        ),
        "server": "gunicorn, 2 processes of 2 threads",
        "visitors": VISITORS,
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "python": sys.version.split()[0],
    }


def _percentiles(seconds: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(seconds, n=20, method="inclusive")
    return {
        "p50_ms": round(statistics.median(seconds) * 1000, 1),
        "p95_ms": round(cuts[18] * 1000, 1),
        "max_ms": round(max(seconds) * 1000, 1),
    }


def _in_words(figures: Mapping[str, Any]) -> str:
    lines = [f"Beside {figures['postings']:,} postings, {figures['rounds']} times each:"]
    for name, page in figures["pages"].items():
        lines.append(f"  {name:28} median {page['p50_ms']:6.1f} ms, 95 % in {page['p95_ms']:6.1f}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
