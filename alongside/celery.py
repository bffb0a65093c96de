"""The Celery app. Messages carry ids only; what is true stands in PostgreSQL."""

import logging.config
import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, task_postrun, task_prerun
from django.conf import settings

from alongside import logs

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.settings")

app = Celery("alongside")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def _log_like_the_web(**_facts: Any) -> None:
    """One format for all processes; that somebody listens keeps Celery from its own."""
    logging.config.dictConfig(settings.LOGGING)


@task_prerun.connect
def _enter_task(task_id: str, **_facts: Any) -> None:
    logs.task_id.set(task_id)


@task_postrun.connect
def _leave_task(**_facts: Any) -> None:
    logs.task_id.set("")
