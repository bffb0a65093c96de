"""Constraints on what is left of people and parties: each holds against an attempt to break it."""

import pytest
from django.db import IntegrityError

from keeping.models import Erasure, Mark, Total
from tests.factories import NOON, make_user

pytestmark = pytest.mark.django_db


def breaks(constraint):
    return pytest.raises(IntegrityError, match=constraint)


def test_an_erasure_leaves_time_to_think():
    with breaks("erasure_waits_before_it_is_done"):
        Erasure.objects.create(person=make_user(), asked_at=NOON, due_at=NOON)


def test_a_total_is_kept_once():
    Total.objects.create(quarter="2027-Q1", kind="class", outcome="ended")

    with breaks("total_is_kept_once"):
        Total.objects.create(quarter="2027-Q1", kind="class", outcome="ended")


def test_no_total_tells_of_a_block():
    with breaks("total_tells_no_block"):
        Total.objects.create(quarter="2027-Q1", kind="class", outcome="blocked")


def test_a_mark_is_kept_once():
    mark = {"of": Mark.Of.DOMAIN, "digest": "0" * 64, "party_kind": "nonprofit", "marked_at": NOON}
    Mark.objects.create(**mark)

    with breaks("mark_is_kept_once"):
        Mark.objects.create(**mark)
