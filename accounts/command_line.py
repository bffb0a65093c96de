"""What our commands have in common: wrong usage is one line and exit code 2."""

import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser


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
