"""Each kind of row has a time to stay, and goes when it is over."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import call_command

from accounts.models import Concern, Invitation, Party, User
from alongside.models import Heartbeat
from engagements.models import Message
from keeping import purging
from keeping.models import Total
from keeping.retention import RULES
from matching.models import Match
from notices.models import Notice
from opportunities.models import Need
from tests.factories import NOON, make_match, make_need, make_party, make_reviewer, make_user
from trail.models import Audit

pytestmark = pytest.mark.django_db

OURS = (
    *("accounts", "alongside", "desk", "keeping", "matching", "notices", "opportunities"),
    *("engagements", "public", "trail"),
)
LONG_AGO = NOON - timedelta(days=3000)
ABOUT_NOBODY = {Heartbeat}  # one row, of the clock


def ago(days):
    return NOON - timedelta(days=days)


def purge():
    return {(gone.model, gone.rule.does): gone.rows for gone in purging.purge(at=NOON) if gone.rows}


def test_every_model_of_ours_has_a_rule():
    ours = {model for model in apps.get_models() if model._meta.app_label in OURS}
    assert ours - set(RULES) == ABOUT_NOBODY


def test_every_rule_says_why_and_how_long():
    for model, rules in RULES.items():
        for rule in rules:
            assert rule.why.endswith("."), model
            assert (rule.days is None) == (rule.over is None), model


def test_the_table_cannot_be_changed_while_it_runs():
    with pytest.raises(TypeError):
        RULES[Need] = ()


def test_drafts_never_sent_in_go_after_half_a_year_and_sent_ones_stay():
    kept = [
        make_need(status="draft", round=0, updated_at=ago(179)),
        make_need(status="open", round=1, updated_at=ago(900)),
    ]
    make_need(status="draft", round=0, updated_at=ago(181))

    assert purge() == {(Need, "delete never sent in"): 1}
    assert set(Need.objects.all()) == set(kept)


@pytest.mark.parametrize("status", ["withdrawn", "expired", "completed"])
def test_ended_postings_go_after_a_year_and_their_matches_become_counts(status):
    need = make_need(status=status, round=1, updated_at=ago(366))
    make_match(need=need, status="declined", closed_at=ago(20), proposed_at=ago(370))
    make_match(need=need, status="blocked", closed_at=ago(20), proposed_at=ago(370))

    assert purge() == {(Need, "delete ended"): 1}
    assert not Match.objects.exists()
    total = Total.objects.get()
    assert (total.quarter, total.kind, total.outcome, total.count) == (
        "2026-Q1", "class", "declined", 2,
    )  # fmt: skip


def test_messages_go_a_year_after_the_end_unless_reviewers_still_look_into_them():
    kept, reported, old = [make_match(status="completed") for _each in range(3)]
    Match.objects.filter(pk=kept.pk).update(closed_at=ago(364))
    Match.objects.filter(pk__in=[reported.pk, old.pk]).update(closed_at=ago(366))
    for match in (kept, reported, old):
        Message.objects.create(
            match=match, side="need", author=make_user(), text="Thanks.", written_at=ago(400)
        )
    Concern.objects.create(
        kind="other",
        text="I worry.",
        reported_at=ago(1),
        subject="matching.match",
        subject_id=reported.pk,
    )

    assert purge() == {(Message, "delete of what is closed"): 1}
    assert set(Message.objects.values_list("match", flat=True)) == {kept.pk, reported.pk}


def test_an_ended_posting_stays_while_people_still_meet():
    need = make_need(status="withdrawn", round=1, updated_at=ago(400))
    make_match(need=need, status="engaged")
    assert purge() == {}


def test_an_old_match_is_counted_only_when_one_of_its_postings_is_over():
    open_still = make_match(status="declined", closed_at=ago(400))
    over = make_need(status="withdrawn", round=1, updated_at=ago(10))
    make_match(need=over, status="declined", closed_at=ago(400), proposed_at=ago(410))

    assert purge() == {(Match, "count and delete"): 1}
    assert list(Match.objects.all()) == [open_still]


def test_notices_invitations_and_concerns_go_when_they_are_long_past():
    party, person = make_party(), make_user()
    facts = {"recipient": person, "event": "proposed", "path": "/", "created_at": LONG_AGO}
    Notice.objects.create(key="read", due_at=ago(100), read_at=ago(91), **facts)
    Notice.objects.create(key="late", due_at=ago(366), **facts)
    kept = Notice.objects.create(key="new", due_at=ago(100), read_at=ago(89), **facts)
    Invitation.objects.create(
        party=party, email="a@example.org", invited_by=person, created_at=LONG_AGO,
        due_at=LONG_AGO, expires_at=ago(91),
    )  # fmt: skip
    told = {"kind": "other", "text": "Odd.", "reported_at": LONG_AGO}
    Concern.objects.create(closed_at=ago(731), closed_by=person, note="Seen.", **told)
    waiting = Concern.objects.create(**told)

    assert purge() == {
        (Notice, "delete read"): 1,
        (Notice, "delete unread"): 1,
        (Invitation, "delete"): 1,
        (Concern, "delete closed"): 1,
    }
    assert list(Notice.objects.all()) == [kept]
    assert list(Concern.objects.all()) == [waiting]


def test_what_somebody_answered_about_a_check_goes_once_it_is_decided():
    person = make_user()
    consideration = person.considerations.create(
        level="registry", status="cleared", issued_date=NOON.date(), considered_by=make_reviewer(),
        considered_at=ago(2), decided_at=ago(1), decided_by=make_reviewer(), answer="My side",
    )  # fmt: skip
    purge()
    consideration.refresh_from_db()
    assert consideration.answer == ""


def test_sessions_that_ended_go_and_others_stay():
    for key, left in (("old", -1), ("new", 1)):
        expires = NOON + timedelta(hours=left)
        Session.objects.create(session_key=key, session_data="", expire_date=expires)
    purge()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_an_address_that_nobody_has_proven_goes_after_a_month_with_its_draft_party():
    stranger = make_user(conduct_version=0, conduct_accepted_at=None)
    User.objects.filter(pk=stranger.pk).update(joined_at=ago(31))
    party = make_party(owner=stranger, verified=False)
    fresh = make_user(conduct_version=0, conduct_accepted_at=None)
    User.objects.filter(pk=fresh.pk).update(joined_at=ago(29))

    assert purge() == {(User, "erase unproven"): 1}
    assert not Party.objects.filter(pk=party.pk).exists()
    assert User.objects.get() == fresh


def test_a_profile_never_sent_in_goes_after_a_year_and_its_person_stays():
    owner = make_user(last_login=ago(5))
    make_party(owner=owner, verified=False, created_at=ago(366))
    make_need(
        make_party(owner=owner, verified=False, created_at=ago(366)), round=1, status="in_review"
    )
    assert purge() == {(Party, "erase never sent in"): 1}
    assert User.objects.get() == owner


def command(*arguments):
    out = io.StringIO()
    with time_machine.travel(NOON, tick=False):
        call_command("purge", *arguments, stdout=out)
    return out.getvalue()


def test_a_dry_run_says_the_same_and_changes_nothing():
    make_need(status="draft", round=0, updated_at=ago(181))

    told = command("--dry-run")

    assert "1  opportunities.Need: delete never sent in after 180 days. Begun and left." in told
    assert told.endswith("1  rows would go.\n")
    assert Need.objects.count() == 1
    assert not Audit.objects.exists()
    assert command().replace("are gone", "would go") == told
    assert not Need.objects.exists()
    assert Audit.objects.get().facts == {
        "model": "opportunities.need", "rule": "delete never sent in", "rows": 1,
    }  # fmt: skip
    assert command().endswith("0  rows are gone.\n")
