"""A party posts and changes so much by hand in a day, and no more."""

from datetime import timedelta

import pytest
from django.urls import reverse

from opportunities import actions, daily_limits
from opportunities.models import Need, Offer
from tests.factories import NOON, make_need, make_offer, make_party, owner_of
from tests.opportunities.pages import CLASS_WORDS, answer, complaints, signed_in, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
DAY = timedelta(days=1)
A_DAY = 4  # as many as the tests allow; twenty and sixty would prove the same


@pytest.fixture(autouse=True)
def few(monkeypatch):
    monkeypatch.setattr(daily_limits, "NEW_A_DAY", A_DAY)
    monkeypatch.setattr(daily_limits, "EDITS_A_DAY", A_DAY)


def post_one_more(party):
    return answer(signed_in(owner_of(party)), reverse("opportunities:offer_new"), CLASS_WORDS)


def make_many(party, count, **fields):
    for number in range(count):
        make = make_need if number % 2 else make_offer
        make(party, **({"created_at": NOON, "status": "withdrawn"} | fields))


def test_so_many_new_ones_a_day_whatever_became_of_them():
    party = make_party()
    make_many(party, A_DAY - 1)
    assert post_one_more(party).status_code == 302

    refused = post_one_more(party)

    assert complaints(refused) == []
    assert "a lot of new postings for one day" in refused.text
    assert CLASS_WORDS["description"] in refused.text
    assert Offer.objects.filter(party=party, status="draft").count() == 1


def test_what_a_spreadsheet_brought_or_others_posted_or_is_of_yesterday_does_not_count():
    party = make_party()
    make_many(make_party(), A_DAY)
    make_many(party, A_DAY, created_at=NOON - DAY)
    for number in range(A_DAY):
        make_need(party, created_at=NOON, import_id=str(number))

    assert post_one_more(party).status_code == 302


def edit_often(posting, count, *, at=NOON):
    for change in range(count):
        facts = {"sessions" if isinstance(posting, Need) else "radius_km": 10 + change}
        actions.edit(posting=posting, by=owner_of(posting.party), facts=facts, at=at)


def edit_one_more(posting):
    client = signed_in(owner_of(posting.party))
    changed = CLASS_WORDS | {"title": "Another class", "description": "Another evening."}
    return answer(client, url(posting, "step", "words"), changed)


def test_so_many_changes_a_day_over_all_that_is_published():
    party = make_party()
    need, offer = make_need(party), make_offer(party)
    edit_often(need, A_DAY // 2)
    edit_often(offer, A_DAY // 2 - 1)
    assert edit_one_more(offer).status_code == 302

    refused = edit_one_more(need)

    assert complaints(refused) == []
    assert "a lot of changes for one day" in refused.text
    assert Need.objects.get().title == "Car care for beginners"


def test_changes_of_others_or_of_yesterday_or_of_a_spreadsheets_rows_do_not_count():
    party = make_party()
    own = make_offer(party)
    edit_often(make_offer(), A_DAY)
    edit_often(own, A_DAY, at=NOON - DAY)
    edit_often(make_offer(party, import_id="7"), A_DAY)

    daily_limits.allow_edit(party, at=NOON)

    edit_often(own, A_DAY)
    with pytest.raises(daily_limits.TooManyToday):
        daily_limits.allow_edit(party, at=NOON)
