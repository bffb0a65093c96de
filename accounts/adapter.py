"""Where allauth asks us: what a sign-up creates, and where it leads."""

from datetime import datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts import actions, inviting, second_factor, stepping_up
from accounts.models import Party, User


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """A door like a view: it reads the clock and calls one action."""

    def save_user(self, request: HttpRequest, user: User, form: Form, commit: bool = True) -> User:
        """Create the person and, unless they were invited, their party; the form is atomic."""
        user = super().save_user(request, user, form, commit=commit)
        actions.sign_up(
            person=user,
            name=form.cleaned_data["name"],
            language=translation.get_language() or "en",
            kind=form.cleaned_data.get("kind", ""),
            party_name=form.cleaned_data.get("party_name", ""),
            at=timezone.now(),  # noqa: TID251 - this is a door
        )
        return user

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try. Wrong ones of a stranger keep nobody out: a code by mail still works."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as refused:
            if request.user.is_authenticated:  # proves once more who they are
                raise
            words = _(
                "Too many tries with a password. Please wait five minutes, or choose"
                " “Send me a code by mail” below: it works right now."
            )
            raise ValidationError(words, code=refused.code) from refused

    def post_login(
        self, request: HttpRequest, user: User, *, signup: bool, **facts: Any
    ) -> HttpResponse:
        """After a sign-up with a verified address, join the team that had invited it."""
        now = timezone.now()  # noqa: TID251 - this is a door
        if signup:
            inviting.welcome(person=user, at=now)
        stepping_up.remember(request)
        actions.signed_in(person=user, at=now)
        second_factor.ask(person=user, at=now)
        if second_factor.is_owed(user):
            _remind(request, user, now)
        response: HttpResponse = super().post_login(request, user, signup=signup, **facts)
        return response

    def is_reauthentication_required(self, *, app: str, **facts: Any) -> bool:
        """Not of somebody who has just signed in."""
        return not stepping_up.is_fresh(self.request)

    def send_account_already_exists_mail(self, email: str) -> None:
        """With as much work as a new account takes, so that the clock tells nobody who has one."""
        if password := self.request.POST.get("password1"):
            make_password(password)
        super().send_account_already_exists_mail(email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the recipient's language, not in that of whoever filled in the form."""
        reader = context.get("user") or User.objects.filter(email__iexact=email).first()
        with translation.override(reader.language if reader else translation.get_language()):
            super().send_mail(template_prefix, email, context)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Straight to what somebody came for: to say what they need, or what they offer."""
        founded = (
            Party.objects.owned_by(request.user).order_by("-pk").first()
            if isinstance(request.user, User)
            else None
        )
        if founded is None:  # joined a team that exists
            return reverse("accounts:party_list")
        needs = founded.kind == Party.Kind.NONPROFIT
        return reverse("opportunities:need_new" if needs else "opportunities:offer_new")


def _remind(request: HttpRequest, user: User, now: datetime) -> None:
    """On every sign-in without a second step: until when it can wait."""
    due = second_factor.due_at(user)
    if due is None or due <= now:
        return
    words = _(
        "Please add a second step to your sign-in by %(day)s: open “Your account”, then"
        " “Second step”."
    )
    messages.info(request, words % {"day": date_format(due)})
