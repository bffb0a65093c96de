"""What people add to an answer: a reason for our staff, and never again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from opportunities.screening import screen

REASON_LENGTH = 300


class ReasonForm(forms.Form):
    """A few words for our staff. Who somebody is must not stand in them."""

    reason = forms.CharField(max_length=REASON_LENGTH, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        for _field, message in screen({"reason": reason}).identities:
            self.add_error("reason", message)
        return reason


class DeclineForm(ReasonForm):
    reason = forms.CharField(
        label=_("Why not"),
        help_text=_("Only our staff reads it. Please write about no person."),
        max_length=REASON_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    block = forms.BooleanField(
        label=_("Never match us with them again"),
        help_text=_("They are not told."),
        required=False,
    )


class EndForm(ReasonForm):
    reason = forms.CharField(
        label=_("What happened"),
        help_text=_("Only our staff reads it. Please write about no person."),
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
