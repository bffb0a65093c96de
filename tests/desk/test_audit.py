"""The page on which reviewers read the audit."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import NOON, make_party, make_reviewer, make_user, owner_of
from tests.pages import Page
from trail import actions
from trail.models import Audit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
PAGE = "/review/audit/"


@pytest.fixture
def reviewer(client):
    person = make_reviewer()
    client.force_login(person)
    return person


def trace(actor, verb, subject, *, at=NOON, **facts):
    actions.record(actor_id=actor and actor.pk, verb=verb, subject=subject, at=at, **facts)


def shown(client, **asked):
    """What was done, in the order of the page."""
    return [trace.row.verb for trace in client.get(PAGE, asked).context["traces"]]


def test_the_newest_come_first_with_names_where_there_are_any(client, reviewer):
    party = make_party()
    trace(owner_of(party), "party_edited", party, fields=["mission"])
    trace(None, "party_lapsed", party, status="renewal_due", role="owner", round=2)
    Audit.objects.create(at=NOON, actor_id=999_999, verb="x", subject="gone.gone", subject_id=1)

    page = client.get(PAGE)

    rows = page.context["traces"]
    assert [(row.actor, row.subject) for row in rows] == [
        (None, "gone.gone"),
        (None, f"party {party.pk}"),
        (owner_of(party), f"party {party.pk}"),
    ]
    assert rows[2].facts == [("what", "mission in one sentence")]
    assert rows[1].facts == [("role", "Owner"), ("round", "2"), ("status", "Renewal due")]
    assert Page(page.text).complaints == []


def test_reading_it_is_written_down_with_what_was_looked_for(client, reviewer):
    client.get(PAGE, {"verb": "party_edited", "person": "secret@example.org"})
    row = Audit.objects.get()
    assert (row.actor_id, row.verb, row.facts) == (
        reviewer.pk,
        "audit_read",
        {"looked_for": {"verb": "party_edited"}},
    )


def test_it_is_narrowed_by_person_verb_subject_and_day(client, reviewer):
    party, walt = make_party(), make_user(name="Walt Hobbs")
    trace(walt, "first", party, at=NOON - timedelta(days=2))
    trace(walt, "second", walt, at=NOON - timedelta(days=1))
    trace(make_user(), "third", party, at=NOON)

    day = (NOON - timedelta(days=1)).date()
    assert shown(client, person="walt") == ["second", "first"]
    assert shown(client, verb="third") == ["third"]
    assert shown(client, subject="accounts.party", subject_id=party.pk) == ["third", "first"]
    assert shown(client, since=day, until=day) == ["second"]
    assert shown(client, until=day) == ["second", "first"]


def test_a_page_leads_to_the_next_and_costs_the_same(
    client, reviewer, django_assert_max_num_queries
):
    for number in range(60):
        trace(reviewer, f"v{number}", make_user())
    with django_assert_max_num_queries(14):
        first = client.get(PAGE)
    assert len(first.context["traces"]) == 50
    assert shown(client, before=first.context["next_before"]) == [f"v{n}" for n in range(9, -1, -1)]


def test_what_cannot_be_read_finds_nothing_and_says_so(client, reviewer):
    page = client.get(PAGE, {"since": "yesterday"})
    assert page.context["traces"] == []
    assert "Enter a valid date." in page.text


def test_a_reviewer_does_not_read_what_others_did_about_their_own_party(client, reviewer):
    own = make_party(owner=reviewer)
    trace(make_reviewer(), "party_claimed", own)
    trace(reviewer, "party_edited", own)
    assert shown(client) == ["party_edited"]


@pytest.mark.parametrize("right", [{}, {"is_staff": True}])
def test_nobody_but_reviewers_reads_it(client, right):
    client.force_login(make_user(**right))
    assert client.get(reverse("desk:audit")).status_code == 404
    assert not Audit.objects.exists()
