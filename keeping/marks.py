"""Know a suspended party that comes back under another name, also when it was erased.

What remains of an erased one is a hash of its registration number and of each email domain of
its own, keyed by the project's secret: who has the rows alone cannot try numbers out. After a
change of the secret they are known as long as the one before stands in ``SECRET_KEY_FALLBACKS``.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.utils.crypto import salted_hmac

from accounts.evidence import FREE_MAIL
from accounts.models import DomainProof, Party, User
from keeping.models import Mark


def leave(party: Party, *, at: datetime) -> None:
    """Keep the marks of a suspended party that is about to be erased."""
    Mark.objects.bulk_create(
        [
            Mark(
                of=of,
                digest=_digest(of, text, settings.SECRET_KEY),
                party_kind=party.kind,
                marked_at=at,
            )
            for of, text in _marks_of(party)
        ],
        ignore_conflicts=True,
    )


def seen_before(party: Party) -> list[Mark]:
    """Marks of suspended parties that had the same number or domain, the newest first."""
    return list(Mark.objects.filter(digest__in=_digests_of(party)).order_by("-marked_at", "pk"))


def seen_before_among(parties: Sequence[Party]) -> set[int]:
    """Ids of those that ``seen_before`` finds something about; three queries for all of them."""
    if not Mark.objects.exists():
        return set()
    digests = {party.pk: _digests_of(party) for party in _with_addresses(parties)}
    wanted = set().union(*digests.values())
    known = set(Mark.objects.filter(digest__in=wanted).values_list("digest", flat=True))
    return {pk for pk, own in digests.items() if own & known}


def suspended_alike_among(parties: Sequence[Party]) -> set[int]:
    """Ids of those that share a number or a domain with another party that is suspended now."""
    holders: dict[tuple[Mark.Of, str], set[int]] = defaultdict(set)
    for suspended in _with_addresses(list(Party.objects.filter(status=Party.Status.SUSPENDED))):
        for mark in _marks_of(suspended):
            holders[mark].add(suspended.pk)
    if not holders:
        return set()
    return {
        party.pk
        for party in _with_addresses(parties)
        if any(holders.get(mark, set()) - {party.pk} for mark in _marks_of(party))
    }


def _digests_of(party: Party) -> set[str]:
    """With the secret of today, and with those that went before it."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return {_digest(of, text, secret) for of, text in _marks_of(party) for secret in secrets}


def _with_addresses(parties: Sequence[Party]) -> Sequence[Party]:
    prefetch_related_objects(
        parties,
        Prefetch("members", User.objects.only("email"), to_attr="known_members"),
        Prefetch("domain_proofs", DomainProof.objects.confirmed(), to_attr="known_proofs"),
    )
    return parties


def _marks_of(party: Party) -> Iterator[tuple[Mark.Of, str]]:
    if number := _plain(party.registration_number):
        yield Mark.Of.REGISTRATION, number
    for domain in sorted(_domains(party)):
        yield Mark.Of.DOMAIN, domain


def _digest(of: Mark.Of, text: str, secret: str) -> str:
    keyed = salted_hmac(f"keeping.marks.{of}", text, secret=secret, algorithm="sha256")
    return keyed.hexdigest()


def _plain(number: str) -> str:
    """As one number, however it is written: letters and digits alone."""
    return "".join(sign for sign in number.upper() if sign.isalnum())


def _domains(party: Party) -> set[str]:
    """Its own: of its website, its mailboxes and its people; never those that anybody can have."""
    _with_addresses([party])
    addresses = {one.email for one in (*party.known_members, *party.known_proofs)}  # type: ignore[attr-defined]  # prefetched above
    host = (urlsplit(party.website).hostname or "").removeprefix("www.")
    found = {host, *(address.rpartition("@")[2] for address in addresses)}
    return found - FREE_MAIL - {""}
