"""Count once a week what the public is told until the next Monday.

No page counts by itself: whatever opens, ends or is edited in between moves nothing, so
that two looks at a page compare nothing but two weeks. Needs for minors are in no count.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg

from matching.models import Match
from opportunities.choices import Audience
from opportunities.models import Need
from public.models import WeeklyCount
from public.telling import Row, cells_of, states_of


def monday_of(at: datetime) -> date:
    return at.date() - timedelta(days=at.weekday())


def count_week(*, at: datetime) -> bool:
    """Count this week unless somebody has; True if it was counted now.

    Two workers may count at once: the first row stands.
    """
    week = monday_of(at)
    if WeeklyCount.objects.filter(week=week).exists():
        return False
    WeeklyCount.objects.bulk_create(
        [WeeklyCount(week=week, counted_at=at, told=tell(at))], ignore_conflicts=True
    )
    return True


def tell(at: datetime) -> dict[str, Any]:
    """What may be told of the needs that are open at that moment, as it is stored."""
    cells = cells_of(_rows(at))
    party_of = dict(Need.objects.open_at(at).values_list("pk", "party_id"))
    met = set(
        Match.objects.filter(status__in=Match.MET, need__in=Need.objects.open_at(at)).values_list(
            "need_id", flat=True
        )
    )
    return {
        "cells": [[cell.kind, cell.key, cell.state, len(cell.needs)] for cell in cells],
        "states": states_of(cells, met=met, party_of=party_of),
    }


def _rows(at: datetime) -> list[Row]:
    """Each topic in each state, those of a confidential place apart."""
    rows: Iterable[Any] = (
        Need.objects.open_at(at)
        .filter(audience=Audience.ADULTS, topics__retired=False)
        .exclude(state="")
        .values("topics__name", "topics__group", "state", "confidential")
        .annotate(needs=ArrayAgg("pk", distinct=True), parties=ArrayAgg("party", distinct=True))
        .order_by("topics__name", "topics__group", "state", "confidential")
        .values_list("topics__name", "topics__group", "state", "needs", "parties", "confidential")
    )
    return [Row(*row) for row in rows]
