"""What is owed and what the mail server took, compared; imported once Django is set up."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

from django.db import connection
from django.db.models import Count, F, Q
from django.utils import timezone

from matching.models import Match
from matching.room import places
from notices.models import Notice, NoticeQuerySet
from opportunities.choices import Kind
from opportunities.models import Need, Offer
from trail.models import Change

A_MOMENT = timedelta(seconds=1)
DAY = timedelta(days=1)


def connect_anew() -> None:
    """Forget a connection that may be dead."""
    connection.close()


def as_if_leases_ran_out() -> None:
    """As if ten minutes had gone by. Call while no worker runs: nobody's lease is cut short."""
    now = timezone.now()
    Notice.objects.filter(claimed_until__gt=now).update(claimed_until=now - A_MOMENT)


def as_if_a_night_went_by() -> None:
    """The digests of tomorrow are due, and nobody's day is full. Call while no worker runs."""
    as_if_leases_ran_out()
    now = timezone.now()
    Notice.objects.filter(sent_at__isnull=False).update(sent_at=F("sent_at") - DAY)
    Notice.objects.filter(event=Notice.Event.DIGEST, due_at__gt=now).update(due_at=now - A_MOMENT)


def is_done() -> bool:
    """Nothing is left for a worker to do before tomorrow."""
    now = timezone.now()
    return not Change.objects.due_at(now).exists() and not _unsent().filter(due_at__lte=now)


def is_settled() -> bool:
    """Nor later."""
    return is_done() and not _unsent().exists()


def _unsent() -> NoticeQuerySet:
    return Notice.objects.unsent().filter(failed_at=None)


def verdict(taken: Path) -> dict[str, int]:
    """The figures the benchmark prints, from all rows and all mail.

    A team that answered before its mail left knows, so nothing is lost: what was settled so
    is read, and owes no mail.

    taken  the mail server's list, a line of Message-ID and recipient each
    """
    letters = {line.partition("@")[0] for line in taken.read_text().splitlines()}
    notices = list(Notice.objects.select_related("digest"))
    own = [notice for notice in notices if notice.event != Notice.Event.DIGEST]
    arrived = {notice.pk: _arrived(notice, letters) for notice in own}
    owed_twice = len(own) - len({(one.recipient_id, one.event, one.path) for one in own})
    of_nothing = len(letters - {_letter(notice) for notice in notices})
    late_work = Change.objects.due_at(timezone.now()).count()
    return {
        "notices": len(own),
        "lost": sum(one.is_unread and not arrived[one.pk] for one in own)
        + _never_owed(own)
        + late_work,
        "told_twice": sum(len(letters) > 1 for letters in arrived.values())
        + owed_twice
        + of_nothing,
        "oversold": _oversold(),
    }


def what_was_lost(taken: Path) -> list[str]:
    """For whoever mends it: the rows of what did not arrive, by their ids."""
    letters = {line.partition("@")[0] for line in taken.read_text().splitlines()}
    own = Notice.objects.exclude(event=Notice.Event.DIGEST).select_related("digest").order_by("pk")
    return [
        f"{one.pk} {one.key}: tries {one.tries}, sent {one.sent_at}, failed {one.failed_at},"
        f" aside {one.without_mail_at}, digest {one.digest_id}, error {one.last_error}"
        for one in own
        if one.is_unread and not _arrived(one, letters)
    ]


def _letter(notice: Notice) -> str:
    return f"<notice-{notice.public_id}"


def _arrived(notice: Notice, letters: set[str]) -> set[str]:
    """The different letters that told of it: its own, or its digest's."""
    tellers = [notice, notice.digest] if notice.digest else [notice]
    return {_letter(teller) for teller in tellers} & letters


def _never_owed(notices: list[Notice]) -> int:
    """Proposals and introductions that should have been told to two people and were not."""
    told = Counter(notice.key for notice in notices)
    matches = Match.objects.values_list("pk", "introduced_at")
    keys = [f"match {pk} proposed" for pk, _met in matches]
    keys += [f"match {pk} introduced" for pk, met in matches if met]
    return sum(2 - told[key] for key in keys)


def _oversold() -> int:
    """Introductions above the places of a need, and above what an offer can give.

    All classes here take place at the same hours, so that an offer gives one group once.
    """
    met = Count("matches", filter=Q(matches__status__in=Match.MET))
    needs = Need.objects.annotate(met=met)
    offers = Offer.objects.annotate(met=met)
    over = [need.met - places(need) for need in needs]
    over += [
        offer.met - (offer.groups if offer.kind == Kind.CLASS else offer.capacity)
        for offer in offers
    ]
    return sum(max(0, number) for number in over)
