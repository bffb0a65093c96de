"""All that waits for a reviewer as one list, the way from case to case, and what is stuck."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import adverse, claiming, concerns, vetting
from accounts.models import Party
from desk.stuck import KINDS, stuck_now
from keeping import marks
from notices.models import Notice
from opportunities.models import Upload
from tests.factories import (
    NOON,
    make_check,
    make_evidence,
    make_match,
    make_need,
    make_offer,
    make_party,
    make_reviewer,
    make_user,
    owner_of,
)
from tests.pages import Page
from trail.models import Audit, Change, Rematch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
DAY = timedelta(days=1)
QUEUE = "/review/"


@pytest.fixture
def reviewer(client):
    person = make_reviewer()
    client.force_login(person)
    return person


def party(name, *, days=0, kind="volunteer", **fields):
    """A party that has waited for so many days."""
    found = make_party(kind, name=name, verified=False, **fields)
    make_evidence(found)
    return vetting.submit(party=found, by=owner_of(found), at=NOON - days * DAY)


def need(title, *, days=0, **fields):
    values = {"status": "in_review", "reviews_needed": 1, "round": 1, "title": title} | fields
    return make_need(submitted_at=NOON - days * DAY, **values)


def worry(about=None, *, days=0, kind="other"):
    return concerns.report(
        reporter=make_user(), kind=kind, text="I worry.", party=about, at=NOON - days * DAY
    )


def shown(client, group=""):
    return [case.title for case in client.get(QUEUE, {"group": group}).context["mine"]]


# The list


def test_everything_waits_in_one_list_by_risk_and_age(client, reviewer):
    party("waits for two days", days=2)
    party("waits for nine days", days=9)
    need("risky of yesterday", days=1, flag_score=0.8, questions=["housing"])
    need("plain of five days", days=5)
    worry(kind="safety")

    page = client.get(QUEUE)

    assert [case.title for case in page.context["mine"]] == [
        "Somebody may be in danger",
        "waits for nine days",
        "risky of yesterday",
        "plain of five days",
        "waits for two days",
    ]
    assert Page(page.text).complaints == []
    assert shown(client, "postings") == ["risky of yesterday", "plain of five days"]
    assert shown(client, "concerns") == ["Somebody may be in danger"]


def test_a_party_says_why_to_look_closely_and_comes_sooner_for_it(client, reviewer):
    owner = make_user(email="gone@gmail.com")  # whose domain says nothing
    gone = make_party(registration_number="98-7654321", owner=owner)
    marks.leave(gone, at=NOON)
    party("plain of two days", days=2)
    worried = party("somebody worries", website="https://sun.example.org")
    worry(worried)
    make_party("business", website="https://SUN.example.org")
    party("came back", registration_number="987654321")

    cases = {case.title: case for case in client.get(QUEUE, {"group": "parties"}).context["mine"]}

    assert list(cases) == ["somebody worries", "came back", "plain of two days"]
    assert cases["somebody worries"].reasons == [
        "Somebody is worried about it.",
        "Another party has the same website or phone.",
    ]
    assert cases["came back"].reasons == [
        "A team with the same number or domain was suspended here."
    ]
    assert cases["plain of two days"].reasons == []


def test_what_one_decided_on_waits_for_somebody_else(client, reviewer):
    found = party("Two must say yes", kind="nonprofit")
    client.post(reverse("desk:party", args=[found.public_id]), {"decision": "verify"})

    page = client.get(QUEUE)

    assert page.context["mine"] == []
    assert [case.stands for case in page.context["others"]] == ["1 of 2 have said yes."]
    assert "You have decided on all that you can." in page.text


def test_a_check_comes_up_again_once_the_person_has_answered(client, reviewer):
    person = make_user(name="Ana Reyes")
    found = adverse.consider(
        person=person, level="registry", issued_date=NOON.date(), expires_date=None,
        by=make_reviewer(), at=NOON,
    )  # fmt: skip
    assert shown(client) == ["Ana Reyes"]
    adverse.send_notice(consideration=found, by=reviewer, at=NOON)
    assert shown(client) == []
    found.refresh_from_db()
    adverse.answer(consideration=found, by=person, text="That was not me.", at=NOON)
    assert shown(client) == ["Ana Reyes"]


def test_the_list_costs_the_same_for_many(client, reviewer):
    def one_more():
        found = party("One more", kind="nonprofit")
        vetting.decide(party=found, reviewer=make_reviewer(), decision="verify", at=NOON)
        claiming.claim(party=found, reviewer=make_reviewer(), at=NOON)
        need("One more", questions=["housing"])
        worry(found)
        client.get(QUEUE)
        with CaptureQueriesContext(connection) as queries:
            client.get(QUEUE)
        return len(queries)

    marks.leave(make_party(), at=NOON)
    assert one_more() == one_more()


# From case to case


def test_one_goes_from_case_to_case_and_ends_at_the_list(client, reviewer):
    first, second = party("first", days=2), need("second", days=1)
    steps = {
        name: reverse(f"desk:{name}", args=[case.public_id])
        for name, case in (("next", first), ("previous", second))
    }

    onward = client.get(steps["next"], follow=True)
    assert onward.context["posting"] == second
    assert Page(onward.text).complaints == []
    assert client.get(steps["previous"], follow=True).context["party"] == first
    last = client.get(reverse("desk:next", args=[second.public_id]), follow=True)
    assert "No more cases." in last.text
    assert client.get(reverse("desk:previous", args=[first.public_id])).url == QUEUE


def test_after_a_decision_the_next_case_is_the_first_that_waits(client, reviewer):
    done, first = party("done", days=9), party("first", days=2)
    client.post(reverse("desk:party", args=[done.public_id]), {"decision": "verify"})

    onward = client.get(reverse("desk:next", args=[done.public_id]), follow=True)

    assert onward.context["party"] == first


# What is stuck


def make_everything_stuck():
    idle = party("idle", kind="nonprofit")
    claiming.claim(party=idle, reviewer=make_reviewer(), at=NOON - 3 * DAY)
    asked = party("asked", kind="nonprofit")
    vetting.decide(
        party=asked, reviewer=make_reviewer(), decision="more_information", reason="Where?",
        at=NOON - 15 * DAY,
    )  # fmt: skip
    make_match(proposed_at=NOON - 13 * DAY)
    make_match(proposed_at=NOON - 16 * DAY)
    make_offer(people=[make_user()])
    notice = {"recipient": make_user(), "event": "proposed", "created_at": NOON - DAY}
    Notice.objects.create(key="a", due_at=NOON - DAY, failed_at=NOON, **notice)
    Notice.objects.create(key="b", due_at=NOON - DAY, **notice)
    Change.objects.all().delete()
    Change.objects.create(subject="need", subject_id=1, at=NOON - DAY)
    Rematch.objects.create(started_at=NOON - DAY)
    Upload.objects.create(party=asked, by=make_user(), word="need", created_at=NOON - DAY)
    make_party(verified_until=NOON - DAY)
    Audit.objects.create(at=NOON - DAY, verb="purged", subject="gone.gone", subject_id=1)


def test_each_way_of_being_stuck_is_shown_with_a_next_step(client, reviewer):
    make_everything_stuck()

    page = client.get("/review/stuck/")

    found = {one.key: one.number for one in page.context["stuck"]}
    assert list(found) == [kind.key for kind in KINDS]
    del found["late"], found["unsealed"]  # what was done above left mails and traces as well
    assert set(found.values()) == {1}
    assert all(one.step and one.lines for one in page.context["stuck"])
    assert Page(page.text).complaints == []
    assert "What is stuck" in client.get(QUEUE).text


def test_nothing_is_stuck_where_all_goes_its_way(client, reviewer):
    make_need(party=make_party())
    make_match()
    make_check(owner_of(make_offer().party))
    Notice.objects.update(sent_at=NOON)
    Change.objects.update(matched_at=NOON)

    assert stuck_now(reviewer, at=NOON) == []
    assert "Nothing is stuck." in client.get("/review/stuck/").text


# The history on a party's page


def test_the_history_of_a_party_tells_who_did_what_and_what_had_changed(client, reviewer):
    found = party("Before", days=3)
    ruth = make_reviewer(name="Ruth Starling")
    vetting.decide(party=found, reviewer=ruth, decision="verify", at=NOON - 2 * DAY)
    Party.objects.filter(pk=found.pk).update(
        name="After", status="renewal_due", submitted_at=NOON, round=2
    )
    vetting.decide(party=found, reviewer=ruth, decision="verify", at=NOON)

    page = client.get(reverse("desk:party", args=[found.public_id]))

    events = {event.trace.row.facts.get("round"): event for event in page.context["history"]
        if event.trace.row.verb == "party_decided"}  # fmt: skip
    assert [(change.before, change.now) for change in events[2].changes] == [("Before", "After")]
    assert events[1].changes == []
    assert "<strong>Ruth Starling</strong> decided on a party" in page.text
    assert Page(page.text).complaints == []
