"""What our commands have in common: wrong usage is one line and exit code 2."""

import sys
import time
from argparse import ArgumentTypeError, RawDescriptionHelpFormatter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

EVERY = 2.0  # seconds from one line of progress to the next


class Command(BaseCommand):
    """A command that says in one line what is wrong, and where help is."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.error = self._refuse_arguments  # type: ignore[method-assign]  # argparse prints several lines
        return parser

    def refuse(self, message: object) -> NoReturn:
        raise CommandError(f"{str(message).rstrip('.')} (see --help)", returncode=2)

    def _refuse_arguments(self, message: str) -> NoReturn:
        """Django prints a refusal for people only once the arguments are read."""
        if not getattr(self, "_called_from_command_line", False):  # Django sets it
            self.refuse(message)
        self.stderr.write(f"CommandError: {message} (see --help)")
        sys.exit(2)


class FileCommand(Command):
    """A command that reads files, writes one, and says on standard error how far it is."""

    requires_system_checks = []  # nothing here depends on the database or on pages

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def execute(self, *args: Any, **options: Any) -> str | None:
        self.started = self._said_at = time.monotonic()
        return super().execute(*args, **options)

    @contextmanager
    def written(self, out: Path, *, apart_from: tuple[Path, ...]) -> Iterator[TextIO]:
        """The file to write, open. Refuses to write over what is read."""
        if any(out.resolve() == path.resolve() for path in apart_from):
            self.refuse(f"--out {out}: this file is one of those to read")
        try:
            file = out.open("w", encoding="utf-8", newline="")
        except OSError as failure:
            self.refuse(f"--out {out}: {failure.strerror or failure}")
        with file:
            yield file

    def progress(self, words: str) -> None:
        if time.monotonic() - self._said_at >= EVERY:
            self._said_at = time.monotonic()
            self.tell(f"… {words}")

    def tell(self, line: str) -> None:
        self.stderr.write(line, style_func=str)

    def seconds(self) -> float:
        """Since it began, for the summary."""
        return round(time.monotonic() - self.started, 2)


def whole_number(text: str) -> int:
    """An argument that counts something, from 1."""
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 10**9:
        raise ArgumentTypeError(f"“{text}” is no whole number from 1")
    return int(text)
