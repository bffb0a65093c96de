"""Fields that several pages of questions have."""

from typing import Any

from django import forms


class DecidedTogether:
    """Mixed into a field that must be answered as far as the page says.

    Whether it is missing is decided in ``clean``, together with other answers.
    """

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)  # type: ignore[misc]  # the field's


class TickedField(DecidedTogether, forms.MultipleChoiceField):
    """Boxes to tick."""

    widget = forms.CheckboxSelectMultiple


class OneOfField(DecidedTogether, forms.ChoiceField):
    """One of a few."""

    widget = forms.RadioSelect


class ClockField(forms.TimeField):
    """A time of day, picked, or typed as "18:00" or "6 pm" where nothing is there to pick it."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        formats = ["%H:%M", "%H:%M:%S", "%I:%M %p", "%I %p", "%I:%M%p", "%I%p"]
        super().__init__(widget=widget, required=False, input_formats=formats, **options)
