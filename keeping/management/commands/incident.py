"""``manage.py incident lock|unlock|affected|status``: what to do in a breach."""

import csv
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils import timezone

from accounts.command_line import Command as OneLineCommand
from accounts.models import User
from keeping import incident
from keeping.affected import COLUMNS, affected_rows
from trail import actions as trail
from trail.incidents import Incident


class Command(OneLineCommand):
    help = (
        "lock: stop matching, rematching and sending, and sign everybody out. unlock: go on, and"
        " let everything owed go out. affected: the parties whose data was read, revealed or"
        f" exported, with their owners, as CSV ({', '.join(COLUMNS)}). status: is it locked?"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["lock", "unlock", "affected", "status"])
        parser.add_argument("--why", default="", help="lock: the reason, without names of people.")
        parser.add_argument("--by", metavar="EMAIL", help="Who does it; it stands in the audit.")
        parser.add_argument("--since", metavar="DATE", help="affected: from that day (UTC) on.")
        parser.add_argument("--out", metavar="FILE", help="affected: otherwise to the screen.")

    def handle(self, *, what: str, **options: Any) -> None:
        getattr(self, f"_{what}")(by=self._person(options["by"]), **_without(options, "by"))

    def _lock(self, *, by: User | None, why: str, **_options: Any) -> None:
        if not why.strip() or len(why) > 300:
            self.refuse("lock needs --why, in at most 300 characters")
        _found, new = incident.lock(why=why.strip(), by=by, at=timezone.now())
        self.stdout.write(
            "Locked: nothing is matched or sent, and everybody is signed out."
            if new
            else "It was locked already. Everybody is signed out once more."
        )

    def _unlock(self, *, by: User | None, **_options: Any) -> None:
        if not incident.unlock(by=by, at=timezone.now()):
            self.refuse("nothing is locked")
        self.stdout.write("Unlocked: what is owed goes out now.")

    def _status(self, **_options: Any) -> None:
        found = Incident.objects.open().first()
        self.stdout.write(f"Locked since {found}: {found.why}" if found else "Not locked.")

    def _affected(
        self, *, by: User | None, since: str | None, out: str | None, **_options: Any
    ) -> None:
        moment = self._day(since) if since else None
        with transaction.atomic():
            rows = list(affected_rows(since=moment))
            trail.record(
                actor_id=by.pk if by else None,
                verb="affected_listed",
                subject=by or User(pk=0),
                at=timezone.now(),
                rows=len(rows) - 1,
            )
        if out is None:
            csv.writer(self.stdout).writerows(rows)
            return
        try:
            with Path(out).open("w", encoding="utf-8", newline="") as target:
                csv.writer(target).writerows(rows)
        except OSError as failure:
            self.refuse(f"--out {out}: {failure.strerror}")
        self.stdout.write(f"{len(rows) - 1:,} owners to tell are in {out}.")

    def _person(self, email: str | None) -> User | None:
        if email is None:
            return None
        found = User.objects.filter(email=email.strip().lower(), is_active=True).first()
        return found or self.refuse(f"--by {email}: nobody has this address")

    def _day(self, text: str) -> datetime:
        try:
            return datetime.combine(date.fromisoformat(text), time.min, tzinfo=UTC)
        except ValueError:
            self.refuse(f"--since {text}: write a day as 2027-01-31")


def _without(options: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in options.items() if key != name}
