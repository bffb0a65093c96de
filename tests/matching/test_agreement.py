"""Nobody answers, or is introduced, without having accepted the agreement on conduct."""

import pytest

from accounts.conduct import CURRENT, NotAccepted
from accounts.models import User
from matching import actions, line
from opportunities import actions as opportunities
from tests.factories import NOON, make_match, make_need, make_user, owner_of

pytestmark = pytest.mark.django_db


def asked_anew(person):
    """A new version came; this person has not read it yet."""
    User.objects.filter(pk=person.pk).update(conduct_version=0, conduct_accepted_at=None)
    return User.objects.get(pk=person.pk)


def has_read_it(person):
    User.objects.filter(pk=person.pk).update(conduct_version=CURRENT, conduct_accepted_at=NOON)


@pytest.mark.parametrize("answer", [actions.accept, actions.decline])
def test_no_answer_before_the_agreement(answer):
    match = make_match()
    person = asked_anew(owner_of(match.need.party))

    with pytest.raises(actions.AgreementMissing):
        answer(match=match, by=person, at=NOON)

    has_read_it(person)
    answer(match=match, by=owner_of(match.need.party), at=NOON)


def test_no_yes_in_the_name_of_a_contact_who_has_not_read_it():
    match = make_match()
    contact = make_user()
    match.need.party.memberships.create(user=contact, joined_at=NOON)
    type(match.need).objects.filter(pk=match.need.pk).update(contact=contact)
    asked_anew(contact)

    with pytest.raises(actions.ContactNotReady):
        actions.accept(match=match, by=owner_of(match.need.party), at=NOON)


def test_no_introduction_before_both_contacts_have_read_it():
    match = make_match()
    first, second = owner_of(match.need.party), owner_of(match.offer.party)
    actions.accept(match=match, by=first, at=NOON)
    asked_anew(first)

    with pytest.raises(actions.OtherSideNotReady):
        actions.accept(match=match, by=second, at=NOON)
    has_read_it(first)
    assert actions.accept(match=match, by=second, at=NOON).status == "introduced"


def test_the_line_waits_for_the_agreement_too():
    match = make_match(status="waiting")
    person = asked_anew(owner_of(match.offer.party))
    places = {"needs": [match.need_id], "offers": [match.offer_id], "at": NOON}

    assert line.settle(**places) == 0
    has_read_it(person)
    assert line.settle(**places) == 1


def test_nothing_is_published_before_the_agreement():
    need = make_need(status="draft", opened_at=None)
    person = asked_anew(owner_of(need.party))

    with pytest.raises(NotAccepted):
        opportunities.publish(posting=need, by=person, at=NOON)

    need.refresh_from_db()
    assert need.status == "draft"
