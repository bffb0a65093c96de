"""``manage.py suggest_topics``: every row is answered, or named with its reason."""

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

HEADER = "id,title,description,kind,language\n"


def suggested(folder, rows, header=HEADER):
    """The rows written, the counts, and what standard error says."""
    file, out = folder / "texts.csv", folder / "out.csv"
    file.write_text(header + rows, encoding="utf-8")
    said, told = StringIO(), StringIO()
    call_command("suggest_topics", str(file), "--out", str(out), stdout=said, stderr=told)
    with out.open(encoding="utf-8", newline="") as source:
        written = list(csv.DictReader(source))
    return written, json.loads(said.getvalue().splitlines()[-1]), told.getvalue()


def test_each_text_gets_its_topics_ranked(tmp_path):
    written, counts, _ = suggested(tmp_path, "a,Budgeting and sewing class,,class,en\n")

    assert [row["rank"] for row in written] == [str(n + 1) for n in range(len(written))]
    assert {row["topic"] for row in written[:2]} == {"budgeting", "sewing-and-crafts"}
    assert float(written[0]["confidence"]) >= float(written[1]["confidence"]) > 0
    assert (counts["rows"], counts["written"]) == (1, len(written))


def test_a_text_that_fits_no_topic_is_left_out(tmp_path):
    written, counts, _ = suggested(tmp_path, "a,Ski trip this winter,,class,en\n")

    assert (written, counts["without_topics"], counts["rejected"]) == ([], 1, 0)


def test_the_kind_and_the_language_of_each_row_count(tmp_path):
    rows = "a,soldadura,,Class,es\nb,soldadura,,apprenticeship,es\nc,welding,,job,\n"

    written, _, _ = suggested(tmp_path, rows)

    assert [row["topic"] for row in written if row["rank"] == "1"] == [
        "welding-certification",
        "welder-apprentice",
        "welder",
    ]


def test_bad_rows_are_named_with_their_reason_and_the_rest_is_done(tmp_path):
    rows = (
        ",Cooking,,,\na,,,class,en\nb,Cooking,,chef,en\nc,Cooking,,,\nc,Sewing,,,\n"
        "d,Sewing,,class,en,too,many\ne,,Knitting every week,,\n"
    )

    written, counts, told = suggested(tmp_path, rows)

    assert [row["id"] for row in written if row["rank"] == "1"] == ["c", "e"]
    assert (counts["rows"], counts["rejected"]) == (7, 5)
    assert [line.partition(":")[0] for line in told.splitlines()] == [
        "row 2",
        "row 3",
        "row 4",
        "row 6",
        "row 7",
    ]
    assert "kind: “chef” is none of class, apprenticeship, job." in told


def test_a_long_file_says_how_far_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr("accounts.command_line.EVERY", 0.0)

    _, _, told = suggested(tmp_path, "a,Cooking,,class,en\n")

    assert told == "… 1 rows read\n"


@pytest.mark.parametrize(
    ("header", "reason"),
    [("title\n", "A column is missing: id"), ("", "The file is empty")],
)
def test_a_file_of_another_shape_is_refused_in_a_sentence(tmp_path, header, reason):
    with pytest.raises(CommandError, match=reason):
        suggested(tmp_path, "", header)


def test_what_is_read_is_never_written_over(tmp_path):
    file = tmp_path / "texts.csv"
    file.write_text(HEADER + "a,Cooking,,class,en\n", encoding="utf-8")

    with pytest.raises(CommandError, match="one of those to read"):
        call_command("suggest_topics", str(file), "--out", str(file))

    assert file.read_text(encoding="utf-8") == HEADER + "a,Cooking,,class,en\n"
