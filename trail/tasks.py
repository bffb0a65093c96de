"""The one door from here to the worker: wake the matcher, by the task's name."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def wake_matcher() -> None:
    """Ask a worker to look at the changes now.

    The name keeps this app below ``matching``. A dead broker is no error here:
    the Change rows stay, and the sweep finds them.
    """
    try:
        current_app.send_task("matching.tasks.match_changes", retry=False)
    except OperationalError:
        logger.warning("The broker does not answer; the sweep will find the changes.")
