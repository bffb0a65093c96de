"""What is needed, for everybody: topics, states and counts, and nothing that points at anyone.

Small numbers give people away, so three rules hold (docs: safety, row 6):
a count needs three parties behind it, or it is rolled up into the whole country;
under five it reads "a few"; and it moves once a week, so that two days compared
tell nothing about one posting. Needs for minors are in no count at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.places import STATES
from opportunities.choices import Audience
from opportunities.models import Need

PARTIES_BEHIND = 3  # fewer, and a count says something about one of them
FEW = 5  # a smaller count is not told
COUNTRY = ""  # stands for every state whose own count is not told


@dataclass(frozen=True)
class Told:
    """One topic's count in one state, or in the rest of the country."""

    state: str
    count: int

    @property
    def where(self) -> str:
        return STATES.get(self.state, _("elsewhere in the country"))

    @property
    def how_many(self) -> str:
        return a_few_or(self.count)


@dataclass(frozen=True)
class NeededTopic:
    name: str
    counts: list[Told]


def a_few_or(count: int) -> str:
    """The number, unless it is so small that it could point at somebody."""
    return _("a few") if count < FEW else str(count)


def needed_topics(*, at: datetime, state: str = "") -> list[NeededTopic]:
    """What is asked for, by topic, most first in each; one query.

    state  only this one's counts; empty for all
    """
    by_topic: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(at):
        by_topic.setdefault(row["topics__name"], []).append(row)
    topics = [NeededTopic(name, _counts(rows, state)) for name, rows in by_topic.items()]
    return [topic for topic in topics if topic.counts]


def week_of(at: datetime) -> datetime:
    """Monday's midnight: what opened later is counted from the next one on."""
    monday = at.date() - timedelta(days=at.weekday())
    return datetime.combine(monday, time.min, tzinfo=at.tzinfo)


def _rows(at: datetime) -> Iterable[dict[str, Any]]:
    """Each topic in each state: how many needs, of which parties.

    A need that was open on Monday counts until Sunday, also when it is filled or
    taken back in between; one of a party that is no longer verified never counts.
    """
    monday = week_of(at)
    left_since = Q(updated_at__gte=monday) & ~Q(
        status__in=[Need.Status.DRAFT, Need.Status.IN_REVIEW]
    )
    rows: Iterable[Any] = (
        Need.objects.of_verified_parties(at)
        .filter(
            Q(status=Need.Status.OPEN) | left_since,
            audience=Audience.ADULTS,
            opened_at__lt=monday,
            topics__isnull=False,
        )
        .values("topics__name", "state")
        .annotate(count=Count("pk", distinct=True), parties=ArrayAgg("party", distinct=True))
        .order_by("topics__name", "state")
    )
    return rows


def _counts(rows: list[dict[str, Any]], state: str) -> list[Told]:
    told = [row for row in rows if len(row["parties"]) >= PARTIES_BEHIND]
    small = [row for row in rows if len(row["parties"]) < PARTIES_BEHIND]
    counts = [Told(row["state"], row["count"]) for row in told]
    behind = {party for row in small for party in row["parties"]}
    if len(behind) >= PARTIES_BEHIND:
        counts.append(Told(COUNTRY, sum(row["count"] for row in small)))
    wanted = [count for count in counts if state in {"", count.state}]
    return sorted(wanted, key=lambda count: (count.state == COUNTRY, -count.count, count.where))
