"""Forms for a password, which say in plain words what makes a good one."""

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm as AllauthChange,
)
from allauth.account.forms import (
    ResetPasswordKeyForm as AllauthReset,
)
from allauth.account.forms import (
    SetPasswordForm as AllauthSet,
)
from django.utils.translation import gettext_lazy as _


class _Plain:
    """Help of our own, and no placeholders: the labels say the same."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("New password")
        self.fields["password1"].help_text = _(
            "At least eight signs, and not just numbers. Do not use your name, or a word that"
            " many people use."
        )
        self.fields["password2"].label = _("The same once more")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ChangePasswordForm(_Plain, AllauthChange):  # type: ignore[misc]  # allauth ships no types
    """A password in place of another."""


class SetPasswordForm(_Plain, AllauthSet):  # type: ignore[misc]  # as above
    """The first password of whoever signs in by codes."""


class ResetPasswordKeyForm(_Plain, AllauthReset):  # type: ignore[misc]  # as above
    """A new password in place of a forgotten one."""
