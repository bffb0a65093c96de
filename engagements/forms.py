"""What somebody writes to the other side."""

from django import forms
from django.utils.translation import gettext_lazy as _

from engagements.models import MOST_SIGNS


class MessageForm(forms.Form):
    """A few words. Whether they may be said is for the action to say."""

    text = forms.CharField(
        label=_("Your message"),
        help_text=_(
            "You may name yourself and a public place to meet, such as a library. Never write the"
            " name or the story of a survivor, and never where a home is."
        ),
        max_length=MOST_SIGNS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
