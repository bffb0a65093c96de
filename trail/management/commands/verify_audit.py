"""Follow the audit's chain and say where it breaks: ``manage.py verify_audit``."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from trail import sealing
from trail.sealing import Head


class Command(BaseCommand):
    help = (
        "Computes the hash of every sealed row anew and says where the chain breaks. Ends with 0 if"
        " it is whole, with 1 if not. Keep the head that it prints somewhere else, and give it back"
        " with --head another day: then a chain written anew is found out, too."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head", type=a_head, metavar="POSITION:HASH", help="An end of the chain noted before."
        )

    def handle(self, *, head: Head | None, **options: Any) -> None:
        found = list(sealing.flaws(at=timezone.now(), noted=head))
        for flaw in found:
            self.stderr.write(f"At position {flaw.position}: {flaw.what}.")
        self.stdout.write(f"head {sealing.head()}")
        if found:
            sys.exit(1)
        self.stdout.write("The audit is whole.")


def a_head(text: str) -> Head:
    position, _, digits = text.partition(":")
    if not position.isdecimal() or len(digits) != 64:
        raise ArgumentTypeError(f"“{text}” is no POSITION:HASH")
    return Head(int(position), digits)
