"""No table has room for a survivor: no column is about somebody who does not sign in."""

import re

import pytest
from django.apps import apps
from django.db import connection

OURS = ("accounts", "alongside", "keeping", "matching", "notices", "opportunities", "trail")
WORDS = (
    *("client", "survivor", "victim", "patient", "resident", "beneficiary", "participant"),
    *("dob", "birth", "birthday", "born", "age", "ssn", "itin", "passport", "visa", "alien"),
    *("immigration", "citizenship", "nationality", "undocumented", "tvisa", "asylum"),
    *("diagnosis", "diagnoses", "medical", "medication", "health", "hiv", "pregnant", "trauma"),
    *("disability", "addiction", "therapy", "trafficker", "exploitation", "trafficking"),
    *("case", "casefile", "intake", "story", "testimony", "initials", "nickname", "photo"),
    *("race", "ethnicity", "religion", "orientation", "gender", "sex", "children", "conviction"),
    *("arrest", "medicaid", "medicare", "fingerprint", "biometric", "tattoo", "scar"),
)
# Words that mean something else there.
KNOWN: dict[str, str] = {}
WORD = re.compile(rf"(?:^|_)({'|'.join(WORDS)})s?(?:_|$)")


def about_a_person(column: str) -> bool:
    return WORD.search(column.lower()) is not None


def columns() -> list[str]:
    """Every column of our models as the code has them, many-to-many tables with them."""
    return [
        f"{model._meta.db_table}.{field.column}"
        for app in OURS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        for field in model._meta.local_fields
    ]


@pytest.mark.parametrize(
    "column",
    [
        *("dob", "client_name", "ssn", "diagnosis", "immigration_status", "date_of_birth"),
        *("survivor_id", "victims", "case_number", "intake_notes", "t_visa", "gender"),
    ],
)
def test_such_a_column_would_be_found(column):
    assert about_a_person(column)


@pytest.mark.parametrize("column", ["message", "language", "page", "coverage", "opened_at", "name"])
def test_an_ordinary_column_is_none(column):
    assert not about_a_person(column)


def test_no_model_has_room_for_a_survivor():
    found = [one for one in columns() if about_a_person(one.partition(".")[2])]
    assert sorted(set(found) - set(KNOWN)) == []


@pytest.mark.django_db
def test_the_database_has_no_column_that_the_models_do_not_tell():
    """Nobody keeps a table beside the code."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name || '.' || column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND split_part(table_name, '_', 1) = ANY(%s)",
            [list(OURS)],
        )
        assert {row[0] for row in cursor.fetchall()} == set(columns())


def test_every_word_that_means_something_else_is_still_there():
    assert set(KNOWN) - set(columns()) == set()
