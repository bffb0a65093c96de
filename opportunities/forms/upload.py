"""Which file, what is in it, and what becomes of its rows."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Party
from opportunities.models import Need, Offer
from opportunities.uploading import MAX_BYTES


class UploadForm(forms.Form):
    """A spreadsheet of one's own needs or offers."""

    word = forms.ChoiceField(
        label=_("What is in it?"),
        choices=[(Need.WORD, _("Needs")), (Offer.WORD, _("Offers"))],
        widget=forms.RadioSelect,
    )
    file = forms.FileField(
        label=_("Your file"),
        help_text=_("A CSV file, up to 2,000 rows and 2 MB. In Excel: “Save as”, “CSV UTF-8”."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )
    then = forms.ChoiceField(
        label=_("What should become of the rows?"),
        choices=[
            ("drafts", _("Drafts: I look each one over and publish it myself")),
            ("publish", _("Publish those that are complete; the rest become drafts")),
        ],
        initial="drafts",
        widget=forms.RadioSelect,
        help_text=_("First you see what each row would do. Nothing is saved before you say so."),
    )

    def __init__(self, *args: Any, party: Party, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_nonprofit = party.kind == Party.Kind.NONPROFIT
        self.initial["word"] = Need.WORD if is_nonprofit else Offer.WORD

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(
                gettext("The file is larger than %(most)s MB. Please bring it in parts.")
                % {"most": MAX_BYTES // 1_000_000}
            )
        return file
