"""“How can I help?”: three steps without an account, and an offer that waits for the sign-up."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import Party
from opportunities.choices import Kind
from opportunities.models import Offer, Topic
from public import counting
from public.helping import BY_SLUG, HELPERS, Draft, draft_of, thought_of
from tests.factories import NOON, make_need, make_party, owner_of
from tests.opportunities.pages import answer, complaints, hidden, signed_in

pytestmark = pytest.mark.django_db
WHERE = "/help-out/neighbor/where/"


def draft(helper="neighbor", *topics, words=""):
    return draft_of(BY_SLUG[helper], thought_of(BY_SLUG[helper], topics=topics, words=words))


def test_every_idea_is_a_topic_of_its_kind():
    known = dict(Topic.objects.values_list("slug", "group"))
    for helper in HELPERS:
        for kind, slugs in helper.ideas.items():
            assert {draft(helper.slug, slug).kind for slug in slugs} == {kind}
            assert set(slugs) <= set(known)


def test_what_is_ticked_becomes_an_offer_of_one_kind():
    assert draft("business", "baker", "interview-skills", "receptionist") == Draft(
        Kind.JOB, "Job: Baker, Receptionist", ["baker", "receptionist"]
    )


def test_what_is_ticked_of_another_kind_is_said_to_need_its_own_offer():
    ticked = "topic=baker&topic=interview-skills"
    page = Client().get(f"/help-out/business/where/?{ticked}&zip=11201").text

    assert "You also ticked: Interview skills." in page


def test_own_words_say_topic_and_kind():
    said = draft("neighbor", words="I can teach car care on weekends")

    assert (said.kind, said.title) == (Kind.CLASS, "I can teach car care on weekends")
    assert said.topics == ["car-maintenance"]  # what is less sure is asked about later


def test_nothing_said_is_no_offer_and_what_names_a_person_is_not_taken():
    assert draft() is None
    assert draft("neighbor", "no-such-topic", words="Call 212-555-0100") is None


def test_the_three_steps_are_plain_pages_that_keep_nothing():
    client = Client()
    for address in ("/help-out/", "/help-out/neighbor/", f"{WHERE}?topic=cooking"):
        assert complaints(client.get(address)) == []
    assert complaints(client.get(WHERE)) == []  # nothing ticked: the question again
    assert "Please tick something" in client.get(WHERE).text
    assert Session.objects.count() == 0
    assert client.get("/help-out/nobody/").status_code == 404


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("zip=11201", "Open needs in New York this week: 5 to 9."),
        ("state=NY", "Open needs in New York this week: 5 to 9."),
        ("zip=00901", "We show no count for Puerto Rico yet."),
        ("zip=99999", "We do not know the ZIP code 99999."),
        ("zip=&state=", "Please type a ZIP code, or choose a state."),
    ],
)
def test_the_place_tells_how_many_needs_are_open_in_the_state(place, told):
    for _party in range(5):
        make_need(make_party())
    counting.count_week(at=NOON)

    page = Client().get(f"{WHERE}?topic=cooking&{place}")

    assert told in page.text
    assert complaints(page) == []


def test_who_comes_from_a_state_is_not_asked_for_it():
    client = Client()
    assert 'href="/help-out/?state=GU"' in client.get("/needed/gu/").text
    assert 'href="/help-out/school/?state=GU"' in client.get("/help-out/?state=GU").text
    page = client.get("/help-out/school/?state=GU")

    asked = hidden(page) | {"topic": "ged"}

    assert "Help in Guam" in client.get("/help-out/school/where/", asked).text


def test_the_draft_goes_through_sign_up_and_fills_the_offer():
    client, topics = Client(), ["car-maintenance", "cooking"]
    to = client.post("/help-out/neighbor/start/", {"topic": topics, "zip": "11201"})
    assert to.url == "/account/signup/?kind=volunteer&next=%2Foffers%2Fnew%2F"
    assert "Your draft is kept" in client.get(to.url).text
    done = client.post(reverse("account_email_verification_sent"), {"code": signed_up(client)})
    assert done.url == "/offers/new/"

    page = client.get(done.url).text
    assert 'value="Help with: Car maintenance, Cooking and nutrition"' in page
    assert 'value="11201"' in page
    answer(client, done.url, {"kind": "class", "title": "Car care", "zip": "11201"})
    offer = Offer.objects.get()
    assert sorted(topic.slug for topic in offer.topics.all()) == topics
    assert (offer.zip, offer.party.kind) == ("11201", Party.Kind.VOLUNTEER)


def signed_up(client):
    """The code that came by mail."""
    cache.clear()  # a handful of sign-ups an hour from one computer are the most there are
    person = {"kind": "volunteer", "name": "Ana Silva", "email": "ana@example.org"}
    client.post(reverse("account_signup"), person | {"password1": "", "next": "/offers/new/"})
    return re.search(r"^([A-Z0-9-]{6,12})$", mail.outbox[-1].body, re.MULTILINE)[1]


@pytest.mark.parametrize("typed", ["\x00", "<script>alert(1)</script>", "'; --", "é" * 9000, "😀"])
def test_whatever_is_typed_is_text(typed):
    client = Client()
    asked = {"topic": typed, "words": typed, "zip": typed, "state": typed}

    page = client.get(WHERE, asked | {"topic": "cooking"})
    assert complaints(page) == []
    assert "<script>alert" not in page.text
    assert client.post("/help-out/neighbor/start/", asked).status_code == 302


def test_who_is_signed_in_goes_straight_to_the_offer():
    client = signed_in(owner_of(make_party("business")))

    to = client.post("/help-out/business/start/", {"topic": "baker", "zip": "90001"})

    assert to.url == "/offers/new/"
    assert "Job: Baker" in client.get(to.url).text
    answer(client, to.url, {"kind": "job", "title": "Baker"})
    assert Offer.objects.get().zip == "90001"
