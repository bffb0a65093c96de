"""The answer to any question, in the words its page uses."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _


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
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, Decimal | float):
        return f"{value:g}"
    return ", ".join(str(value).split("\n"))


def _chosen(field: Any, value: Any) -> Iterator[str]:
    """The words of the chosen ones, in the order of the page."""
    chosen = {str(each) for each in (value if isinstance(value, list | tuple) else [value])}
    for key, words in field.choices:
        if isinstance(words, list | tuple):  # a group
            yield from (str(word) for name, word in words if str(name) in chosen)
        elif str(key) in chosen:
            yield str(words) or _("a part of the day")
