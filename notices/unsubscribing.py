"""The address that stops a person's mail without a sign-in (RFC 8058): a signed token.

It never expires, since a mail may lie unread for years, and it opens nothing else. After a
change of the project's secret it works as long as the one before stands in the fallbacks.
"""

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.core import signing
from django.urls import reverse

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

SALT = "notices.unsubscribing"


def stop_path(person: "AbstractBaseUser") -> str:
    """The page, and for mail programs the address to post to."""
    return reverse("notices:stop", args=[_signer().sign(person.public_id)])  # type: ignore[attr-defined]  # the one user model has it


def person_of(token: str) -> "AbstractBaseUser":
    """Whose mail it stops. Raises ``LookupError``."""
    try:
        public_id = _signer().unsign(token)
    except signing.BadSignature as error:
        raise LookupError(token) from error
    found = get_user_model().objects.filter(public_id=public_id, is_active=True).first()
    if found is None:
        raise LookupError(token)
    return found


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT)
