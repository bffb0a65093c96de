"""What people type about themselves, their parties and their colleagues."""

import re
from datetime import date
from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.core import context
from django import forms
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.choices import TIME_ZONES, CheckLevel, Language
from accounts.models import Invitation, Membership, Party, Review, User
from accounts.places import STATES, UnknownCounty, UnknownZip, county_named, place_of_zip
from accounts.vetting import REVIEWED_FACTS

KINDS = [
    (Party.Kind.NONPROFIT, _("A nonprofit: we serve survivors")),
    (Party.Kind.VOLUNTEER, _("A volunteer: I can teach or help")),
    (Party.Kind.BUSINESS, _("A business: we can hire, train or teach")),
]
SUBMITTED = (*Party.VERIFIED_STATUSES, Party.Status.IN_REVIEW)
_EIN = re.compile(r"(\d{2})-?(\d{7})")


def _hint(form: forms.Form, field: str, words: str | Promise) -> None:
    """Say something else beside the label than that it need not be filled in."""
    form.fields[field].hint = words  # type: ignore[attr-defined]  # read by components/field.html


class PartyStartForm(forms.Form):
    """Who one is: the first two things we ask."""

    kind = forms.ChoiceField(label=_("Who are you?"), choices=KINDS, widget=forms.RadioSelect)
    party_name = forms.CharField(
        label=_("Name of your organization"),
        max_length=120,
        required=False,
        help_text=_("As a volunteer, leave this empty: your own name is enough."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _hint(self, "party_name", "")  # the help says for whom it is needed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_volunteer = cleaned.get("kind") in {None, "", Party.Kind.VOLUNTEER}
        if not is_volunteer and not cleaned.get("party_name"):
            self.add_error("party_name", _("Please tell us the name of your organization."))
        return cleaned


class SignupForm(PartyStartForm, AllauthSignupForm):  # type: ignore[misc]  # allauth ships no types
    """A new account with its party; whoever was invited needs none."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    invitation = forms.UUIDField(required=False, widget=forms.HiddenInput)
    field_order = ("kind", "party_name", "name", "email", "password1", "invitation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Email address")
        self.fields["password1"].required = False
        self.fields["password1"].help_text = _(
            "At least eight characters. Or leave it empty: we then send you a code by mail"
            " each time you sign in."
        )
        for field in ("email", "password1"):
            self.fields[field].widget.attrs.pop("placeholder", None)
        asked = context.request.GET if context.request else {}
        self.initial.setdefault("kind", asked.get("kind"))
        self.initial.setdefault("invitation", asked.get("invitation"))
        self.invited = self._invitation()
        if self.invited:
            del self.fields["kind"], self.fields["party_name"]
            self.initial.setdefault("email", self.invited.email)

    def _invitation(self) -> Invitation | None:
        field = self.fields["invitation"]
        try:
            typed = self.data.get("invitation") if self.is_bound else self.initial["invitation"]
            public_id = field.clean(typed)
        except ValidationError:
            return None
        return Invitation.objects.unanswered().filter(public_id=public_id).first()

    def clean_email(self) -> str:
        email: str = super().clean_email()
        if self.invited and email != self.invited.email:
            raise ValidationError(_("Please sign up with the address the invitation was sent to."))
        return email

    @transaction.atomic
    def save(self, request: HttpRequest) -> AbstractBaseUser:
        """The person, the party and the membership, or none of them.

        allauth saves in the form; we only put one transaction around it.
        """
        user: AbstractBaseUser = super().save(request)
        return user

    def signup(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Nothing is left to do here: the adapter has called the action."""


class PersonForm(forms.Form):
    """What a person says about themselves."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=30,
        required=False,
        help_text=_("Shown to the other side only after an introduction, if you are the contact."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    language = forms.ChoiceField(label=_("Language of our messages"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=TIME_ZONES)


class MemberChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes none at run time
    def label_from_instance(self, member: Any) -> str:
        return str(member.get_full_name())


class PartyForm(forms.Form):
    """The profile of a party. What does not concern its kind is not asked."""

    WHERE = (
        ("", _("As usual: confidential if people live with you, by ZIP code if not")),
        ("zip", _("Not confidential: matched by ZIP code")),
        ("counties", _("Confidential: matched by county only, no ZIP code is kept")),
    )
    NOT_ASKED = {
        Party.Kind.NONPROFIT: (),
        Party.Kind.BUSINESS: ("residential", "where", "county_state", "county_names", "alias"),
        Party.Kind.VOLUNTEER: (
            "legal_name",
            "registration_number",
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
    mission = forms.CharField(label=_("Mission in one sentence"), max_length=300, required=False)
    website = forms.URLField(
        label=_("Website"),
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text=_("It helps us to check who you are."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    residential = forms.TypedChoiceField(
        label=_("Do people live with you?"),
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
        choices=[("", "—"), *sorted(STATES.items(), key=lambda state: state[1])],
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
            _hint(self, field, _("(needed before we can check you)"))
        for field in {"where", "contact", "second_contact"} & set(self.fields):
            _hint(self, field, "")  # each has an answer from the start

    def clean_registration_number(self) -> str:
        """Write an EIN as everybody does; other registrations stay as typed."""
        number: str = self.cleaned_data["registration_number"].strip()
        ein = _EIN.fullmatch(number.replace(" ", ""))
        return f"{ein[1]}-{ein[2]}" if ein else number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        where = cleaned.get("where", "zip" if "where" not in self.fields else "")
        cleaned["confidential"] = where == "counties" or (
            where == "" and bool(cleaned.get("residential"))
        )
        cleaned["place"] = cleaned["counties"] = None
        if cleaned["confidential"]:
            self._clean_counties(cleaned)
        elif cleaned.get("zip"):
            self._clean_zip(cleaned)
        if self.party.status in SUBMITTED:
            self._require_what_was_reviewed(cleaned)
        return cleaned

    def _clean_zip(self, cleaned: dict[str, Any]) -> None:
        try:
            cleaned["place"] = place_of_zip(cleaned["zip"])
        except UnknownZip as unknown:
            self.add_error("zip", str(unknown))

    def _clean_counties(self, cleaned: dict[str, Any]) -> None:
        typed = re.split(r"[\n;|]", cleaned.get("county_names", ""))
        names = [name.strip() for name in typed if name.strip()]
        state = cleaned.get("county_state", "")
        if not names:
            self.add_error("county_names", _("A confidential place needs at least one county."))
        found = []
        for name in names:
            try:
                found.append(county_named(name, state))
            except UnknownCounty as unknown:
                self.add_error("county_names", str(unknown))
        cleaned["counties"] = list(dict.fromkeys(found))

    def _require_what_was_reviewed(self, cleaned: dict[str, Any]) -> None:
        """What a reviewer decided on, or will, cannot be emptied."""
        needed = [field for field in (*REVIEWED_FACTS, "mission") if field != "website"]
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
    plain = ("name", "legal_name", "registration_number", "mission", "website", "languages")
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


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("Email address of your colleague"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (Membership.Role.STAFF, _("Staff: may post and answer")),
            (Membership.Role.OWNER, _("Owner: may also change the profile and the team")),
        ],
        initial=Membership.Role.STAFF,
        widget=forms.RadioSelect,
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices)


class ReasonForm(forms.Form):
    """Why a reviewer does something; the party reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        help_text=_("The party will read this. Please be kind and exact."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DecisionForm(ReasonForm):
    """Yes, a question, or no."""

    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[(answer.value, answer.label) for answer in Review.ANSWERS],
        widget=forms.RadioSelect,
    )
    field_order = ("decision", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False
        self.fields["reason"].help_text = _(
            "Needed unless you verify. The party will read it: please be kind and exact."
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        verifies = cleaned.get("decision") in {None, Review.Decision.VERIFY}
        if not verifies and not cleaned.get("reason"):
            self.add_error("reason", _("Please say why, in words the party will read."))
        return cleaned


class CheckForm(forms.Form):
    """A determination about a person: the outcome, never the report."""

    level = forms.ChoiceField(
        label=_("Level"),
        choices=[choice for choice in CheckLevel.choices if choice[0] != CheckLevel.NONE],
        widget=forms.RadioSelect,
    )
    issued_date = forms.DateField(
        label=_("Issued on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    expires_date = forms.DateField(
        label=_("Expires on"),
        required=False,
        help_text=_("Empty if it does not expire."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_issued_date(self) -> date:
        issued: date = self.cleaned_data["issued_date"]
        if issued > self.today:
            raise ValidationError(_("This day has not come yet."))
        return issued

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        issued, expires = cleaned.get("issued_date"), cleaned.get("expires_date")
        if issued and expires and expires < issued:
            self.add_error("expires_date", _("A check cannot expire before it was issued."))
        return cleaned
