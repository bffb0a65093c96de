"""The second step of a sign-in: who must have one, from when on, and who has.

Reviewers, staff, and owners of nonprofits and businesses can do harm to others, or have
harm done in their name, if somebody learns their password. They are asked on their first
sign-in and have two weeks. Nobody is ever locked out: afterwards the pages on which a
second step is set up stay open, and these alone.
"""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.models import Membership, Party, User
from trail import actions as trail

GRACE = timedelta(days=14)
GUARDED_KINDS = (Party.Kind.NONPROFIT, Party.Kind.BUSINESS)


def must_have(person: User) -> bool:
    """Whether this person's sign-in opens more than their own affairs."""
    if person.is_reviewer or person.is_staff:
        return True
    owned = person.memberships.filter(role=Membership.Role.OWNER)
    return owned.filter(party__kind__in=GUARDED_KINDS).exists()


def has_one(person: User) -> bool:
    """An authenticator app or a passkey; recovery codes alone are none."""
    steps = Authenticator.objects.filter(user=person)
    return bool(steps.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def is_owed(person: User) -> bool:
    return must_have(person) and not has_one(person)


def due_at(person: User) -> datetime | None:
    """Until when it can wait; empty for somebody who was never asked."""
    asked = person.second_factor_asked_at
    return asked + GRACE if asked else None


def is_overdue(person: User, at: datetime) -> bool:
    due = due_at(person)
    return due is not None and due <= at and is_owed(person)


@transaction.atomic
def ask(*, person: User, at: datetime) -> None:
    """Begin the grace of somebody who owes a second step, once."""
    if person.second_factor_asked_at or not is_owed(person):
        return
    person.second_factor_asked_at = at
    person.save(update_fields=["second_factor_asked_at"])
    trail.record(actor_id=person.pk, verb="second_factor_asked", subject=person, at=at)
