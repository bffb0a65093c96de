"""The base of every expected no: an exception that says why, in words for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Something cannot be done; ``str()`` of it is shown to the person who tried."""

    message: str | Promise = _("This is not possible.")

    def __str__(self) -> str:
        return str(self.message)
