"""What a reviewer of postings answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from opportunities.models import PostingReview


class PostingDecisionForm(forms.Form):
    """Yes, or back to its poster with a reason."""

    seen_round = forms.IntegerField(widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[(answer.value, answer.label) for answer in PostingReview.ANSWERS],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        required=False,
        help_text=_("Needed to send it back. The poster will read it: please be kind and exact."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, asks_limits: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_limits:
            self.fields["keeps_limits"] = forms.BooleanField(
                label=_("It keeps the limits for minors at work that stand above."),
                required=False,
                help_text=_("Needed to approve it."),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("decision") == PostingReview.Decision.DECLINE and not cleaned.get("reason"):
            self.add_error("reason", _("Please say why, in words the poster will read."))
        return cleaned


class SuspensionForm(forms.Form):
    """Why an offer is taken off the market; its poster reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        help_text=_("The poster will read this. Please be kind and exact."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
