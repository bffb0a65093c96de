"""The base of every expected no: an exception that says why, in words for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """Something cannot be done; ``str()`` of it is shown to the person who tried."""

    message: str | Promise = _("This is not possible.")

    def __str__(self) -> str:
        return str(self.message)


class WordsRefused(Refused):
    """Something must not be stored or published; ``problems`` is a list of (field, message)."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(problems)
        self.problems = problems

    def __str__(self) -> str:
        return " ".join(dict.fromkeys(message for _field, message in self.problems))
