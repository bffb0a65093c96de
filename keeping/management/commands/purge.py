"""``manage.py purge [--dry-run]``: let go of what is over, and say what and why."""

from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone

from accounts.command_line import Command as OneLineCommand
from keeping import purging


class Command(OneLineCommand):
    help = (
        "Deletes, erases or counts away what is over, by the table in keeping/retention.py, and"
        " says of every model how many rows and why. The clock does it each night."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Say it, and change nothing.")

    def handle(self, *, dry_run: bool, **_options: Any) -> None:
        now, total = timezone.now(), 0
        for gone in purging.due(at=now) if dry_run else purging.purge(at=now):
            total += gone.rows
            name = gone.model._meta.label  # noqa: SLF001 - Django documents it
            days = "" if gone.rule.days is None else f" after {gone.rule.days} days"
            self.stdout.write(f"{gone.rows:>7,}  {name}: {gone.rule.does}{days}. {gone.rule.why}")
        self.stdout.write(f"{total:>7,}  rows {'would go' if dry_run else 'are gone'}.")
