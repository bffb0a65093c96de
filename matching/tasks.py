"""The doors for the worker and its clock. Two at once do no harm."""

import logging

from celery import shared_task
from celery.signals import worker_init
from django.db import DatabaseError, connection
from django.utils import timezone

from matching import actions, pipeline, rematching
from matching.market import board
from matching.no_match import counting
from trail import actions as trail

logger = logging.getLogger(__name__)


@worker_init.connect
def read_the_board(**_facts: object) -> None:
    """Read all postings before the worker's processes part, which then share the memory."""
    try:
        board.kept(at=timezone.now())
    except DatabaseError:  # not there, or not migrated yet
        logger.warning("The database does not answer; the first task reads the postings.")
    finally:
        connection.close()


@shared_task
def match_changes() -> None:
    now = timezone.now()
    pipeline.match_changes(board=board.kept(at=now), at=now)


@shared_task
def count_outlooks() -> None:
    now = timezone.now()
    counting.count_due(board=board.kept(at=now), at=now)


@shared_task
def rematch_block(block_id: int) -> None:
    now = timezone.now()
    rematching.take_turn(block_id=block_id, board=board.kept(at=now), at=now)


@shared_task
def sweep_rematch() -> None:
    rematching.sweep(at=timezone.now())


@shared_task
def sweep_deadlines() -> None:
    actions.sweep_deadlines(at=timezone.now())


@shared_task
def trim_changes() -> None:
    trail.trim_changes(at=timezone.now())
