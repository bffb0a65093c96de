"""The documents name what really exists."""

import re
from pathlib import Path

from django.core.management import get_commands

from opportunities.spreadsheets.rows import NEED_COLUMNS, OFFER_COLUMNS

PROJECT = Path(__file__).parents[2]
DOCUMENTS = [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]


def _all_text():
    return "\n".join(path.read_text() for path in DOCUMENTS)


def test_every_setting_is_explained():
    settings = (PROJECT / "alongside/settings.py").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"(\w+)"', settings))
    deploy = (PROJECT / "docs/deploy.md").read_text()

    assert {name for name in read if f"`{name}`" not in deploy} == set()


def test_every_column_of_the_spreadsheets_is_named():
    written = (PROJECT / "docs/matching.md").read_text()
    named = set(re.findall(r"\w+", written))

    assert {*NEED_COLUMNS, *OFFER_COLUMNS} - named == set()


def test_every_command_that_is_named_exists():
    named = set(re.findall(r"manage\.py (\w+)", _all_text()))

    assert named - set(get_commands()) == set()


def test_every_file_that_is_named_exists():
    text = _all_text()
    linked = {
        path.parent / target
        for path in DOCUMENTS
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text())
    }
    named = {PROJECT / name for name in re.findall(r"`((?:\w+/)+\w+\.(?:py|md|toml))`", text)}

    assert {str(path) for path in linked | named if not path.exists()} == set()
