"""Run the whole system on this computer, with a fictional country in it: ``manage.py demo``."""

import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from accounts.command_line import Command as OneLineCommand
from alongside import embedded
from alongside.demo import database, story
from alongside.demo.country import PASSWORD
from alongside.demo.processes import (
    ProcessEnded,
    Processes,
    adopt_orphans,
    bury_orphans,
    listen,
    start_all,
)
from alongside.demo.visitor import Lost

SIGN_INS = (
    ("nonprofit", "nonprofit@example.org"),
    ("volunteer", "volunteer@example.org"),
    ("business", "business@example.org"),
    ("reviewer", "reviewer@example.org"),
    ("reviewer", "reviewer2@example.org"),  # two people decide on a nonprofit or a business
)
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
WATCH_SECONDS = 0.5


class Command(OneLineCommand):
    help = (
        "Starts PostgreSQL, Valkey, a worker, a clock and the web server on this computer, with a"
        " fictional country in them. On a terminal it serves until Ctrl-C; otherwise it tells the"
        " main story once and ends."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, help="The port to serve on, usually 8000.")

    def handle(self, *, port: int | None, **options: Any) -> None:
        self.began = time.monotonic()
        if os.environ["DATABASE_URL"] != embedded.environment_without_servers()["DATABASE_URL"]:
            raise CommandError(
                "The demo brings a database of its own and touches no other."
                " Take DATABASE_URL out of the environment, then start it again."
            )
        for ending in ENDINGS:
            signal.signal(ending, _leave)
        serves = sys.stdin.isatty()
        try:
            adopt_orphans()
            self._run(_listen(port), serves=serves)
        except (embedded.CannotStart, database.ForeignDatabase, database.CannotBuild) as reason:
            raise CommandError(str(reason)) from reason
        except (ProcessEnded, Lost, OSError) as reason:
            raise CommandError(f"The demo went wrong. {reason}") from reason
        except KeyboardInterrupt:
            self._say("Everything has ended.")
            if not serves:
                sys.exit(130)
        finally:
            bury_orphans()

    def _run(self, listening: socket.socket, *, serves: bool) -> None:
        self._say("Starting PostgreSQL and Valkey …")
        with embedded.servers("demo") as running, _undisturbed_end():
            environment = _environment(running, listening)
            name = database.fresh_database(
                running,
                today=timezone.now().date(),
                environment=environment
                | running.environment(database.TEMPLATE)
                | {
                    "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
                    "LOG_LEVEL": "ERROR",
                },
                say=self._say,
            )
            with _run_folder(running.folder) as folder, _undisturbed_end():
                environment |= running.environment(name) | _mail_settings(folder)
                self._play(running, folder, environment, listening, serves=serves)

    def _play(
        self,
        running: embedded.Servers,
        folder: Path,
        environment: dict[str, str],
        listening: socket.socket,
        *,
        serves: bool,
    ) -> None:
        address = environment["SITE_URL"]
        with Processes(folder, environment) as processes, _undisturbed_end():
            self._say("Starting the worker, the clock and the web server …")
            start_all(processes, listening=listening, broker=running.redis_url)
            self._introduce(address)
            if serves:
                self._say(
                    "Try this: as the nonprofit, ask for a class on car maintenance on Tuesday"
                )
                self._say("evenings in ZIP code 43215, then look at what the volunteer finds.\n")
                self._say(f"Press Ctrl-C to end. The logs are in {folder}.")
                self._serve(processes)
            else:
                story.tell(address, mail_folder=folder / "mail", say=self._say)
                processes.check()
            self._say("Ending …")

    def _introduce(self, address: str) -> None:
        self._say(f"\nAlongside answers at {address}/")
        for kind, email in SIGN_INS:
            self._say(f"  {kind:<10} {email:<24} password {PASSWORD}")
        self._say(f"  {'mail':<10} {address}/demo/mail/\n")

    def _serve(self, processes: Processes) -> None:
        """Until Ctrl-C, or its terminal is gone, which “make” in between does not pass on."""
        with suppress(KeyboardInterrupt):
            while sys.stdin.isatty():
                processes.check()
                time.sleep(WATCH_SECONDS)

    def _say(self, line: str) -> None:
        """One line at once; a terminal that is gone is no reason to leave processes behind."""
        with suppress(OSError):
            self.stdout.write(line)
            self.stdout.flush()


def _listen(port: int | None) -> socket.socket:
    try:
        return listen(port)
    except OSError as taken:
        raise CommandError(
            f"Port {port} cannot be used ({taken.strerror}). Choose another, or leave --port out."
        ) from taken


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def _undisturbed_end() -> Iterator[None]:
    """However the block ends, what closes after it is not interrupted again."""
    try:
        yield
    finally:
        for ending in ENDINGS:
            signal.signal(ending, signal.SIG_IGN)


@contextmanager
def _run_folder(parent: Path) -> Iterator[Path]:
    """Logs and mail of this run. They go with it, and are kept if it went wrong."""
    folder = parent / "run"
    shutil.rmtree(folder, ignore_errors=True)  # of a demo that was killed
    (folder / "mail").mkdir(parents=True, mode=0o700)
    folder.chmod(0o700)
    try:
        yield folder
    except (ProcessEnded, Lost) as reason:
        kept = Path(tempfile.mkdtemp(prefix="alongside-demo-logs-"))
        shutil.copytree(folder, kept, dirs_exist_ok=True)
        raise type(reason)(f"{reason}\nThe logs are in {kept}.") from reason
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _environment(running: embedded.Servers, listening: socket.socket) -> dict[str, str]:
    """What every process of the demo is told; the demo's own settings win."""
    port = listening.getsockname()[1]
    return (
        {name: value for name, value in os.environ.items() if name not in OURS}
        | {
            "DJANGO_SETTINGS_MODULE": "alongside.settings",
            "DEMO": "yes",
            "SITE_URL": f"http://localhost:{port}",
            "PYTHONUNBUFFERED": "1",
        }
        | running.environment()
    )


# A newcomer's shell may hold settings of another run; the demo takes none of them.
OURS = {
    "ALLOWED_HOSTS", "BEHIND_TLS_PROXY", "CSRF_TRUSTED_ORIGINS", "DEFAULT_FROM_EMAIL",
    "EMAIL_BACKEND", "EMAIL_FILE_PATH", "EMAIL_HOST", "LOG_LEVEL", "SECRET_KEY",
    "TRUSTED_PROXY_COUNT",
}  # fmt: skip


def _mail_settings(folder: Path) -> dict[str, str]:
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": str(folder / "mail"),
    }
