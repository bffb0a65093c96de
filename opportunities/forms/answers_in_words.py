"""The answer to any question, in the words its page uses."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opportunities.in_words import duration_in_words


def answer_in_words(name: str, field: forms.Field, value: Any) -> str:
    """As ``value_in_words``, and so that it says by itself what it is, such as "60 minutes"."""
    words = value_in_words(field, value)
    said = ALONE.get(name)
    if not (words and said):
        return words
    if name not in COUNTED:
        return said(words)
    return said(words) if words.isdecimal() else words  # whatever was typed in place of a number


def _times(count: Any) -> str:
    return ngettext("%(n)s time", "%(n)s times", int(count)) % {"n": count}


def _helpers(count: Any) -> str:
    return ngettext("%(n)s helper", "%(n)s helpers", int(count)) % {"n": count}


def _groups(count: Any) -> str:
    return ngettext("%(n)s group", "%(n)s groups", int(count)) % {"n": count}


COUNTED = frozenset({"minutes", "sessions", "helpers", "groups"})
ALONE: dict[str, Callable[[Any], str]] = {
    "start_date": lambda day: _("from %(day)s") % {"day": day},
    "end_date": lambda day: _("until %(day)s") % {"day": day},
    "minutes": lambda minutes: duration_in_words(int(minutes)),
    "sessions": _times,
    "helpers": _helpers,
    "groups": _groups,
    "check_level": lambda level: _("check: %(level)s") % {"level": level},
    "radius_miles": lambda miles: _("within %(miles)s miles") % {"miles": miles},
}


def value_in_words(field: forms.Field, value: Any) -> str:
    """Such as "In person or online", "English, Spanish", "60"; empty for no answer.

    value  as it is stored, or as somebody typed it
    """
    if value in (None, "", False) or value == []:
        return ""
    if isinstance(field, forms.BooleanField):
        return str(field.label)
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return ", ".join(_chosen(field, value))
    if isinstance(field, forms.DateField):
        return _day(field, value)
    if isinstance(value, Decimal | float):
        return f"{value:g}"
    return ", ".join(str(value).split("\n"))


def _day(field: forms.DateField, value: Any) -> str:
    """A day in words also where it was just typed; as it stands where it is none."""
    try:
        day = field.to_python(value)
    except ValidationError:
        return str(value)
    return date_format(day, "DATE_FORMAT") if day else ""


def _chosen(field: Any, value: Any) -> Iterator[str]:
    """The words of the chosen ones, in the order of the page."""
    chosen = {str(each) for each in (value if isinstance(value, list | tuple) else [value])}
    for key, words in field.choices:
        if isinstance(words, list | tuple):  # a group
            yield from (str(word) for name, word in words if str(name) in chosen)
        elif str(key) in chosen:
            yield str(words) or _("a part of the day")
