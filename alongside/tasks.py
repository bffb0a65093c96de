"""The clock's own door: a beat."""

from celery import shared_task
from django.utils import timezone

from alongside.models import Heartbeat


@shared_task
def beat() -> None:
    Heartbeat.beat(at=timezone.now())
