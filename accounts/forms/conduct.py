"""One box to tick."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ConductForm(forms.Form):
    """The version that was read, and that one agrees."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    agrees = forms.BooleanField(label=_("I have read this, and I will keep to it."))
