"""The doors between here and the worker: wake the matcher by its name, seal the audit."""

import logging
from functools import partial

from celery import current_app, shared_task
from django.db import transaction
from kombu import pools
from kombu.connection import Connection
from kombu.exceptions import OperationalError

from trail import sealing

logger = logging.getLogger(__name__)

# A page waits for this, so it gives up at once; workers keep their own, patient connections.
IMPATIENT = {
    "max_retries": 0,
    "socket_connect_timeout": 0.25,  # seconds
    "socket_timeout": 0.25,  # seconds; for a broker that accepts but does not answer
}
ONCE_MORE = {"max_retries": 1, "interval_start": 0}  # a pooled connection may have gone stale


@shared_task
def seal_audit() -> None:
    sealing.seal()


def wake(task: str, *ids: int) -> None:
    """Ask a worker to do this now, by the task's name, so that nothing imports upward.

    A dead broker is no error here: what is owed stands as a row, and a sweep finds it.
    """
    try:
        with pools.producers[_broker()].acquire(block=True) as producer:
            current_app.send_task(task, ids, producer=producer, retry=True, retry_policy=ONCE_MORE)
    except OperationalError:
        logger.warning("The broker does not answer; the sweep will find what is owed.")


def wake_on_commit(task: str, *ids: int) -> None:
    """The same when this transaction commits: once, however often it is asked for here."""
    waiting = transaction.get_connection().run_on_commit
    asked = [function for _savepoints, function, *_ in waiting if isinstance(function, partial)]
    if all((one.func, one.args) != (wake, (task, *ids)) for one in asked):
        transaction.on_commit(partial(wake, task, *ids))


def broker_answers() -> bool:
    """Whether the broker takes a connection right now."""
    with _broker() as broker:
        try:
            broker.ensure_connection(max_retries=0)
        except OperationalError:
            return False
    return True


def _broker() -> Connection:
    broker: Connection = current_app.connection_for_write(transport_options=IMPATIENT)
    return broker
