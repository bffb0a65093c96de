"""A party's first postings are decided on together with it, where the rules allow."""

import pytest
from django.urls import reverse

from accounts import vetting
from accounts.models import Party, Review
from accounts.refusals import Refused
from desk import actions
from opportunities.models import Offer, PostingReview
from tests.factories import (
    NOON,
    make_evidence,
    make_need,
    make_offer,
    make_party,
    make_reviewer,
    owner_of,
)
from tests.pages import Page

pytestmark = pytest.mark.django_db


def waiting(kind="business"):
    party = make_party(kind, verified=False)
    make_evidence(party)
    return vetting.submit(party=party, by=owner_of(party), at=NOON)


def job_of(party, **fields):
    values = {"status": "in_review", "opened_at": None, "round": 1, "reviews_needed": 2}
    return make_offer(party, kind="job", topics=("baker",), **(values | fields))


def yes(party, *postings, reviewer=None):
    return actions.decide(
        party=party,
        reviewer=reviewer or make_reviewer(),
        decision="verify",
        postings=[(posting, posting.round) for posting in postings],
        at=NOON,
    )


def test_two_reviewers_verify_a_business_and_its_first_job_in_one_go():
    party = waiting()
    job = job_of(party)

    yes(party, job)
    assert Offer.objects.get().status == "in_review"
    yes(party, job)

    assert Party.objects.get(pk=party.pk).status == "verified"
    assert (Offer.objects.get().status, Offer.objects.get().opened_at) == ("active", NOON)


def test_a_yes_to_the_party_alone_leaves_the_job_waiting():
    party = waiting()
    job_of(party)

    yes(party)
    yes(party)

    assert Offer.objects.get().status == "in_review"
    assert PostingReview.objects.count() == 0


@pytest.mark.parametrize("decision", ["decline", "more_information"])
def test_a_no_or_a_question_takes_no_posting_along(decision):
    party = waiting()
    job = job_of(party)

    actions.decide(
        party=party,
        reviewer=make_reviewer(),
        decision=decision,
        reason="Who?",
        postings=[(job, 1)],
        at=NOON,
    )

    assert PostingReview.objects.count() == 0


def test_what_changed_meanwhile_undoes_the_whole_decision():
    party = waiting()
    job = job_of(party, round=2)

    with pytest.raises(Refused, match="changed while you read it"):
        actions.decide(
            party=party, reviewer=make_reviewer(), decision="verify", postings=[(job, 1)], at=NOON
        )
    assert Review.objects.count() == 0


def test_the_page_shows_what_waits_and_decides_on_what_is_ticked(client):
    party, reviewer = waiting("volunteer"), make_reviewer()
    asked = {"status": "in_review", "opened_at": None, "round": 1, "reviews_needed": 1}
    ticked = make_offer(party, title="Car care", **asked)
    left = make_offer(party, title="Engines", **asked)
    client.force_login(reviewer)
    address = reverse("desk:party", args=[party.public_id])

    page = client.get(address)
    assert Page(page.text).complaints == []
    assert page.text.count("Oil, tires and lights.") == 2
    client.post(address, {"decision": "verify", "postings": [f"{ticked.public_id} 1"]})

    ticked.refresh_from_db()
    left.refresh_from_db()
    assert (ticked.status, left.status) == ("active", "in_review")


def test_work_for_minors_is_decided_on_its_own_page(client):
    party = waiting()
    job_of(party, audience="minors")
    client.force_login(make_reviewer())

    page = client.get(reverse("desk:party", args=[party.public_id]))

    assert page.context["waiting"] == []


def test_a_yes_without_evidence_is_refused_in_words_on_the_page(client):
    party = make_party(verified=False)
    vetting.submit(party=party, by=owner_of(party), at=NOON)
    make_need(party, status="draft")
    client.force_login(make_reviewer())

    page = client.post(
        reverse("desk:party", args=[party.public_id]), {"decision": "verify"}, follow=True
    )

    assert "Before a yes, we still need: mailbox at its own domain" in page.text
    assert "not there yet" in page.text
    assert Party.objects.get(pk=party.pk).status == "in_review"


def test_a_call_is_written_down_on_the_page(client):
    party, reviewer = waiting(), make_reviewer()
    client.force_login(reviewer)
    address = reverse("desk:party_call", args=[party.public_id])
    facts = {"number": "(212) 555-0199", "source": "A phone book", "outcome": "no_answer"}

    assert "This field is required." in client.post(address, facts | {"source": ""}).text
    client.post(address, facts)

    assert (
        "(212) 555-0199 · A phone book"
        in client.get(reverse("desk:party", args=[party.public_id])).text
    )


def test_a_claim_is_shown_in_the_queue_and_on_the_page(client):
    party, first = waiting(), make_reviewer(name="Ruth Starling")
    client.force_login(first)
    client.post(reverse("accounts:claim", args=[party.public_id]))

    client.force_login(make_reviewer())
    queue = client.get(reverse("desk:queue"))
    page = client.get(reverse("desk:party", args=[party.public_id]))
    refused = client.post(reverse("accounts:claim", args=[party.public_id]), follow=True)

    assert "Ruth Starling is at it." in queue.text
    assert "Ruth Starling reviews this one. You may take it over after:" in page.text
    assert "Another reviewer is at it." in refused.text
    assert Page(queue.text).complaints == Page(page.text).complaints == []


def test_a_ring_is_said_before_anybody_decides(client):
    reviewer, other = make_reviewer(), make_reviewer()
    mine = make_party(owner=reviewer)
    mine.reviews.create(round=mine.round, reviewer=other, decision="verify", at=NOON)
    theirs = make_party("volunteer", owner=other, verified=False)
    vetting.submit(party=theirs, by=other, at=NOON)
    client.force_login(reviewer)

    page = client.get(reverse("desk:party", args=[theirs.public_id]))

    assert "Your yes would not count" in page.text


def test_the_page_of_a_volunteer_says_what_they_want_to_bring(client):
    party = waiting("volunteer")
    make_offer(party, title="Car care at dusk", status="in_review", opened_at=None, round=1)
    make_offer(party, title="Not sent in", status="draft", opened_at=None)
    client.force_login(make_reviewer())

    page = client.get(reverse("desk:party", args=[party.public_id])).text.partition("History")[0]

    assert ("Car care at dusk" in page, "Not sent in" in page) == (True, False)
