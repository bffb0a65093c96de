"""In a breach: stop everything, end every session, and go on again."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from accounts.models import User
from notices import actions as notices
from trail import actions as trail
from trail import incidents
from trail.incidents import Incident
from trail.tasks import wake_on_commit


@transaction.atomic
def lock(*, why: str, by: User | None, at: datetime) -> tuple[Incident, bool]:
    """Stop matching, rematching and sending; sign everybody out. Says whether it is new.

    A round that has begun ends: seconds in the matcher, at most a hundred mails.
    """
    by_id = by.pk if by else None
    found, new = incidents.begin(why=why, by_id=by_id, at=at)
    ended = end_all_sessions()
    verb = "incident_locked" if new else "incident_locked_again"
    trail.record(actor_id=by_id, verb=verb, subject=found, at=at, sessions=ended)
    return found, new


def end_all_sessions() -> int:
    """Everybody signs in anew. Returns how many sessions there were."""
    UserSession.objects.all().delete()
    ended, _each = Session.objects.all().delete()
    return ended


@transaction.atomic
def unlock(*, by: User | None, at: datetime) -> Incident | None:
    """Let everything owed go out. None if nothing stood still."""
    by_id = by.pk if by else None
    ended = incidents.end(by_id=by_id, at=at)
    if ended:
        trail.record(actor_id=by_id, verb="incident_unlocked", subject=ended, at=at)
        wake_on_commit(trail.MATCHER)
        wake_on_commit(notices.SENDER)
    return ended
