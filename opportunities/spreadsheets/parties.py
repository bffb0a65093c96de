"""Which party a row of a spreadsheet belongs to; some imports found the parties they name."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import party_words
from accounts.models import Membership, Party, User
from accounts.refusals import Refused
from opportunities.choices import Kind
from opportunities.spreadsheets.rows import NeedRow, OfferRow
from opportunities.spreadsheets.tables import RowRejected
from trail import actions as trail

MAX_REMEMBERED = 5_000  # parties, so that memory stays bounded


class NoSuchParty(Refused):
    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Parties:
    """Finds parties by name.

    one      the party of every row, whatever the column ``party`` says
    by       in whose name; otherwise in that of an owner
    create   found a draft party where there is none of that name: a nonprofit for a
             need; for an offer of a job or an apprenticeship a business, else a volunteer
    """

    def __init__(
        self, *, one: Party | None = None, by: User | None = None, create: bool = False
    ) -> None:
        self._one = (one, by or _owner(one)) if one else None
        self._create = create
        self._found: dict[str, tuple[Party, User | None]] = {}

    def of(self, row: NeedRow | OfferRow, *, at: datetime) -> tuple[Party, User | None]:
        """The row's party and an owner of it. Raises ``RowRejected``."""
        if self._one:
            return self._one
        if not row.party:
            raise RowRejected("party", _("This cell must not be empty."))
        key = row.party.lower()
        if key not in self._found:
            if len(self._found) >= MAX_REMEMBERED:
                self._found.clear()
            party = self._find(row, at)
            self._found[key] = party, _owner(party)
        return self._found[key]

    def _find(self, row: NeedRow | OfferRow, at: datetime) -> Party:
        found = list(Party.objects.filter(name__iexact=row.party).order_by("pk")[:2])
        if len(found) > 1:
            raise RowRejected(
                "party", _("Several parties are named “%(name)s”.") % {"name": row.party}
            )
        if found:
            return found[0]
        if not self._create:
            raise RowRejected("party", _("We know no party “%(name)s”.") % {"name": row.party})
        return _begin(_kind_for(row), row.party, at)


def party_named(name: str) -> Party:
    """The one party of that name or public id. Raises ``NoSuchParty``."""
    found = list(Party.objects.filter(Q(name__iexact=name) | _by_id(name)).order_by("pk")[:2])
    if not found:
        raise NoSuchParty(_("We know no party “%(name)s”.") % {"name": name})
    if len(found) > 1:
        raise NoSuchParty(
            _("Several parties are named “%(name)s”; give the id of one.") % {"name": name}
        )
    return found[0]


def _by_id(text: str) -> Q:
    try:
        return Q(public_id=UUID(text))
    except ValueError:
        return Q(pk__in=[])


def _kind_for(row: NeedRow | OfferRow) -> Party.Kind:
    if isinstance(row, NeedRow):
        return Party.Kind.NONPROFIT
    return Party.Kind.VOLUNTEER if row.kind == Kind.CLASS else Party.Kind.BUSINESS


def _begin(kind: Party.Kind, name: str, at: datetime) -> Party:
    """A draft that nobody speaks for yet; only reviewers can verify it, never a file."""
    for _field, problem in party_words.identities_in({"name": name}):
        raise RowRejected("party", problem)
    party = Party.objects.create(kind=kind, name=name, created_at=at)
    trail.record(actor_id=None, verb="party_imported", subject=party, at=at, kind=str(kind))
    return party


def _owner(party: Party) -> User | None:
    """In whose name a row is imported: a command has no person of its own."""
    owners = party.memberships.filter(role=Membership.Role.OWNER, user__is_active=True)
    owner = owners.select_related("user").order_by("joined_at", "pk").first()
    return owner.user if owner else None
