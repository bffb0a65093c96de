"""What is asked for as evidence."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.reviews import SeenForm
from accounts.models import CallBack, Party, RegisterEntry


class MailboxForm(forms.Form):
    """An address at the party's own domain."""

    email = forms.EmailField(
        label=_("Address at your own domain"),
        max_length=254,
        help_text=_("It must end like your website. We send it a link; you open it signed in."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


class CallBackForm(SeenForm):
    """A call to a number that the party did not give us."""

    field_order = ("number", "source", "outcome", "seen_round")

    number = forms.CharField(
        label=_("Number called"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    source = forms.CharField(
        label=_("Where you found the number"),
        max_length=200,
        help_text=_("A state register, a phone book: never what they told us."),
    )
    outcome = forms.ChoiceField(
        label=_("What came of it"), choices=CallBack.Outcome.choices, widget=forms.RadioSelect
    )


class RegisterForm(SeenForm):
    """What a reviewer found in an official register."""

    field_order = ("register", "outcome", "seen_round")

    register = forms.CharField(
        label=_("Which register"),
        max_length=200,
        help_text=_(
            "Such as the list of tax-exempt organizations at irs.gov, or the state's register of"
            " charities. Open it yourself; never by a link they gave us."
        ),
    )
    outcome = forms.ChoiceField(
        label=_("What you found"), choices=RegisterEntry.Outcome.choices, widget=forms.RadioSelect
    )


class VoiceForm(forms.Form):
    """Which of one's parties vouches."""

    party = forms.ModelChoiceField(queryset=Party.objects.none(), to_field_name="public_id")

    def __init__(self, *args: Any, parties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties  # type: ignore[attr-defined]  # a ModelChoiceField
