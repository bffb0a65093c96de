"""The demo's databases: built once as a template, copied for every run, marked as ours."""

import hashlib
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import redis
from psycopg import sql

from alongside.embedded import PROJECT, Servers

NAME = "demo"
TEMPLATE = "demo_template"
MARK = "Made by manage.py demo"
CODE = ("accounts", "alongside", "matching", "notices", "opportunities", "screening", "trail")
KINDS = {".py", ".toml", ".json"}


class ForeignDatabase(RuntimeError):
    """A database has the demo's name and was not made by it."""


class CannotBuild(RuntimeError):
    """The country could not be built; the message holds the last lines of what went wrong."""


def fresh_database(
    running: Servers, *, today: date, environment: Mapping[str, str], say: Callable[[str], None]
) -> str:
    """A copy of the country as of today, built first if there is none. Returns its name.

    Raises ``ForeignDatabase`` or ``CannotBuild``.
    """
    for name in (NAME, TEMPLATE):
        _refuse_foreign(running, name)
    finished = f"{MARK}: {_fingerprint(today)}"
    if _comment(running, TEMPLATE) != finished:
        say("Building a fictional country (once a day, and when the code changes) …")
        _make(running, TEMPLATE, comment=f"{MARK}: unfinished")
        _build(environment)
        _set_comment(running, TEMPLATE, finished)
    _make(running, NAME, template=TEMPLATE, comment=MARK)
    _forget_messages(running)
    return NAME


def _make(running: Servers, name: str, *, comment: str, template: str = "template1") -> None:
    running.create_database(name, template=template)
    _set_comment(running, name, comment)


def _refuse_foreign(running: Servers, name: str) -> None:
    if running.has_database(name) and not _comment(running, name).startswith(MARK):
        raise ForeignDatabase(
            f"The database “{name}” in {running.folder} was not made by the demo. It would be"
            " replaced, so nothing was done. Rename or drop it, then start again."
        )


def _comment(running: Servers, name: str) -> str:
    with running.connect() as connection:
        found = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [name],
        ).fetchone()
    return str(found[0] or "") if found else ""


def _set_comment(running: Servers, name: str, comment: str) -> None:
    with running.connect() as connection:
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(name), sql.Literal(comment)
            )
        )


def _build(environment: Mapping[str, str]) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "alongside.demo.build"],
        cwd=PROJECT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if built.returncode:
        raise CannotBuild(f"The country could not be built:\n{built.stderr[-3000:]}")


def _forget_messages(running: Servers) -> None:
    """Whatever waits in Valkey belongs to the template, or to a demo that was killed."""
    redis.Redis(unix_socket_path=str(running.sockets / "valkey.sock")).flushall()


def _fingerprint(today: date) -> str:
    """Changes with the day and with anything that may make another country."""
    digest = hashlib.sha256(today.isoformat().encode())
    for path in sorted(_sources()):
        digest.update(path.relative_to(PROJECT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _sources() -> list[Path]:
    return [
        path
        for app in CODE
        for path in (PROJECT / app).rglob("*")
        if path.suffix in KINDS and path.is_file()
    ]
