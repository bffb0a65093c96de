"""The doors for the worker and its clock."""

from celery import shared_task
from django.utils import timezone

from opportunities import left_drafts, sweeps, uploading


@shared_task
def expire_postings() -> None:
    sweeps.expire_postings(at=timezone.now())


@shared_task
def open_waiting() -> None:
    sweeps.open_waiting(at=timezone.now())


@shared_task
def remind_of_drafts() -> None:
    left_drafts.remind_of_drafts(at=timezone.now())


@shared_task
def work_on_upload(upload_id: int) -> None:
    uploading.finish(upload_id=upload_id, at=timezone.now())


@shared_task
def work_on_uploads() -> None:
    uploading.wake_all()
