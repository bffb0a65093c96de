"""A spreadsheet on the page: looked at row by row, saved when one says so, and taken out again."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse

from opportunities import daily_limits, uploading
from opportunities.models import Need, Upload, UploadRow
from tests.factories import NOON, make_match, make_need, make_offer, make_party, owner_of
from tests.opportunities.pages import complaints, signed_in
from trail.models import Audit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

PAGE = reverse("opportunities:spreadsheets")
TOPICS = reverse("opportunities:topic_words")
FILE = (
    "need_id,title,topics,zip,minutes\n"
    "N-1,Budgeting for beginners,budgeting,11201,90\n"
    "N-2,Call Maria at 212-555-0100,budgeting,11201,60\n"
    "N-3,Cooking for two,cooking,11201,often\n"
    "N-1,Once more,budgeting,11201,60\n"
)


def bring(client, text=FILE, **answers):
    file = SimpleUploadedFile("mine.csv", text.encode())
    return client.post(PAGE, {"word": "need", "then": "drafts", "file": file} | answers)


def rows_of(upload):
    return [(row.number, row.outcome, row.column) for row in upload.rows.order_by("number")]


def test_a_file_is_looked_at_row_by_row_and_saved_when_its_party_says_so():
    party = make_party()
    client = signed_in(owner_of(party))
    start = client.get(PAGE)
    assert complaints(start) == []
    assert "<dt><code>seats</code></dt><dd>How many people take part.</dd>" in start.text
    topics = client.get(TOPICS)
    assert complaints(topics) == []
    assert "<dt><code>budgeting</code></dt>" in topics.text

    page = client.get(bring(client).url)
    upload = Upload.objects.get()
    assert complaints(page) == []
    assert rows_of(upload) == [
        (2, "created", ""),
        (3, "rejected", "title"),
        (4, "rejected", "minutes"),
        (5, "rejected", "need_id"),
    ]
    assert (Need.objects.count(), upload.status) == (0, "checked")
    refused = upload.rows.filter(outcome="rejected").order_by("number")
    assert [(row.title, row.cells) for row in refused] == [
        ("", {}),
        ("Cooking for two", {}),
        ("Once more", {}),
    ]
    assert "Cooking for two" in page.text

    client.post(reverse("opportunities:upload_save", args=[upload.public_id]))
    need = Need.objects.get()
    assert (need.title, need.minutes, need.status, need.party) == (
        "Budgeting for beginners",
        90,
        "draft",
        party,
    )
    upload.refresh_from_db()
    assert (upload.status, upload.rows.exclude(cells={}).count()) == ("done", 0)

    again = client.get(bring(client).url).content.decode()
    assert "There is nothing to save: no row is new or changed." in again


def test_rows_are_published_where_that_was_chosen_and_named_where_they_cannot_be():
    client = signed_in(owner_of(make_party()))
    text = (
        "need_id,title,topics,zip,minutes,kind\n"
        "N-1,Budgeting for beginners,budgeting,11201,90,class\n"
        "N-7,Baker's helper,baker,11201,60,job\n"
    )

    sent = bring(client, text, then="publish")
    assert "stays a draft." in client.get(sent.url).content.decode()
    assert Need.objects.count() == 0
    client.post(f"{sent.url}save/")

    assert dict(Need.objects.values_list("import_id", "status")) == {"N-1": "open", "N-7": "draft"}


def test_a_long_file_is_worked_on_in_pieces_and_the_page_tells_how_far_it_is(monkeypatch):
    monkeypatch.setattr(uploading, "FIRST_PIECE", 2)
    person = owner_of(make_party())
    client = signed_in(person)
    lines = "\n".join(f"N-{number},Cooking {number},cooking" for number in range(6))

    sent = bring(client, f"need_id,title,topics\n{lines}\n")
    page = client.get(sent.url)
    assert "2 of 6 rows are checked." in page.content.decode()
    assert page.headers["Refresh"] == "4"
    pk = Upload.objects.get().pk
    assert uploading.finish(upload_id=pk, at=NOON) == 1

    page = client.get(sent.url)
    assert "Refresh" not in page.headers
    client.post(f"{sent.url}save/")
    assert Need.objects.count() == 2
    assert uploading.finish(upload_id=pk, at=NOON) == 1
    assert uploading.finish(upload_id=pk, at=NOON) == 0
    assert (Need.objects.count(), Upload.objects.get().status) == (6, "done")
    assert client.post(f"{sent.url}save/").url == sent.url  # pressed twice: nothing more
    assert Need.objects.count() == 6


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The submitted file is empty."),
        ("need_id,title\n", "no rows beneath it"),
        ("title\nCooking\n", "A column is missing: need_id."),
        ("need_id,title\n" + "N,x\n" * 2001, "more than 2,000 rows"),
        ("need_id,title\nN-1," + "x" * 2_000_000, "larger than 2 MB"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(text, said):
    client = signed_in(owner_of(make_party()))

    page = bring(client, text)

    assert said in page.content.decode()
    assert (Upload.objects.count(), UploadRow.objects.count()) == (0, 0)


def test_a_party_brings_no_more_than_ten_files_a_day():
    party = make_party()
    client = signed_in(owner_of(party))
    for _number in range(uploading.FILES_A_DAY):
        Upload.objects.create(party=party, by=owner_of(party), word="need", created_at=NOON)

    assert "a lot of files for one day" in bring(client).content.decode()

    Upload.objects.update(created_at=NOON - timedelta(days=1))
    assert bring(client).status_code == 302


def test_from_files_a_party_publishes_so_many_a_day_and_the_rest_stay_drafts(monkeypatch):
    monkeypatch.setattr(daily_limits, "FROM_FILES_A_DAY", 2)
    monkeypatch.setattr(uploading, "FIRST_PIECE", 1)
    client = signed_in(owner_of(make_party()))
    rows = [f"N-{number},Cooking {number},cooking,11201,60" for number in range(4)]

    sent = bring(client, "\n".join([FILE.splitlines()[0], *rows]), then="publish")
    upload = Upload.objects.get()
    for _row in rows[1:]:  # the limit adds up over pieces
        uploading.work_on(upload, at=NOON, most=1)
    told = upload.rows.order_by("number").values_list("publishes", flat=True)
    assert list(told) == [True, True, False, False]
    client.post(f"{sent.url}save/")
    uploading.finish(upload_id=upload.pk, at=NOON)

    assert list(Need.objects.order_by("pk").values_list("status", flat=True)) == [
        "open",
        "open",
        "draft",
        "draft",
    ]
    assert "That is a lot from files for one day." in client.get(sent.url).content.decode()


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("upload_row_lets_its_cells_go", {"is_saved": True}),
        ("upload_row_lets_its_cells_go", {"outcome": "rejected"}),
        ("upload_row_is_once", {"number": 1}),
    ],
)
def test_a_row_is_kept_once_and_what_was_typed_only_until_it_is_saved(constraint, fields):
    party = make_party()
    upload = Upload.objects.create(party=party, by=owner_of(party), word="need", created_at=NOON)
    upload.rows.create(number=1)
    with pytest.raises(IntegrityError, match=constraint):
        upload.rows.create(**({"number": 2, "cells": {"title": "Cooking"}} | fields))


def test_an_upload_is_of_needs_or_of_offers():
    party = make_party()
    with pytest.raises(IntegrityError, match="upload_is_of_needs_or_offers"):
        Upload.objects.create(party=party, by=owner_of(party), word="match", created_at=NOON)


def test_a_row_never_reaches_the_postings_of_another_party():
    other = make_need(import_id="N-1", title="Of somebody else")

    sent = bring(client := signed_in(owner_of(make_party())))
    client.post(f"{sent.url}save/")

    other.refresh_from_db()
    assert other.title == "Of somebody else"
    assert Need.objects.filter(import_id="N-1").count() == 2


# Taking out


def test_what_is_downloaded_and_brought_again_changes_nothing():
    party = make_party()
    make_need(party, title="=1+1")
    client = signed_in(owner_of(party))

    file = client.post(reverse("opportunities:need_download"))
    text = file.content.decode()
    assert "'=1+1" in text
    assert Audit.objects.filter(verb="needs_exported", actor_id=owner_of(party).pk).count() == 1

    sent = bring(client, text)
    assert rows_of(Upload.objects.get()) == [(2, "unchanged", "")]
    assert "There is nothing to save" in client.get(sent.url).content.decode()


def test_ones_matches_tell_no_more_than_their_pages():
    hidden_home = make_party(
        confidential=True, counties=["Kings County, NY"], name="Quetzal House", state="NY"
    )
    helper = make_party("volunteer")
    need = make_need(
        hidden_home, exclusions=["alcohol"], confidential=True, zip="", county="",
        latitude=None, longitude=None, counties=["Kings County, NY"],
    )  # fmt: skip
    make_match(need, make_offer(helper))
    make_match(make_need(), make_offer())
    client = signed_in(owner_of(helper))

    lines = client.post(reverse("matching:download")).content.decode().splitlines()

    assert len(lines) == 2
    assert "A nonprofit in New York" in lines[1]
    assert not {"Quetzal", "alcohol", "Kings", "11201"} & set(lines[1].replace(",", " ").split())
