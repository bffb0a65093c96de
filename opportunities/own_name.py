"""A confidential party's own name in its words would tell everybody who it is."""

import re

from django.utils.translation import gettext as _

from opportunities.facts import WORDS
from opportunities.models import Need, Offer

_FORM = re.compile(r"[\s,]+(inc|llc|corp|corporation|foundation|nonprofit|org)\.?$", re.IGNORECASE)
SHORTEST = 4  # letters; "Home" is a name, "Hub" may be any


def own_name_in(posting: Need | Offer) -> list[tuple[str, str]]:
    """(Field, advice) for each text with the party's name; nothing where its place is no secret."""
    party = posting.party
    hidden = party.confidential or (isinstance(posting, Need) and posting.confidential)
    if not hidden:
        return []
    called = (party.name, party.reviewed_name, party.legal_name)
    names = {_FORM.sub("", name.strip()) for name in called}
    told = [_pattern(name) for name in names if len(name) >= SHORTEST]
    advice = _(
        "Your name stands here. Your place is confidential, so others see “%(alias)s” until an"
        " introduction. Please leave the name out."
    ) % {"alias": party.public_name}
    return [
        (field, advice)
        for field in WORDS
        if any(name.search(getattr(posting, field, "") or "") for name in told)
    ]


def _pattern(name: str) -> re.Pattern[str]:
    """Several words in any case; a single one as it is written, since "hope" is also a word."""
    words = name.split()
    flags = re.IGNORECASE if len(words) > 1 else re.NOFLAG
    return re.compile(r"\b" + r"\s+".join(map(re.escape, words)) + r"\b", flags)
