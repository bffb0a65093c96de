"""What is asked of somebody who is worried, and of the reviewer who looked at it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Concern


class ConcernForm(forms.Form):
    """What happened, without anybody's name."""

    kind = forms.ChoiceField(
        label=_("What is it about?"), choices=Concern.Kind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What happened?"),
        max_length=2000,
        help_text=_(
            "A few words are enough. Please name nobody who is being helped: no names, no story,"
            " no address."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class ConcernNoteForm(forms.Form):
    """What was done about it."""

    note = forms.CharField(
        label=_("What was done"),
        max_length=1000,
        help_text=_("Reviewers alone read this. The reporter only hears that we looked at it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    """The person's side, before anything is decided about their check."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=4000,
        help_text=_("Say what is wrong, or what has changed since. We delete it once we decide."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
