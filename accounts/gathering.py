"""How evidence comes together: mailboxes are confirmed, reviewers look, sponsors vouch."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import rings
from accounts.evidence import is_own_domain
from accounts.mail import mailbox_mail, send_each
from accounts.models import CallBack, DomainProof, Party, RegisterEntry, Sponsorship, User
from accounts.refusals import Refused
from accounts.vetting import (
    NothingToDecide,
    lock,
    must_be_seen,
    require_reviewer,
    tell_owners,
)
from notices.models import Notice
from trail import actions as trail
from trail.tasks import wake_on_commit

MAILS_A_DAY = 5  # to mailboxes of one party; enough for every typing error
SEND_AT_ONCE = 50


class NotYourDomain(Refused):
    message = _(
        "This address is not at the domain of your website. Please add your website to your"
        " profile first, and use an address that ends like it."
    )


class TooManyMails(Refused):
    message = _("We have sent several mails today already. Please try again tomorrow.")


class LinkClosed(Refused):
    message = _("This link is no longer open. Please ask for a new one.")


class NotIndependent(Refused):
    message = _("This is a number they gave us. Please call one that you found elsewhere.")


class CannotVouch(Refused):
    """The base of every reason why a party cannot vouch for another."""

    message = _("Only an owner of a verified organization can vouch.")


class Ring(CannotVouch):
    message = _("Your team cannot vouch here: nobody may stand up for themselves, even by others.")


# A mailbox at the party's own domain


@transaction.atomic
def ask_for_mailbox(*, party: Party, email: str, by: User, at: datetime) -> DomainProof:
    """Owe a mail with a link to an address at the party's own domain."""
    party = lock(party)
    email = email.strip().lower()
    if not is_own_domain(email, party.website):
        raise NotYourDomain
    today = party.domain_proofs.filter(created_at__date=at.date())
    if today.count() >= MAILS_A_DAY:
        raise TooManyMails
    party.domain_proofs.open_at(at).filter(email=email).update(expires_at=at)  # one link works
    proof = DomainProof.objects.create(
        party=party,
        email=email,
        asked_by=by,
        created_at=at,
        due_at=at,
        expires_at=at + DomainProof.OPEN_FOR,
    )
    trail.record(actor_id=by.pk, verb="mailbox_asked", subject=party, at=at, proof=proof.pk)
    wake_on_commit("accounts.tasks.send_mailbox_links")
    return proof


def send_mailbox_links(*, at: datetime) -> int:
    """Send the links that are owed now. Returns how many went out."""
    claimed = DomainProof.objects.claim(limit=SEND_AT_ONCE, at=at)
    return send_each(claimed, mailbox_mail, at=at)


@transaction.atomic
def confirm_mailbox(*, proof: DomainProof, by: User, at: datetime) -> None:
    """Whoever opened the link belongs to the party: the mailbox is theirs."""
    mine = DomainProof.objects.open_at(at).filter(pk=proof.pk, party__memberships__user=by)
    if not DomainProof.objects.filter(pk__in=mine).update(confirmed_at=at, confirmed_by=by):
        raise LinkClosed
    trail.record(
        actor_id=by.pk, verb="mailbox_confirmed", subject=proof.party, at=at, proof=proof.pk
    )


# A call-back


@transaction.atomic
def record_call(
    *,
    party: Party,
    number: str,
    source: str,
    outcome: str,
    seen_round: int | None = None,
    by: User,
    at: datetime,
) -> CallBack:
    """Write down whom a reviewer called, where the number came from, and what was said.

    seen_round  the round whose legal name they asked for, as in ``vetting.decide``
    """
    party = lock(party)
    require_reviewer(party, by)
    must_be_seen(party, seen_round)
    digits = _digits(number)
    theirs = party.memberships.values_list("user__phone", flat=True)
    if digits in {_digits(phone) for phone in theirs}:
        raise NotIndependent
    call = CallBack.objects.create(
        party=party,
        number=number,
        source=source,
        outcome=outcome,
        called_name=party.legal_name,
        called_at=at,
        called_by=by,
    )
    trail.record(
        actor_id=by.pk, verb="call_back_recorded", subject=party, at=at, outcome=str(outcome)
    )
    return call


def _digits(number: str) -> str:
    """The last ten digits: as a number of the United States is dialed."""
    return re.sub(r"\D", "", number)[-10:]


# An official register


@transaction.atomic
def record_register(
    *,
    party: Party,
    register: str,
    outcome: str,
    seen_round: int | None = None,
    by: User,
    at: datetime,
) -> RegisterEntry:
    """Write down what a reviewer found there. It counts for what waits now, and for their yes.

    Raises ``NotYoursToDecide``, ``NothingToDecide`` or ``ChangedMeanwhile``.
    """
    party = lock(party)
    require_reviewer(party, by)
    must_be_seen(party, seen_round)
    if not party.is_waiting:
        raise NothingToDecide
    entry = RegisterEntry.objects.create(
        party=party,
        round=party.round,
        register=register,
        outcome=outcome,
        looked_up_at=at,
        looked_up_by=by,
    )
    trail.record(
        actor_id=by.pk, verb="register_looked_up", subject=party, at=at, outcome=str(outcome)
    )
    return entry


# A sponsor


@transaction.atomic
def ask_for_sponsor(*, party: Party, by: User, at: datetime) -> Sponsorship:
    """A link to pass on to a verified party; one is open at a time."""
    party = lock(party)
    open_one = Sponsorship.objects.unanswered().filter(party=party).first()
    if open_one:
        return open_one
    asked = Sponsorship.objects.create(party=party, asked_at=at)
    trail.record(actor_id=by.pk, verb="sponsor_asked", subject=party, at=at, sponsorship=asked.pk)
    return asked


@transaction.atomic
def vouch(*, sponsorship: Sponsorship, sponsor: Party, by: User, at: datetime) -> None:
    """Stand up for a party. Its own people never can, nor can a volunteer.

    Raises ``CannotVouch`` or ``LinkClosed``.
    """
    both = sorted({sponsorship.party_id, sponsor.pk})
    held = {
        party.pk: party
        for party in Party.objects.select_for_update().filter(pk__in=both).order_by("pk")
    }
    party, sponsor = held[sponsorship.party_id], held[sponsor.pk]
    if not Party.objects.able_to_vouch(by, at).filter(pk=sponsor.pk).exists():
        raise CannotVouch
    if rings.is_sponsoring_ring(party, sponsor):
        raise Ring
    already = Sponsorship.objects.standing().filter(party=party, sponsor=sponsor)
    still_open = Sponsorship.objects.unanswered().filter(pk=sponsorship.pk)
    said = {"sponsor": sponsor, "vouched_by": by, "vouched_at": at, "vouched_name": party.name}
    if already.exists() or not still_open.update(**said):
        raise LinkClosed
    trail.record(
        actor_id=by.pk, verb="sponsor_vouched", subject=party, at=at, sponsorship=sponsorship.pk
    )
    key = f"vouched {sponsorship.pk}"
    tell_owners(sponsor, event=Notice.Event.VOUCHED, key=key, at=at)  # all owners, not the one


@transaction.atomic
def stop_vouching(*, sponsorship: Sponsorship, by: User, at: datetime) -> None:
    """Take it back. The party stays verified; reviewers see it, and the next yes lacks it."""
    mine = Party.objects.owned_by(by)
    standing = Sponsorship.objects.standing().filter(pk=sponsorship.pk, sponsor__in=mine)
    if not standing.update(withdrawn_at=at):
        raise LinkClosed
    trail.record(
        actor_id=by.pk,
        verb="sponsor_withdrew",
        subject=sponsorship.party,
        at=at,
        sponsorship=sponsorship.pk,
    )
