"""When a number is too small to be told: it could point at somebody."""

from django.utils.translation import gettext as _

PARTIES_BEHIND = 3  # fewer, and a count says something about one of them
FEW = 5  # a smaller count is not told


def a_few_or(count: int) -> str:
    """The number, unless it is so small that it could point at somebody."""
    return _("a few") if count < FEW else str(count)
