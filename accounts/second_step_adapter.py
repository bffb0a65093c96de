"""Where allauth asks us how the secrets of second steps are kept."""

import logging

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret

from accounts.sealing import CannotOpen, seal, unseal

logger = logging.getLogger(__name__)


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Sealed on the way in, opened on the way out."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What cannot be opened is a secret that no code fits, so that the door stays shut."""
        try:
            return unseal(encrypted_text)
        except CannotOpen:
            logger.warning("A second step cannot be opened: is its secret in SECRET_KEY_FALLBACKS?")
            return str(generate_totp_secret())
