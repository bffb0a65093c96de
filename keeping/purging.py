"""Let go each night of what is over, by the rules, and of people whose week is over."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Model, Q, QuerySet

from accounts.models import Consideration, Party, User
from keeping import erasing, totals
from keeping.models import Erasure
from keeping.retention import RULES, Rule
from matching.models import Match
from opportunities.models import Need, Offer
from trail import actions as trail

AT_ONCE = 500  # rows of one transaction


class Purged(NamedTuple):
    """How many rows of a model go, or went, by a rule; for people, what became of them."""

    model: type[Model]
    rule: Rule
    rows: int


ASKED = Rule("erase asked for", Erasure.WAIT.days, "They asked for it, and had a week to undo it.")


def due(*, at: datetime) -> Iterator[Purged]:
    """What a purge would do at that moment: every rule of every model, in order."""
    yield Purged(User, ASKED, erasing.erasable_at(at).count())
    for model, rules in RULES.items():
        for rule in rules:
            rows = rule.due_at(at)
            yield Purged(model, rule, 0 if rows is None else rows.count())


def purge(*, at: datetime) -> Iterator[Purged]:
    """Do it. A night that is broken off goes on in the next."""
    yield _people(at)
    for model, rules in RULES.items():
        for rule in rules:
            yield Purged(model, rule, _all_of(model, rule, at=at))


def _people(at: datetime) -> Purged:
    rows = 0
    for person in erasing.erasable_at(at).order_by("pk"):
        erasing.erase_person(person=person, at=at)
        rows += 1
    return Purged(User, ASKED, rows)


def _all_of(model: type[Model], rule: Rule, *, at: datetime) -> int:
    total = 0
    while gone := _some_of(model, rule, at=at):
        total += gone
    return total


@transaction.atomic
def _some_of(model: type[Model], rule: Rule, *, at: datetime) -> int:
    """One batch, and its trace. Returns how many rows it was."""
    rows = rule.due_at(at)
    if rows is None:
        return 0
    ids = list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    if not ids:
        return 0
    found = model._default_manager.filter(pk__in=ids)  # noqa: SLF001 - Django documents it
    HOW.get(model, _delete)(found, rule, at)
    label = model._meta.label_lower  # noqa: SLF001 - as above
    trail.record(
        actor_id=None, verb="purged", subject=Erasure(pk=0), at=at,
        model=label, rule=rule.does, rows=len(ids),
    )  # fmt: skip
    return len(ids)


def _delete(rows: QuerySet[Any], _rule: Rule, _at: datetime) -> None:
    rows.delete()


def _count_and_delete(rows: QuerySet[Any], _rule: Rule, _at: datetime) -> None:
    totals.reduce(Match.objects.filter(pk__in=rows.values("pk")))


def _delete_postings(rows: QuerySet[Any], _rule: Rule, _at: datetime) -> None:
    ids = list(rows.values_list("pk", flat=True))
    side = rows.model.WORD
    totals.reduce(Match.objects.filter(Q(**{f"{side}__in": ids})))
    rows.delete()


def _empty_or_delete(rows: QuerySet[Any], rule: Rule, _at: datetime) -> None:
    if rule.days == 0:
        rows.update(answer="")
    else:
        rows.delete()


def _erase_parties(rows: QuerySet[Any], _rule: Rule, at: datetime) -> None:
    for party in rows:
        erasing.erase_party(party=party, at=at)


def _erase_people(rows: QuerySet[Any], _rule: Rule, at: datetime) -> None:
    for person in rows:
        erasing.erase_person(person=person, at=at)


HOW: Mapping[type[Model], Callable[[QuerySet[Any], Rule, datetime], None]] = MappingProxyType(
    {
        Match: _count_and_delete,
        Need: _delete_postings,
        Offer: _delete_postings,
        Consideration: _empty_or_delete,
        Party: _erase_parties,
        User: _erase_people,
    }
)
