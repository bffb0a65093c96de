"""``match_csv``: two files in, fitting pairs out, and no database."""

import csv
import json
import os
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.places import place_of_zip
from matching import dry_run
from matching.columns.book import TopicFacts
from matching.management.commands import match_csv
from matching.score import WEIGHTS
from opportunities.schedules import Slot, format_slots
from opportunities.spreadsheets.rows import NEED_COLUMNS, OFFER_COLUMNS
from opportunities.topics import taxonomy
from tests.matching import postings, reference

EXAMPLES = int(os.environ.get("RULES_EXAMPLES", "15"))
TODAY = date(2027, 1, 12)
TOPICS = [TopicFacts(entry.slug, entry.group, entry.umbrella) for entry in taxonomy()]
REAL = {  # what the generated topics are called in the taxonomy
    "trades": "entry-level-any",
    "welding": "receptionist",
    "plumbing": "data-entry",
    "budgeting": "budgeting",
    "credit": "banking-basics",
    "pottery": "comptia-a-plus",
}
NEED = {"need_id": "n1", "title": "Budgeting", "topics": "budgeting", "zip": "60601"}
OFFER = {"offer_id": "o1", "title": "Budgets", "topics": "budgeting", "zip": "60601"}


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def written(path, columns, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, columns)
        table.writeheader()
        table.writerows(rows)
    return str(path)


def matched(folder, needs, offers, *options):
    """Run the command. Returns the rows it wrote, its counts, and what it said on the way."""
    out, err = StringIO(), StringIO()
    call_command(
        "match_csv",
        written(folder / "needs.csv", [*NEED_COLUMNS, "mood"], needs),
        written(folder / "offers.csv", OFFER_COLUMNS, offers),
        "--today",
        TODAY.isoformat(),
        "--out",
        str(folder / "out.csv"),
        *options,
        stdout=out,
        stderr=err,
    )
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return rows, json.loads(out.getvalue().splitlines()[-1]), err.getvalue().splitlines()


def pairs(rows):
    return [(row["need_id"], row["offer_id"]) for row in rows]


# The same answer as the reference


def cells(facts):
    """A posting's facts as a spreadsheet has them."""
    return {
        "title": facts.title,
        "kind": facts.kind,
        "topics": "|".join(facts.topics),
        "zip": facts.zip,
        "latitude": "" if facts.latitude is None else repr(facts.latitude),
        "longitude": "" if facts.longitude is None else repr(facts.longitude),
        "mode": facts.mode,
        "timezone": facts.time_zone,
        "slots": format_slots(Slot(*slot) for slot in facts.slots),
        "dates": "|".join(day.isoformat() for day in facts.dates),
        "start_date": facts.start_date.isoformat(),
        "end_date": facts.end_date.isoformat() if facts.end_date else "",
        "languages": "|".join(facts.languages),
        "audience": facts.audience,
        "party_verified": "" if facts.verified else "no",
    }


def need_cells(need):
    return cells(need) | {
        "need_id": need.key,
        "minutes": need.minutes,
        "sessions": need.sessions,
        "check_level": need.check_level,
        "exclusions": "|".join(need.exclusions),
        "requires": "|".join(need.requires),
        "seats": need.seats,
    }


def offer_cells(offer):
    level, expires = offer.checks[0] if offer.checks else ("", None)
    return cells(offer) | {
        "offer_id": offer.key,
        "radius_km": repr(offer.radius_km),
        "check_level": level,
        "check_expires": expires.isoformat() if expires else "",
        "tags": "|".join(offer.tags),
        "terms": "|".join(offer.terms),
        "capacity": offer.capacity,
    }


def as_read(facts, key):
    """What the file can say of these facts: known topics, the place of the ZIP, one check."""
    changes = {
        "key": key,
        "topics": tuple(REAL[topic] for topic in facts.topics) or ("budgeting",),
        "languages": facts.languages or ("en",),
    }
    if facts.latitude is None and facts.zip:
        place = place_of_zip(facts.zip)
        changes |= {"latitude": place.latitude, "longitude": place.longitude}
    if hasattr(facts, "checks"):
        changes |= {"checks": facts.checks[:1], "radius_km": min(facts.radius_km, 5000.0)}
    return replace(facts, **changes)


@st.composite
def crowds(draw):
    asked = draw(
        st.lists(postings.needs().filter(lambda n: not n.confidential), min_size=2, max_size=8)
    )
    given_ = draw(st.lists(postings.offers(asked), min_size=4, max_size=10))
    return (
        [as_read(need, f"n{number}") for number, need in enumerate(asked)],
        [as_read(offer, f"o{number}") for number, offer in enumerate(given_)],
    )


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(crowds())
def test_all_are_exactly_the_pairs_that_the_reference_fits(tmp_path_factory, crowd):
    needs, offers = crowd

    rows, counts, _ = matched(
        tmp_path_factory.mktemp("crowd"),
        [need_cells(need) for need in needs],
        [offer_cells(offer) for offer in offers],
        "--all",
    )

    expected = [
        (need.key, offer.key)
        for need in needs
        for offer in offers
        if reference.fits(need, offer, TOPICS)
    ]
    assert sorted(pairs(rows)) == sorted(expected)
    assert (counts["fits"], counts["written"]) == (len(expected), len(expected))


# What it writes


def test_each_need_gets_its_best_offers_with_reasons(folder):
    offers = [
        OFFER | {"offer_id": "far", "zip": "60201", "mode": "in_person"},
        OFFER | {"offer_id": "near", "mode": "in_person"},
        OFFER | {"offer_id": "unfit", "topics": "receptionist"},
    ]

    rows, counts, _ = matched(folder, [NEED], offers)

    assert pairs(rows) == [("n1", "near"), ("n1", "far")]
    assert 1 >= float(rows[0]["score"]) > float(rows[1]["score"]) >= WEIGHTS.floor
    assert rows[1]["reasons"].split("|")[:2] == [
        "It is about the same topic: Budgeting and money management.",
        "You and the other side describe it in much the same way.",
    ]
    assert counts | {"seconds": 0} == {
        "needs": 1,
        "offers": 3,
        "needs_rejected": 0,
        "offers_rejected": 0,
        "needs_with_suggested_topics": 0,
        "offers_with_suggested_topics": 0,
        "needs_without_topics": 0,
        "offers_without_topics": 0,
        "needs_with_a_fit": 1,
        "fits": 2,
        "written": 2,
        "seconds": 0,
    }


def test_the_top_is_twenty_unless_said_otherwise(folder):
    offers = [OFFER | {"offer_id": f"o{number:02}"} for number in range(30)]

    assert len(matched(folder, [NEED], offers)[0]) == 20
    assert pairs(matched(folder, [NEED], offers, "--top", "2")[0]) == [("n1", "o00"), ("n1", "o01")]
    assert len(matched(folder, [NEED], offers, "--all")[0]) == 30


def test_the_floor_takes_nothing_from_all(folder):
    asked = "receptionist|budgeting|interview-skills|welding|job-search|resume-writing"
    need = NEED | {"topics": asked, "title": "Desk"}
    vague = OFFER | {
        "topics": "entry-level-any|banking-basics|host-home|comptia-a-plus|parenting",
        "title": "Work",
        "zip": "60201",
        "mode": "in_person",
    }

    assert matched(folder, [need], [vague])[0] == []
    rows = matched(folder, [need], [vague], "--all")[0]
    assert pairs(rows) == [("n1", "o1")]
    assert float(rows[0]["score"]) < WEIGHTS.floor


def test_needs_come_in_the_order_of_their_file_in_blocks_too(folder, monkeypatch):
    needs = [NEED | {"need_id": name} for name in ("c", "a", "b")]
    offers = [OFFER | {"offer_id": name} for name in ("x", "y")]
    expected = [(need, offer) for need in "cab" for offer in "xy"]

    assert pairs(matched(folder, needs, offers)[0]) == expected
    monkeypatch.setattr(dry_run, "AT_ONCE", 1)
    assert pairs(matched(folder, needs, offers)[0]) == expected


def test_cells_that_a_spreadsheet_would_run_are_guarded(folder):
    need, offer = NEED | {"need_id": "=1+1"}, OFFER | {"offer_id": "@sum"}

    assert pairs(matched(folder, [need], [offer])[0]) == [("'=1+1", "'@sum")]


def test_empty_files_give_a_header_alone(folder):
    rows, counts, _ = matched(folder, [], [])

    assert (rows, counts["fits"]) == ([], 0)
    assert (folder / "out.csv").read_bytes() == b"need_id,offer_id,score,reasons\r\n"


# What counts in the dry run


@pytest.mark.parametrize(("verified", "expected"), [("", 1), ("yes", 1), ("no", 0)])
def test_a_party_is_verified_unless_the_file_says_no(folder, verified, expected):
    need, offer = NEED | {"party_verified": verified}, OFFER | {"party_verified": verified}

    assert matched(folder, [need], [OFFER])[1]["fits"] == expected
    assert matched(folder, [NEED], [offer])[1]["fits"] == expected


@pytest.mark.parametrize(
    ("level", "expires", "expected"),
    [
        ("registry", "", 1),
        ("fingerprint", "2027-03-01", 1),
        ("fingerprint", "2027-02-28", 0),
        ("references", "", 0),
        ("", "", 0),
    ],
)
def test_an_offers_check_counts_as_it_is_written(folder, level, expires, expected):
    need = NEED | {"check_level": "registry", "end_date": "2027-03-01"}
    offer = OFFER | {"check_level": level, "check_expires": expires}

    assert matched(folder, [need], [offer])[1]["fits"] == expected


def test_empty_dates_count_from_today(folder):
    late = OFFER | {"start_date": "2028-01-12"}
    too_late = OFFER | {"start_date": "2028-01-13"}

    assert matched(folder, [NEED], [late])[1]["fits"] == 1
    assert matched(folder, [NEED], [too_late])[1]["fits"] == 0


def test_without_topics_a_row_gets_those_of_its_text(folder):
    need = NEED | {"topics": "", "title": "Budgeting and money management"}

    _, counts, _ = matched(folder, [need], [OFFER])

    assert (counts["fits"], counts["needs_with_suggested_topics"]) == (1, 1)


def test_a_row_whose_text_speaks_of_no_topic_fits_nobody(folder):
    need = NEED | {"topics": "", "title": "Hello there"}

    _, counts, _ = matched(folder, [need], [OFFER])

    assert (counts["fits"], counts["needs_without_topics"]) == (0, 1)


# What it says


def test_rejected_rows_are_named_and_counted_and_stop_nothing(folder):
    needs = [NEED | {"zip": "6060X"}, NEED, NEED | {"title": ""}]
    offers = [OFFER, OFFER | {"capacity": "many"}]

    rows, counts, said = matched(folder, needs, offers)

    assert pairs(rows) == [("n1", "o1")]
    assert (counts["needs_rejected"], counts["offers_rejected"]) == (2, 1)
    assert said == [
        "needs, row 2, zip: A ZIP code has five digits.",
        "needs, row 4, title: This cell must not be empty.",
        "needs: columns left out: mood.",
        "offers, row 3, capacity: “many” is no whole number from 1 to 500.",
    ]


def test_long_work_shows_progress(folder, monkeypatch):
    monkeypatch.setattr("accounts.command_line.EVERY", 0.0)

    said = matched(folder, [NEED], [OFFER])[2]

    assert "… 1 of 1 needs matched" in said


@pytest.mark.parametrize(
    "arguments",
    [
        ("missing.csv", "{offers}", "--out", "{out}"),
        ("{needs}", "missing.csv", "--out", "{out}"),
        ("{needs}", "{offers}"),
        ("{needs}", "{offers}", "--out", "{needs}"),
        ("{needs}", "{offers}", "--out", "{folder}"),
        ("{needs}", "{offers}", "--out", "{folder}/no/such/folder.csv"),
        ("{needs}", "{offers}", "--out", "{out}", "--all", "--top", "3"),
        ("{needs}", "{offers}", "--out", "{out}", "--top", "0"),
        ("{needs}", "{offers}", "--out", "{out}", "--top", "many"),
        ("{needs}", "{offers}", "--out", "{out}", "--today", "2027-02-30"),
        ("{needs}", "{offers}", "--out", "{out}", "--best"),
        ("{offers}", "{needs}", "--out", "{out}"),
        ("{needs}",),
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2(folder, arguments):
    paths = {
        "needs": written(folder / "needs.csv", NEED_COLUMNS, [NEED]),
        "offers": written(folder / "offers.csv", OFFER_COLUMNS, [OFFER]),
        "out": str(folder / "out.csv"),
        "folder": str(folder),
    }

    with pytest.raises(CommandError) as refused:
        call_command("match_csv", *[argument.format(**paths) for argument in arguments])

    assert refused.value.returncode == 2
    assert len(str(refused.value).splitlines()) == 1


def test_it_needs_no_database(folder, capsys):
    """The whole command line, in a test that is refused every query."""
    needs = written(folder / "needs.csv", NEED_COLUMNS, [NEED])
    offers = written(folder / "offers.csv", OFFER_COLUMNS, [OFFER])
    typed = ["manage.py", "match_csv", needs, offers, "--out", str(folder / "out.csv")]

    match_csv.Command().run_from_argv(typed)

    assert json.loads(capsys.readouterr().out)["written"] == 1


def test_at_the_command_line_too_wrong_usage_is_one_line(capsys):
    typed = ["manage.py", "match_csv", "missing.csv", "missing.csv", "--out", "x", "--top", "-3"]

    with pytest.raises(SystemExit) as ended:
        match_csv.Command().run_from_argv(typed)

    told = capsys.readouterr()
    assert (ended.value.code, told.out, len(told.err.splitlines())) == (2, "", 1)
