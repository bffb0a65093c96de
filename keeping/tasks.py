"""The door for the clock: the nightly purge."""

from celery import shared_task
from django.utils import timezone

from keeping import purging


@shared_task
def purge() -> None:
    for _gone in purging.purge(at=timezone.now()):
        pass
