"""The doors for the worker and its clock."""

from celery import shared_task
from django.utils import timezone

from notices import actions


@shared_task
def send_due_notices() -> None:
    actions.send_due(at=timezone.now())
