"""What reviewers and reporters fill in here."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import hint
from accounts.forms.reviews import CheckForm, DecisionForm
from accounts.models import User
from opportunities.models import Need, Offer


class PartyDecisionForm(DecisionForm):
    """A decision on a party, with the postings that a yes takes along."""

    def __init__(self, *args: Any, waiting: Sequence[Need | Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waiting = {f"{posting.public_id} {posting.round}": posting for posting in waiting}
        if waiting:
            self.fields["postings"] = forms.MultipleChoiceField(
                label=_("Approve with it"),
                required=False,
                choices=[(key, str(posting)) for key, posting in self.waiting.items()],
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Counts only with a yes. What you leave out waits on its own."),
            )
            hint(self, "postings", "")

    def clean_postings(self) -> list[tuple[Need | Offer, int]]:
        """Each with the round that was on the page."""
        chosen = [self.waiting[key] for key in self.cleaned_data["postings"]]
        return [(posting, posting.round) for posting in chosen]


class HostCheckForm(CheckForm):
    """A clear check of one of the people who come."""

    person = forms.ModelChoiceField(
        label=_("Who"),
        queryset=User.objects.none(),
        to_field_name="public_id",
        widget=forms.RadioSelect,
        empty_label=None,
    )
    field_order = ("person", "level", "issued_date", "expires_date")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]  # a ModelChoiceField


class AuditForm(forms.Form):
    """What to look for; everything may stay empty."""

    person = forms.CharField(label=_("Name or email address"), max_length=120, required=False)
    verb = forms.SlugField(label=_("What was done"), max_length=40, required=False)
    subject = forms.CharField(label=_("To what"), max_length=40, required=False)
    subject_id = forms.IntegerField(label=_("Its number"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_verb(self) -> str:
        """As it is stored: with underscores."""
        return str(self.cleaned_data["verb"]).replace("-", "_")
