"""The one door from here to the worker: wake the matcher, by the task's name."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def wake(task: str) -> None:
    """Ask a worker to do this now, by the task's name, so that nothing imports upward.

    A dead broker is no error here: what is owed stands as a row, and a sweep finds it.
    """
    try:
        current_app.send_task(task, retry=False)
    except OperationalError:
        logger.warning("The broker does not answer; the sweep will find what is owed.")


def wake_matcher() -> None:
    """Have the matcher look at the changes now."""
    wake("matching.tasks.match_changes")
