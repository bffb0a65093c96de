"""Who one is: the first things we ask."""

from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.core import context
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts import party_words
from accounts.forms.fields import hint
from accounts.models import Invitation, Party, User

KINDS = [
    (Party.Kind.NONPROFIT, _("A nonprofit: we serve survivors")),
    (Party.Kind.VOLUNTEER, _("A volunteer: I can teach or help")),
    (Party.Kind.BUSINESS, _("A business: we can hire, train or teach")),
]


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
        hint(self, "party_name", "")  # the help says for whom it is needed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_volunteer = cleaned.get("kind") in {None, "", Party.Kind.VOLUNTEER}
        if not is_volunteer and not cleaned.get("party_name"):
            self.add_error("party_name", _("Please tell us the name of your organization."))
        for field, problem in party_words.identities_in(cleaned):
            self.add_error(field, problem)
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

    def try_save(self, request: HttpRequest) -> tuple[AbstractBaseUser | None, HttpResponse | None]:
        """Of two that are sent at once, the second meets an account that is there by now."""
        saved: tuple[AbstractBaseUser | None, HttpResponse | None]
        try:
            saved = super().try_save(request)
        except IntegrityError:
            if not User.objects.filter(email=self.cleaned_data["email"].lower()).exists():
                raise
            self.account_already_exists = True
            saved = super().try_save(request)
        return saved

    @transaction.atomic
    def save(self, request: HttpRequest) -> AbstractBaseUser:
        """The person, the party and the membership, or none of them.

        allauth saves in the form; we only put one transaction around it.
        """
        user: AbstractBaseUser = super().save(request)
        return user

    def signup(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Nothing is left to do here: the adapter has called the action."""
