"""The audit as a reviewer reads it: whose rows, which of them, in words."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import Model, Q

from accounts.models import Concern, Consideration, Party, User
from desk.facts_in_words import facts_in_words
from trail.models import Audit, AuditQuerySet

MOST_PEOPLE = 50  # a name that fits more people than this finds the first of them


class Trace(NamedTuple):
    """One row for the page: ``actor`` is empty where a schedule acted or the person is erased."""

    row: Audit
    actor: User | None
    subject: str
    facts: list[tuple[str, str]]


def seen_by(user: User) -> AuditQuerySet:
    """All but what others did about a reviewer's own party, or about a worry of theirs."""
    parties = Party.objects.filter(memberships__user=user)
    concerns = Concern.objects.exclude(pk__in=Concern.objects.seen_by_reviewer(user))
    checks = Consideration.objects.exclude(pk__in=Consideration.objects.seen_by_reviewer(user))
    own = (
        Q(subject="accounts.party", subject_id__in=parties.values("pk"))
        | Q(subject="accounts.concern", subject_id__in=concerns.values("pk"))
        | Q(subject="accounts.consideration", subject_id__in=checks.values("pk"))
    )
    return Audit.objects.filter(~own | Q(actor_id=user.pk))


def narrowed(
    rows: AuditQuerySet,
    *,
    person: str,
    verb: str,
    subject: str,
    subject_id: int | None,
    since: date | None,
    until: date | None,
    zone: ZoneInfo,
) -> AuditQuerySet:
    """Only the rows that fit what was asked; both days count whole, on the reader's clock."""
    if person:
        rows = rows.filter(actor_id__in=_people(person))
    if verb:
        rows = rows.filter(verb=verb)
    if subject:
        rows = rows.filter(subject=subject)
    if subject_id is not None:
        rows = rows.filter(subject_id=subject_id)
    if since:
        rows = rows.filter(at__gte=datetime.combine(since, time(), zone))
    if until:
        rows = rows.filter(at__lt=datetime.combine(until + timedelta(days=1), time(), zone))
    return rows


def _people(words: str) -> list[int]:
    found = User.objects.filter(Q(name__icontains=words) | Q(email__icontains=words))
    return list(found.order_by("pk").values_list("pk", flat=True)[:MOST_PEOPLE])


def told(rows: Sequence[Audit]) -> list[Trace]:
    """With names where there are any, in one query."""
    people = User.objects.in_bulk({row.actor_id for row in rows if row.actor_id})
    return [
        Trace(
            row,
            people.get(row.actor_id or 0),
            _in_words(row),
            facts_in_words(row.facts, _model(row)),
        )
        for row in rows
    ]


def _model(row: Audit) -> type[Model] | None:
    try:
        return apps.get_model(row.subject)
    except (LookupError, ValueError):
        return None


def _in_words(row: Audit) -> str:
    model = _model(row)
    if model is None:
        return row.subject
    return f"{model._meta.verbose_name} {row.subject_id}"  # noqa: SLF001 - Django documents it
