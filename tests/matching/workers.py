"""A worker and a broker of a test's own, as processes that come and go."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import redis
from django.conf import settings
from django.db import connection

from alongside import celery_app, embedded
from alongside.demo.processes import ALONE
from trail.tasks import wake

PATIENCE = 40.0  # seconds; a worker starts in two, on a busy machine in ten
LEASH = embedded.PROJECT / "alongside" / "demo" / "leash.py"  # it ends with the tests


def until(condition: Callable[[], object], log: Path | None = None) -> None:
    """Wait for an effect, and say what the worker said if it never comes."""
    give_up_at = time.monotonic() + PATIENCE
    while not condition():
        said = log.read_text()[-3000:] if log else ""
        assert time.monotonic() < give_up_at, f"It never came.\n{said}"
        time.sleep(0.02)


class Broker:
    """A Valkey at a socket that can go away and come back."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "valkey.sock"
        self._server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis+socket://{self.path}"

    def start(self) -> None:
        place = ("--unixsocket", self.path, "--dir", self.path.parent)
        self._server = subprocess.Popen(
            [embedded._valkey_program(), "--port", "0", *place, "--save", ""],
            stdout=subprocess.DEVNULL,
        )
        until(self._answers)

    def stop(self) -> None:
        if self._server:
            self._server.kill()
            self._server.wait()
            self._server = None
        self.path.unlink(missing_ok=True)

    def has_worker(self) -> bool:
        """Whether somebody waits here for a task."""
        with redis.Redis(unix_socket_path=str(self.path)) as client:
            return any(other["cmd"] == "brpop" for other in client.client_list())

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(str(self.path))
                client.sendall(b"PING\r\n")
                return client.recv(5) == b"+PONG"
            except OSError:
                return False


@contextmanager
def own_broker() -> Iterator[Broker]:
    """A Valkey of one test's own, which this process publishes through meanwhile."""
    folder = Path(tempfile.mkdtemp(prefix="a-", dir="/tmp"))
    broker = Broker(folder)
    before = celery_app.conf.broker_write_url
    celery_app.conf.broker_write_url = broker.url
    broker.start()
    try:
        yield broker
    finally:
        broker.stop()
        celery_app.conf.broker_write_url = before
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_worker(
    broker: Broker, log: Path, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A worker on the test's database, for as long as the block lasts."""
    program = ("-m", "celery", "-A", "alongside", "worker", "--pool", "solo", *ALONE)
    places = {"DATABASE_URL": database_url(), "REDIS_URL": broker.url}
    with log.open("ab") as said:
        worker = subprocess.Popen(
            [sys.executable, LEASH, sys.executable, *program],
            cwd=embedded.PROJECT,
            env=os.environ | places | environment,
            stdout=said,
            stderr=said,
        )
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()


def database_url() -> str:
    """Where the rows of this test are."""
    database = connection.settings_dict
    place = quote(str(database["HOST"]), safe="")
    port = f":{database['PORT']}" if database["PORT"] else ""
    who = f"{database['USER']}:{database['PASSWORD']}".rstrip(":")
    return f"postgres://{who}@{place}{port}/{database['NAME']}"


def send_what_the_clock_sends() -> None:
    """Every task of the schedule once, through the broker: a round of the beat."""
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        wake(entry["task"])
