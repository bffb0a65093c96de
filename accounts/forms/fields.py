"""Fields that several forms have."""

from typing import Any

from django import forms
from django.utils.functional import Promise


def hint(form: forms.Form, field: str, words: str | Promise) -> None:
    """Say something else beside the label than that it need not be filled in."""
    form.fields[field].hint = words  # type: ignore[attr-defined]  # read by components/field.html


class DayField(forms.DateField):
    """A date, typed or picked."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **options)


class MemberChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes none at run time
    def label_from_instance(self, member: Any) -> str:
        return str(member.get_full_name())
