"""A party's numbers: what it posted, what fit, and how it answered; by month and in all.

posted      needs and offers that were sent in, by the day they first opened; what has not
            opened yet, by the day it was sent in
proposed    fits that were proposed to the party, by the day of the proposal
introduced  those that both sides said yes to, by the day of the second yes
asked       of those proposed in a month: answered by this party, or closed by its silence.
            What ended for another reason before it answered does not count
answered    of those asked, the ones that this party answered: a yes or a no
wait        days from the proposal to this party's answer: median and quartiles

Only what this party posted, was asked and said: nothing of the other side's answers.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, DateTimeField, F, Q, QuerySet, When
from django.db.models.functions import Coalesce, TruncMonth

from accounts.models import Party
from figures.periods import months_until
from figures.quartiles import Quartiles, Wait, wait_of
from matching.models import Match, MatchQuerySet

Counts = dict[datetime, int]


class Row(NamedTuple):
    """The figures of one month, or of all time where ``month`` is None."""

    month: datetime | None
    posted: int
    proposed: int
    introduced: int
    asked: int
    answered: int
    wait: Wait

    @property
    def rate(self) -> float | None:
        """The response rate in percent; None while nothing was asked."""
        return 100 * self.answered / self.asked if self.asked else None


class PartyNumbers(NamedTuple):
    months: list[Row]
    total: Row


def numbers_of(party: Party, *, at: datetime) -> PartyNumbers:
    """The last twelve months on the party's clock, and all time. Five queries, whatever it has."""
    zone = ZoneInfo(party.time_zone or "UTC")
    matches = _matches_of(party)
    posted, introduced = _posted(party, zone), _introduced(matches, zone)
    asked = {row["month"]: row for row in _by_month(matches, "proposed_at", zone, **_FIGURES)}
    months = [
        _row(month, posted.get(month, 0), introduced.get(month, 0), asked.get(month, {}))
        for month in months_until(at, zone)
    ]
    total = _row(
        None, sum(posted.values()), sum(introduced.values()), matches.aggregate(**_FIGURES)
    )
    return PartyNumbers(months, total)


def _matches_of(party: Party) -> MatchQuerySet:
    """On either side, with this party's own answer and nobody else's.

    Each side is looked for apart and by its index: "either" in one condition reads the
    matches of everybody.
    """
    sides = [Match.objects.filter(**{f"{side}__party": party}) for side in ("need", "offer")]
    needs, offers = (side.values("pk") for side in sides)
    return Match.objects.filter(pk__in=needs.union(offers)).annotate(
        own_answered_at=Case(
            When(need__party=party, then=F("need_answered_at")),
            default=F("offer_answered_at"),
            output_field=DateTimeField(),
        )
    )


_ANSWERED = Q(own_answered_at__isnull=False)
_FIGURES: dict[str, Any] = {
    "proposed": Count("pk"),
    "asked": Count("pk", filter=_ANSWERED | Q(status=Match.Status.EXPIRED)),
    "answered": Count("pk", filter=_ANSWERED),
    "waits": Quartiles(F("own_answered_at") - F("proposed_at"), filter=_ANSWERED),
}


def _posted(party: Party, zone: ZoneInfo) -> Counts:
    counted: Counter[datetime] = Counter()
    for postings in (party.needs.all(), party.offers.all()):
        dated: QuerySet[Any] = postings.annotate(since=Coalesce("opened_at", "submitted_at"))
        sent_in = dated.filter(since__isnull=False)
        for row in _by_month(sent_in, "since", zone, count=Count("pk")):
            counted[row["month"]] += row["count"]
    return counted


def _introduced(matches: MatchQuerySet, zone: ZoneInfo) -> Counts:
    met = matches.filter(introduced_at__isnull=False)
    rows = _by_month(met, "introduced_at", zone, count=Count("pk"))
    return {row["month"]: row["count"] for row in rows}


def _by_month(
    rows: QuerySet[Any], moment: str, zone: ZoneInfo, **figures: Any
) -> Iterable[dict[str, Any]]:
    dated = rows.annotate(month=TruncMonth(moment, tzinfo=zone)).values("month")
    counted: QuerySet[Any] = dated.annotate(**figures).order_by("month")
    return counted


def _row(month: datetime | None, posted: int, introduced: int, found: dict[str, Any]) -> Row:
    answered = found.get("answered", 0)
    return Row(
        month=month,
        posted=posted,
        proposed=found.get("proposed", 0),
        introduced=introduced,
        asked=found.get("asked", 0),
        answered=answered,
        wait=wait_of(found.get("waits"), count=answered),
    )
