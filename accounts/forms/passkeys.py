"""A new passkey, asked for in plain words."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """allauth's, with words of our own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this key")
        self.fields["passwordless"].label = _("Sign in with this key alone")
        self.fields["passwordless"].help_text = _(
            "Then you need no password. The key asks for your finger, your face or a PIN."
        )
