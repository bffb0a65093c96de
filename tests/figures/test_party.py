"""A party's numbers: exactly its own, on its own clock, as plots, a table and a file."""

import csv
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from figures.party import numbers_of
from tests.factories import (
    NOON,
    make_match,
    make_need,
    make_offer,
    make_party,
    make_user,
    owner_of,
)
from tests.pages import Page
from trail.models import Audit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]
DAY = timedelta(days=1)


def answered(need, days, *, at=NOON, status="accepted", **fields):
    """A proposal that the need's side answered after so many days."""
    began = at - 20 * DAY
    return make_match(
        need,
        status=status,
        proposed_at=began,
        need_answer="yes",
        need_answered_at=began + days * DAY,
        **fields,
    )


def test_each_figure_counts_what_its_sentence_says():
    party = make_party()
    need = make_need(party, opened_at=NOON - 60 * DAY)
    make_offer(party, status="in_review", opened_at=None, submitted_at=NOON)
    make_need(party, status="draft", opened_at=None, submitted_at=None)
    for days in (1, 2, 3):
        answered(need, days)
    answered(need, 4, status="introduced", offer_answer="yes", offer_answered_at=NOON,
             introduced_at=NOON)  # fmt: skip
    make_match(need, status="expired", proposed_at=NOON - 20 * DAY)
    make_match(need, status="withdrawn", proposed_at=NOON - 20 * DAY)
    make_match(need, proposed_at=NOON)
    make_match()  # of others

    months, total = numbers_of(party, at=NOON)

    assert (total.posted, total.proposed, total.introduced) == (2, 7, 1)
    assert (total.asked, total.answered, total.rate) == (5, 4, 80)
    assert total.wait.median == 2.5
    assert (months[-2].proposed, months[-1].proposed, months[-1].introduced) == (6, 1, 1)
    assert (months[-3].posted, months[-1].posted) == (1, 1)
    assert total.wait.quartiles is None
    answered(need, 5)
    assert numbers_of(party, at=NOON).total.wait.quartiles == (2, 4)


def test_a_month_ends_at_midnight_where_the_party_is():
    party = make_party(time_zone="Pacific/Honolulu")
    make_match(make_need(party), proposed_at=datetime(2027, 1, 1, 9, 59, tzinfo=UTC))

    months = numbers_of(party, at=NOON).months

    assert [row.proposed for row in months[-2:]] == [1, 0]
    assert len(months) == 12


def test_what_the_other_side_answered_is_in_no_number():
    party, offer = make_party(), make_offer()
    need = make_need(party)
    make_match(need, offer)
    before = numbers_of(party, at=NOON)

    need.matches.update(status="accepted", offer_answer="yes", offer_answered_at=NOON)

    assert numbers_of(party, at=NOON) == before
    assert numbers_of(offer.party, at=NOON).total.answered == 1


def test_the_page_shows_plots_with_words_and_the_same_facts_as_a_table(client):
    party = make_party()
    answered(make_need(party), 2)
    client.force_login(owner_of(party))
    address = reverse("figures:party", args=[party.public_id])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        page = client.get(address)
    answered(make_need(party), 3)
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert Page(page.text).complaints == []
    assert page.text.count("<desc id=") == 5
    assert "1 of 1 (100%)" in page.text
    assert len(many) == len(few)
    with translation.override("es"):  # a comma would break the drawing
        client.post("/language/setlang/", {"language": "es"})
        assert 'y="12.0"' in client.get(address).text


def test_the_file_holds_plain_numbers_and_that_it_was_taken_is_written_down(client):
    party = make_party()
    answered(make_need(party), 2)
    client.force_login(owner_of(party))

    sent = client.post(reverse("figures:party_file", args=[party.public_id]))

    rows = list(csv.DictReader(sent.text.splitlines()))
    assert [len(rows), rows[-1]["month"], rows[0]["month"]] == [13, "total", "2026-02"]
    assert (rows[-1]["answered"], rows[-1]["rate_percent"]) == ("1", "100")
    assert rows[-1]["median_days_to_answer"] == "2.0"
    assert Audit.objects.get().verb == "numbers_exported"


def test_a_file_asks_for_a_fresh_proof(client):
    party = make_party()
    client.force_login(owner_of(party))
    session = client.session
    session["signed_in_at"] = 0
    session.save()

    sent = client.post(reverse("figures:party_file", args=[party.public_id]))

    assert sent.status_code == 302
    assert not Audit.objects.exists()


def test_a_stranger_finds_nothing(client):
    party = make_party()
    client.force_login(make_user())
    assert client.get(reverse("figures:party", args=[party.public_id])).status_code == 404
    assert client.post(reverse("figures:party_file", args=[party.public_id])).status_code == 404
