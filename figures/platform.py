"""The platform's numbers for its reviewers: half a year, week by week.

parties_waiting   parties that waited for a decision when the week ended; this week: now
parties_decided   rounds of review that ended: a yes of enough reviewers, a no, or a question
wait              days a party had waited when its round ended: median and quartiles
postings_sent_in  needs and offers sent in, by the day they were sent in last
proposals         fits proposed
answers           answers of either side that stand, a yes or a no
introductions     proposals that both sides said yes to
undelivered       notices whose mail was given up
"""

from collections import Counter
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, F, QuerySet
from django.db.models.functions import TruncWeek

from accounts.models import Party, Review
from figures.periods import weeks_until
from figures.quartiles import Quartiles, Wait, wait_of
from matching.models import Match
from notices.models import Notice
from opportunities.models import Need, Offer

COUNTED = (
    "parties_waiting",
    "parties_decided",
    "postings_sent_in",
    "proposals",
    "answers",
    "introductions",
    "undelivered",
)  # in the order of the page
Counts = Counter[datetime]


class Week(NamedTuple):
    """The figures of the week that began on ``monday``; ``counts`` are named in ``COUNTED``."""

    monday: datetime
    counts: dict[str, int]
    wait: Wait


def weeks_of_the_platform(*, at: datetime, zone: ZoneInfo) -> list[Week]:
    """The last half year on this clock. Twelve queries, whatever there is."""
    mondays = weeks_until(at, zone)
    since = mondays[0]
    decided = _waits(since, zone)
    counted = {
        "parties_waiting": _waiting(mondays, zone),
        "parties_decided": Counter({monday: count for monday, (count, _wait) in decided.items()}),
        "postings_sent_in": _sum(since, zone, (Need, "submitted_at"), (Offer, "submitted_at")),
        "proposals": _sum(since, zone, (Match, "proposed_at")),
        "answers": _sum(since, zone, (Match, "need_answered_at"), (Match, "offer_answered_at")),
        "introductions": _sum(since, zone, (Match, "introduced_at")),
        "undelivered": _sum(since, zone, (Notice, "failed_at")),
    }
    waits = {monday: wait for monday, (_count, wait) in decided.items()}
    return [
        Week(monday, {name: counted[name][monday] for name in COUNTED}, waits.get(monday, Wait()))
        for monday in mondays
    ]


def _sum(since: datetime, zone: ZoneInfo, *moments: tuple[Any, str]) -> Counts:
    """How many rows have one of these moments in each week."""
    counted: Counts = Counter()
    for model, moment in moments:
        counted += _by_week(model.objects.all(), moment, since, zone)
    return counted


def _by_week(rows: QuerySet[Any], moment: str, since: datetime, zone: ZoneInfo) -> Counts:
    found = rows.filter(**{f"{moment}__gte": since}).annotate(week=TruncWeek(moment, tzinfo=zone))
    counted = found.values("week").annotate(count=Count("pk")).order_by("week")
    return Counter({row["week"]: row["count"] for row in counted})


def _ended() -> QuerySet[Review]:
    """Rounds that reviewers ended, each with the review that ended it."""
    return Review.objects.filter(closes=True, submitted_at__isnull=False)


def _waits(since: datetime, zone: ZoneInfo) -> dict[datetime, tuple[int, Wait]]:
    """Rounds that ended in each week, and how long those had waited."""
    weekly = _ended().filter(at__gte=since).annotate(week=TruncWeek("at", tzinfo=zone))
    rows = weekly.values("week").annotate(
        count=Count("pk"), waits=Quartiles(F("at") - F("submitted_at"))
    )
    return {
        row["week"]: (row["count"], wait_of(row["waits"], count=row["count"]))
        for row in rows.order_by("week")
    }


def _waiting(mondays: list[datetime], zone: ZoneInfo) -> Counts:
    """How many waited at the end of each week: from now back, less who came, plus who left."""
    since = mondays[0]
    waiting = Party.objects.waiting()
    came = _by_week(_ended(), "submitted_at", since, zone)
    came += _by_week(waiting, "submitted_at", since, zone)
    left = _by_week(_ended(), "at", since, zone)
    standing, found = waiting.count(), Counter[datetime]()
    for monday in reversed(mondays):
        found[monday] = standing
        standing += left[monday] - came[monday]
    return found
