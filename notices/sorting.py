"""Which mail goes out now, which waits for the morning, and which nobody wants."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from notices.claiming import InHand, claim
from notices.models import Notice, Preference
from notices.preferences import preference_of
from trail.incidents import is_locked

DAY = timedelta(days=1)
LOOK_AGAIN = timedelta(hours=1)  # for a digest that finds its person's day full
MONDAY = 0
When = Preference.When


@transaction.atomic
def take(*, limit: int, at: datetime) -> list[InHand] | None:
    """Claim some that are owed, and put aside what goes out by no mail of its own.

    Returns those whose mail goes out now; None where nothing is owed, or all stands
    still. What a person chose counts, then the night, then how many mails they had in a
    day. Urgent ones go out whatever the hour and the choice, and count for nothing.
    """
    claimed = [] if is_locked() else claim(limit=limit, at=at)
    if not claimed:
        return None
    desk = _Desk(claimed, at=at)
    return [notice for notice in claimed if desk.goes_out(notice)]


class _Desk:
    """A claimed batch, and the mails its people had in a day. Their rows are held."""

    def __init__(self, claimed: Iterable[InHand], *, at: datetime) -> None:
        batch = list(claimed)
        self.at = at
        self.mails = _mails_of_a_day(batch, at=at)
        self.digests: dict[tuple[int, str], Notice] = {}

    def goes_out(self, notice: InHand) -> bool:
        """Whether its mail goes out now; if not, it is put where it belongs."""
        if notice.urgent:
            return True
        if notice.event == Notice.Event.DIGEST:
            return self._digest_goes_out(notice)
        if notice.was_in_hand:
            return self._goes_again(notice)
        wanted = preference_of(notice.recipient)
        match wanted.choice_for(notice.event):
            case When.OFF:
                notice.leave_to(None, at=self.at)
            case When.WEEKLY:
                self._group(notice, wanted.morning_after(self.at, weekday=MONDAY))
            case When.AT_ONCE if self._is_welcome_now(notice, wanted):
                self.mails[notice.recipient_id] += 1
                return True
            case _:
                self._group(notice, wanted.morning_after(self.at))
        return False

    def _is_welcome_now(self, notice: InHand, wanted: Preference) -> bool:
        """By day, and with one mail of the day left for the digest."""
        has_room = self.mails[notice.recipient_id] < Notice.DAILY_MAILS - 1
        return has_room and not wanted.is_quiet_at(self.at)

    def _goes_again(self, notice: InHand) -> bool:
        """Its mail may have arrived, so it is never grouped now: only the night holds it up."""
        wanted = preference_of(notice.recipient)
        if wanted.is_quiet_at(self.at):
            notice.wait(until=wanted.morning_after(self.at))
            return False
        self.mails[notice.recipient_id] += 1
        return True

    def _digest_goes_out(self, digest: InHand) -> bool:
        """Unless nothing in it is new and wanted any more, it is night, or the day is full."""
        wanted = preference_of(digest.recipient)
        grouped = Notice.objects.filter(digest=digest.pk).unread()
        new = set(grouped.values_list("event", flat=True))
        if all(wanted.choice_for(event) == When.OFF for event in new):
            digest.leave_to(None, at=self.at)
        elif wanted.is_quiet_at(self.at):
            digest.wait(until=wanted.morning_after(self.at))
        elif self.mails[digest.recipient_id] >= Notice.DAILY_MAILS:
            digest.wait(until=self.at + LOOK_AGAIN)
        else:
            self.mails[digest.recipient_id] += 1
            return True
        return False

    def _group(self, notice: InHand, morning: datetime) -> None:
        notice.leave_to(self._digest_of(notice, morning), at=self.at)

    def _digest_of(self, notice: InHand, morning: datetime) -> Notice:
        """The person's digest of that day, or of the next if that one is on its way already."""
        day = preference_of(notice.recipient).day_of(morning)
        known = self.digests.get((notice.recipient_id, day))
        digest = known or _find_or_owe(notice, day, morning, at=self.at)
        self.digests[notice.recipient_id, day] = digest
        return digest if digest.is_untouched else self._digest_of(notice, morning + DAY)


def _find_or_owe(notice: InHand, day: str, morning: datetime, *, at: datetime) -> Notice:
    facts = {
        "event": Notice.Event.DIGEST,
        "path": reverse("notices:inbox"),
        "created_at": at,
        "due_at": morning,
    }
    digest, _new = Notice.objects.get_or_create(
        recipient=notice.recipient, key=f"digest {day}", defaults=facts
    )
    return digest


def _mails_of_a_day(batch: list[InHand], *, at: datetime) -> Counter[int]:
    """How many mails each of these people had, or is about to get: tried, or in other hands."""
    had = Q(sent_at__gt=at - DAY)
    in_hand = Q(sent_at=None, failed_at=None, without_mail_at=None, claimed_until__isnull=False)
    people = {notice.recipient_id for notice in batch if not notice.urgent}
    mails = Notice.objects.filter(had | in_hand, recipient__in=people, urgent=False)
    mine = {notice.pk for notice in batch}
    rows = mails.values_list("pk", "recipient_id")
    return Counter(person for notice_id, person in rows if notice_id not in mine)
