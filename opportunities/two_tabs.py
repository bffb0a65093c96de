"""The same page in two tabs, or of two colleagues: nothing is overwritten unseen.

A page of questions carries a mark of each answer as it was stored when the page was made. When
it comes back and another answer is stored by now, the person is told which, before it is lost.
"""

import json
import zlib
from datetime import date, time
from decimal import Decimal
from typing import Any, NamedTuple

from opportunities.forms.answers_in_words import value_in_words
from opportunities.forms.base import StepForm

FIELD = "seen"


class Changed(NamedTuple):
    """A question whose answer somebody changed meanwhile, and what it says now, in words."""

    label: str
    words: str


def marks_of(form: StepForm) -> str:
    """What the page carries: a short mark for each stored answer."""
    return json.dumps({name: _mark(form, name) for name in form.fields if name in form.stored})


def changed_since(form: StepForm, marks: str) -> list[Changed]:
    """What was changed since the page was made, but for what was answered just the same.

    A page without readable marks is taken as it is: they help, and prove nothing.
    """
    try:
        seen = json.loads(marks)
    except ValueError:
        return []
    if not isinstance(seen, dict):
        return []
    changed = [
        name
        for name in form.fields
        if name in seen and seen[name] != _mark(form, name) and not _is_answered_so(form, name)
    ]
    return [Changed(_label(form, name), _words(form, name)) for name in changed]


def _mark(form: StepForm, name: str) -> int:
    return zlib.crc32(_plain(form.stored.get(name)).encode())


def _is_answered_so(form: StepForm, name: str) -> bool:
    return _plain(form[name].value()) == _plain(form.stored.get(name))


def _label(form: StepForm, name: str) -> str:
    return str(form[name].label)


def _words(form: StepForm, name: str) -> str:
    return value_in_words(form.fields[name], form.stored.get(name))


def _plain(value: Any) -> str:
    """A stored answer and a typed one that mean the same are the same text."""
    if isinstance(value, list | tuple):
        return "|".join(sorted(str(each) for each in value))
    if value is None or isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | float):
        return f"{value:g}"
    return str(value).replace("\r\n", "\n").strip()
