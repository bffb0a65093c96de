"""What people add to an answer: a reason for our staff, and never again."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.models import Reminder
from screening.judging import screen

REASON_LENGTH = 300


def _reason(label: Any, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=_("Only our staff reads it. Please write about no person."),
        max_length=REASON_LENGTH,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReasonForm(forms.Form):
    """A few words for our staff. Who somebody is must not stand in them."""

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        for _field, message in screen({"reason": reason}, is_reviewed=False).identities:
            self.add_error("reason", message)
        return reason


class WhyNotForm(ReasonForm):
    """Asked of who has just said no, and may be left empty."""

    reason = _reason(_("Why not"), required=False)
    block = forms.BooleanField(
        label=_("Never match us with them again"),
        help_text=_("They are not told."),
        required=False,
    )


class LaterForm(forms.Form):
    """Which of the waits, by its days."""

    wait = forms.TypedChoiceField(
        choices=[(wait.days, wait.days) for wait in Reminder.AFTER],
        coerce=lambda days: timedelta(days=int(days)),
    )


class EndForm(ReasonForm):
    reason = _reason(_("What happened"), required=True)
