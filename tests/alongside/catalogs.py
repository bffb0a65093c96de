"""What the source says to people, and what the catalogs say in its place; no gettext needed."""

import io
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = settings.BASE_DIR
APPS = (
    "accounts",
    "alongside",
    "desk",
    "engagements",
    "figures",
    "keeping",
    "matching",
    "notices",
    "opportunities",
    "public",
    "screening",
    "trail",
)
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


class Said(NamedTuple):
    """A text of the catalog: the English forms, the translated forms, and doubts about them."""

    english: tuple[str, ...]
    translated: tuple[str, ...]
    fuzzy: bool


def catalog_files():
    return sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))


@cache
def catalog(path):
    """Every text of a catalog but its head."""
    with path.open("rb") as file:
        return [
            Said(_forms(entry.id), _forms(entry.string), entry.fuzzy)
            for entry in read_po(file)
            if entry.id
        ]


def code_files():
    return [
        path
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def template_files():
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())


@cache
def said_in_source():
    """Every text marked for translation: its English forms, and a file that says it."""
    said = {}
    for path in [*code_files(), *template_files()]:
        for english in _marked(path):
            said.setdefault(english, str(path.relative_to(ROOT)))
    return said


def _marked(path: Path):
    code = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        code = re.sub(r"\s*\n\s*", " ", templatize(code, origin=path.name))
    for _line, found, _comments, _context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
        forms = _forms(found)
        yield forms


def _forms(found):
    return (found,) if isinstance(found, str) else tuple(part or "" for part in found)
