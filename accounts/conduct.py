"""The agreement on conduct: one text for everybody, in versions, accepted by each person.

The text of a version is ``templates/accounts/conduct/VERSION.html`` and never changes once
somebody accepted it: a change is a new file and a higher ``CURRENT``. Everyone is then asked
again on the next page they open, and goes on from there.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.refusals import Refused
from trail import actions as trail

CURRENT = 1


class NotAccepted(Refused):
    message = _("Please read and accept our agreement first. You find it under your account.")


class ReadTheNewOne(Refused):
    message = _("There is a newer version now. Please read it once more.")


@transaction.atomic
def accept(*, person: User, version: int, at: datetime) -> None:
    """Write down which version somebody accepted, and when; the audit keeps the earlier ones."""
    if version != CURRENT:
        raise ReadTheNewOne
    moved = User.objects.filter(pk=person.pk, conduct_version__lt=version)
    if moved.update(conduct_version=version, conduct_accepted_at=at):
        trail.record(
            actor_id=person.pk, verb="conduct_accepted", subject=person, at=at, version=version
        )


def has_accepted(person: User) -> bool:
    return person.conduct_version >= CURRENT


def require(person: User) -> None:
    """Raises ``NotAccepted``: nobody publishes, answers or is introduced without it."""
    if not User.objects.filter(pk=person.pk, conduct_version__gte=CURRENT).exists():
        raise NotAccepted
