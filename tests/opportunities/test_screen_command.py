"""``manage.py screen`` reads any spreadsheet."""

import csv
import json

import pytest
from django.core.management import CommandError, call_command


def screened(tmp_path, text, capsys):
    """The answers by id, the counts, and what was told on standard error."""
    source, out = tmp_path / "rows.csv", tmp_path / "answers.csv"
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    call_command("screen", str(source), "--out", str(out))
    told = capsys.readouterr()
    with out.open(encoding="utf-8", newline="") as answers:
        rows = {row["id"]: row for row in csv.DictReader(answers)}
    return rows, json.loads(told.out.splitlines()[-1]), told.err


def test_each_row_gets_its_decision_and_no_identity_is_repeated(tmp_path, capsys):
    rows, counts, _told = screened(
        tmp_path,
        "offer_id,title,description,pay\n"
        'a,Cook,"Day shift in our kitchen, paid by check.",$18/hr\n'
        "b,Cook,Call (212) 555-0100,$18/hr\n"
        "c,Maid,Live-in; the training fee is $50,$18/hr\n"
        "d,Maid,Room and board provided for you in our house,$18/hr\n",
        capsys,
    )

    assert {key: row["decision"] for key, row in rows.items()} == {
        "a": "ok",
        "b": "refuse",
        "c": "refuse",
        "d": "review",
    }
    assert (rows["b"]["identities"], rows["b"]["refused"]) == ("phone:description:5-19", "")
    assert rows["c"]["refused"].startswith("fees:description:")
    assert "housing" in rows["d"]["flags"].split("|")
    assert all(0 <= float(row["flag_score"]) <= 1 for row in rows.values())
    assert {name: counts[name] for name in ("rows", "ok", "review", "refuse")} == {
        "rows": 4,
        "ok": 1,
        "review": 1,
        "refuse": 2,
    }


def test_unknown_columns_are_read_and_the_first_is_the_id_where_none_is_named(tmp_path, capsys):
    rows, _counts, _told = screened(tmp_path, "No.;Notes\n7;her SSN is 123-45-6789\n", capsys)

    assert rows["7"]["identities"] == "ssn:notes:11-22"


def test_a_contact_stands_in_a_contact_column(tmp_path, capsys):
    rows, _counts, _told = screened(
        tmp_path, "id,name,Contact E-Mail,phone\n1,Sun,a@example.org,212-555-0100\n", capsys
    )

    assert rows["1"]["identities"] == ""


def test_the_same_phone_on_two_parties_is_flagged_and_on_one_it_is_not(tmp_path, capsys):
    rows, _counts, _told = screened(
        tmp_path,
        "id,company,contact,title\n"
        "1,Sun,(212) 555-0100,Cook\n2,Moon,212.555.0100,Cook\n"
        "3,Star,212-555-0111,Cook\n4,Star,212-555-0111,Server\n",
        capsys,
    )

    shared = {key for key, row in rows.items() if "shared_contact" in row["flags"].split("|")}
    assert shared == {"1", "2"}


def test_a_bad_row_is_named_and_the_rest_is_done(tmp_path, capsys):
    rows, counts, told = screened(
        tmp_path, b"id,title\n1,Cook\n2,Cook,too,many\n3,Caf\xe9 help\n", capsys
    )

    assert list(rows) == ["1", "3"]
    assert counts["unreadable"] == 1
    assert "row 3:" in told


def test_what_cannot_be_read_as_a_table_is_one_line(tmp_path):
    with pytest.raises(CommandError, match="no such file"):
        call_command("screen", str(tmp_path / "none.csv"), "--out", str(tmp_path / "out.csv"))
    source = tmp_path / "rows.csv"
    source.write_text("id,title\n1,Cook\n")
    with pytest.raises(CommandError, match="one of those to read"):
        call_command("screen", str(source), "--out", str(source))
