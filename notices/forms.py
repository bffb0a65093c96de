"""What a person chooses about the mail we send."""

from datetime import time
from typing import Any

from django import forms
from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from notices.preferences import Kind, Preference


def _hours() -> list[tuple[int, str]]:
    """Every full hour, as the reader's language writes it; asked for by each form."""
    return [(hour, time_format(time(hour), "TIME_FORMAT")) for hour in range(24)]


def _hour(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=_hours, coerce=int)


class PreferenceForm(forms.ModelForm):  # type: ignore[type-arg]  # takes none at run time
    """When we write about what, and at which hours we do not."""

    quiet_from = _hour(_("Quiet from"))
    quiet_until = _hour(_("Quiet until"))

    class Meta:
        model = Preference
        fields = (*Kind.values, "has_quiet_hours", "quiet_from", "quiet_until")
        widgets = dict.fromkeys(Kind.values, forms.RadioSelect)
        help_texts = {
            "proposals": _("Somebody may be right for what you posted."),
            "reminders": _("You have not answered yet, and the other side waits."),
            "answers": _("What the other side said, and whom you can call now."),
            "messages": _("Somebody you were introduced to has written."),
            "profile": _("What our reviewers decided, and your yearly renewal."),
        }
