"""What reviewers need of a new party and do not have yet: asked with its first posting."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.facts_asked import missing_facts
from accounts.forms.fields import hint
from accounts.forms.party import PartyForm
from accounts.models import Party, User


class ProfileForm(PartyForm):
    """The few facts without which nobody can be checked; the rest of the profile can wait."""

    ASKED = (
        "legal_name", "registration_number", "mission", "website", "residential", "zip",
        "county_names",
    )  # fmt: skip
    NEEDED = ("legal_name", "registration_number", "mission")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        party: Party,
        by: User,
        asks_all: bool = True,
        zip_code: str = "",
    ) -> None:
        super().__init__(data, party=party)
        self.initial["zip"] = party.zip or zip_code
        self.by, self.asks_all = by, asks_all
        self._ask_only({"zip"} if party.is_volunteer else set(ProfileForm.ASKED))
        if "website" in self.fields:
            self.fields["website"].help_text = _(
                "If you have one. If your mail address ends like it, that speaks for you."
            )
        if "county_names" in self.fields:
            self._ask_where()
        for name in ("zip",) if party.is_volunteer else ProfileForm.NEEDED:
            self.fields[name].required = asks_all

    def _ask_only(self, asked: set[str]) -> None:
        for name in set(self.fields) - asked:
            del self.fields[name]
        self.order_fields(ProfileForm.ASKED)
        for name in self.fields:
            hint(self, name, "")

    def _ask_where(self) -> None:
        """A home says its counties, everybody else a ZIP code."""
        self.fields["residential"].help_text = _(
            "Then your place is confidential: we keep no ZIP code and no street."
        )
        self.fields["zip"].help_text = _(
            "Others see the county only. Leave it empty if people live with you."
        )
        counties = self.fields["county_names"]
        counties.label = _("If people live with you: your counties, one a line")
        counties.help_text = _("Where you look for help, such as “Kings County, NY”.")
        counties.widget.attrs["rows"] = 2

    def is_hidden(self, cleaned: dict[str, Any]) -> bool:
        return bool(cleaned.get("residential"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        unplaced = not (cleaned["confidential"] or cleaned.get("zip") or "zip" in self.errors)
        if self.asks_all and unplaced:
            self.add_error("zip", _("Please give your ZIP code."))
        cleaned["languages"] = self.party.languages or [self.by.language or "en"]
        return cleaned


def profile_asked(
    data: QueryDict | None,
    *,
    party: Party,
    by: User,
    asks_all: bool = True,
    zip_code: str = "",
) -> ProfileForm | None:
    """The form where something is missing that this person may fill in; else None."""
    if not (party.may_be_submitted and Party.objects.owned_by(by).filter(pk=party.pk).exists()):
        return None
    if not missing_facts(party):
        return None
    return ProfileForm(data, party=party, by=by, asks_all=asks_all, zip_code=zip_code)
