"""The doors for the worker and its clock. Two at once do no harm."""

from celery import shared_task
from django.utils import timezone

from matching import actions, pipeline
from trail import actions as trail


@shared_task
def match_changes() -> None:
    pipeline.match_changes(at=timezone.now())


@shared_task
def sweep_deadlines() -> None:
    actions.sweep_deadlines(at=timezone.now())


@shared_task
def trim_changes() -> None:
    trail.trim_changes(at=timezone.now())
