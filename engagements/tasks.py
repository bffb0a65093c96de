"""The door for the worker's clock."""

from celery import shared_task
from django.utils import timezone

from engagements import lapses


@shared_task
def sweep_checks() -> None:
    lapses.sweep_checks(at=timezone.now())
