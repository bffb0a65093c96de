"""The facts of an audit row in words: a field by its name, a choice by its label."""

from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership

if TYPE_CHECKING:
    from django.db.models import Field

NAMES: dict[str, Promise] = {
    "decision": _("decision"),
    "fields": _("what"),
    "kind": _("kind"),
    "level": _("level"),
    "outcome": _("outcome"),
    "party": _("party"),
    "person": _("person"),
    "role": _("role"),
    "round": _("round"),
    "rows": _("rows"),
    "side": _("side"),
    "status": _("status"),
}  # the rest stands as it was written
SIDES: dict[str, Promise] = {"need": _("need"), "offer": _("offer")}


def facts_in_words(facts: dict[str, Any], model: type[Model] | None) -> list[tuple[str, str]]:
    """(name, value) of each fact, in the order of the names as they are kept.

    model  what the row is about, whose fields and choices have words; None where it is gone
    """
    fields = _fields(Membership) | (_fields(model) if model else {})
    return [
        (str(NAMES.get(name) or _plain(name)), _value(name, value, fields))
        for name, value in sorted(facts.items())
    ]


def _fields(model: type[Model]) -> "dict[str, Field[Any, Any]]":
    return {field.name: field for field in model._meta.fields}  # noqa: SLF001 - as documented


def _value(name: str, value: Any, fields: "dict[str, Field[Any, Any]]") -> str:
    if isinstance(value, dict):  # what somebody looked for
        return ", ".join(f"{_plain(key)} {_plain(part)}" for key, part in value.items()) or "—"
    if isinstance(value, list):  # of fields that were touched, or of ids
        return ", ".join(_field(part, fields) for part in value)
    choices = dict(fields[name].flatchoices) if name in fields else {}
    said = (SIDES if name == "side" else choices).get(value) if isinstance(value, str) else None
    return str(said or _plain(value))


def _field(name: Any, fields: "dict[str, Field[Any, Any]]") -> str:
    found = fields.get(name) if isinstance(name, str) else None
    return str(found.verbose_name) if found else _plain(name)


def _plain(code: Any) -> str:
    """A code as it is kept, without the marks of a program."""
    return "—" if code is None else str(code).replace("_", " ")
