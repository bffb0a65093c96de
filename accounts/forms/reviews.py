"""What reviewers answer: decisions on parties, and people's checks."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.choices import CheckLevel
from accounts.forms.fields import DayField
from accounts.models import Review


class ReasonForm(forms.Form):
    """Why a reviewer does something; the party reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        help_text=_("The party will read this. Please be kind and exact."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SeenForm(forms.Form):
    """What a reviewer says of a party as it stood on their page: not of what it says by now."""

    seen_round = forms.IntegerField(widget=forms.HiddenInput, required=False)


class DecisionForm(SeenForm, ReasonForm):
    """Yes, a question, or no."""

    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[(answer.value, answer.label) for answer in Review.ANSWERS],
        widget=forms.RadioSelect,
    )
    field_order = ("decision", "reason", "seen_round")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
        self.fields["reason"].help_text = _(
            "Needed unless you verify. The party will read it: please be kind and exact."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        verifies = cleaned.get("decision") in {None, Review.Decision.VERIFY}
        if not verifies and not cleaned.get("reason"):
            self.add_error("reason", _("Please say why, in words the party will read."))
        return cleaned


class CheckForm(forms.Form):
    """A determination about a person: the outcome, never the report."""

    level = forms.ChoiceField(
        label=_("Level"),
        choices=[choice for choice in CheckLevel.choices if choice[0] != CheckLevel.NONE],
        widget=forms.RadioSelect,
    )
    issued_date = DayField(label=_("Issued on"))
    expires_date = DayField(
        label=_("Expires on"), required=False, help_text=_("Empty if it does not expire.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_issued_date(self) -> date:
        issued: date = self.cleaned_data["issued_date"]
        if issued > self.today:
            raise ValidationError(_("This day has not come yet."))
        return issued

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        issued, expires = cleaned.get("issued_date"), cleaned.get("expires_date")
        if issued and expires and expires < issued:
            self.add_error("expires_date", _("A check cannot expire before it was issued."))
        return cleaned
