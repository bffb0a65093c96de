"""Fields and conditions that several models have."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


def words(verbose_name: Any, max_length: int = 80, **options: Any) -> "ArrayField[Any, Any]":
    """A list of short words, empty by default."""
    return ArrayField(
        models.CharField(max_length=max_length),
        verbose_name=verbose_name,
        default=list,
        blank=True,
        **options,
    )


def above_zero(*numbers: str) -> Q:
    """Each is there and above zero; a comparison with nothing would refuse nothing."""
    there = {f"{number}__isnull": False for number in numbers}
    return Q(**there) & Q(**{f"{number}__gt": 0 for number in numbers})
