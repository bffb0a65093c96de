"""Servers that are dead, deaf, or come back."""

import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections

from alongside import celery_app, embedded


@pytest.fixture
def short_place():
    """A folder whose path is short enough for a Unix socket."""
    folder = Path(tempfile.mkdtemp(prefix="a-", dir="/tmp"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def dead_socket(short_place):
    """An address where nobody listens."""
    return short_place / "dead.sock"


@pytest.fixture
def deaf_socket(short_place):
    """A server that takes connections and never says a word."""
    path = short_place / "deaf.sock"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen(8)
        yield path


@pytest.fixture
def valkey_at():
    """Run a Valkey of one's own at a socket for as long as the block lasts."""

    @contextmanager
    def run(path):
        program = embedded._valkey_program()
        server = subprocess.Popen(
            [program, "--port", "0", "--unixsocket", path, "--save", "", "--dir", path.parent],
            stdout=subprocess.DEVNULL,
        )
        try:
            give_up_at = time.monotonic() + 10
            while not _answers(path):
                assert time.monotonic() < give_up_at, "Valkey does not start"
            yield
        finally:
            server.kill()
            server.wait()
            path.unlink(missing_ok=True)

    return run


def _answers(path):
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(5) == b"+PONG"
        except OSError:
            return False


@pytest.fixture
def broker_at():
    """Publish through the broker at this socket from now on."""
    before = celery_app.conf.broker_write_url

    def use(path):
        celery_app.conf.broker_write_url = f"redis+socket://{path}"

    yield use
    celery_app.conf.broker_write_url = before


@pytest.fixture
def no_database(django_db_blocker, monkeypatch):
    """Every query finds that the database is gone."""
    settings = connections["default"].settings_dict
    monkeypatch.setitem(settings, "HOST", "/nowhere")
    connections["default"].close()
    with django_db_blocker.unblock():
        yield
    connections["default"].close()
