"""What people can do with the parties they speak for, and who may speak for them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import party_words, vetting
from accounts.facts_asked import REVIEWED_FACTS, require_facts
from accounts.models import Membership, Party, User
from accounts.places import Place
from accounts.refusals import Refused
from accounts.vetting import lock
from trail import actions as trail

NOWHERE = Place(zip="", latitude=None, longitude=None, county="", state="", time_zone="")
MAX_UNCHECKED = 5  # parties of one owner that nobody has verified yet

PLAIN_FACTS = (
    "name",
    "legal_name",
    "registration_number",
    "license_number",
    "license_state",
    "mailing_address",
    "mission",
    "website",
    "residential",
    "alias",
    "languages",
    "contact",
    "second_contact",
)
PLACE_FACTS = (
    "confidential",
    "counties",
    "zip",
    "latitude",
    "longitude",
    "county",
    "state",
    "time_zone",
)


class NotAMember(Refused):
    message = _("A contact must belong to the team.")


class TooManyUnchecked(Refused):
    message = _("Several of your teams are not verified yet. Please finish one of them first.")


class LastOwner(Refused):
    message = _("Somebody must stay in charge. Make another person an owner first.")


# Parties


@transaction.atomic
def sign_up(
    *, person: User, name: str, language: str, kind: str, party_name: str, at: datetime
) -> None:
    """Complete a new account; without a kind it was invited and joins a team instead."""
    person.name, person.language = name, language
    person.save(update_fields=["name", "language"])
    trail.record(actor_id=person.pk, verb="person_signed_up", subject=person, at=at)
    if kind:
        found_party(owner=person, kind=kind, name=party_name or name, at=at)


@transaction.atomic
def found_party(*, owner: User, kind: str, name: str, at: datetime) -> Party:
    """Begin a party as a draft, with this person in charge of it.

    Raises ``WordsRefused`` and ``TooManyUnchecked``.
    """
    party_words.refuse_identities({"name": name})
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)  # two at once are counted both
    if Party.objects.owned_by(owner).filter(verified_at=None).count() >= MAX_UNCHECKED:
        raise TooManyUnchecked
    party = Party.objects.create(kind=kind, name=name, created_at=at)
    Membership.objects.create(user=owner, party=party, role=Membership.Role.OWNER, joined_at=at)
    trail.record(actor_id=owner.pk, verb="party_founded", subject=party, at=at, kind=str(kind))
    return party


@transaction.atomic
def edit_party(
    *,
    party: Party,
    editor: User,
    facts: Mapping[str, Any],
    place: Place | None = None,
    counties: list[str] | None = None,
    at: datetime,
) -> Party:
    """Save what the team says about itself: at a place, or hidden in counties.

    A change of what reviewers decided on stops everything until they decided
    again. Raises ``FactsMissing`` if there would be too little to decide on, and
    ``WordsRefused`` where an identity was typed.
    """
    party = lock(party)
    party_words.refuse_identities(facts)
    touched = _put_facts(party, facts, place, counties)
    _contacts_are_members(party)
    if party.is_decided_on:
        _decide_again(party, touched, at=at)
    party.save(update_fields=[*PLAIN_FACTS, *PLACE_FACTS, "status", "round", "submitted_at"])
    follow_the_clock(party)
    trail.changed(subject="party", ids=[party.pk], at=at)
    trail.record(actor_id=editor.pk, verb="party_edited", subject=party, at=at, fields=touched)
    return party


def _put_facts(
    party: Party, facts: Mapping[str, Any], place: Place | None, counties: list[str] | None
) -> list[str]:
    """Set them on a locked party. Says which fields have changed."""
    before = {field: getattr(party, field) for field in (*PLAIN_FACTS, *PLACE_FACTS)}
    for field in PLAIN_FACTS:
        if field in facts:
            setattr(party, field, facts[field])
    if counties is not None:
        party.hide_in(counties)
    else:
        party.put_at(place or NOWHERE)
    return [field for field, value in before.items() if getattr(party, field) != value]


def _decide_again(party: Party, touched: list[str], *, at: datetime) -> None:
    """A party that was decided on stays whole; a change of what was decided on sends it back."""
    require_facts(party)
    if set(touched) & set(REVIEWED_FACTS):
        vetting.send_back(party, at=at)


def follow_the_clock(party: Party) -> None:
    """Whoever has chosen no time zone lives by that of the team's place."""
    team = User.objects.filter(memberships__party=party, has_chosen_time_zone=False)
    if party.time_zone:
        team.exclude(time_zone=party.time_zone).update(time_zone=party.time_zone)


def _contacts_are_members(party: Party) -> None:
    contacts = {party.contact_id, party.second_contact_id} - {None}
    if party.memberships.filter(user__in=contacts).count() != len(contacts):
        raise NotAMember


# Members


@transaction.atomic
def leave(*, membership: Membership, at: datetime) -> None:
    """Stop speaking for a party. Raises ``LastOwner``."""
    party = lock(membership.party)
    _take_out(party, membership, actor=membership.user, verb="member_left", at=at)


@transaction.atomic
def remove_member(*, membership: Membership, by: User, at: datetime) -> None:
    """End a colleague's membership. Raises ``LastOwner``."""
    party = lock(membership.party)
    _take_out(party, membership, actor=by, verb="member_removed", at=at)


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: User, at: datetime) -> None:
    """Make somebody owner or staff. Raises ``LastOwner``."""
    party = lock(membership.party)
    if role != Membership.Role.OWNER:
        _another_owner_stays(party, membership)
    party.memberships.filter(pk=membership.pk).update(role=role)
    members_changed(party, actor=by, verb="role_changed", person=membership.user, role=role, at=at)


def _take_out(
    party: Party, membership: Membership, *, actor: User, verb: str, at: datetime
) -> None:
    _another_owner_stays(party, membership)
    party.memberships.filter(pk=membership.pk).delete()
    Party.objects.filter(pk=party.pk, contact=membership.user).update(contact=None)
    Party.objects.filter(pk=party.pk, second_contact=membership.user).update(second_contact=None)
    members_changed(
        party, actor=actor, verb=verb, person=membership.user, role=membership.role, at=at
    )


def _another_owner_stays(party: Party, membership: Membership) -> None:
    """Count on the locked party, so that two owners cannot both leave at once."""
    others = party.memberships.filter(role=Membership.Role.OWNER).exclude(pk=membership.pk)
    if not others.exists():
        raise LastOwner


def members_changed(
    party: Party, *, actor: User, verb: str, person: User, role: str, at: datetime
) -> None:
    """For the audit, and for the matcher: no one may stand on both sides of a match."""
    trail.changed(subject="party", ids=[party.pk], at=at)
    trail.record(
        actor_id=actor.pk, verb=verb, subject=party, at=at, person=person.pk, role=str(role)
    )


# People


@transaction.atomic
def edit_person(*, person: User, facts: Mapping[str, Any], at: datetime) -> None:
    """Save what people say about themselves: name, phone, language, time zone."""
    if facts.get("time_zone", person.time_zone) != person.time_zone:
        facts = {**facts, "has_chosen_time_zone": True}
    touched = [field for field, value in facts.items() if getattr(person, field) != value]
    for field in touched:
        setattr(person, field, facts[field])
    person.save(update_fields=touched)
    trail.record(actor_id=person.pk, verb="person_edited", subject=person, at=at, fields=touched)


@transaction.atomic
def make_reviewer(
    *, email: str, name: str, password: str | None, at: datetime
) -> tuple[User, bool]:
    """Let somebody decide on parties; make the account if there is none. Says whether it is new.

    Whoever can run commands on the server vouches for the address.
    """
    email = email.strip().lower()
    person = User.objects.filter(email=email).first()
    new = person is None
    if person is None:
        person = User.objects.create_user(email, password, name=name)
    elif password:
        person.set_password(password)
    person.is_reviewer = True
    person.name = name or person.name
    person.save(update_fields=["is_reviewer", "name", "password"])
    EmailAddress.objects.update_or_create(
        user=person, email=email, defaults={"verified": True, "primary": True}
    )
    trail.record(actor_id=None, verb="reviewer_made", subject=person, at=at)
    return person, new


def signed_in(*, person: User, at: datetime) -> None:
    """Write down that somebody came in who sees more than their own affairs."""
    if person.is_reviewer or person.is_staff:
        trail.record(actor_id=person.pk, verb="signed_in", subject=person, at=at)


@transaction.atomic
def change_rights(*, person: User, rights: Mapping[str, bool], by: User, at: datetime) -> None:
    """Give or take what a person may do here, with a trace of who did it."""
    for right, given in rights.items():
        setattr(person, right, given)
    person.save(update_fields=list(rights))
    trail.changed(subject="person", ids=[person.pk], at=at)
    trail.record(actor_id=by.pk, verb="rights_changed", subject=person, at=at, **rights)
