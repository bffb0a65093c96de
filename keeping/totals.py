"""Old matches become counts: by quarter, kind and outcome, of nobody and nowhere."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import F

from keeping.models import Total
from matching.models import Match, MatchQuerySet

Status = Match.Status
# What is told of those that were still under way, and of a block, which nobody is told of.
COUNTED_AS = {
    Status.PROPOSED: Status.WITHDRAWN,
    Status.ACCEPTED: Status.WITHDRAWN,
    Status.WAITING: Status.WITHDRAWN,
    Status.BLOCKED: Status.DECLINED,
}


@transaction.atomic
def reduce(matches: MatchQuerySet) -> int:
    """Count these and delete them. Returns how many they were."""
    rows = list(matches.select_for_update(of=("self",)).select_related("need").order_by("pk"))
    counts = Counter(
        (_quarter(match.proposed_at), match.need.kind, _outcome(match)) for match in rows
    )
    for (quarter, kind, outcome), count in sorted(counts.items()):
        total, _new = Total.objects.get_or_create(quarter=quarter, kind=kind, outcome=outcome)
        Total.objects.filter(pk=total.pk).update(count=F("count") + count)
    Match.objects.filter(pk__in=[match.pk for match in rows]).delete()
    return len(rows)


def _quarter(at: datetime) -> str:
    return f"{at.year}-Q{(at.month + 2) // 3}"


def _outcome(match: Match) -> str:
    status = Status(match.status)
    return str(COUNTED_AS.get(status, status))
