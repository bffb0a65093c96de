"""Ask a colleague by mail to join a team, and join it."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actions import follow_the_clock, members_changed
from accounts.mail import invitation_mail, send_each
from accounts.models import Invitation, Membership, Party, User
from accounts.refusals import Refused
from accounts.vetting import lock
from trail import actions as trail
from trail.tasks import wake_on_commit

MAX_INVITATIONS = 20  # open, or made within a day: enough for a team, too few for a mailing
SEND_AT_ONCE = 100  # invitations claimed together


class VolunteersAreAlone(Refused):
    message = _("A volunteer speaks for one person only. There is nobody to invite.")


class AlreadyMember(Refused):
    message = _("This person belongs to your team already.")


class AlreadyInvited(Refused):
    message = _("This address is already invited.")


class TooManyInvitations(Refused):
    message = _("Too many invitations are open. Please wait for answers or withdraw some.")


class InvitationClosed(Refused):
    message = _("This invitation is no longer open. Ask your colleague for a new one.")


class InvitedSomebodyElse(Refused):
    message = _("This invitation was sent to another address.")


@transaction.atomic
def invite(*, party: Party, email: str, role: str, by: User, at: datetime) -> Invitation:
    """Ask a colleague by mail to join. The row owes the mail; a task sends it soon.

    Raises ``VolunteersAreAlone``, ``AlreadyMember``, ``AlreadyInvited`` or
    ``TooManyInvitations``.
    """
    party = lock(party)
    email = email.strip().lower()
    if party.is_volunteer:
        raise VolunteersAreAlone
    if party.memberships.filter(user__email=email).exists():
        raise AlreadyMember
    _must_have_room(party, email, by, at=at)
    invitation = Invitation.objects.create(
        party=party,
        email=email,
        role=role,
        invited_by=by,
        created_at=at,
        due_at=at,
        expires_at=at + Invitation.OPEN_FOR,
    )
    trail.record(
        actor_id=by.pk, verb="colleague_invited", subject=invitation, at=at, party=party.pk
    )
    wake_on_commit("accounts.tasks.send_invitations")
    return invitation


def _must_have_room(party: Party, email: str, by: User, *, at: datetime) -> None:
    """What has run out makes room; what somebody sends counts for whatever party it is."""
    unanswered = Invitation.objects.unanswered().filter(party=party)
    unanswered.filter(expires_at__lte=at).update(withdrawn_at=at)
    if unanswered.filter(email=email).exists():
        raise AlreadyInvited
    mine = Invitation.objects.filter(Q(party=party) | Q(invited_by=by))
    today = mine.filter(created_at__gt=at - timedelta(days=1))
    if max(unanswered.count(), today.count()) >= MAX_INVITATIONS:
        raise TooManyInvitations


def send_invitations(*, at: datetime) -> int:
    """Send the invitations that are owed now. Returns how many went out."""
    claimed = Invitation.objects.claim(limit=SEND_AT_ONCE, at=at)
    return send_each(claimed, invitation_mail, at=at)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, person: User, at: datetime) -> Membership:
    """Join the team. Only the person whose verified address was invited can."""
    party = lock(invitation.party)
    if invitation.email not in verified_addresses(person):
        raise InvitedSomebodyElse
    moved = Invitation.objects.open_at(at).filter(pk=invitation.pk).update(accepted_at=at)
    if not moved:
        raise InvitationClosed
    membership, _new = Membership.objects.get_or_create(
        user=person, party=party, defaults={"role": invitation.role, "joined_at": at}
    )
    follow_the_clock(party)
    members_changed(
        party, actor=person, verb="member_joined", person=person, role=membership.role, at=at
    )
    return membership


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User, at: datetime) -> None:
    """Take an invitation back. Raises ``InvitationClosed``."""
    moved = Invitation.objects.unanswered().filter(pk=invitation.pk).update(withdrawn_at=at)
    if not moved:
        raise InvitationClosed
    trail.record(
        actor_id=by.pk,
        verb="invitation_withdrawn",
        subject=invitation,
        at=at,
        party=invitation.party_id,
    )


@transaction.atomic
def welcome(*, person: User, at: datetime) -> None:
    """Let somebody who signed up on an invitation, and belongs nowhere yet, join it."""
    if person.memberships.exists():
        return
    mine = Invitation.objects.open_at(at).to(verified_addresses(person))
    for invitation in mine.select_related("party").order_by("pk"):
        accept_invitation(invitation=invitation, person=person, at=at)


def verified_addresses(person: User) -> list[str]:
    """The addresses a person has shown to be theirs, in lower case."""
    addresses = EmailAddress.objects.filter(user=person, verified=True)
    return [email.lower() for email in addresses.values_list("email", flat=True)]
