"""The months and weeks that figures are counted by, on somebody's own clock."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

MONTHS = 12
WEEKS = 26  # half a year
WEEK = timedelta(days=7)


def months_until(at: datetime, zone: ZoneInfo) -> list[datetime]:
    """When each of the last ``MONTHS`` months began there, the current one last."""
    now = at.astimezone(zone)
    counted = [now.year * 12 + now.month - 1 - back for back in reversed(range(MONTHS))]
    return [datetime(count // 12, count % 12 + 1, 1, tzinfo=zone) for count in counted]


def weeks_until(at: datetime, zone: ZoneInfo) -> list[datetime]:
    """When each of the last ``WEEKS`` weeks began there, on a Monday, the current one last."""
    now = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = now - timedelta(days=now.weekday())
    return [monday - back * WEEK for back in reversed(range(WEEKS))]
