"""Look at every open need once more: ``manage.py rematch``."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from matching import rematching
from matching.market.board import Board
from trail.models import Rematch

EVERY = 2.0  # seconds between two looks


class Command(BaseCommand):
    help = (
        "Looks at every open need once more, for example after the rules or the weights changed."
        " Workers do it block by block beside their daily work; what a killed one left is taken"
        " up again. One at a time: where one is under way, this follows it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--no-wait", action="store_true", help="Begin, and come back at once.")
        how.add_argument("--status", action="store_true", help="Say how far it is; begin nothing.")
        how.add_argument("--here", action="store_true", help="Work in this process instead.")

    def handle(self, **options: Any) -> None:
        if not options["status"]:
            _, is_new = rematching.begin(at=timezone.now())
            self.stderr.write("Begun." if is_new else "One is under way.", style_func=str)
        if options["here"]:
            for _block in rematching.work_all(board=Board(at=timezone.now()), at=timezone.now()):
                self._tell()
        elif not options["status"]:
            rematching.sweep(at=timezone.now())
            if not options["no_wait"]:
                self._follow()
        self.stdout.write(_progress())

    def _follow(self) -> None:
        """Tell how far it is until it is done, or until somebody stops listening."""
        while Rematch.objects.unfinished().exists():
            self._tell()
            time.sleep(EVERY)

    def _tell(self) -> None:
        self.stderr.write(_progress(), style_func=str)


def _progress() -> str:
    """How far the latest is, in words."""
    latest = Rematch.objects.order_by("pk").last()
    if latest is None:
        return "There was none yet."
    so_far, end = latest.progress(), latest.finished_at or timezone.now()
    seconds = (end - latest.started_at).total_seconds()
    return (
        f"{so_far.done:,} of {so_far.blocks:,} blocks, {so_far.proposed:,} proposals,"
        f" {seconds:.0f} s{', done' if latest.finished_at else ''}."
    )
