"""Phones of public help lines, which any text may give."""

import re

# As their own sites state them: trafficking, domestic violence, sexual assault, child abuse,
# missing children, and the wage and hour division of the US Department of Labor.
_NUMBERS = frozenset(
    {"8883737888", "8007997233", "8006564673", "8004224453", "8008435678", "8664879243"}
)
_DIGITS = re.compile(r"\d")


def is_hotline(written: str) -> bool:
    """Whether a phone, however it is written, is a public help line's."""
    return "".join(_DIGITS.findall(written)).removeprefix("1") in _NUMBERS
