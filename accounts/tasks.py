"""The doors for the worker and its clock."""

from celery import shared_task
from django.utils import timezone

from accounts import actions, vetting


@shared_task
def send_invitations() -> None:
    actions.send_invitations(at=timezone.now())


@shared_task
def lapse_parties() -> None:
    vetting.lapse_parties(at=timezone.now())
