"""The demo's own processes: web server, worker and clock, started, watched and ended."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from alongside.celery import app
from alongside.embedded import PROJECT

LEASH = Path(__file__).parent / "leash.py"
START_SECONDS = 45.0  # a busy laptop; usually three
END_SECONDS = 8.0  # then it is killed
BURY_SECONDS = 2.0
LAST_LINES = 12
PR_SET_CHILD_SUBREAPER = 36
ALONE = ("--without-gossip", "--without-mingle")  # no other worker, so none to wait a second for


class ProcessEnded(RuntimeError):
    """One of the processes went away by itself, or never answered."""


class Processes:
    """A few programs that live as long as the block: each in a group and with a log of its own."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self.folder = folder
        self.environment = dict(environment)
        self._started: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._end()

    def start(self, name: str, program: Sequence[str], *, pass_fds: Sequence[int] = ()) -> None:
        with self._log(name).open("ab") as log:
            self._started[name] = subprocess.Popen(
                [sys.executable, str(LEASH), *program],
                cwd=PROJECT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches the demo alone, which then ends them
                pass_fds=pass_fds,
            )

    def check(self) -> None:
        """Raises ``ProcessEnded`` if one of them is gone."""
        for name, process in self._started.items():
            if (code := process.poll()) is not None:
                raise ProcessEnded(f"The {name} ended by itself ({code}).\n{self.last_lines(name)}")

    def last_lines(self, name: str) -> str:
        lines = self._log(name).read_text(errors="replace").splitlines()
        return "\n".join(lines[-LAST_LINES:])

    def _log(self, name: str) -> Path:
        return self.folder / f"{name.replace(' ', '-')}.log"

    def _end(self) -> None:
        """Ask them all first, then wait for each, then make sure of its whole group."""
        for process in self._started.values():
            if process.poll() is None:
                process.terminate()
        give_up_at = time.monotonic() + END_SECONDS
        for process in self._started.values():
            try:
                process.wait(timeout=max(0.0, give_up_at - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
            _kill_group(process.pid)
            process.wait()


def _kill_group(pid: int) -> None:
    """The group's id is its leader's; whoever is left in it did not follow."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # nobody is left (the other is macOS for it)
        return


def adopt_orphans() -> None:
    """Become the parent of whatever our children leave behind, such as the two servers.

    Without it, where process 1 is no real init (a bare container), they would stay
    in the process table after their end. Linux only; elsewhere nothing is adopted.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def bury_orphans() -> None:
    """Take those that have ended out of the process table; a moment later at most."""
    give_up_at = time.monotonic() + BURY_SECONDS
    with suppress(ChildProcessError):  # nobody is left
        while time.monotonic() < give_up_at:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(0.01)


def listen(port: int | None) -> socket.socket:
    """A socket on this computer alone: the port asked for, else 8000, else any free one.

    Raises ``OSError`` if the port asked for is taken.
    """
    for choice in [port] if port else [8000, 0]:
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", choice))
        except OSError:
            listening.close()
            if choice in {port, 0}:
                raise
        else:
            listening.listen(128)
            return listening
    raise AssertionError("unreachable")


def start_all(processes: Processes, *, listening: socket.socket, broker: str) -> None:
    """Start web server, worker and clock, and wait until a beat went through all of them.

    Raises ``ProcessEnded``.
    """
    celery = [sys.executable, "-m", "celery", "--app", "alongside"]
    processes.start(
        "worker",
        [*celery, "worker", "--concurrency", "2", "--loglevel", "INFO", *ALONE],
    )
    schedule = str(processes.folder / "beat-schedule")
    processes.start("clock", [*celery, "beat", "--schedule", schedule, "--pidfile", ""])
    number = listening.fileno()
    processes.start(
        "web server",
        [
            sys.executable, "-m", "gunicorn", "alongside.wsgi", "--bind", f"fd://{number}",
            "--workers", "1", "--threads", "8", "--no-control-socket",
            "--worker-tmp-dir", str(processes.folder),
        ],
        pass_fds=[number],
    )  # fmt: skip
    port = listening.getsockname()[1]
    listening.close()  # the web server holds it now
    with app.connection_for_write(broker) as connection:
        app.send_task("alongside.tasks.beat", connection=connection)
    _wait_until_healthy(processes, f"http://127.0.0.1:{port}/healthz")


def _wait_until_healthy(processes: Processes, address: str) -> None:
    give_up_at = time.monotonic() + START_SECONDS
    while not _is_healthy(address):
        processes.check()
        if time.monotonic() > give_up_at:
            raise ProcessEnded(f"Nothing answers at {address}.")
        time.sleep(0.1)


def _is_healthy(address: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:  # also what answers 503
        return False
