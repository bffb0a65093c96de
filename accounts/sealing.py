"""Secrets of second steps lie sealed in the database: whoever has a copy of it cannot use them.

The key comes from the project's secret. After a change of that secret the ones before it, in
``SECRET_KEY_FALLBACKS``, still open what they sealed; ``reseal_second_steps`` lets go of them.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "accounts.sealing"


class CannotOpen(Exception):
    """It was sealed with a secret that nobody gives any more, or is damaged."""


def seal(text: str) -> str:
    return _keys().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text again. Raises ``CannotOpen``."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen from error


def reseal(sealed: str) -> str:
    """The same text under the newest key. Raises ``CannotOpen``."""
    try:
        return _keys().rotate(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen from error


def _keys() -> MultiFernet:
    """The newest seals; each opens."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str) -> bytes:
    """32 bytes as Fernet takes them: an HMAC of a fixed text, which tells nothing of the secret."""
    digest = salted_hmac(SALT, "fernet", secret=secret, algorithm="sha256").digest()
    return urlsafe_b64encode(digest)
