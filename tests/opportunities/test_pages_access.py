"""Who may open the pages of postings, what looking changes, and what a page must have."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.core import serializers
from django.test import Client
from django.urls import reverse

from opportunities.forms.steps import steps_of
from opportunities.models import Need, Offer
from tests.factories import make_need, make_offer, make_party, make_reviewer, make_user, owner_of
from tests.opportunities.pages import TRAINING, complaints, signed_in, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

PAGES = ("", "edit", "publish", "renew", "pause", "resume", "complete", "withdraw")


def pages_of(posting):
    """Every address about one posting."""
    return [url(posting, name) for name in PAGES] + steps_to(posting)


def steps_to(posting):
    return [url(posting, "step", step.slug) for step in steps_of(posting)]


def postings(party):
    """One of every kind that a party can post."""
    return [
        make_need(party),
        make_need(party, kind="job", shifts_per_week=2),
        make_offer(party),
        make_offer(party, kind="job"),
        make_offer(party, kind="apprenticeship", status="draft", **TRAINING),
    ]


def two(party):
    """A need and an offer: the kinds of each have the same views."""
    return [make_need(party), make_offer(party, kind="job")]


def all_rows():
    """Every row there is, but for sessions and the audit, which say who was here and read what."""
    rows = []
    for model in apps.get_models():
        if model._meta.label not in {"sessions.Session", "usersessions.UserSession", "trail.Audit"}:
            rows += serializers.serialize("python", model._base_manager.order_by("pk"))
    return rows


def test_a_stranger_finds_nothing_at_any_address():
    stranger = signed_in(owner_of(make_party("business")))
    answers = {"title": "Mine now", "end_date": "2027-12-31"}
    for posting in two(make_party()):
        for address in pages_of(posting):
            assert stranger.get(address).status_code == 404, address
            takes_posts = address not in {url(posting), url(posting, "edit")}
            assert stranger.post(address, answers).status_code == (404 if takes_posts else 405)
    titles = {posting.title for model in (Need, Offer) for posting in model.objects.all()}
    assert titles == {"Car care for beginners", "Retired mechanic teaches car care"}


def test_what_does_not_exist_looks_the_same():
    someone = signed_in(owner_of(make_party()))

    for word in ("need", "offer"):
        assert someone.get(reverse(f"opportunities:{word}", args=[uuid4()])).status_code == 404
    offer = make_offer(make_party("business"))
    as_a_need = reverse("opportunities:need", args=[offer.public_id])
    assert signed_in(owner_of(offer.party)).get(as_a_need).status_code == 404


def test_who_is_not_signed_in_is_asked_to():
    addresses = [
        reverse("opportunities:mine"),
        reverse("opportunities:need_new"),
        reverse("opportunities:offer_new"),
        reverse("desk:queue"),
        reverse("opportunities:review_posting", args=[uuid4()]),
    ]
    for posting in two(make_party()):
        addresses += pages_of(posting)

    for address in addresses:
        wanted = f"{reverse('account_login')}?next={address}"
        assert Client().get(address).url == wanted
        assert Client().post(address, {"title": "x"}).url == wanted
    assert {need.title for need in Need.objects.all()} == {"Car care for beginners"}


def test_who_has_left_the_team_finds_its_postings_no_more():
    need = make_need()
    person = owner_of(need.party)
    need.party.memberships.all().delete()

    assert signed_in(person).get(url(need)).status_code == 404


def test_looking_changes_nothing():
    party = make_party()
    client = signed_in(owner_of(party))
    reviewer = signed_in(make_reviewer())
    waiting = make_offer(
        make_party("business"), kind="job", status="in_review", reviews_needed=2, round=1
    )
    mine = two(party)
    before = all_rows()

    for posting in mine:
        for address in pages_of(posting):
            assert client.get(address).status_code in {200, 302}, address
    for address in pages_of(mine[0]):
        client.head(address)
    for name in ("mine", "need_new", "offer_new"):
        assert client.get(reverse(f"opportunities:{name}")).status_code == 200
    for address in (
        reverse("desk:queue"),
        reverse("opportunities:review_posting", args=[waiting.public_id]),
    ):
        assert reviewer.get(address).status_code == 200

    assert all_rows() == before


@pytest.mark.parametrize("status", ["draft", "in_review", "paused", "expired", "withdrawn"])
def test_every_page_is_whole_and_labelled_in_every_status(status):
    """But for the steps, which are the same forms in all: below."""
    party = make_party("nonprofit")
    client = signed_in(owner_of(party))
    for posting in two(party):
        type(posting).objects.filter(pk=posting.pk).update(status=status)
        for address in [url(posting, name) for name in PAGES]:
            found = client.get(address)
            if found.status_code == 200:
                assert complaints(found) == [], address
            else:  # there is nothing to publish, or to change in what is over
                assert found.status_code in {302, 404}, address


def test_every_page_and_step_of_a_draft_is_whole_and_labelled():
    party = make_party("business")
    client = signed_in(owner_of(party))
    for posting in postings(party):
        type(posting).objects.filter(pk=posting.pk).update(status="draft")
        for address in [url(posting), url(posting, "publish"), *steps_to(posting)]:
            assert complaints(client.get(address)) == [], address
    for name in ("mine", "need_new", "offer_new"):
        assert complaints(client.get(reverse(f"opportunities:{name}"))) == []


def test_who_speaks_for_nobody_yet_says_first_who_they_are():
    nobody = signed_in(make_user())

    for name in ("mine", "need_new", "offer_new"):
        sent = nobody.get(reverse(f"opportunities:{name}"))
        assert sent.url == reverse("accounts:party_start")


def test_markup_that_somebody_typed_is_shown_as_text():
    need = make_need(title="<script>alert(1)</script>", description="<b onclick=x>oil</b>")
    client = signed_in(owner_of(need.party))

    for address in (url(need), reverse("opportunities:mine"), url(need, "step", "words")):
        page = client.get(address).content.decode()
        assert "<script>alert(1)" not in page
        assert "<b onclick" not in page
        assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    "name", ["needs/new/?kind=%00", "needed/?page=x&state=%27", "mine/?needs=z"]
)
def test_nonsense_in_an_address_is_harmless(name):
    client = signed_in(owner_of(make_party()))

    assert client.get(f"/{name}").status_code == 200
