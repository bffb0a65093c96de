"""Try the configured mail server: ``manage.py mail_test ADDRESS``."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.management.base import CommandError, CommandParser
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from accounts.command_line import Command as OneLineCommand


class Command(OneLineCommand):
    help = "Sends one neutral mail to ADDRESS as the settings say, and tells what happened."
    requires_system_checks: list[str] = []  # it touches no database

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", metavar="ADDRESS")

    def handle(self, *, address: str, **options: Any) -> None:
        try:
            validate_email(address)
        except ValidationError:
            self.refuse(f"{address!r} is no email address")
        message = EmailMessage(
            subject=_("A test from Alongside"),
            body=_("This is a test. If you can read it, mail works. You need not do anything."),
            to=[address],
            connection=get_connection(),
        )
        try:
            message.send()
        except OSError as failure:
            raise CommandError(f"{_way()} refused it: {failure}", returncode=1) from failure
        self.stdout.write(f"{_way()} took the mail to {address} from {message.from_email}.")


def _way() -> str:
    """How mail goes out, in a few words."""
    kind = settings.EMAIL_BACKEND.split(".")[-2]
    if kind != "smtp":
        return f"The mail backend “{kind}”"
    return f"The mail server {settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
