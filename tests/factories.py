"""Rows for tests: whole, verified and open unless a test says otherwise."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from django.db import connection

from accounts import conduct
from accounts.models import CallBack, Check, DomainProof, Membership, Party, User
from accounts.sealing import seal
from matching.models import Match
from opportunities.models import Need, Offer

NOON = datetime(2027, 1, 12, 12, tzinfo=UTC)  # a Tuesday, far from any clock change
_numbers = count(1)


def make_user(**fields: Any) -> User:
    number = next(_numbers)
    values = {
        "email": f"person{number}@example.org",
        "name": f"Person {number}",
        "conduct_version": conduct.CURRENT,
        "conduct_accepted_at": NOON - timedelta(days=100),
    } | fields
    return User.objects.create(**values)


def make_reviewer(**fields: Any) -> User:
    return make_user(is_reviewer=True, **fields)


def make_staff(**fields: Any) -> User:
    """Somebody who opens the admin, which asks for a second step."""
    person = make_user(is_staff=True, **fields)
    app = {"secret": seal("JBSWY3DP")}
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data=app)
    return person


def make_party(
    kind: str = "nonprofit", *, owner: User | None = None, verified: bool = True, **fields: Any
) -> Party:
    """A party with one owner in Brooklyn, verified for the year around NOON."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "kind": kind,
        "name": f"Party {number}",
        "legal_name": f"Party {number} Inc",
        "registration_number": f"12-{number:07}",
        "website": f"https://party{number}.example.org",
        "mission": "We help.",
        "languages": ["en"],
        "created_at": NOON - timedelta(days=100),
        "time_zone": "America/New_York",
        "state": "NY",
    }
    if not fields.get("confidential"):
        values |= {
            "zip": "11201",
            "latitude": 40.69,
            "longitude": -73.99,
            "county": "Kings County, NY",
        }
    if verified:
        values |= {
            "status": Party.Status.VERIFIED,
            "verified_at": NOON - timedelta(days=30),
            "verified_until": NOON + timedelta(days=335),
            "round": 1,
            "reviewed_name": fields.get("name", values["name"]),
            "reviewed_alias": fields.get("alias", ""),
        }
    party = Party.objects.create(**(values | fields))
    Membership.objects.create(
        user=owner or make_user(), party=party, role="owner", joined_at=NOON - timedelta(days=100)
    )
    return party


def make_evidence(party: Party) -> None:
    """What lets reviewers say yes: a call that confirmed it, and a mailbox at its own domain."""
    CallBack.objects.create(
        party=party,
        number="(212) 555-0100",
        source="The state's register",
        outcome="confirmed",
        called_name=party.legal_name,
        called_at=NOON - timedelta(days=1),
        called_by=make_reviewer(),
    )
    DomainProof.objects.create(
        party=party,
        email=f"office@{urlsplit(party.website).hostname}",
        created_at=NOON - timedelta(days=1),
        due_at=NOON - timedelta(days=1),
        expires_at=NOON + timedelta(days=2),
        sent_at=NOON - timedelta(days=1),
        confirmed_at=NOON - timedelta(days=1),
    )


def owner_of(party: Party) -> User:
    return User.objects.get(memberships__party=party, memberships__role="owner")


def make_check(person: User, level: str = "registry", **fields: Any) -> Check:
    values: dict[str, Any] = {
        "issued_date": date(2026, 6, 1),
        "recorded_at": NOON - timedelta(days=30),
    } | fields
    recorder = values.pop("recorded_by", None) or make_reviewer()
    return Check.objects.create(person=person, level=level, recorded_by=recorder, **values)


def _posting_values(party: Party) -> dict[str, Any]:
    return {
        "party": party,
        "kind": "class",
        "title": "Car care for beginners",
        "description": "Oil, tires and lights.",
        "format": "group_class",
        "venue": "neutral",
        "mode": "in_person",
        "zip": party.zip,
        "latitude": party.latitude,
        "longitude": party.longitude,
        "county": party.county,
        "state": party.state,
        "time_zone": "America/New_York",
        "slots": ["Tue 18:00-20:00"],
        "start_date": date(2027, 1, 1),
        "end_date": date(2027, 6, 30),
        "languages": ["en"],
        "created_at": NOON - timedelta(days=5),
        "updated_at": NOON - timedelta(days=5),
        "submitted_at": NOON - timedelta(days=5),
        "opened_at": NOON - timedelta(days=5),
    }


def _set_topics(posting: Need | Offer, topics: tuple[str, ...]) -> None:
    """In one statement; ``posting.topics.set`` takes seven, and this is done thousands of times."""
    word = posting.WORD
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO opportunities_{word}_topics ({word}_id, topic_id)"  # noqa: S608 - no input
            " SELECT %s, id FROM opportunities_topic WHERE slug = ANY(%s)",
            [posting.pk, list(topics)],
        )


def make_need(
    party: Party | None = None, topics: tuple[str, ...] = ("car-maintenance",), **fields: Any
) -> Need:
    values = _posting_values(party or make_party("nonprofit")) | {
        "status": Need.Status.OPEN,
        "minutes": 90,
        "sessions": 4,
        "seats": 6,
    }
    need = Need.objects.create(**(values | fields))
    _set_topics(need, topics)
    return need


def make_offer(
    party: Party | None = None, topics: tuple[str, ...] = ("car-maintenance",), **fields: Any
) -> Offer:
    values = _posting_values(party or make_party("volunteer")) | {
        "status": Offer.Status.ACTIVE,
        "capacity": 10,
        "title": "Retired mechanic teaches car care",
    }
    if fields.get("kind", "class") != "class":
        values |= {
            "capacity": 2,
            "pay_amount": 21,
            "pay_period": "hour",
            "hours_per_week": 36,
            "shift_minutes": 480,
            "workplace": "Our shop in Brooklyn",
            "supervisor": "Shop manager",
            "record_policy": "not_asked",
        }
    if fields.get("kind") == "apprenticeship":
        values |= {
            "length_months": 12,
            "credential": "Journey worker",
            "sponsor": "The trade's council",
            "instruction": "Two evenings a month at the college",
            "wage_steps": "$23 after six months",
        }
    people = fields.pop("people", ())
    offer = Offer.objects.create(**(values | fields))
    _set_topics(offer, topics)
    if people:
        offer.people.set(people)
    return offer


def make_match(
    need: Need | None = None, offer: Offer | None = None, status: str = "proposed", **fields: Any
) -> Match:
    """A match of yesterday that has got as far as ``status``, with the answers this takes."""
    need, offer = need or make_need(), offer or make_offer()
    values: dict[str, Any] = {
        "status": status,
        "score": 0.6,
        "proposed_at": NOON - timedelta(days=1),
        "need_revision": need.revision,
        "offer_revision": offer.revision,
    }
    if status in {"waiting", "introduced", "engaged", "completed", "ended"}:
        for side in ("need", "offer"):
            values |= {f"{side}_answer": "yes", f"{side}_answered_at": NOON - timedelta(hours=3)}
    if status in {"introduced", "engaged", "completed", "ended"}:
        values["introduced_at"] = NOON - timedelta(hours=3)
    if status == "waiting":
        values["waiting_since"] = NOON - timedelta(hours=3)
    if status not in Match.LIVE:
        values["closed_at"] = NOON - timedelta(hours=2)
    return Match.objects.create(need=need, offer=offer, **(values | fields))
