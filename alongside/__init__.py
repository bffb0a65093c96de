"""The project: settings, addresses, and the Celery app that tasks bind to."""

from alongside.celery import app as celery_app

__all__ = ["celery_app"]
