"""Members who act at the same moment."""

import pytest
from allauth.account.models import EmailAddress

from accounts import actions, inviting
from accounts.models import Membership
from tests.accounts.test_vetting_together import at_once
from tests.factories import NOON, make_party, make_user, owner_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_owners_who_leave_at_once_do_not_both_go():
    party = make_party()
    Membership.objects.create(user=make_user(), party=party, role="owner", joined_at=NOON)
    owners = list(party.memberships.all())

    answers = at_once(lambda own: actions.leave(membership=own, at=NOON), owners)

    assert sorted(map(str, answers)) == sorted(map(str, [None, actions.LastOwner]))
    assert party.memberships.filter(role="owner").count() == 1


def test_two_owners_who_demote_each_other_do_not_both_succeed():
    party = make_party()
    Membership.objects.create(user=make_user(), party=party, role="owner", joined_at=NOON)
    first, second = party.memberships.order_by("pk")

    answers = at_once(
        lambda own: actions.change_role(membership=own, role="staff", by=own.user, at=NOON),
        [first, second],
    )

    assert answers.count(actions.LastOwner) == 1
    assert party.memberships.filter(role="owner").count() == 1


def test_one_address_is_invited_once_by_two_owners_at_once():
    party = make_party()
    owner = owner_of(party)

    answers = at_once(
        lambda by: inviting.invite(
            party=party, email="ana@example.org", role="staff", by=by, at=NOON
        ),
        [owner, owner, owner],
    )

    assert answers.count(inviting.AlreadyInvited) == 2
    assert party.invitations.count() == 1


def test_one_invitation_is_accepted_once_from_two_windows():
    party = make_party()
    person = make_user(email="ana@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    invitation = inviting.invite(
        party=party, email=person.email, role="staff", by=owner_of(party), at=NOON
    )

    answers = at_once(
        lambda someone: inviting.accept_invitation(invitation=invitation, person=someone, at=NOON),
        [person] * 4,
    )

    assert answers.count(None) == 1
    assert party.memberships.count() == 2
