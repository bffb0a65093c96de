"""Seal all second steps with the newest secret, so that the ones before it can be let go of."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from accounts.sealing import CannotOpen, reseal
from accounts.second_step_secrets import with_secrets


class Command(BaseCommand):
    help = "Seal the secrets of second steps anew with SECRET_KEY, after a change of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--forget", action="store_true", help="Delete those that cannot be opened any more."
        )

    def handle(self, *, forget: bool, **_options: Any) -> None:
        ids = Authenticator.objects.order_by("pk").values_list("pk", flat=True)
        lost = [pk for pk in ids if not _reseal(pk)]
        self.stdout.write(f"{len(ids) - len(lost)} sealed anew, {len(lost)} cannot be opened.")
        if forget:
            Authenticator.objects.filter(pk__in=lost).delete()
            self.stdout.write("Those are deleted: whose they were set up new ones.")


@transaction.atomic
def _reseal(pk: int) -> bool:
    """False if no secret that is given opens it."""
    step = Authenticator.objects.select_for_update().get(pk=pk)
    try:
        step.data = with_secrets(step.data, reseal)
    except CannotOpen:
        return False
    step.save(update_fields=["data"])
    return True
