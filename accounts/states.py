"""The states and territories: what tables call them, and what readers do."""

from functools import cache
from unicodedata import combining, normalize

from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

# By code, in English: what is stored ("Guam, GU") is the same whoever reads it.
STATES = {
    "AL": _("Alabama"), "AK": _("Alaska"), "AZ": _("Arizona"), "AR": _("Arkansas"),
    "CA": _("California"), "CO": _("Colorado"), "CT": _("Connecticut"), "DE": _("Delaware"),
    "DC": _("District of Columbia"), "FL": _("Florida"), "GA": _("Georgia"), "HI": _("Hawaii"),
    "ID": _("Idaho"), "IL": _("Illinois"), "IN": _("Indiana"), "IA": _("Iowa"), "KS": _("Kansas"),
    "KY": _("Kentucky"), "LA": _("Louisiana"), "ME": _("Maine"), "MD": _("Maryland"),
    "MA": _("Massachusetts"), "MI": _("Michigan"), "MN": _("Minnesota"), "MS": _("Mississippi"),
    "MO": _("Missouri"), "MT": _("Montana"), "NE": _("Nebraska"), "NV": _("Nevada"),
    "NH": _("New Hampshire"), "NJ": _("New Jersey"), "NM": _("New Mexico"), "NY": _("New York"),
    "NC": _("North Carolina"), "ND": _("North Dakota"), "OH": _("Ohio"), "OK": _("Oklahoma"),
    "OR": _("Oregon"), "PA": _("Pennsylvania"), "RI": _("Rhode Island"),
    "SC": _("South Carolina"), "SD": _("South Dakota"), "TN": _("Tennessee"), "TX": _("Texas"),
    "UT": _("Utah"), "VT": _("Vermont"), "VA": _("Virginia"), "WA": _("Washington"),
    "WV": _("West Virginia"), "WI": _("Wisconsin"), "WY": _("Wyoming"), "PR": _("Puerto Rico"),
    "GU": _("Guam"), "VI": _("U.S. Virgin Islands"), "AS": _("American Samoa"),
    "MP": _("Northern Mariana Islands"),
}  # fmt: skip


def state_name(code: str) -> str:
    """In the reader's language; empty for no state that we know."""
    return gettext(STATES[code]) if code in STATES else ""


def state_code(written: str) -> str:
    """The code of "OH", "N.Y." or "Nueva York"; empty for no state that we know."""
    return _codes().get(_as_typed(written), "")


@cache
def _codes() -> dict[str, str]:
    """The codes by themselves and by each language's names of the states."""
    codes = {code.lower(): code for code in STATES}
    for language, _name in settings.LANGUAGES:
        with override(language):
            codes |= {_as_typed(state_name(code)): code for code in STATES}
    return codes


def _as_typed(written: str) -> str:
    return " ".join(without_accents(written).lower().replace(".", "").split())


def states_by_name() -> list[tuple[str, str]]:
    """(Code, name) of each, in the order of the reader's language."""
    named = ((code, state_name(code)) for code in STATES)
    return sorted(named, key=lambda pair: without_accents(pair[1]))


def without_accents(name: str) -> str:
    """As dictionaries file it."""
    return "".join(letter for letter in normalize("NFD", name) if not combining(letter))
