"""``manage.py relevance``: needs and offers ranked by their words alone."""

import csv
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

NEEDS = (
    "need_id,title,description,topics,zip\n"
    "n1,Car care for beginners,,,not a zip\n"
    "n2,Healthy meals,Recipes on a small budget,cooking,\n"
    "n3,zzxq,,,\n"
)
OFFERS = (
    "offer_id,title,description,topics\n"
    "o1,Retired mechanic,Oil and tires,\n"
    "o2,Chef,Soups and stews,cooking\n"
)


def ranked(folder, *options, needs=NEEDS, offers=OFFERS):
    """The rows written, the counts, and what standard error says."""
    paths = [folder / "needs.csv", folder / "offers.csv"]
    for path, text in zip(paths, (needs, offers), strict=True):
        path.write_text(text, encoding="utf-8")
    said, told = StringIO(), StringIO()
    call_command(
        "relevance", *map(str, paths), *options, "--out", str(folder / "out.csv"),
        stdout=said, stderr=told,
    )  # fmt: skip
    with (folder / "out.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source)), json.loads(said.getvalue()), told.getvalue()


def test_each_offer_gets_its_closest_needs(tmp_path):
    rows, counts, _ = ranked(tmp_path, "--by", "offer", "--top", "1")

    assert [(row["offer_id"], row["need_id"], row["rank"]) for row in rows] == [
        ("o1", "n1", "1"),
        ("o2", "n2", "1"),
    ]
    assert all(0 < float(row["closeness"]) <= 1 for row in rows)
    assert (counts["needs"], counts["offers"], counts["written"]) == (3, 2, 2)


def test_each_need_gets_its_closest_offers_and_a_stranger_none(tmp_path):
    rows, _, _ = ranked(tmp_path, "--by", "need", "--top", "1")

    assert list(rows[0]) == ["need_id", "offer_id", "rank", "closeness"]
    assert [(row["need_id"], row["offer_id"]) for row in rows] == [("n1", "o1"), ("n2", "o2")]


def test_topics_may_be_written_as_slugs_or_names(tmp_path):
    def found(topics):
        needs = f"need_id,title,topics\nn1,Tuesdays,{topics}\n"
        offers = "offer_id,title,topics\no1,Violets,car-maintenance\n"
        rows, _, _ = ranked(tmp_path, "--by", "need", needs=needs, offers=offers)
        return [row["closeness"] for row in rows]

    assert found("car-maintenance") == found("Car maintenance") != []
    assert found("") == []


def test_an_encoder_is_named_by_its_dotted_name(tmp_path):
    encoder = "tests.matching.encoders.rolls_or_grows"

    rows, _, _ = ranked(tmp_path, "--by", "offer", "--top", "1", "--encoder", encoder)

    assert float(rows[0]["closeness"]) > 0.5


def test_an_encoder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"--encoder nowhere\.at_all"):
        ranked(tmp_path, "--by", "offer", "--encoder", "nowhere.at_all")


def test_rows_without_an_id_or_words_are_told_and_stop_nothing(tmp_path):
    needs = "need_id,title,description\n,Car care,\nn1,,\nn2,Tires,\n"

    rows, counts, told = ranked(tmp_path, "--by", "offer", "--top", "1", needs=needs)

    assert {row["need_id"] for row in rows} == {"n2"}
    assert counts["needs"] == 1
    assert told == "needs, row 2: There is no id.\nneeds, row 3: There are no words.\n"


@pytest.mark.parametrize("top", ["0", "-1", "many"])
def test_a_count_that_is_none_is_refused(tmp_path, top):
    with pytest.raises(CommandError, match="no whole number"):
        ranked(tmp_path, "--by", "offer", "--top", top)
