"""EINs and other registration numbers, as people type them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_EIN = re.compile(r"(\d{2})-?(\d{7})")
_DIGITS_ALONE = re.compile(r"[\d-]+")


def registration_number(typed: str) -> str:
    """An EIN in the one way it is written, NN-NNNNNNN; another registration as it was typed.

    Digits alone are meant as an EIN, and are refused where they are none. Raises
    ``ValidationError``. Source of the shape: IRS, "Employer identification number".
    """
    number = typed.strip()
    plain = re.sub(r"[\s\u2010-\u2015]+", lambda found: "-" if found[0].strip() else "", number)
    if ein := _EIN.fullmatch(plain):
        return f"{ein[1]}-{ein[2]}"
    if _DIGITS_ALONE.fullmatch(plain):
        raise ValidationError(
            _(
                "An EIN has nine digits, such as 12-3456789. Is it another registration? Then"
                " write whose, such as “Ohio charity 123456”."
            )
        )
    return number
