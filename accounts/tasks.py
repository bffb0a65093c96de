"""The doors for the worker and its clock."""

from celery import shared_task
from django.utils import timezone

from accounts import gathering, inviting, renewing


@shared_task
def send_invitations() -> None:
    inviting.send_invitations(at=timezone.now())


@shared_task
def send_mailbox_links() -> None:
    gathering.send_mailbox_links(at=timezone.now())


@shared_task
def lapse_parties() -> None:
    renewing.lapse_parties(at=timezone.now())
