"""All we know of one person, for that person: plain facts, and nobody else's name."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Model, Q

from accounts.models import Consideration, Membership, Party, User
from matching.models import Match
from notices.models import Notice
from notices.preferences import Preference
from opportunities.models import Need, Offer
from trail.models import Audit

PERSON = (
    "public_id", "email", "name", "language", "time_zone", "phone", "joined_at", "last_login",
    "is_reviewer", "is_staff", "conduct_version", "conduct_accepted_at", "second_factor_asked_at",
)  # fmt: skip
NOT_OF_A_PARTY = {"id", "contact", "second_contact", "claimed_by", "claimed_until"}
NOT_OF_A_POSTING = {
    "id", "party", "contact", "flag_score", "questions", "round", "reviews_needed",
}  # fmt: skip
Facts = dict[str, Any]


def own_data(person: User, *, at: datetime) -> Facts:
    """As JSON can hold it: moments and days in ISO form, ids as text.

    Of a team's own facts, who speaks for it gets those that anybody on the team can open;
    its numbers and postings go to its owners alone.
    """
    own = {"made_at": _plain(at)} | _account(person) | _mail(person, at=at) | _checks(person)
    return own | {
        "messages": list(_messages(person)),
        "concerns": _rows(person.concerns.all(), "kind", "text", "reported_at", "closed_at"),
        "answers": list(_answers(person)),
        "teams": [_team(one) for one in person.memberships.select_related("party").order_by("pk")],
        "what_you_did": _rows(
            Audit.objects.filter(actor_id=person.pk), "at", "verb", "subject", "subject_id"
        ),
    }


def _account(person: User) -> Facts:
    return {
        "person": _facts(person, PERSON),
        "addresses": _rows(EmailAddress.objects.filter(user=person), "email", "verified"),
        "second_steps": _rows(
            Authenticator.objects.filter(user=person), "type", "created_at", "last_used_at"
        ),
        "sessions": _rows(
            UserSession.objects.filter(user=person),
            "ip", "user_agent", "created_at", "last_seen_at",
        ),
    }  # fmt: skip


def _mail(person: User, *, at: datetime) -> Facts:
    return {
        "mail": _rows(
            Preference.objects.filter(person=person),
            "proposals", "reminders", "answers", "messages", "profile",
            "has_quiet_hours", "quiet_from", "quiet_until",
        ),
        "notices": _rows(
            Notice.objects.of(person, at=at), "event", "path", "due_at", "sent_at", "read_at"
        ),
    }  # fmt: skip


def _checks(person: User) -> Facts:
    return {
        "checks": _rows(
            person.checks.all(),
            "level", "outcome", "issued_date", "expires_date", "recorded_at", "withdrawn_at",
        ),
        "considerations": _rows(
            Consideration.objects.of(person),
            "level", "status", "notice_at", "answer", "answered_at", "decided_at",
        ),
    }  # fmt: skip


def _team(own: Membership) -> Facts:
    found = {"role": own.role, "joined_at": _plain(own.joined_at)}
    if not own.is_owner:
        return found | {"party": _facts(own.party, ("public_id", "kind", "name", "status"))}
    party = own.party
    return found | {
        "party": _facts(party, _fields(Party, NOT_OF_A_PARTY)),
        "needs": [_posting(need) for need in party.needs.order_by("pk")],
        "offers": [_posting(offer) for offer in party.offers.order_by("pk")],
    }


def _posting(posting: Need | Offer) -> Facts:
    topics = sorted(posting.topics.values_list("slug", flat=True))
    return _facts(posting, _fields(type(posting), NOT_OF_A_POSTING)) | {"topics": topics}


def _answers(person: User) -> Iterable[Facts]:
    """What they said to matches, and their own reasons; nothing of the other side."""
    said = Q(need_answered_by=person) | Q(offer_answered_by=person)
    for match in Match.objects.filter(said).order_by("pk"):
        for side in ("need", "offer"):
            if getattr(match, f"{side}_answered_by_id") == person.pk:
                own = (f"{side}_answer", f"{side}_answered_at", f"{side}_reason")
                yield _facts(match, ("public_id", *own))


def _messages(person: User) -> Iterable[Facts]:
    """What they wrote after introductions; what was written to them is somebody else's."""
    for message in person.messages.select_related("match").order_by("pk"):
        own = _facts(message, ("public_id", "text", "written_at"))
        yield own | {"match": _plain(message.match.public_id)}


def _rows(rows: Any, *fields: str) -> list[Facts]:
    return [_facts(row, fields) for row in rows.order_by("pk")]


def _facts(row: Model, fields: Iterable[str]) -> Facts:
    return {field: _plain(getattr(row, field)) for field in fields}


def _fields(model: type[Model], without: set[str]) -> list[str]:
    mine = model._meta.concrete_fields  # noqa: SLF001 - Django documents it
    return [field.name for field in mine if field.name not in without]


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Decimal) else value
