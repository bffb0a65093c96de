"""An export of matches tells what happened, and neither who nor where."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from matching.exporting import COLUMNS
from tests.factories import (
    NOON,
    make_match,
    make_need,
    make_offer,
    make_party,
    make_user,
    owner_of,
)
from trail.models import Audit

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(tmp_path):
    def run(**options):
        path = tmp_path / "matches.csv"
        with time_machine.travel(NOON, tick=False):
            call_command("export_matches", out=path, stdout=StringIO(), **options)
        with path.open(encoding="utf-8", newline="") as source:
            return list(csv.DictReader(source))

    return run


def test_a_match_is_exported_with_ids_statuses_and_dates(export):
    need = make_need(make_party(name="Hope House"), import_id="n-1")
    offer = make_offer(make_party("business", name="Bread Inc"), import_id="o-1")
    match = make_match(need, offer, "introduced", score=0.61234)

    (row,) = export()

    assert tuple(row) == COLUMNS
    assert row == {
        "match_id": str(match.public_id),
        "kind": "class",
        "status": "introduced",
        "score": "0.612",
        "proposed_at": "2027-01-11T12:00:00+00:00",
        "need_answer": "yes",
        "need_answered_at": "2027-01-12T09:00:00+00:00",
        "offer_answer": "yes",
        "offer_answered_at": "2027-01-12T09:00:00+00:00",
        "introduced_at": "2027-01-12T09:00:00+00:00",
        "closed_at": "",
        "need_id": str(need.public_id),
        "need_import_id": "n-1",
        "need_party_kind": "nonprofit",
        "need_party": "Hope House",
        "offer_id": str(offer.public_id),
        "offer_import_id": "o-1",
        "offer_party_kind": "business",
        "offer_party": "Bread Inc",
    }


def test_no_contact_no_person_and_no_silent_fact_is_in_it(export, tmp_path):
    secrets = {"name": "Canary Person", "email": "canary@example.org", "phone": "555-0100"}
    person = make_user(**secrets)
    home = make_party(
        name="Canary Home", confidential=True, alias="A home in the city", counties=["Kings, NY"],
        owner=person, contact=person, registration_number="CANARY-EIN",
    )  # fmt: skip
    volunteer = make_party("volunteer", name="Canary Volunteer", owner=person)
    need = make_need(
        home, confidential=True, zip="", latitude=None, longitude=None, county="",
        counties=["Canary County, NY"], title="Canary title", description="Canary text",
        audience="minors", exclusions=["canary_word"], import_id="canary-import", contact=person,
    )  # fmt: skip
    make_match(
        need, make_offer(volunteer), "declined", need_reason="canary", closed_reason="canary"
    )

    (row,) = export()

    text = (tmp_path / "matches.csv").read_text().lower()
    assert [word for word in ("canary", "555-0100", "minors") if word in text] == []
    assert (row["need_party"], row["offer_party"]) == ("A home in the city", "")
    assert owner_of(volunteer).name not in text


def test_a_no_is_told_only_once_it_is_final(export):
    make_match(need_answer="no", need_answered_at=NOON - timedelta(minutes=9))
    make_match(offer_answer="no", offer_answered_at=NOON - timedelta(minutes=11))

    fresh, final = export()

    assert (fresh["need_answer"], fresh["need_answered_at"]) == ("", "")
    assert (final["offer_answer"], final["offer_answered_at"][:10]) == ("no", "2027-01-12")


def test_a_block_looks_like_any_no(export):
    make_match(status="blocked")

    assert [row["status"] for row in export()] == ["declined"]


def test_only_what_was_proposed_since_that_day_is_exported(export):
    make_match(proposed_at=NOON.replace(day=9, hour=23))
    later = make_match(proposed_at=NOON.replace(day=10, hour=0))

    assert [row["match_id"] for row in export(since="2027-01-10")] == [str(later.public_id)]


def test_no_exported_cell_is_a_formula(export):
    texts = ["=1+1", "+1", "-1", "@x", "\tx", "\rx"]
    for text in texts:
        make_match(make_need(make_party(name=text), import_id=text))

    rows = export()

    assert [row["need_import_id"] for row in rows] == [f"'{text}" for text in texts]
    assert not [
        cell for row in rows for cell in row.values() if cell[:1] in tuple("=+-@\t\r") and cell
    ]


def test_an_export_leaves_a_trace(export):
    make_match()

    export(since="2027-01-01")

    audit = Audit.objects.get(verb="matches_exported")
    assert (audit.actor_id, audit.at) == (None, NOON)
    assert audit.facts == {"since": "2027-01-01", "rows": 1}


def test_an_export_costs_as_many_queries_for_three_as_for_one(export, django_assert_num_queries):
    make_match()
    with django_assert_num_queries(4):  # savepoint, matches, audit, release
        export()
    make_match()
    make_match()
    with django_assert_num_queries(4):
        export()


@pytest.mark.parametrize(
    "options",
    [{"since": "yesterday"}, {"since": "2027-02-30"}, {"out": "/missing/folder/x.csv"}],
)
def test_wrong_usage_is_one_line_and_exit_code_2(tmp_path, options):
    with pytest.raises(CommandError) as refused:
        call_command("export_matches", **({"out": str(tmp_path / "x.csv")} | options))

    assert (refused.value.returncode, len(str(refused.value).splitlines())) == (2, 1)
