"""A verified year: reminders before it ends, and its end."""

from datetime import datetime

from django.db import transaction

from accounts.models import Party
from accounts.vetting import save, tell_owners
from notices.models import Notice

Status = Party.Status


def lapse_parties(*, at: datetime) -> int:
    """Ask for renewals that are due, remind, and end years that are over. Returns how many."""
    return _end_years(at=at) + _ask_for_renewals(at=at) + _remind(at=at)


@transaction.atomic
def _end_years(*, at: datetime) -> int:
    """What was sent in already waits on, but counts no more."""
    lapsed = list(Party.objects.lapsed_at(at).select_for_update(skip_locked=True).order_by("pk"))
    for party in lapsed:
        party.status = Status.IN_REVIEW if party.is_waiting else Status.LAPSED
        save(party, verb="party_lapsed", actor=None, at=at)
        tell_owners(party, event=Notice.Event.RENEWAL, key=f"lapsed {party.verified_at}", at=at)
    return len(lapsed)


@transaction.atomic
def _ask_for_renewals(*, at: datetime) -> int:
    """A month before the end."""
    due = list(Party.objects.renewal_due_at(at).select_for_update(skip_locked=True).order_by("pk"))
    for party in due:
        party.status = Status.RENEWAL_DUE
        save(party, verb="party_renewal_due", actor=None, at=at)
        tell_owners(party, event=Notice.Event.RENEWAL, key=f"due {party.verified_at}", at=at)
    return len(due)


@transaction.atomic
def _remind(*, at: datetime) -> int:
    """A week before the end, once more, whoever has not sent themselves in."""
    late = Party.objects.last_reminder_due_at(at).select_for_update(skip_locked=True)
    found = list(late.order_by("pk"))
    for party in found:
        party.reminded_at = at
        save(party, verb="party_reminded", actor=None, at=at)
        tell_owners(party, event=Notice.Event.RENEWAL, key=f"reminded {party.verified_at}", at=at)
    return len(found)
