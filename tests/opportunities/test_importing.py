"""Every row is imported or rejected, a second run changes nothing, a file verifies nobody."""

import csv
import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Party
from opportunities import actions
from opportunities.models import Need, Offer
from opportunities.spreadsheets.exporting import export_rows
from opportunities.spreadsheets.importing import BATCH, import_rows
from opportunities.spreadsheets.parties import Parties
from opportunities.spreadsheets.report import Reason
from opportunities.spreadsheets.rows import read_needs, read_offers
from tests.factories import NOON, make_need, make_offer, make_party, owner_of
from trail.models import Audit, Change

pytestmark = pytest.mark.django_db

NEED = {"need_id": "1", "title": "Car care class", "topics": "car-maintenance", "zip": "11201"}
JOB = {
    "offer_id": "1", "title": "Baker's helper", "kind": "job", "topics": "baker", "zip": "11201",
    "pay": "21", "pay_period": "hour", "hours_per_week": "36", "workplace": "Our bakery",
    "supervisor": "Head baker",
}  # fmt: skip
COMPLETE = JOB | {"shift_minutes": "480", "record_policy": "not_asked"}
TRAINING = COMPLETE | {
    "kind": "apprenticeship", "topics": "baker-apprentice", "length_months": "18",
    "credential": "Journeyworker card", "sponsor": "We run it",
    "instruction": "100 hours a year, paid by us", "wage_steps": "$21 at first, $24 after a year",
}  # fmt: skip


@pytest.fixture
def sheet(tmp_path):
    def write(*rows, name="sheet.csv"):
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as target:
            columns = list(dict.fromkeys(column for row in rows for column in row))
            writer = csv.DictWriter(target, columns)
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write


def needs(path, parties=None, **options):
    parties = parties or Parties(create=True)
    return import_rows(read_needs(path), model=Need, parties=parties, at=NOON, **options)


def offers(path, parties=None, **options):
    parties = parties or Parties(create=True)
    return import_rows(read_offers(path), model=Offer, parties=parties, at=NOON, **options)


def counts(report):
    return report.created, report.updated, report.unchanged, len(report.reasons)


def test_a_row_becomes_a_draft_of_the_party_with_the_facts_it_states(sheet):
    party = make_party()
    row = NEED | {"slots": "Tue 18:00-20:00", "minutes": "90", "exclusions": "alcohol"}

    report = needs(sheet(row), Parties(one=party))

    need = Need.objects.get()
    assert counts(report) == (1, 0, 0, 0)
    assert (need.status, need.party, need.import_id, need.kind) == ("draft", party, "1", "class")
    assert (need.title, need.slots, need.minutes) == ("Car care class", ["Tue 18:00-20:00"], 90)
    assert (need.exclusions, need.county) == (["alcohol"], "Kings County, NY")
    assert (need.start_date, need.end_date) == (date(2027, 1, 12), date(2028, 1, 12))
    assert [topic.slug for topic in need.topics.all()] == ["car-maintenance"]


def test_one_bad_row_never_stops_the_rest(sheet):
    rows = [
        NEED | {"need_id": number, "seats": "none" if number == 2 else "4"}
        for number in range(1, BATCH + 3)
    ]

    report = needs(sheet(*rows), Parties(one=make_party()))

    assert counts(report) == (BATCH + 1, 0, 0, 1)
    assert report.reasons == [
        Reason(3, "seats", "“none” is no whole number from 1 to 500."),
    ]
    assert report.rows == BATCH + 2


def test_a_row_that_the_database_refuses_never_stops_the_rest(sheet):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE opportunities_need ADD CHECK (title <> 'Not this')")
    titles = ("Car care", "Not this", "Sewing")
    rows = [NEED | {"need_id": title, "title": title} for title in titles]

    report = needs(sheet(*rows), Parties(one=make_party()))

    assert counts(report) == (2, 0, 0, 1)
    assert [(one.row, one.column) for one in report.reasons] == [(3, "")]
    assert set(Need.objects.values_list("title", flat=True)) == {"Car care", "Sewing"}
    assert Audit.objects.filter(verb="need_saved").count() == 2


def test_three_new_drafts_cost_as_many_queries_as_one(sheet):
    parties = Parties(one=make_party())

    def cost(*ids):
        path = sheet(*[NEED | {"need_id": number} for number in ids])
        with CaptureQueriesContext(connection) as queries:
            assert needs(path, parties).created == len(ids)
        return len(queries)

    assert cost("1") == cost("2", "3", "4")


def test_a_second_run_creates_and_changes_nothing_even_on_another_day(sheet):
    path = sheet(NEED, NEED | {"need_id": "2", "topics": "", "description": "Learn to change oil."})
    parties = Parties(one=make_party())
    needs(path, parties)
    before = list(Need.objects.order_by("pk").values()), Audit.objects.count()

    report = import_rows(read_needs(path), model=Need, parties=parties, at=NOON.replace(month=3))

    assert counts(report) == (0, 0, 2, 0)
    assert (list(Need.objects.order_by("pk").values()), Audit.objects.count()) == before


def test_a_changed_row_changes_its_draft(sheet):
    parties = Parties(one=make_party())
    needs(sheet(NEED), parties)

    report = needs(sheet(NEED | {"title": "Car care for all", "topics": "budgeting"}), parties)

    need = Need.objects.get()
    assert counts(report) == (0, 1, 0, 0)
    assert (need.title, need.topics.get().slug) == ("Car care for all", "budgeting")


def test_a_changed_row_edits_what_is_published_and_counts_the_revision(sheet):
    party = make_party()
    need = make_need(party, import_id="1", title="Car care class")

    report = needs(sheet(NEED | {"seats": "9"}), Parties(one=party))

    need.refresh_from_db()
    assert counts(report) == (0, 1, 0, 0)
    assert (need.seats, need.revision, need.status) == (9, 2, "open")
    assert Change.objects.filter(subject="need", subject_id=need.pk).exists()


def test_columns_that_the_file_lacks_keep_what_the_posting_says(sheet):
    party = make_party()
    need = make_need(
        party, import_id="1", title="Car care class", minutes=45, requires=["transport"]
    )

    report = needs(sheet(NEED), Parties(one=party))

    need.refresh_from_db()
    assert counts(report) == (0, 0, 1, 0)
    assert (need.minutes, need.requires, need.slots) == (45, ["transport"], ["Tue 18:00-20:00"])


def test_the_same_id_twice_in_one_file_is_taken_once(sheet):
    report = needs(sheet(NEED, NEED | {"title": "Another"}), Parties(one=make_party()))

    assert report.reasons == [Reason(3, "need_id", "“1” stands in row 2 already.")]
    assert Need.objects.get().title == "Car care class"


def test_the_same_id_of_two_parties_is_two_postings(sheet):
    report = needs(sheet(NEED | {"party": "Hope House"}, NEED | {"party": "Harbor"}))

    assert counts(report) == (2, 0, 0, 0)


def test_a_dry_run_reports_all_of_it_and_saves_nothing(sheet):
    report = needs(sheet(NEED | {"party": "Hope House"}), publish=True, dry_run=True)

    assert counts(report) == (1, 0, 0, 0)
    assert (Need.objects.count(), Party.objects.count(), Audit.objects.count()) == (0, 0, 0)


# Parties


def test_a_row_finds_its_party_by_name_in_any_case(sheet):
    party = make_party(name="Hope House")

    needs(sheet(NEED | {"party": "hope house"}), Parties())

    assert Need.objects.get().party == party


@pytest.mark.parametrize("name", ["", "Nobody", "Twins"])
def test_a_row_of_no_party_or_of_two_is_rejected(sheet, name):
    make_party(name="Twins")
    make_party(name="Twins")

    report = needs(sheet(NEED | {"party": name}), Parties())

    assert [reason.column for reason in report.reasons] == ["party"]


def test_created_parties_are_drafts_of_the_kind_the_row_implies(sheet):
    row = {"title": "Help", "topics": "budgeting", "zip": "11201", "party_verified": "yes"}
    needs(sheet(row | {"need_id": "1", "party": "Hope House"}))
    offers(sheet(row | {"offer_id": "1", "party": "Ann Example"}))
    offers(sheet(row | {"offer_id": "1", "party": "Bread Inc", "kind": "job"}))

    assert sorted(Party.objects.values_list("name", "kind", "status", "verified_until")) == [
        ("Ann Example", "volunteer", "draft", None),
        ("Bread Inc", "business", "draft", None),
        ("Hope House", "nonprofit", "draft", None),
    ]


def test_an_import_acts_in_the_name_of_the_partys_owner(sheet):
    party = make_party()

    needs(sheet(NEED), Parties(one=party))

    assert set(Audit.objects.values_list("actor_id", flat=True)) == {owner_of(party).pk}


# Publishing


def test_publish_opens_what_is_complete(sheet):
    report = needs(sheet(NEED), Parties(one=make_party()), publish=True)

    assert (report.published, Need.objects.get().status) == (1, "open")


def test_a_published_row_of_an_unverified_party_waits(sheet):
    needs(sheet(NEED | {"party": "Hope House"}), publish=True)

    assert Need.objects.get().status == "in_review"


def test_a_job_that_lacks_its_shifts_stays_a_draft_and_says_so(sheet):
    report = offers(sheet(JOB), Parties(one=make_party("business")), publish=True)

    offer = Offer.objects.get()
    assert (counts(report), offer.status) == ((1, 0, 0, 0), "draft")
    assert actions.missing_facts(offer) == ["length of a shift", "policy on records"]
    assert list(report.notes) == [
        "stays a draft. Before it can be published, please add:"
        " length of a shift, policy on records."
    ]


@pytest.mark.parametrize("row", [COMPLETE, TRAINING], ids=["job", "apprenticeship"])
def test_work_that_says_all_it_must_is_sent_in_from_a_file(sheet, row):
    report = offers(sheet(row), Parties(one=make_party("business")), publish=True)

    offer = Offer.objects.get()
    assert (report.published, offer.status) == (1, "in_review")
    assert (offer.shift_minutes, offer.wage_steps) == (480, row.get("wage_steps", ""))


def test_a_need_for_work_without_possible_hours_stays_a_draft(sheet):
    needs(sheet(NEED | {"kind": "job", "topics": "baker"}), Parties(one=make_party()), publish=True)

    assert Need.objects.get().status == "draft"


def test_what_is_over_stays_a_draft(sheet):
    row = NEED | {"start_date": "2011-01-03", "end_date": "2011-02-10"}

    report = needs(sheet(row), Parties(one=make_party()), publish=True)

    assert (Need.objects.get().status, report.published, report.imported) == ("draft", 0, 1)


# Words


def test_topics_left_out_are_read_from_the_text_where_it_is_clear(sheet):
    rows = (
        NEED | {"topics": "", "title": "Budgeting class"},
        NEED | {"need_id": "2", "topics": "", "title": "Something good"},
    )

    needs(sheet(*rows), Parties(one=make_party()), publish=True)

    clear, unclear = Need.objects.order_by("import_id")
    assert [topic.slug for topic in clear.topics.all()] == ["budgeting"]
    assert (unclear.topics.count(), unclear.status) == (0, "draft")


@pytest.mark.parametrize(
    "text", ["Call 555-010-0199.", "Write to ann@example.org.", "My client Maria, 23, needs it."]
)
def test_an_identity_in_a_text_is_refused_by_its_column(sheet, text):
    report = needs(sheet(NEED | {"description": text}), Parties(one=make_party()))

    assert [(reason.row, reason.column) for reason in report.reasons] == [(2, "description")]
    assert Need.objects.count() == 0


def test_unknown_words_are_kept_and_counted(sheet):
    report = needs(sheet(NEED | {"exclusions": "alcohol|loud music"}), Parties(one=make_party()))

    assert report.unknown_words == {"loud_music": 1}
    assert sorted(Need.objects.get().exclusions) == ["alcohol", "loud_music"]


def test_a_confidential_partys_need_stores_no_place_of_the_file(sheet):
    party = make_party(confidential=True, counties=["Kings County, NY"])
    row = NEED | {"zip": "10001", "latitude": "40.75", "longitude": "-73.99"}

    needs(sheet(row), Parties(one=party), publish=True)
    again = needs(sheet(row), Parties(one=party), publish=True)

    need = Need.objects.get()
    assert (need.zip, need.latitude, need.longitude, need.county) == ("", None, None, "")
    assert (need.counties, need.status) == (["Kings County, NY"], "open")
    assert counts(again) == (0, 0, 1, 0)


# Out and in again


def test_an_export_read_in_again_changes_nothing(tmp_path):
    nonprofit, business = (
        make_party("nonprofit", name="Hope"),
        make_party("business", name="=Bread"),
    )
    make_need(
        nonprofit,
        ("car-maintenance", "budgeting"),
        import_id="7",
        title="=Car care",
        description='Oil, "tires"\nand lights',
        dates=[date(2027, 2, 2)],
        requires=["transport"],
    )
    make_need(nonprofit, slots=[], languages=["en", "es"], exclusions=["alcohol", "nights"])
    make_offer(business, ("baker",), kind="job", import_id="9", tips=True, end_date=None)
    make_offer(business, radius_km=12.5, tags=["private_home"], workplace="Left from a draft")
    for model, party, read in ((Need, nonprofit, read_needs), (Offer, business, read_offers)):
        path = tmp_path / "out.csv"
        with path.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows(export_rows(model, party))
        before = list(model.objects.order_by("pk").values())

        report = import_rows(read(path), model=model, parties=Parties(), publish=True, at=NOON)

        assert (counts(report), report.reasons) == ((0, 0, 2, 0), [])
        assert list(model.objects.order_by("pk").values()) == before


def test_no_exported_cell_is_a_formula():
    party = make_party(name="@Home")
    make_need(party, import_id="+1", title="=1+1", description="-2\n\tx")

    header, row = export_rows(Need, party)

    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert dict(zip(header, row, strict=True))["title"] == "'=1+1"


# The commands


def test_json_ends_with_one_line_that_accounts_for_every_row(sheet):
    out, err = StringIO(), StringIO()
    path = sheet(NEED | {"party": "Hope", "mood": "good"}, NEED | {"party": "Hope", "zip": "1"})

    call_command(
        "import_postings", "needs", str(path), "--create-parties", "--json", stdout=out, stderr=err
    )

    assert json.loads(out.getvalue().splitlines()[-1]) == {
        "rows": 2,
        "imported": 1,
        "created": 1,
        "updated": 0,
        "rejected": 1,
        "reasons": [{"row": 3, "column": "zip", "reason": "A ZIP code has five digits."}],
    }
    assert "Columns left out: mood." in err.getvalue()


def test_the_summary_is_readable(sheet):
    out = StringIO()
    make_party(name="Hope")

    call_command("import_postings", "needs", str(sheet(NEED)), "--party", "hope", stdout=out)

    assert out.getvalue().splitlines() == [
        "sheet.csv: UTF-8, separated by comma.",
        "1 rows: 1 created, 0 updated, 0 unchanged, 0 rejected; 0 published.",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("needs", "missing.csv", "--create-parties"),
        ("needs", __file__),
        ("needs", "missing.csv", "--party", "Nobody"),
        ("needs", "missing.csv", "--party", "Nobody", "--create-parties"),
        ("people", "missing.csv"),
        ("needs",),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(arguments):
    with pytest.raises(CommandError) as refused:
        call_command("import_postings", *arguments)

    assert refused.value.returncode == 2
    assert len(str(refused.value).splitlines()) == 1


def test_postings_are_exported_by_a_command_that_leaves_a_trace(tmp_path):
    party = make_party(name="Hope")
    make_need(party)
    path = tmp_path / "out.csv"

    call_command("export_postings", "needs", party="hope", out=path, stdout=StringIO())

    assert len(list(read_needs(path))) == 1
    audit = Audit.objects.get(verb="needs_exported")
    assert (audit.subject_id, audit.facts) == (party.pk, {"rows": 1})
