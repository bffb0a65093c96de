"""Leave a trace: an audit row for people, a change row for the matcher."""

from datetime import datetime

from django.db import models, transaction

from trail.models import Audit, Change
from trail.tasks import wake_matcher


def record(
    *, actor_id: int | None, verb: str, subject: models.Model, at: datetime, **facts: object
) -> None:
    """Write down that ``actor_id`` did ``verb`` to ``subject``; facts are ids and choices."""
    Audit.objects.create(
        at=at,
        actor_id=actor_id,
        verb=verb,
        subject=subject._meta.label_lower,  # noqa: SLF001 - Django documents it
        subject_id=subject.pk,
        facts=facts,
    )


def changed(*, subject: str, ids: list[int], at: datetime) -> None:
    """Have the matcher look at these again. Call inside the transaction of the change."""
    Change.objects.bulk_create(
        Change(subject=subject, subject_id=subject_id, at=at) for subject_id in ids
    )
    transaction.on_commit(wake_matcher)
