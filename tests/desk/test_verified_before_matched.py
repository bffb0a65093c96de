"""Nothing of an unverified party is ever proposed, however its rows came to be."""

import csv

import pytest
import time_machine
from django.contrib import admin
from django.db import IntegrityError
from django.urls import reverse

from accounts.models import Party
from matching import actions as matching
from matching import pipeline
from matching.models import Match
from matching.proposing import Proposal
from notices.models import Notice
from opportunities import actions
from opportunities.models import Need, Offer
from opportunities.spreadsheets.importing import import_rows
from opportunities.spreadsheets.parties import Parties
from opportunities.spreadsheets.rows import read_offers
from tests.factories import NOON, make_match, make_need, make_offer, make_party, make_user, owner_of
from trail import actions as trail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_need_that_would_fit():
    return make_need()


def nothing_comes_of_it():
    """The matcher looks at everything, and even what it is told to propose is refused."""
    trail.changed(subject="offer", ids=Offer.objects.values_list("pk", flat=True), at=NOON)
    pipeline.match_changes(at=NOON)
    need, offer = Need.objects.get(), Offer.objects.get()
    forced = Proposal(
        need_id=need.pk,
        offer_id=offer.pk,
        need_revision=need.revision,
        offer_revision=offer.revision,
        score=1.0,
        reasons=[],
    )
    proposed = matching.propose(proposals=[forced], at=NOON)
    return (proposed, Match.objects.count(), Notice.objects.count()) == ([], 0, 0)


def test_the_same_offer_of_a_verified_party_would_be_proposed():
    make_offer()

    assert not nothing_comes_of_it()


def test_by_form():
    party = make_party("volunteer", verified=False)
    draft = make_offer(party, status="draft", opened_at=None)

    published = actions.publish(posting=draft, by=owner_of(party), at=NOON)

    assert published.status == "in_review"
    assert nothing_comes_of_it()


def test_by_import(tmp_path):
    make_party("volunteer", verified=False, name="Ana Reyes")
    sheet = tmp_path / "offers.csv"
    row = {
        "offer_id": "1", "party": "Ana Reyes", "title": "Car care", "kind": "class",
        "topics": "car-maintenance", "zip": "11201", "slots": "Tue 18:00-20:00",
    }  # fmt: skip
    with sheet.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(row))
        writer.writeheader()
        writer.writerow(row)

    parties = Parties(one=Party.objects.get(name="Ana Reyes"))
    report = import_rows(read_offers(sheet), model=Offer, parties=parties, publish=True, at=NOON)

    assert report.created == 1
    assert nothing_comes_of_it()


@pytest.mark.parametrize("row", [Party, Need, Offer, Match])
def test_by_the_admin_nothing_is_added_or_changed_at_all(rf, row):
    request = rf.get("/")
    request.user = make_user(is_staff=True, is_superuser=True)

    window = admin.site.get_model_admin(row)

    assert not window.has_add_permission(request)
    assert not window.has_change_permission(request)


def test_by_the_admin_not_even_with_a_forged_post(client):
    offer = make_offer(make_party("volunteer", verified=False))
    client.force_login(make_user(is_staff=True, is_superuser=True))

    client.post(
        reverse("admin:accounts_party_change", args=[offer.party_id]), {"status": "verified"}
    )

    assert nothing_comes_of_it()


@pytest.mark.parametrize(
    "status", [one for one in Party.Status if one not in Party.VERIFIED_STATUSES]
)
def test_by_raw_orm(status):
    submitted = NOON if status == Party.Status.IN_REVIEW else None
    make_offer(make_party("volunteer", verified=False, status=status, submitted_at=submitted))

    assert nothing_comes_of_it()


def test_by_raw_orm_when_the_year_is_over():
    make_offer(make_party("volunteer", verified_until=NOON))

    assert nothing_comes_of_it()


@pytest.mark.parametrize("side", ["need", "offer"])
def test_not_even_a_match_that_is_written_by_hand(side):
    unverified = make_party(verified=False)
    posting = make_need(unverified) if side == "need" else make_offer(unverified)

    with pytest.raises(IntegrityError, match="only verified parties"):
        make_match(**{side: posting})


def test_on_no_page_and_in_no_count(client):
    offer = make_offer(make_party("volunteer", verified=False), title="Car care by nobody")
    need = make_need(make_party(verified=False), title="Needed by nobody")
    with time_machine.travel(NOON, tick=False):
        client.force_login(owner_of(make_party()))
        pages = [client.get(reverse(name)) for name in ("public:needed", "matching:list")]

    assert not any(str(posting) in page.text for page in pages for posting in (offer, need))
