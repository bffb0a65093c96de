"""Median and quartiles, counted by the database."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db import models

ENOUGH = 5  # values; the quartiles of fewer say nothing
DAY = timedelta(days=1)


class Quartiles(models.Aggregate):
    """Lower quartile, median and upper quartile of durations; NULL if there is none.

    Between two values it takes the point in the middle (``percentile_cont``).
    """

    function = "percentile_cont"
    template = "%(function)s(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY %(expressions)s)"

    def __init__(self, expression: Any, **extra: Any) -> None:
        super().__init__(expression, output_field=ArrayField(models.DurationField()), **extra)


class Wait(NamedTuple):
    """How long things took, in days. No quartiles where too few values make them."""

    median: float | None = None
    quartiles: tuple[float, float] | None = None


def wait_of(found: list[timedelta] | None, *, count: int) -> Wait:
    """In days, what the database found among ``count`` values."""
    if not found:
        return Wait()
    low, median, high = (max(part / DAY, 0.0) for part in found)
    return Wait(median, (low, high) if count >= ENOUGH else None)
