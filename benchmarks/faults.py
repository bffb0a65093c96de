"""Kill -9 and bad mail servers, round by round: ``python -m benchmarks.faults --rounds N``.

A real worker, broker and database are under work while each round kills one of them at
a random moment, or has the mail server refuse, hang or break off in the middle of a
message. In the end every notice must have arrived, once, and no place may be given
twice. PostgreSQL runs with fsync on here, as in earnest. A lease of a dead worker is
ended at once, as if its ten minutes had gone by; a clock of seconds stands in for the
schedule's.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import redis

from alongside import embedded
from alongside.demo.processes import LEASH, adopt_orphans

KILLED = ("worker", "broker", "database")
MAIL_MODES = ("refuse", "hang", "drop", "deaf")
CALM_SECONDS = (0.3, 2.0)  # before a fault: the moment is random
OUTAGE_SECONDS = (0.1, 1.5)
READY_SECONDS = 90.0  # a worker starts in three, on a busy machine in twenty
SETTLE_SECONDS = 240.0
LOOK_AGAIN_SECONDS = 0.05


class Stage:
    """The servers, the worker and the mail server of one run, which come and go."""

    def __init__(self, servers: embedded.Servers, folder: Path) -> None:
        self.servers = servers
        self.folder = folder
        self.kills = 0
        self._worker: subprocess.Popen[bytes] | None = None
        self._sink: subprocess.Popen[bytes] | None = None

    def start_sink(self) -> None:
        self.mail("take")
        program = [sys.executable, Path(__file__).parent / "mail_sink.py", self.folder]
        self._sink = subprocess.Popen([sys.executable, LEASH, *program])
        _until((self.folder / "port").exists)
        _until((self.folder / "port").read_text)

    @property
    def environment(self) -> dict[str, str]:
        return self.servers.environment("faults") | {
            "DJANGO_SETTINGS_MODULE": "alongside.settings",
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": (self.folder / "port").read_text(),
            "LOG_LEVEL": "ERROR",
        }

    def mail(self, mode: str) -> None:
        """Have the mail server behave like that from now on."""
        new = self.folder / "mode.new"
        new.write_text(mode)
        new.rename(self.folder / "mode")

    def start_worker(self) -> None:
        celery = ("-m", "celery", "-A", "alongside", "worker", "--without-gossip")
        with (self.folder / "worker.log").open("ab") as log:
            self._worker = subprocess.Popen(
                [sys.executable, LEASH, sys.executable, *celery, "--concurrency", "2"],
                cwd=embedded.PROJECT,
                env=os.environ | self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            _until(self._has_worker)
        except TimeoutError:
            print((self.folder / "worker.log").read_text()[-2000:], file=sys.stderr)
            raise

    def kill_worker(self) -> None:
        """The whole group at once, as when a machine goes down."""
        if not self._worker:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._worker.pid, signal.SIGKILL)
        self._worker.wait()

    def fault(self, name: str) -> None:
        """Break one thing for a random while, and mend it. Raises ``TimeoutError``."""
        if name in MAIL_MODES:
            self.mail(name)
            time.sleep(random.uniform(*OUTAGE_SECONDS))
            self.mail("take")
            return
        self.kills += 1
        {"worker": self.kill_worker, "broker": self._kill_broker, "database": self._kill_database}[
            name
        ]()
        time.sleep(random.uniform(*OUTAGE_SECONDS))
        if name == "worker":
            verdict_of_faults().as_if_leases_ran_out()
            self.start_worker()
        else:
            embedded.start(self.servers, durable=True)
            verdict_of_faults().connect_anew()
            _until(self._has_worker)

    def settle(self, tick: Callable[[], None]) -> None:
        """Let leases, pauses and nights go by, and have everything done that is owed."""
        verdict = verdict_of_faults()
        give_up_at = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < give_up_at and not verdict.is_settled():
            self.kill_worker()
            verdict.as_if_a_night_went_by()
            self.start_worker()
            tick()
            with suppress(TimeoutError):
                _until(verdict.is_done, seconds=20.0)

    def close(self) -> None:
        if self._worker:
            self.kill_worker()
        if self._sink:
            self._sink.kill()
            self._sink.wait()

    def _kill_broker(self) -> None:
        _kill(int((self.servers.folder / "valkey.pid").read_text()))

    def _kill_database(self) -> None:
        """The first process and all its children at once: nobody is left to tidy up."""
        first = int((self.servers.folder / "postgres" / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        _kill(first, *map(int, children))

    def _has_worker(self) -> bool:
        """Whether somebody waits at the broker for a task."""
        socket = self.servers.sockets / "valkey.sock"
        with (
            suppress(redis.ConnectionError),
            redis.Redis(unix_socket_path=str(socket)) as client,
        ):
            return any(other["cmd"] == "brpop" for other in client.client_list())
        return False


def main() -> int:
    arguments = _arguments()
    random.seed(arguments.seed)
    adopt_orphans()  # the servers become ours, to be seen out when they are killed
    began = time.monotonic()
    with ExitStack() as stack:
        servers = stack.enter_context(embedded.servers("faults", durable=True))
        servers.create_database("faults")
        stage = Stage(servers, Path(stack.enter_context(tempfile.TemporaryDirectory())))
        stack.callback(stage.close)
        stage.start_sink()
        os.environ.update(stage.environment)
        figures = _play(stage, arguments.rounds, quiet=arguments.json)
    figures["seconds"] = round(time.monotonic() - began, 1)
    print(json.dumps(figures) if arguments.json else _in_words(figures))
    return 1 if figures["lost"] or figures["told_twice"] or figures["oversold"] else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.faults", description=__doc__)
    parser.add_argument("--rounds", type=int, default=40, metavar="N")
    parser.add_argument("--seed", type=int, default=1, help="For the faults and their moments.")
    parser.add_argument("--json", action="store_true", help="Print one line of JSON.")
    return parser.parse_args()


def _play(stage: Stage, rounds: int, *, quiet: bool) -> dict[str, Any]:
    """Set everything up, break things, settle, and compare."""
    import django  # noqa: PLC0415 - the settings read the environment that main has just set

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - as above

    from benchmarks.work_under_faults import Work, shuffled_zips, tick  # noqa: PLC0415 - as above

    call_command("migrate", verbosity=0)
    stage.start_worker()
    faults = random.choices(KILLED + MAIL_MODES, k=rounds)  # before threads share the dice
    with Work(shuffled_zips()) as work:
        for number, fault in enumerate(faults, start=1):
            time.sleep(random.uniform(*CALM_SECONDS))
            stage.fault(fault)
            if not quiet:
                print(f"{number}. {fault}", flush=True)
    stage.settle(tick)
    found = verdict_of_faults().verdict(stage.folder / "taken")
    for line in verdict_of_faults().what_was_lost(stage.folder / "taken"):
        print(line, file=sys.stderr)
    facts = {"rounds": rounds, "faults": dict(Counter(faults))}
    return {"kills": stage.kills, **found, **facts, "unforeseen": dict(work.unforeseen)}


def verdict_of_faults() -> Any:
    from benchmarks import verdict_of_faults  # noqa: PLC0415 - it reads the settings

    return verdict_of_faults


def _kill(*processes: int) -> None:
    """All of them at once; then see them out, since they are ours (``adopt_orphans``)."""
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    for process in processes:
        with suppress(ChildProcessError):
            os.waitpid(process, 0)


def _until(holds: Callable[[], object], seconds: float = READY_SECONDS) -> None:
    """Look again and again. Raises ``TimeoutError``."""
    give_up_at = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > give_up_at:
            raise TimeoutError("It does not come back.")
        time.sleep(LOOK_AGAIN_SECONDS)


def _in_words(figures: dict[str, Any]) -> str:
    return (
        f"{figures['rounds']} faults, {figures['kills']} of them kill -9:"
        f" {figures['notices']} notices, {figures['lost']} lost,"
        f" {figures['told_twice']} told twice, {figures['oversold']} oversold."
    )


if __name__ == "__main__":
    sys.exit(main())
