"""The profile of a party."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts import party_words
from accounts.choices import Language
from accounts.evidence import shows_another_site
from accounts.facts_asked import REVIEWED_FACTS
from accounts.forms.fields import MemberChoice, hint
from accounts.models import Party, User
from accounts.models.party_rules import PO_BOX
from accounts.places import UnknownCounty, UnknownZip, county_named, place_of_zip
from accounts.registrations import registration_number
from accounts.states import states_by_name

PO_BOX_TYPED = re.compile(PO_BOX, re.IGNORECASE)


class PartyForm(forms.Form):
    """The profile of a party. What does not concern its kind is not asked."""

    WHERE = (
        ("", _("As usual: confidential if people live with you, by ZIP code if not")),
        ("zip", _("Not confidential: matched by ZIP code")),
        ("counties", _("Confidential: matched by county only, no ZIP code is kept")),
    )
    NOT_ASKED = {
        Party.Kind.NONPROFIT: ("license_number", "license_state"),
        Party.Kind.BUSINESS: ("residential", "where", "county_state", "county_names", "alias"),
        Party.Kind.VOLUNTEER: (
            "legal_name",
            "registration_number",
            "license_number",
            "license_state",
            "mailing_address",
            "website",
            "residential",
            "where",
            "county_state",
            "county_names",
            "alias",
            "contact",
            "second_contact",
        ),
    }

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("The name that others see after an introduction."),
    )
    legal_name = forms.CharField(
        label=_("Legal name"),
        max_length=200,
        required=False,
        help_text=_("As registered. We use it to check who you are."),
    )
    registration_number = forms.CharField(
        label=_("EIN or registration number"),
        max_length=40,
        required=False,
        help_text=_("Only reviewers see it."),
    )
    license_number = forms.CharField(
        label=_("Business license number"),
        max_length=40,
        required=False,
        help_text=_("If you have no mailbox at a domain of your own. Only reviewers see it."),
    )
    license_state = forms.ChoiceField(
        label=_("State that issued the license"),
        choices=lambda: [("", "—"), *states_by_name()],
        required=False,
    )
    mailing_address = forms.RegexField(
        PO_BOX_TYPED,
        label=_("Mailing address: a PO box"),
        max_length=120,
        required=False,
        help_text=_(
            "Such as “PO Box 12, Springfield, IL 62701”, or nothing. Never a street: we do not"
            " store it. Only reviewers see it."
        ),
        error_messages={"invalid": _("Only a PO box, with town and ZIP code. Never a street.")},
    )
    mission = forms.CharField(label=_("Mission in one sentence"), max_length=300, required=False)
    website = forms.URLField(
        label=_("Website"),
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text=_("It helps us to check who you are. If you have none, leave it empty."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    residential = forms.TypedChoiceField(
        label=_("Do people you serve live with you?"),
        choices=[("no", _("No")), ("yes", _("Yes"))],
        widget=forms.RadioSelect,
        coerce=lambda answer: answer == "yes",
    )
    where = forms.ChoiceField(
        label=_("Is your place confidential?"),
        choices=WHERE,
        widget=forms.RadioSelect,
        required=False,
    )
    zip = forms.CharField(
        label=_("ZIP code"),
        max_length=10,
        required=False,
        help_text=_("We look for people nearby. If your place is confidential, leave it empty."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )
    county_state = forms.ChoiceField(
        label=_("State of your counties"),
        choices=lambda: [("", "—"), *states_by_name()],
        required=False,
        help_text=_("Only if your place is confidential."),
    )
    county_names = forms.CharField(
        label=_("Counties, one a line"),
        max_length=1000,
        required=False,
        help_text=_(
            "Only if your place is confidential: the counties where you look for help, such as"
            " “Kings County”."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    alias = forms.CharField(
        label=_("Alias"),
        max_length=120,
        required=False,
        help_text=_(
            "Shown in place of your name until an introduction if your place is confidential."
            " If empty, we say “A nonprofit in” and your state."
        ),
    )
    contact = MemberChoice(
        label=_("Contact person"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("The owner"),
        help_text=_("Shared with the other side on an introduction."),
    )
    second_contact = MemberChoice(
        label=_("Second contact"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody"),
        help_text=_("Asked when the contact does not answer within ten days."),
    )

    def __init__(self, data: QueryDict | None = None, *, party: Party) -> None:
        super().__init__(data, initial=_profile(party))
        self.party = party
        for field in PartyForm.NOT_ASKED[Party.Kind(party.kind)]:
            del self.fields[field]
        if party.is_volunteer:
            self.fields["mission"].label = _("About you in one sentence")
        if "where" not in self.fields:
            self.fields["zip"].help_text = _("We look nearby. The other side never sees it.")
        self._say_what_is_needed()
        members = User.objects.filter(memberships__party=party).order_by("name", "pk")
        for contact in {"contact", "second_contact"} & set(self.fields):
            self.fields[contact].queryset = members  # type: ignore[attr-defined]  # a MemberChoice

    def _say_what_is_needed(self) -> None:
        """A profile may be saved in pieces; say which of them reviewers need."""
        needed = {"legal_name", "registration_number", "languages"}
        if not self.party.is_volunteer:
            needed.add("mission")
        if "where" not in self.fields:
            needed.add("zip")
        for field in needed & set(self.fields):
            hint(self, field, _("(needed before we can check you)"))
        for field in {"where", "contact", "second_contact"} & set(self.fields):
            hint(self, field, "")  # each has an answer from the start

    def clean_registration_number(self) -> str:
        return registration_number(self.cleaned_data["registration_number"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for field, problem in party_words.identities_in(cleaned):
            self.add_error(field, problem)
        cleaned["confidential"] = self.is_hidden(cleaned)
        cleaned["place"] = cleaned["counties"] = None
        if cleaned["confidential"]:
            self._clean_counties(cleaned)
        elif cleaned.get("zip"):
            self._clean_zip(cleaned)
        if self.party.is_decided_on:
            self._require_what_was_reviewed(cleaned)
        return cleaned

    def is_hidden(self, cleaned: dict[str, Any]) -> bool:
        """Whether counties stand for its place: as was chosen, else where people live."""
        where = cleaned.get("where", "zip" if "where" not in self.fields else "")
        return where == "counties" or (where == "" and bool(cleaned.get("residential")))

    def clean_website(self) -> str:
        website: str = self.cleaned_data["website"]
        if shows_another_site(website):
            raise ValidationError(_("Please write the address of your site alone, without an @."))
        return website

    def clean_license_state(self) -> str:
        state: str = self.cleaned_data["license_state"]
        if self.cleaned_data.get("license_number") and not state:
            raise ValidationError(_("Choose the state that issued the license."))
        return state

    def _clean_zip(self, cleaned: dict[str, Any]) -> None:
        try:
            cleaned["place"] = place_of_zip(cleaned["zip"])
        except UnknownZip as unknown:
            self.add_error("zip", str(unknown))

    def _clean_counties(self, cleaned: dict[str, Any]) -> None:
        typed = re.split(r"[\n;|]", cleaned.get("county_names", ""))
        names = [name.strip() for name in typed if name.strip()]
        state = self._state_of_counties(cleaned)
        if not names:
            self.add_error("county_names", _("A confidential place needs at least one county."))
        found = []
        for name in names:
            try:
                found.append(county_named(name, state))
            except UnknownCounty as unknown:
                self.add_error("county_names", str(unknown))
        cleaned["counties"] = list(dict.fromkeys(found))

    def _state_of_counties(self, cleaned: dict[str, Any]) -> str:
        """The state as chosen, else of a ZIP code typed beside (which is not kept), else so far."""
        if cleaned.get("county_state"):
            return str(cleaned["county_state"])
        try:
            return place_of_zip(cleaned.get("zip", "")).state
        except UnknownZip:
            return self.party.state

    def _require_what_was_reviewed(self, cleaned: dict[str, Any]) -> None:
        """What a reviewer decided on, or will, cannot be emptied."""
        may_be_empty = {"alias", "website", "license_number", "license_state"}
        needed = [field for field in (*REVIEWED_FACTS, "mission") if field not in may_be_empty]
        if self.party.is_volunteer:
            needed = ["name"]
        for field in [*needed, "languages", *([] if cleaned["confidential"] else ["zip"])]:
            if field not in self.errors and not cleaned.get(field):
                self.add_error(field, _("We need this to keep you verified."))


def _profile(party: Party) -> dict[str, Any]:
    """What the form shows at first: the party as it stands."""
    where = "zip" if party.zip and party.residential else ""
    if party.confidential and not party.residential:
        where = "counties"
    plain = (
        *("name", "legal_name", "registration_number", "license_number", "license_state"),
        *("mailing_address", "mission", "website", "languages"),
    )
    return {field: getattr(party, field) for field in plain} | {
        "residential": "yes" if party.residential else "no",
        "where": where,
        "zip": party.zip,
        "county_state": party.state if party.confidential else "",
        "county_names": "\n".join(party.counties),
        "alias": party.alias,
        "contact": party.contact_id,
        "second_contact": party.second_contact_id,
    }
