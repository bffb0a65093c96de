"""The door for the clock: the week's counts."""

from celery import shared_task
from django.utils import timezone

from public import counting


@shared_task
def count_week() -> None:
    counting.count_week(at=timezone.now())
