"""Files as people make them: read, or refused in words."""

import csv
import io
from contextlib import suppress
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opportunities.schedules import Slot
from opportunities.spreadsheets.records import MAX_LINES, MAX_ROW, TableRefused
from opportunities.spreadsheets.rows import (
    NEED_COLUMNS,
    OFFER_COLUMNS,
    REQUIRED_NEED_COLUMNS,
    parse_need,
    parse_offer,
    suggest_topics,
)
from opportunities.spreadsheets.tables import MAX_CELL, RowRejected, guarded, read_table
from opportunities.topics import taxonomy

TODAY = date(2027, 1, 12)
REQUIRED = REQUIRED_NEED_COLUMNS


@pytest.fixture
def table(tmp_path):
    def read(content):
        path = tmp_path / "needs.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(path, NEED_COLUMNS, REQUIRED)

    return read


def titles(table):
    return [row.cells.get("title") for row in table]


def need(**cells):
    return parse_need({"need_id": "1", "title": "Budgeting"} | cells, TODAY)


def offer(**cells):
    return parse_offer({"offer_id": "1", "title": "Budgeting"} | cells, TODAY)


def rejection(parse, **cells):
    with pytest.raises(RowRejected) as refused:
        parse(**cells)
    return refused.value


# Bytes


@pytest.mark.parametrize(
    ("bytes_of", "name"),
    [
        (lambda text: text.encode(), "UTF-8"),
        (lambda text: b"\xef\xbb\xbf" + text.encode(), "UTF-8"),
        (lambda text: text.encode("utf-16"), "UTF-16"),
        (lambda text: b"\xfe\xff" + text.encode("utf-16-be"), "UTF-16"),
        (lambda text: text.encode("cp1252"), "Windows-1252"),
        (lambda text: text.encode("latin-1"), "Windows-1252"),
    ],
)
def test_every_usual_encoding_gives_the_same_letters(table, bytes_of, name):
    found = table(bytes_of("need_id,title\n1,Café für mañana\n"))

    assert (titles(found), found.encoding) == (["Café für mañana"], name)


def test_a_few_foreign_bytes_do_not_spoil_the_letters_of_a_utf8_file(table):
    found = table("need_id,title\n1,Niño\n".encode() + b"2,Ni\xf1o \x96 \x81\n")

    assert titles(found) == ["Niño", "Niño – \x81"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xef\xbb\xbf",
        b" \r\n\r\n",
        b",,,\n;;\n",
        b"PK\x03\x04 an Excel workbook",
        b"%PDF-1.7",
        b"\x1f\x8b\x08\x00",
        bytes(range(256)) * 20,
        "need_id,title\n1,x\n".encode("utf-16-le"),  # without its mark
        b"\xff\xfe1",
        b"\xff\xfe\x00\xd8n\x00",
        b"name,zip\nx,11201\n",
        b"need_id,title,Title\n1,a,b\n",
        b'need_id,"title\n1,a\n',
        b"x" * 300_000,
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(table, content):
    with pytest.raises(TableRefused) as refused:
        table(content)

    assert str(refused.value).endswith(".")


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    for path in (tmp_path, tmp_path / "missing.csv"):
        with pytest.raises(TableRefused):
            read_table(path, NEED_COLUMNS, REQUIRED)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=400), st.booleans())
def test_any_bytes_are_read_or_refused(tmp_path, content, with_header):
    path = tmp_path / "any.csv"
    path.write_bytes((b"need_id,title,slots\n" if with_header else b"") + content)
    try:
        rows = list(read_table(path, NEED_COLUMNS, REQUIRED))
    except TableRefused:
        return

    assert all(earlier.number < later.number for earlier, later in pairwise(rows))
    for row in rows:
        with suppress(RowRejected):
            parse_need(row.cells, TODAY)


LETTERS = st.characters(exclude_categories=["Cc", "Cs"]) | st.sampled_from("\t\n\r\"',;=")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.tuples(st.text(LETTERS, max_size=12), st.text(LETTERS, max_size=12))),
    st.sampled_from(",;\t"),
)
def test_what_a_program_wrote_is_read_back(tmp_path, cells, delimiter):
    path = tmp_path / "written.csv"
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([["need_id", "title"], *([guarded(a), guarded(b)] for a, b in cells)])
    path.write_bytes(out.getvalue().encode())

    rows = list(read_table(path, NEED_COLUMNS, REQUIRED))

    kept = [(a.strip(), b.strip()) for a, b in cells if guarded(a).strip() or guarded(b).strip()]
    assert [(row.cells["need_id"], row.cells["title"]) for row in rows] == kept


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.fixed_dictionaries({}, optional=dict.fromkeys((*NEED_COLUMNS, *OFFER_COLUMNS), st.text()))
)
def test_any_cells_are_a_row_or_a_reason(cells):
    for parse in (parse_need, parse_offer):
        with suppress(RowRejected):
            parse(cells, TODAY)


# Rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_in_the_header(table, delimiter):
    found = table(f"need_id{delimiter}title\n1{delimiter}One\n")

    assert (titles(found), found.delimiter) == (["One"], delimiter)


def test_the_line_by_which_excel_is_told_the_delimiter_is_no_header(table):
    assert titles(table("sep=;\r\nneed_id;title\r\n1;One\r\n")) == ["One"]


def test_columns_are_known_by_name_in_any_case_and_others_are_named(table):
    found = table(" Need_ID ,TITLE,Mood,,party\n1,One,good,,Hope\n")

    assert found.columns == ("need_id", "title", "party")
    assert found.unknown_columns == ("Mood",)
    assert [dict(row.cells) for row in found] == [{"need_id": "1", "title": "One", "party": "Hope"}]


def test_rows_are_numbered_as_excel_shows_them(table):
    found = table('need_id,title\r\n1,"One\r\nand\r\nmore"\r\n\r\n,,\r\n2,Two\r\n')

    assert [row.number for row in found] == [2, 5]


def test_a_short_row_is_filled_up_and_a_long_one_refused(table):
    short, long, harmless = table("need_id,title,zip\n1,One\n2,Two,11201,oops\n3,Three,,,,\n")

    assert dict(short.cells) == {"need_id": "1", "title": "One", "zip": ""}
    assert (long.number, str(long.refusal).startswith("The row has more cells")) == (3, True)
    assert harmless.cells["title"] == "Three"


@pytest.mark.parametrize("place", ["middle", "end"])
def test_a_quote_that_nobody_closes_costs_its_own_row_alone(table, place):
    after = "" if place == "end" else "".join(f"{n},Row {n}\n" for n in range(3, MAX_LINES * 2))
    rows = list(table(f'need_id,title\n1,One\n2,"Two\n{after}'))

    assert [row.number for row in rows if row.refusal] == [3]
    assert len(rows) == 2 + after.count("\n")


def test_a_line_without_end_costs_its_own_row_alone(table):
    endless = "x" * (MAX_ROW * 3)
    rows = list(table(f"need_id,title\n1,{endless}\n2,Two\n"))

    assert [(row.number, bool(row.refusal)) for row in rows] == [(2, True), (3, False)]


def test_a_cell_beyond_what_excel_holds_is_refused_by_name(table):
    (row,) = table(f"need_id,title\n1,{'x' * (MAX_CELL + 1)}\n")

    assert row.refusal.column == "title"


def test_a_zero_byte_is_refused_by_name(table):
    first, second = table(b"need_id,title\n1,a\0b\n2,Two\n")

    assert (first.refusal.column, second.refusal) == ("title", None)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "'=1", "'", "''-x", "plain"])
def test_a_guarded_cell_is_no_formula_and_reads_as_before(table, text):
    assert guarded(text)[0] not in "=+-@\t\r"
    assert titles(table(f"need_id,title\n1,{guarded(text)}\n")) == [text]


# Needs and offers


def test_a_need_of_two_cells_has_the_defaults_of_the_format():
    row = need()

    assert (row.kind, row.mode, row.check_level, row.audience) == (
        "class", "either", "none", "adults",
    )  # fmt: skip
    assert (row.start_date, row.end_date) == (TODAY, date(2028, 1, 12))
    assert (row.minutes, row.sessions, row.seats, row.helpers) == (60, 1, 1, 1)
    assert (row.languages, row.slots, row.dates, row.topics) == (("en",), (), (), ())
    assert (row.party_verified, row.time_zone, row.warnings) == (True, "UTC", ())


def test_an_offer_of_two_cells_has_the_defaults_of_the_format():
    row = offer()

    assert (row.radius_km, row.capacity, row.groups) == (40.0, 1, 1)
    assert (row.start_date, row.end_date, row.check_expires) == (TODAY, None, None)


def test_a_year_after_a_leap_day_is_the_day_before_march():
    row = need(start_date="2028-02-29")

    assert row.end_date == date(2029, 2, 28)


def test_a_full_need_is_read_as_written():
    row = need(
        kind="Class", topics="budgeting|Credit building and repair|Budgeting", zip="11201-0001",
        mode="In person", slots="sat 9:00-12:00; Tuesday 18:00-20:00", minutes="90",
        sessions="1,000", dates="2027-02-02|2/9/2027", languages="es|English", audience="Both",
        check_level="Registry search", exclusions="Private home|alcohol", seats="12.0",
    )  # fmt: skip

    assert row.topics == ("budgeting", "credit-repair")
    assert (row.zip, row.county, row.state) == ("11201", "Kings County, NY", "NY")
    assert (row.mode, row.time_zone) == ("in_person", "America/New_York")
    assert row.slots == (Slot(1, 1080, 1200), Slot(5, 540, 720))
    assert (row.minutes, row.sessions, row.seats) == (90, 1000, 12)
    assert row.dates == (date(2027, 2, 2), date(2027, 2, 9))
    assert (row.languages, row.audience) == (("es", "en"), "both")
    assert (row.check_level, row.exclusions) == ("registry", ("private_home", "alcohol"))


@pytest.mark.parametrize("day", ["Tue", "TUE", "tuesday", "Tues.", "TUESDAY"])
def test_a_weekday_is_known_however_it_is_written(day):
    assert need(slots=f"{day} 18:00-20:00").slots == (Slot(1, 1080, 1200),)


def test_coordinates_win_over_the_zip_which_keeps_county_and_time_zone():
    row = need(zip="11201", latitude="40.5", longitude="-74")

    assert (row.latitude, row.longitude, row.county) == (40.5, -74.0, "Kings County, NY")
    assert row.time_zone == "America/New_York"


def test_a_given_time_zone_wins_over_the_zips():
    assert need(zip="11201", timezone="america/chicago").time_zone == "America/Chicago"


def test_hours_without_a_place_are_read_in_the_default_zone_with_a_warning():
    row = need(slots="Tue 18:00-20:00")

    assert (row.time_zone, len(row.warnings)) == ("UTC", 1)


def test_zeros_that_excel_took_from_a_zip_come_back_with_a_warning():
    row = need(zip="7030")

    assert (row.zip, row.warnings) == ("07030", ("zip: “7030” was read as 07030.",))


def test_known_topics_are_kept_and_the_others_named():
    row = need(topics="budgeting|basket-weaving")

    assert row.topics == ("budgeting",)
    assert row.warnings == ("topics: we do not know basket-weaving.",)


def test_a_title_that_says_what_it_is_about_is_believed_alone():
    row = offer(title="Budgeting class", description="We also talk of car maintenance.")

    sure, doubtful = suggest_topics(row)

    assert (sure, doubtful) == (("budgeting",), ())


def test_where_the_title_says_nothing_the_description_speaks():
    row = need(title="Something good", description="Car maintenance for our ladies.")

    assert suggest_topics(row)[0] == ("car-maintenance",)


def test_a_text_about_nothing_we_know_has_no_topics():
    assert suggest_topics(need(title="Xyzzy")) == ((), ())


def test_unknown_words_of_the_rules_are_kept():
    assert need(exclusions="Loud music", requires="free_lunch").exclusions == ("loud_music",)
    assert offer(tags="x", terms="free_lunch|free lunch").terms == ("free_lunch",)


def test_a_job_says_its_pay():
    row = offer(
        kind="job", pay="$52,000.5", pay_period="Annual", hours_per_week="37.5",
        workplace="Main street", supervisor="Shift lead",
    )  # fmt: skip

    assert (row.pay, row.pay_period, row.hours_per_week) == (
        Decimal("52000.50"), "year", Decimal("37.5"),
    )  # fmt: skip
    assert (row.workplace, row.supervisor) == ("Main street", "Shift lead")


def test_a_class_has_no_pay_and_the_row_says_so():
    row = offer(pay="20", workplace="Our shop")

    assert (row.pay, row.workplace) == (None, "")
    assert row.warnings == ("pay, workplace: left out, a class has none.",)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("need_id", ""),
        ("need_id", "x" * 81),
        ("title", ""),
        ("title", "x" * 121),
        ("title", "bell \a"),
        ("description", "x" * 4001),
        ("kind", "course"),
        ("format", "lecture"),
        ("zip", "1120"),
        ("zip", "00000"),
        ("zip", "K1A 0B1"),
        ("latitude", "40.7"),
        ("longitude", "-74"),
        ("mode", "hybrid"),
        ("timezone", "Brooklyn"),
        ("slots", "Tue evening"),
        ("slots", "Tue 25:00-26:00"),
        ("dates", "2027-02-30"),
        ("dates", "13/1/2027"),
        ("start_date", "next week"),
        ("start_date", "1/2/27"),
        ("start_date", "9999-12-31"),
        ("end_date", "2027-01-11"),
        ("minutes", "0"),
        ("minutes", "1441"),
        ("minutes", "60.5"),
        ("minutes", "-60"),
        ("minutes", "an hour"),
        ("sessions", "0"),
        ("seats", "501"),
        ("helpers", "51"),
        ("languages", "en, es"),
        ("check_level", "fbi"),
        ("audience", "teens"),
        ("exclusions", "x" * 41),
        ("exclusions", "!!"),
        ("party", "x" * 121),
        ("party_verified", "perhaps"),
    ],
)
def test_what_cannot_be_read_in_a_need_is_rejected_by_its_column(column, text):
    refused = rejection(need, **{column: text})

    expected = {"latitude": "longitude", "longitude": "latitude"}.get(column, column)
    assert (refused.column, bool(refused.reason)) == (expected, True)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("offer_id", ""),
        ("radius_km", "-1"),
        ("radius_km", "5001"),
        ("radius_km", "nan"),
        ("radius_km", "12,5"),
        ("check_expires", "never"),
        ("capacity", "0"),
        ("capacity", "501"),
        ("groups", "51"),
        ("pay", "0"),
        ("pay", "negotiable"),
        ("pay", "10000000"),
        ("pay_period", "fortnight"),
        ("hours_per_week", "169"),
        ("hours_per_week", "0"),
        ("workplace", "x" * 201),
        ("supervisor", "x" * 121),
    ],
)
def test_what_cannot_be_read_in_an_offer_is_rejected_by_its_column(column, text):
    refused = rejection(offer, kind="job", **{column: text})

    assert (refused.column, bool(refused.reason)) == (column, True)


def test_only_a_class_asks_for_several_helpers():
    assert rejection(need, kind="job", helpers="2").column == "helpers"


def test_more_than_six_topics_are_rejected():
    slugs = "budgeting|credit-repair|banking-basics|car-maintenance|resume-writing|yoga|cooking"
    known = [entry.slug for entry in taxonomy()][:7]

    assert need(topics=slugs).topics  # not all of them are known
    assert rejection(need, topics="|".join(known)).column == "topics"
