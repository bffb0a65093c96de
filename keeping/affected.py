"""Whose data was looked at or taken out, from the audit, with the people to tell."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import Check, Concern, Consideration, Membership, Party
from matching.models import Match
from opportunities.models import Need, Offer
from opportunities.spreadsheets.tables import guarded
from trail.models import Audit

COLUMNS = (
    "party_id", "party", "kind", "owner", "email", "phone", "first_at", "last_at", "what",
)  # fmt: skip
TOUCHING = ("_read", "_exported", "admin_listed")  # how the names of such verbs end
Ids = Collection[int]


def _of_people(ids: Ids) -> Iterable[tuple[int, int]]:
    return Membership.objects.filter(user__in=ids).values_list("user", "party")


def _through_person(
    model: type[Check | Consideration],
) -> Callable[[Ids], Iterable[tuple[int, int]]]:
    def of(ids: Ids) -> Iterable[tuple[int, int]]:
        return model.objects.filter(pk__in=ids).values_list("pk", "person__memberships__party")

    return of


def _of_matches(ids: Ids) -> Iterable[tuple[int, int]]:
    for pk, need, offer in Match.objects.filter(pk__in=ids).values_list(
        "pk", "need__party", "offer__party"
    ):
        yield pk, need
        yield pk, offer


def _of_concerns(ids: Ids) -> Iterable[tuple[int, int]]:
    rows = Concern.objects.filter(pk__in=ids)
    yield from rows.values_list("pk", "party")
    yield from rows.values_list("pk", "reporter__memberships__party")


# From rows of a model, by its name in the audit, to pairs of a row's id and a party's.
PARTIES_OF: dict[str, Callable[[Ids], Iterable[tuple[int, int]]]] = {
    "accounts.party": lambda ids: ((pk, pk) for pk in ids),
    "accounts.user": _of_people,
    "accounts.check": _through_person(Check),
    "accounts.consideration": _through_person(Consideration),
    "accounts.concern": _of_concerns,
    "opportunities.need": lambda ids: Need.objects.filter(pk__in=ids).values_list("pk", "party"),
    "opportunities.offer": lambda ids: Offer.objects.filter(pk__in=ids).values_list("pk", "party"),
    "matching.match": _of_matches,
}
WHOLE_TABLES = {"matches_exported", "admin_listed"}  # who was on the page is not written down


def affected_rows(*, since: datetime | None) -> Iterator[list[str]]:
    """The header, then each owner of each party whose data was read, revealed or exported.

    A list of a whole table counts for every party: better one notice too many.
    """
    yield list(COLUMNS)
    touched = _touched(since)
    owners = Membership.objects.filter(role=Membership.Role.OWNER, party__in=touched)
    for owner in owners.select_related("party", "user").order_by("party", "pk"):
        looks = touched[owner.party_id]
        cells = [
            str(owner.party.public_id), owner.party.name, owner.party.kind,
            owner.user.name, owner.user.email, owner.user.phone,
            min(looks.values()).isoformat(timespec="seconds"),
            max(looks.values()).isoformat(timespec="seconds"),
            "|".join(sorted(looks)),
        ]  # fmt: skip
        yield [guarded(cell) for cell in cells]


def _touched(since: datetime | None) -> dict[int, dict[str, datetime]]:
    """Of each party that was touched: by which verbs, and when last."""
    found: dict[int, dict[str, datetime]] = defaultdict(dict)
    by_subject: dict[str, list[Audit]] = defaultdict(list)
    for row in _looks(since).order_by("at", "pk").iterator():
        by_subject[row.subject].append(row)
    for subject, rows in by_subject.items():
        parties = _parties(subject, {row.subject_id for row in rows})
        for row in rows:
            for party in _everybody() if row.verb in WHOLE_TABLES else parties[row.subject_id]:
                found[party][row.verb] = row.at
    return found


def _looks(since: datetime | None) -> QuerySet[Audit]:
    touching = Q()
    for ending in TOUCHING:
        touching |= Q(verb__endswith=ending)
    rows = Audit.objects.filter(touching).exclude(verb="audit_read")
    return rows.filter(at__gte=since) if since else rows


def _parties(subject: str, ids: Ids) -> dict[int, set[int]]:
    parties: dict[int, set[int]] = defaultdict(set)
    pairs = PARTIES_OF.get(subject)
    for row, party in pairs(ids) if pairs else ():
        if party:
            parties[row].add(party)
    return parties


def _everybody() -> Iterable[int]:
    return Party.objects.values_list("pk", flat=True)
