"""Business days of the United States: no weekends, no federal holidays (5 U.S.C. 6103)."""

from datetime import date, timedelta

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
ONE_DAY = timedelta(days=1)


def after_business_days(day: date, count: int) -> date:
    """The last of ``count`` business days that follow this day."""
    while count:
        day += ONE_DAY
        count -= is_business_day(day)
    return day


def is_business_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def holidays(year: int) -> frozenset[date]:
    """The days on which offices are closed, one observed in the year before included."""
    named = {
        _nth(year, 1, MONDAY, 3),  # Martin Luther King, Jr.
        _nth(year, 2, MONDAY, 3),  # Washington
        _nth(year, 6, MONDAY, 1) - 7 * ONE_DAY,  # Memorial Day: the last Monday of May
        _nth(year, 9, MONDAY, 1),  # Labor Day
        _nth(year, 10, MONDAY, 2),  # Columbus Day
        _nth(year, 11, THURSDAY, 4),  # Thanksgiving
    }
    dated = [(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)]
    fixed = {_observed(date(year, month, day)) for month, day in dated}
    return frozenset(named | fixed | {_observed(date(year + 1, 1, 1))})


def _nth(year: int, month: int, weekday: int, count: int) -> date:
    """The third Monday of a month, say."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))


def _observed(day: date) -> date:
    """A holiday on a Saturday is kept the day before, one on a Sunday the day after."""
    return day + {SATURDAY: -ONE_DAY, SUNDAY: ONE_DAY}.get(day.weekday(), timedelta())
