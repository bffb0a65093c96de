"""What is asked to renew a posting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import DayField
from opportunities.models import Need, Offer


class RenewForm(forms.Form):
    """A new last day."""

    end_date = DayField(label=_("Until"))

    def __init__(self, *args: Any, posting: Need | Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(posting, Offer):
            self.fields["end_date"].required = False
            self.fields["end_date"].help_text = _("Empty: until you say otherwise.")
        else:
            self.fields["end_date"].help_text = _("We look until this day.")
