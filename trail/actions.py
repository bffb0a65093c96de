"""Leave a trace: an audit row for people, a change row for the matcher."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import Max

from trail.models import Audit, Change
from trail.tasks import wake_on_commit

MATCHER = "matching.tasks.match_changes"
KEPT_FOR = timedelta(days=3)  # a worker that slept for a weekend still catches up from the log


def record(
    *, actor_id: int | None, verb: str, subject: models.Model, at: datetime, **facts: object
) -> None:
    """Write down that ``actor_id`` did ``verb`` to ``subject``; facts are ids and choices.

    What a verb is called on pages stands in ``verbs.py``.
    """
    record_each([(actor_id, subject)], verb=verb, at=at, **facts)


def record_each(
    done: Iterable[tuple[int | None, models.Model]], *, verb: str, at: datetime, **facts: object
) -> None:
    """The same for many at once: who did it, and to what."""
    Audit.objects.bulk_create(
        Audit(
            at=at,
            actor_id=actor_id,
            verb=verb,
            subject=subject._meta.label_lower,  # noqa: SLF001 - Django documents it
            subject_id=subject.pk,
            facts=facts,
        )
        for actor_id, subject in done
    )


def changed(
    *, subject: str, ids: Iterable[int], at: datetime, not_before: datetime | None = None
) -> None:
    """Have the matcher look at these again. Call inside the transaction of the change.

    not_before  when it is worth a look; a sweep comes by after that
    """
    Change.objects.bulk_create(
        Change(subject=subject, subject_id=subject_id, at=at, not_before=not_before)
        for subject_id in ids
    )
    if not_before is None:
        wake_on_commit(MATCHER)


@transaction.atomic
def trim_changes(*, at: datetime) -> int:
    """Forget what was matched long ago, and write down up to where. Returns how many.

    Whoever has read less than that must look at everything anew (``log.Cut``).
    """
    old = Change.objects.matched_before(at - KEPT_FOR)
    last = old.aggregate(last=Max("written_in"))["last"]
    if last is None:
        return 0
    forgotten, _ = old.filter(written_in__lte=last).delete()
    Change.objects.create(subject=Change.Subject.LOG, subject_id=last, at=at, matched_at=at)
    return forgotten
