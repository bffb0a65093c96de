"""Each constraint on what speaks for somebody, or against, holds against an attempt to break it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from accounts.models import (
    CallBack,
    Concern,
    Consideration,
    DomainProof,
    RegisterEntry,
    Sponsorship,
)
from tests.factories import NOON, make_party, make_reviewer, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def breaks(constraint):
    return pytest.raises(IntegrityError, match=constraint)


def consider(**fields):
    values = {
        "person": fields.pop("person", None) or make_user(),
        "considered_by": make_reviewer(),
        "level": "registry",
        "issued_date": NOON.date(),
        "considered_at": NOON,
    }
    return Consideration.objects.create(**(values | fields))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("consideration_is_decided_exactly_when_dated", {"decided_at": NOON}),
        ("consideration_is_decided_exactly_when_dated", {"status": "cleared"}),
        ("consideration_with_a_notice_says_so", {"notice_at": NOON}),
        ("consideration_says_when_the_notice_went", {"status": "notice_sent"}),
    ],
)
def test_a_consideration_says_how_far_it_is(constraint, fields):
    with breaks(constraint):
        consider(**fields)


@pytest.mark.parametrize("role", ["considered_by", "decided_by"])
def test_nobody_considers_their_own_check(role):
    person = make_user()
    with breaks("nobody_considers_themselves"):
        consider(person=person, **{role: person}, status="cleared", decided_at=NOON)


def test_a_person_is_considered_once_at_a_time_for_each_level():
    person = make_user()
    consider(person=person, status="cleared", decided_at=NOON)
    consider(person=person, level="fingerprint")
    consider(person=person)

    with breaks("one_open_consideration_per_person_and_level"):
        consider(person=person)


def prove(**fields):
    values = {"email": "a@example.org", "created_at": NOON, "due_at": NOON, "expires_at": NOON}
    return DomainProof.objects.create(party=make_party(), **(values | fields))


def test_the_address_of_a_mailbox_is_kept_in_lower_case():
    with breaks("mailbox_address_is_lower_case"):
        prove(email="A@example.org")


def test_a_mail_is_sent_or_given_up():
    with breaks("domainproof_is_sent_or_failed_but_not_both"):
        prove(sent_at=NOON, failed_at=NOON)


@pytest.mark.parametrize("lacking", ["number", "source"])
def test_a_call_back_says_which_number_and_where_it_was_found(lacking):
    values = {"number": "212-555-0100", "source": "The state's register", "called_at": NOON}
    with breaks("call_back_says_which_number_and_where_it_was_found"):
        CallBack.objects.create(
            party=make_party(),
            outcome="denied",
            called_by=make_reviewer(),
            **values | {lacking: ""},
        )


def test_an_entry_says_in_which_register():
    with breaks("register_entry_says_which_register"):
        RegisterEntry.objects.create(
            party=make_party(),
            round=1,
            register="",
            outcome="matches",
            looked_up_at=NOON,
            looked_up_by=make_reviewer(),
        )


def test_who_vouches_says_when():
    with breaks("sponsorship_says_who_vouched_and_when"):
        Sponsorship.objects.create(party=make_party(), asked_at=NOON, vouched_at=NOON)


def test_a_party_asks_once_at_a_time_to_be_vouched_for():
    party = make_party()
    Sponsorship.objects.create(party=party, asked_at=NOON, withdrawn_at=NOON)
    Sponsorship.objects.create(party=party, asked_at=NOON)

    with breaks("sponsorship_is_asked_for_once"):
        Sponsorship.objects.create(party=party, asked_at=NOON)


def test_a_sponsor_vouches_once():
    vouched = {"party": make_party(), "sponsor": make_party(), "asked_at": NOON, "vouched_at": NOON}
    Sponsorship.objects.create(**vouched, withdrawn_at=NOON)
    Sponsorship.objects.create(**vouched)

    with breaks("sponsor_vouches_once"):
        Sponsorship.objects.create(**vouched)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("concern_says_something", {"text": ""}),
        ("concern_is_about_a_match_or_a_message_by_its_id", {"subject": Concern.MATCH}),
        ("concern_is_about_a_match_or_a_message_by_its_id", {"subject_id": 1}),
        ("concern_is_about_a_match_or_a_message_by_its_id", {"subject": "a.b", "subject_id": 1}),
        ("closed_concern_says_by_whom_and_what_was_done", {"note": "Nothing was done."}),
        ("closed_concern_says_by_whom_and_what_was_done", {"closed_at": NOON, "note": "Called."}),
    ],
)
def test_a_concern_says_what_it_is_about_and_what_was_done(constraint, fields):
    values = {"kind": "other", "text": "I worry.", "reported_at": NOON}
    with breaks(constraint):
        Concern.objects.create(**(values | fields))
