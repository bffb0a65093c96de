"""Parties, invitations and members: who may do what, and what it leaves behind."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from accounts import actions, inviting
from accounts.models import Invitation, Membership, Party, User
from accounts.places import place_of_zip
from tests.factories import NOON, make_party, make_reviewer, make_user, owner_of
from trail.models import Audit, Change

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


def invite(party=None, email="ana@example.org", role="staff", at=NOON):
    party = party or make_party()
    return inviting.invite(party=party, email=email, role=role, by=owner_of(party), at=at)


def guest(email="ana@example.org", *, verified=True):
    person = make_user(email=email)
    EmailAddress.objects.create(user=person, email=email, verified=verified, primary=True)
    return person


def join(party, *, role="staff", **fields):
    person = make_user(**fields)
    return Membership.objects.create(user=person, party=party, role=role, joined_at=NOON)


def team(party):
    return set(party.memberships.values_list("user__email", "role"))


# Parties


def test_whoever_founds_a_party_owns_it():
    person = make_user()

    party = actions.found_party(owner=person, kind="business", name="Sunrise Bakery", at=NOON)

    assert (party.status, party.created_at) == (Party.Status.DRAFT, NOON)
    assert list(Party.objects.owned_by(person)) == [party]
    assert Audit.objects.get().facts == {"kind": "business"}


def test_a_place_is_copied_onto_the_party():
    party = make_party(verified=False)

    edited = actions.edit_party(
        party=party, editor=owner_of(party), facts={}, place=place_of_zip("96910"), at=NOON
    )

    assert (edited.zip, edited.county, edited.state, edited.time_zone) == (
        "96910",
        "Guam, GU",
        "GU",
        "Pacific/Guam",
    )


def test_a_party_that_becomes_confidential_forgets_its_place():
    party = make_party()

    actions.edit_party(
        party=party,
        editor=owner_of(party),
        facts={"residential": True},
        counties=["Kings County, NY"],
        at=NOON,
    )

    found = Party.objects.get()
    assert (found.confidential, found.residential) == (True, True)
    assert (found.zip, found.latitude, found.longitude, found.county) == ("", None, None, "")
    assert (found.counties, found.state) == (["Kings County, NY"], "NY")


def test_the_matcher_hears_of_every_edit_in_the_same_transaction():
    party = make_party()

    actions.edit_party(
        party=party, editor=owner_of(party), facts={}, place=place_of_zip("11201"), at=NOON
    )

    change = Change.objects.get()
    assert (change.subject, change.subject_id, change.at) == ("party", party.pk, NOON)


def test_the_audit_names_the_fields_and_never_what_stands_in_them():
    party = make_party(verified=False)

    actions.edit_party(
        party=party,
        editor=owner_of(party),
        facts={"mission": "Canary"},
        counties=["X, NY"],
        at=NOON,
    )

    audit = Audit.objects.get(verb="party_edited")
    assert "mission" in audit.facts["fields"]
    assert "Canary" not in str(audit.facts)


@pytest.mark.parametrize("role", ["contact", "second_contact"])
def test_a_contact_belongs_to_the_team(role):
    party = make_party()
    colleague = join(party).user

    for person, allowed in ((colleague, True), (make_user(), False)):
        try:
            actions.edit_party(
                party=party,
                editor=owner_of(party),
                facts={role: person},
                place=place_of_zip("11201"),
                at=NOON,
            )
        except actions.NotAMember:
            assert not allowed
        else:
            assert allowed
    assert getattr(Party.objects.get(), role) == colleague


# Invitations


def test_an_invitation_is_open_for_two_weeks_and_owes_its_mail_at_once():
    invitation = invite(email=" Ana@Example.org ")

    assert invitation.email == "ana@example.org"
    assert invitation.expires_at == NOON + timedelta(days=14)
    assert list(Invitation.objects.owed_at(NOON)) == [invitation]
    audit = Audit.objects.get(verb="colleague_invited")
    assert audit.facts == {"party": invitation.party_id}


def test_a_volunteer_invites_nobody():
    with pytest.raises(inviting.VolunteersAreAlone):
        invite(make_party("volunteer"))


def test_a_member_is_not_invited_again():
    party = make_party()

    with pytest.raises(inviting.AlreadyMember):
        invite(party, owner_of(party).email)


def test_an_address_is_invited_once_until_the_invitation_runs_out():
    party = make_party()
    first = invite(party)

    with pytest.raises(inviting.AlreadyInvited):
        invite(party, at=LATER)

    again = invite(party, at=first.expires_at)
    first.refresh_from_db()
    assert first.withdrawn_at == again.created_at


def test_nobody_makes_a_mailing_of_invitations():
    party = make_party()
    for number in range(inviting.MAX_INVITATIONS):
        invitation = invite(party, f"ana{number}@example.org")
        inviting.withdraw_invitation(invitation=invitation, by=owner_of(party), at=NOON)

    with pytest.raises(inviting.TooManyInvitations):
        invite(party)

    assert invite(party, at=LATER).pk


def test_too_many_open_invitations_are_refused():
    party = make_party()
    for number in range(inviting.MAX_INVITATIONS):
        invite(party, f"ana{number}@example.org", at=NOON - timedelta(days=2))

    with pytest.raises(inviting.TooManyInvitations):
        invite(party)


def test_one_person_sends_no_more_of_them_by_founding_more_parties():
    person = make_user()
    parties = [
        actions.found_party(owner=person, kind="nonprofit", name=f"Home {each}", at=NOON)
        for each in range(actions.MAX_UNCHECKED)
    ]
    with pytest.raises(actions.TooManyUnchecked):
        actions.found_party(owner=person, kind="nonprofit", name="Home", at=NOON)

    for number in range(inviting.MAX_INVITATIONS):
        party = parties[number % len(parties)]
        inviting.invite(
            party=party, email=f"ana{number}@example.org", role="staff", by=person, at=NOON
        )
    with pytest.raises(inviting.TooManyInvitations):
        inviting.invite(party=parties[0], email="eve@example.org", role="staff", by=person, at=NOON)


def test_accepting_makes_a_member_with_the_role_that_was_offered():
    invitation, person = invite(role="owner"), guest()

    membership = inviting.accept_invitation(invitation=invitation, person=person, at=LATER)

    assert (membership.party, membership.role) == (invitation.party, "owner")
    assert membership.joined_at == LATER
    assert Change.objects.get().subject_id == invitation.party_id
    audit = Audit.objects.get(verb="member_joined")
    assert audit.facts == {"person": person.pk, "role": "owner"}


@pytest.mark.parametrize(
    "person",
    [{"email": "eve@example.org"}, {"email": "ana@example.org", "verified": False}],
)
def test_only_the_verified_address_that_was_invited_is_let_in(person):
    invitation = invite()

    with pytest.raises(inviting.InvitedSomebodyElse):
        inviting.accept_invitation(invitation=invitation, person=guest(**person), at=NOON)

    assert invitation.party.memberships.count() == 1


def test_a_second_verified_address_counts_too():
    person = guest("reyes@example.org")
    EmailAddress.objects.create(user=person, email="ana@example.org", verified=True)

    assert inviting.accept_invitation(invitation=invite(), person=person, at=NOON).user == person


def test_an_invitation_is_accepted_once():
    invitation, person = invite(), guest()
    inviting.accept_invitation(invitation=invitation, person=person, at=NOON)

    with pytest.raises(inviting.InvitationClosed):
        inviting.accept_invitation(invitation=invitation, person=person, at=NOON)


def test_a_withdrawn_or_old_invitation_lets_nobody_in():
    party, person = make_party(), guest()
    withdrawn = invite(party)
    inviting.withdraw_invitation(invitation=withdrawn, by=owner_of(party), at=NOON)
    old = invite(party, at=NOON)

    with pytest.raises(inviting.InvitationClosed):
        inviting.accept_invitation(invitation=withdrawn, person=person, at=NOON)
    with pytest.raises(inviting.InvitationClosed):
        inviting.accept_invitation(invitation=old, person=person, at=old.expires_at)
    with pytest.raises(inviting.InvitationClosed):
        inviting.withdraw_invitation(invitation=withdrawn, by=owner_of(party), at=NOON)


def test_a_member_who_accepts_once_more_keeps_their_role():
    party, person = make_party(), guest()
    invitation = invite(party)
    Membership.objects.create(user=person, party=party, role="owner", joined_at=NOON)

    membership = inviting.accept_invitation(invitation=invitation, person=person, at=NOON)

    assert membership.role == "owner"
    assert party.memberships.count() == 2


def test_a_newcomer_joins_every_team_that_invited_them():
    first, second, person = invite(), invite(), guest()

    inviting.welcome(person=person, at=LATER)

    assert set(Party.objects.of(person)) == {first.party, second.party}


def test_whoever_belongs_somewhere_is_asked_first():
    invite()
    person = guest()
    own = make_party(owner=person)

    inviting.welcome(person=person, at=LATER)

    assert list(Party.objects.of(person)) == [own]


# Members


def test_leaving_ends_a_membership_and_the_part_of_a_contact():
    party = make_party()
    membership = join(party)
    Party.objects.update(contact=membership.user, second_contact=membership.user)

    actions.leave(membership=membership, at=NOON)

    found = Party.objects.get()
    assert found.memberships.count() == 1
    assert (found.contact, found.second_contact) == (None, None)
    assert Change.objects.get().subject_id == party.pk


def test_the_last_owner_stays():
    party = make_party()
    join(party)
    own = party.memberships.get(role="owner")

    with pytest.raises(actions.LastOwner):
        actions.leave(membership=own, at=NOON)
    with pytest.raises(actions.LastOwner):
        actions.change_role(membership=own, role="staff", by=own.user, at=NOON)
    with pytest.raises(actions.LastOwner):
        actions.remove_member(membership=own, by=own.user, at=NOON)

    assert party.memberships.count() == 2


def test_an_owner_leaves_once_there_is_another():
    party = make_party()
    own, colleague = party.memberships.get(), join(party)

    actions.change_role(membership=colleague, role="owner", by=own.user, at=NOON)
    actions.leave(membership=own, at=NOON)

    assert team(party) == {(colleague.user.email, "owner")}


def test_removing_a_colleague_names_who_did_it():
    party = make_party()
    colleague, owner = join(party), owner_of(party)

    actions.remove_member(membership=colleague, by=owner, at=NOON)

    audit = Audit.objects.get(verb="member_removed")
    assert audit.actor_id == owner.pk
    assert audit.facts == {"person": colleague.user_id, "role": "staff"}


# People


def test_a_person_edits_what_they_say_about_themselves():
    person = make_user()

    actions.edit_person(person=person, facts={"name": "Ana", "language": "es"}, at=NOON)

    person.refresh_from_db()
    assert (person.name, person.language) == ("Ana", "es")
    assert Audit.objects.get().facts == {"fields": ["name", "language"]}


def test_a_reviewer_is_made_from_nothing_or_from_a_person():
    person, new = actions.make_reviewer(
        email="Rev@example.org", name="Rosa", password=None, at=NOON
    )
    assert (person.email, person.is_reviewer, new) == ("rev@example.org", True, True)
    assert person.has_usable_password() is False
    assert EmailAddress.objects.get(user=person).verified is True

    known = make_user(email="known@example.org", name="Known")
    person, new = actions.make_reviewer(
        email="known@example.org", name="", password="correct-horse-9", at=NOON
    )
    assert (person, person.name, person.is_reviewer, new) == (known, "Known", True, False)
    assert person.check_password("correct-horse-9")


def test_rights_are_changed_with_a_trace():
    person, by = make_reviewer(), make_user()

    actions.change_rights(person=person, rights={"is_reviewer": False}, by=by, at=NOON)

    assert User.objects.get(pk=person.pk).is_reviewer is False
    assert list(Change.objects.values_list("subject", "subject_id")) == [("person", person.pk)]
    audit = Audit.objects.get()
    assert (audit.actor_id, audit.facts) == (by.pk, {"is_reviewer": False})
