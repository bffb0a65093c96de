"""Who is at a case right now, and how long a party can expect to wait."""

import statistics
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Party, Review, User
from accounts.vetting import CannotDecide, NothingToDecide, lock, release, require_reviewer
from trail import actions as trail

RECENT = timedelta(days=90)
ENOUGH = 5  # answers; from fewer we say that we do not know yet
AT_MOST = 50  # of the newest answers


class ClaimedAlready(CannotDecide):
    message = _("Another reviewer is at it. You may take it over when their time is up.")


@transaction.atomic
def claim(*, party: Party, reviewer: User, at: datetime) -> Party:
    """Say that one is at it, for ``Party.CLAIM_FOR``. Raises ``CannotDecide``.

    It keeps two people from making the same call; it keeps nobody from deciding.
    """
    party = lock(party)
    require_reviewer(party, reviewer)
    if not party.is_waiting:
        raise NothingToDecide
    if party.is_claimed_at(at) and party.claimed_by_id != reviewer.pk:
        raise ClaimedAlready
    party.claimed_by, party.claimed_until = reviewer, at + Party.CLAIM_FOR
    party.save(update_fields=["claimed_by", "claimed_until"])
    trail.record(actor_id=reviewer.pk, verb="party_claimed", subject=party, at=at)
    return party


@transaction.atomic
def give_back(*, party: Party, reviewer: User, at: datetime) -> Party:
    """Leave a case to others. Raises ``NothingToDecide`` if it was not one's own."""
    party = lock(party)
    if party.claimed_by_id != reviewer.pk:
        raise NothingToDecide
    release(party)
    trail.record(actor_id=reviewer.pk, verb="party_given_back", subject=party, at=at)
    return party


def expected_wait(kind: str, at: datetime) -> timedelta | None:
    """How long the middle one of recent answers took; None while there are too few to say."""
    answers = Review.objects.filter(
        closes=True, party__kind=kind, at__gt=at - RECENT, at__lte=at, submitted_at__isnull=False
    )
    newest = answers.order_by("-at", "-pk").annotate(waited=F("at") - F("submitted_at"))
    waits = list(newest.values_list("waited", flat=True)[:AT_MOST])
    return statistics.median(waits) if len(waits) >= ENOUGH else None


def wait_in_words(kind: str, *, at: datetime) -> str:
    """What to expect, honestly, for the party that waits."""
    wait = expected_wait(kind, at)
    if wait is None:
        return gettext("We cannot say yet how long it takes: too few have been answered lately.")
    days = max(1, -(-wait // timedelta(days=1)))
    return ngettext(
        "Lately, half of all answers came within a day.",
        "Lately, half of all answers came within %(days)s days.",
        days,
    ) % {"days": days}
