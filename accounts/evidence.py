"""What must speak for an organization before a reviewer can say yes, and what does.

A business: its registration, a call-back, and a mailbox at its own domain or a business
license. A nonprofit: its registration, a mailbox at its own domain, and a sponsor or a
call-back; without such a mailbox, a call-back and its entry in an official register, which
each reviewer looks up before a yes. A volunteer shows nothing here: checks of people are asked
for by needs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from allauth.account.models import EmailAddress
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    CallBack,
    DomainProof,
    Membership,
    Party,
    RegisterEntry,
    Sponsorship,
    User,
)
from accounts.rings import is_sponsoring_ring

# Where anybody gets a mailbox: it says nothing about who reads it.
FREE_MAIL = frozenset({
    "aol.com", "att.net", "bellsouth.net", "charter.net", "comcast.net", "cox.net", "duck.com",
    "earthlink.net", "fastmail.com", "gmail.com", "gmx.com", "gmx.net", "googlemail.com",
    "guerrillamail.com", "hey.com", "hotmail.com", "hotmail.es", "hushmail.com", "icloud.com",
    "inbox.com", "live.com", "live.com.mx", "mac.com", "mail.com", "mail.ru", "mailinator.com",
    "me.com", "msn.com", "optonline.net", "outlook.com", "outlook.es", "pm.me", "prodigy.net.mx",
    "proton.me", "protonmail.com", "qq.com", "rocketmail.com", "sbcglobal.net", "tuta.io",
    "tutanota.com", "verizon.net", "web.de", "yahoo.com", "yahoo.com.mx", "yahoo.es",
    "yandex.com", "yandex.ru", "ymail.com", "zoho.com", "zohomail.com",
})  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """One line of the checklist.

    there   whether we have it
    wanted  whether a yes is refused for the lack of it: one of the pieces with the same
            ``group`` is enough
    """

    name: str
    label: Promise
    there: bool
    group: str


LABELS = {
    "registration": _("EIN or registration number"),
    "call_back": _("call-back to a number found elsewhere"),
    "mailbox": _("mailbox at its own domain"),
    "license": _("business license, with the state that issued it"),
    "register": _("entry in an official register, looked up by each reviewer, and a call-back"),
    "sponsor": _("sponsor: a verified organization that vouches for it"),
}
# What a kind must show; of each group one piece is enough.
WANTED: dict[str, tuple[tuple[str, ...], ...]] = {
    Party.Kind.BUSINESS: (("registration",), ("call_back",), ("mailbox", "license")),
    Party.Kind.NONPROFIT: (
        ("registration",),
        ("mailbox", "register"),
        ("sponsor", "call_back"),
    ),
    Party.Kind.VOLUNTEER: (),
}


def checklist(party: Party, at: datetime, *, reviewer: User | None = None) -> list[Piece]:
    """Every piece that may speak for this kind of party, in its groups.

    reviewer  who must have looked it up to say yes; None: as many as the party needs
    """
    there = _found(party, at, reviewer) if WANTED[party.kind] else {}
    return [
        Piece(name, LABELS[name], there[name], group=group[0])
        for group in WANTED[party.kind]
        for name in group
    ]


def missing_evidence(party: Party, at: datetime, *, reviewer: User | None = None) -> list[str]:
    """What a yes of this reviewer still lacks, in words for them; empty if it may be said."""
    return lacking(checklist(party, at, reviewer=reviewer))


def lacking(pieces: Sequence[Piece]) -> list[str]:
    """The same, for who has made the list already."""
    groups = dict.fromkeys(piece.group for piece in pieces)
    return [
        str(_(" or ")).join(str(piece.label) for piece in pieces if piece.group == group)
        for group in groups
        if not any(piece.there for piece in pieces if piece.group == group)
    ]


def _found(party: Party, at: datetime, reviewer: User | None) -> dict[str, bool]:
    called = _called_back(party, at)
    return {
        "registration": bool(party.registration_number and party.legal_name),
        "call_back": called,
        "register": called and _looked_up(party, reviewer),
        "mailbox": bool(own_mailboxes(party)),
        "license": _licensed(party),
        "sponsor": any(counts(one, at) for one in _standing(party)),
    }


def _called_back(party: Party, at: datetime) -> bool:
    """Whether they confirmed it by phone under its legal name, and have not denied it since."""
    calls = party.call_backs.fresh_at(at).answered_by_them()
    last = calls.order_by("-called_at", "-pk").first()
    if last is None or last.is_of_another_name:
        return False
    return last.outcome == CallBack.Outcome.CONFIRMED


def _looked_up(party: Party, reviewer: User | None) -> bool:
    """Whether this reviewer found it in a register; with none, as many as its yes takes."""
    found = RegisterEntry.objects.matching(party)
    if reviewer is not None:
        return found.filter(looked_up_by=reviewer).exists()
    return found.values("looked_up_by").distinct().count() >= party.reviewers_needed


def _licensed(party: Party) -> bool:
    return bool(party.license_number and party.license_state)


def _standing(party: Party) -> list[Sponsorship]:
    found = Sponsorship.objects.standing().filter(party=party).select_related("sponsor", "party")
    return list(found.order_by("vouched_at", "pk"))


def counts(sponsorship: Sponsorship, at: datetime) -> bool:
    """Whether the sponsor is verified now, and nobody holds up themselves by way of others.

    Who vouched for one name has not vouched for the next. A volunteer is verified without any
    of this, and so holds up nobody.
    """
    sponsor = sponsorship.sponsor
    return (
        sponsor is not None
        and not sponsor.is_volunteer
        and not sponsorship.is_of_another_name
        and sponsor.is_verified_at(at)
        and not is_sponsoring_ring(sponsorship.party, sponsor)
    )


# Mailboxes


def own_mailboxes(party: Party) -> list[str]:
    """Addresses at the party's own domain that somebody of it has proven to read.

    A link was opened, or an owner signs in with the address, which a code has confirmed.
    """
    owners = party.memberships.filter(role=Membership.Role.OWNER, user__is_active=True)
    signed_in = EmailAddress.objects.filter(verified=True, user__in=owners.values("user"))
    proven = party.domain_proofs.confirmed().values_list("email", flat=True)
    addresses = {*proven, *signed_in.values_list("email", flat=True)}
    return sorted(address for address in addresses if is_own_domain(address, party.website))


def unproven(parties: Iterable[Party]) -> list[Party]:
    """Those who could still show a mailbox or a license; two queries for however many.

    A nonprofit without a website shows none, and waits for reviewers alone.
    """
    asked = {party.pk: party for party in parties if WANTED[party.kind] and _may_show_more(party)}
    proven = DomainProof.objects.confirmed().filter(party__in=asked).values_list("party", "email")
    owners = Membership.objects.filter(
        party__in=asked,
        role=Membership.Role.OWNER,
        user__is_active=True,
        user__emailaddress__verified=True,
    )
    signed_in = owners.values_list("party", "user__emailaddress__email")
    shown = {pk for pk, email in [*proven, *signed_in] if is_own_domain(email, asked[pk].website)}
    return [party for pk, party in asked.items() if pk not in shown]


def _may_show_more(party: Party) -> bool:
    if party.kind == Party.Kind.NONPROFIT:
        return bool(party.website)
    return not _licensed(party)


def is_own_domain(address: str, website: str) -> bool:
    """Whether mail and website are one domain, or one lies under the other; never a free one."""
    domain = address.rpartition("@")[2].lower()
    host = "" if shows_another_site(website) else urlsplit(website).hostname or ""
    host = host.removeprefix("www.")
    if not host or "." not in domain or domain in FREE_MAIL:
        return False
    return domain == host or host.endswith(f".{domain}") or domain.endswith(f".{host}")


def shows_another_site(website: str) -> bool:
    r"""Whether it reads as one site and is another: ``https://shown.org\@other.org``.

    Browsers take a backslash for a slash, and what stands before an @ for a name to sign in
    with (WHATWG URL standard, "host state"); programs read both otherwise.
    """
    return "\\" in website or "@" in urlsplit(website).netloc
