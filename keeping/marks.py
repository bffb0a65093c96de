"""Know a suspended party again that was erased and comes back, without keeping its name.

What remains is a hash of its registration number and of each email domain of its own, keyed
by the project's secret: who has the rows alone cannot try numbers out. A new secret ends
them all.
"""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit

from django.utils.crypto import salted_hmac

from accounts.evidence import FREE_MAIL
from accounts.models import Party
from keeping.models import Mark


def leave(party: Party, *, at: datetime) -> None:
    """Keep the marks of a suspended party that is about to be erased."""
    Mark.objects.bulk_create(
        [
            Mark(of=of, digest=digest, party_kind=party.kind, marked_at=at)
            for of, digest in _marks_of(party)
        ],
        ignore_conflicts=True,
    )


def seen_before(party: Party) -> list[Mark]:
    """Marks of suspended parties that had the same number or domain, the newest first."""
    digests = [digest for _of, digest in _marks_of(party)]
    return list(Mark.objects.filter(digest__in=digests).order_by("-marked_at", "pk"))


def _marks_of(party: Party) -> Iterator[tuple[Mark.Of, str]]:
    if number := _plain(party.registration_number):
        yield Mark.Of.REGISTRATION, _digest(Mark.Of.REGISTRATION, number)
    for domain in sorted(_domains(party)):
        yield Mark.Of.DOMAIN, _digest(Mark.Of.DOMAIN, domain)


def _digest(of: Mark.Of, text: str) -> str:
    return salted_hmac(f"keeping.marks.{of}", text, algorithm="sha256").hexdigest()


def _plain(number: str) -> str:
    """As one number, however it is written: letters and digits alone."""
    return "".join(sign for sign in number.upper() if sign.isalnum())


def _domains(party: Party) -> set[str]:
    """Its own: of its website, its mailboxes and its people; never those that anybody can have."""
    addresses = {
        *party.members.values_list("email", flat=True),
        *party.domain_proofs.confirmed().values_list("email", flat=True),
    }
    host = (urlsplit(party.website).hostname or "").removeprefix("www.")
    found = {host, *(address.rpartition("@")[2] for address in addresses)}
    return found - FREE_MAIL - {""}
