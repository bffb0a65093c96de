"""In a breach everything stops, everybody is signed out, and it is known whom to tell."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.inviting import invite, send_invitations
from keeping import incident
from matching import actions as matching
from matching import rematching
from matching.market.board import Board
from matching.models import Match
from matching.pipeline import match_changes
from notices import actions as notices
from tests.factories import (
    NOON,
    make_match,
    make_need,
    make_offer,
    make_party,
    make_reviewer,
    make_user,
    owner_of,
)  # fmt: skip
from trail import actions as trail
from trail.incidents import Incident, is_locked
from trail.models import Audit, Rematch

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = io.StringIO()
    with time_machine.travel(NOON, tick=False):
        call_command("incident", *arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def owe(person):
    notices.owe(recipient=person, event="proposed", key="k", path="/matches/", at=NOON)


def test_a_lock_stops_matching_until_the_unlock_and_nothing_is_lost():
    need, offer = make_need(), make_offer()
    trail.changed(subject="need", ids=[need.pk], at=NOON)
    run("lock", "--why", "A key was found in public")

    assert match_changes(at=NOON) == 0
    assert rematching.begin(at=NOON)[1]
    assert list(rematching.work_all(board=Board(at=NOON), at=NOON)) == []
    assert Rematch.objects.unfinished().exists()
    run("unlock")
    assert match_changes(at=NOON) == 1
    assert Match.objects.get().offer == offer


def test_a_lock_stops_every_mail_until_the_unlock_and_nothing_is_lost():
    person, party = make_user(), make_party()
    owe(person)
    invite(party=party, email="new@example.org", role="staff", by=owner_of(party), at=NOON)
    awake = NOON + timedelta(hours=4)  # eleven in New York
    incident.lock(why="Test", by=None, at=NOON)

    assert (notices.send_due(at=awake), send_invitations(at=awake), len(mail.outbox)) == (0, 0, 0)
    incident.unlock(by=None, at=NOON)
    assert (notices.send_due(at=awake), send_invitations(at=awake), len(mail.outbox)) == (1, 1, 2)


def test_a_lock_stops_introductions_and_closes_nobody_out():
    match = make_match(status="accepted", offer_answer="yes", offer_answered_at=NOON)
    incident.lock(why="Test", by=None, at=NOON)

    with pytest.raises(matching.StandsStill):
        matching.accept(match=match, by=owner_of(match.need.party), at=NOON)
    assert matching.sweep_deadlines(at=NOON + timedelta(days=20)) == 0


def test_a_lock_signs_everybody_out_and_says_so_where_they_sign_in(client):
    client.force_login(make_user())
    assert client.get(reverse("accounts:person")).status_code == 200
    sign_in = reverse("account_login")

    assert "We have paused" not in client.get("/").text
    incident.lock(why="Test", by=None, at=NOON)

    assert Session.objects.count() == 0
    assert client.get(reverse("accounts:person")).status_code == 302
    assert "We have paused matching and messages" in client.get(sign_in).text
    incident.unlock(by=None, at=NOON)
    assert "We have paused" not in client.get(sign_in).text


def test_who_locked_it_and_why_and_who_went_on_is_written_down():
    person = make_reviewer(email="ana@example.org")
    run("lock", "--why", "Test", "--by", "ana@example.org")
    run("lock", "--why", "Once more", "--by", "ana@example.org")
    assert run("status").startswith("Locked since 2027-01-12 12:00: Test")
    run("unlock", "--by", "ana@example.org")

    found = Incident.objects.get()
    assert (found.why, found.began_by_id, found.ended_by_id) == ("Test", person.pk, person.pk)
    assert list(Audit.objects.order_by("pk").values_list("verb", "actor_id")) == [
        ("incident_locked", person.pk),
        ("incident_locked_again", person.pk),
        ("incident_unlocked", person.pk),
    ]
    assert not is_locked()


@pytest.mark.parametrize(
    "arguments",
    [
        ("lock",),
        ("lock", "--why", " "),
        ("unlock",),
        ("lock", "--why", "x", "--by", "nobody@example.org"),
        ("affected", "--since", "yesterday"),
        ("affected", "--out", "/nowhere/at/all.csv"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(arguments):
    with pytest.raises(CommandError) as refusal:
        run(*arguments)
    assert refusal.value.returncode == 2
    assert not is_locked()


def listed(*arguments):
    return list(csv.DictReader(io.StringIO(run("affected", *arguments))))


def test_affected_are_those_whose_data_was_read_revealed_or_exported():
    reviewer, quiet = make_reviewer(), make_party()
    read, posted, met = make_party(name="=Read"), make_need(), make_match(status="introduced")
    for verb, subject in [
        ("party_read", read),
        ("registration_number_read", read),
        ("posting_read", posted),
        ("contact_read", met),
        ("party_edited", quiet),
    ]:
        trail.record(actor_id=reviewer.pk, verb=verb, subject=subject, at=NOON)

    rows = listed()

    told = {row["party"]: row["what"] for row in rows}
    assert told == {
        "'=Read": "party_read|registration_number_read",
        posted.party.name: "posting_read",
        met.need.party.name: "contact_read",
        met.offer.party.name: "contact_read",
    }
    assert {row["email"] for row in rows if row["party"] == "'=Read"} == {owner_of(read).email}
    assert Audit.objects.filter(verb="affected_listed", facts={"rows": 4}).count() == 1


def test_affected_since_a_day_leaves_out_what_was_before():
    party = make_party()
    trail.record(actor_id=1, verb="party_read", subject=party, at=NOON - timedelta(days=2))
    assert len(listed("--since", "2027-01-10")) == 1
    assert listed("--since", "2027-01-11") == []


def test_a_list_of_everything_counts_for_everybody():
    make_party(), make_party()
    trail.record(actor_id=1, verb="matches_exported", subject=Match(pk=0), at=NOON)
    assert [row["what"] for row in listed()] == ["matches_exported", "matches_exported"]
