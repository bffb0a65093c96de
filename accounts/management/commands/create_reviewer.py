"""Make a reviewer: ``manage.py create_reviewer EMAIL [--name NAME]``."""

import getpass
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.command_line import Command as OneLineCommand


class Command(OneLineCommand):
    help = (
        "Makes EMAIL a reviewer; creates the account if there is none. On a terminal it asks"
        " for a password; an empty one, or no terminal, means: sign in with a code by mail."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--name", default="", help="How the person is called on the pages.")

    def handle(self, *, email: str, name: str, **options: Any) -> None:
        try:
            validate_email(email)
        except ValidationError:
            self.refuse(f"{email!r} is no email address")
        password = self._ask() if sys.stdin.isatty() else None
        person, new = actions.make_reviewer(
            email=email, name=name.strip(), password=password, at=timezone.now()
        )
        self.stdout.write(f"{person.email} is a reviewer{' (new account)' if new else ''}.")
        if not password:
            page = reverse("account_request_login_code")
            self.stdout.write(
                f"They sign in with a code by mail: {settings.SITE_URL.rstrip('/')}{page}"
            )

    def _ask(self) -> str | None:
        """A password typed twice the same; empty means none."""
        password = getpass.getpass("Password (empty: sign in by mail): ")
        if not password:
            return None
        if getpass.getpass("Again: ") != password:
            self.refuse("the passwords differ")
        try:
            validate_password(password)
        except ValidationError as weak:
            self.refuse(" ".join(weak.messages))
        return password
