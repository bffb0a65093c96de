"""What somebody writes to the other side."""

from django import forms
from django.utils.translation import gettext_lazy as _

from engagements.models import MOST_SIGNS


class MessageForm(forms.Form):
    """A few words. Whether they may be said is for the action to say."""

    text = forms.CharField(
        label=_("Your message"),
        help_text=_("Please write about no person: no names, no stories, no addresses."),
        max_length=MOST_SIGNS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
