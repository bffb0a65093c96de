"""What a party must say before reviewers decide on it, and on which of it they decide."""

from django.utils.translation import gettext

from accounts.models import Party
from accounts.refusals import Refused

# What a reviewer decided on. A change of one of these is decided on again.
REVIEWED_FACTS = (
    "name",
    "alias",
    "legal_name",
    "registration_number",
    "website",
    "license_number",
    "license_state",
)


class FactsMissing(Refused):
    """Some facts are still needed; ``missing`` names them."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(missing)
        self.missing = missing

    def __str__(self) -> str:
        return gettext("Before we can check you, please add: %(missing)s.") % {
            "missing": ", ".join(self.missing)
        }


def missing_facts(party: Party) -> list[str]:
    """What must be filled in before a reviewer can decide, in words for people."""
    facts: dict[str, object] = {
        gettext("name"): party.name,
        gettext("languages"): party.languages,
    }
    if not party.is_volunteer:
        facts |= {
            gettext("legal name"): party.legal_name,
            gettext("EIN or registration number"): party.registration_number,
            gettext("mission in one sentence"): party.mission,
        }
    if party.confidential:
        facts |= {gettext("counties"): party.counties}
    else:
        facts |= {gettext("ZIP code"): party.zip}
    return [label for label, value in facts.items() if not value]


def require_facts(party: Party) -> None:
    """Raises ``FactsMissing`` if there is too little for reviewers to decide on."""
    if missing := missing_facts(party):
        raise FactsMissing(missing)


def reviewed_facts(party: Party) -> dict[str, str]:
    """What a yes is said to, kept with it so that the next reviewer sees what changed."""
    return {field: getattr(party, field) for field in REVIEWED_FACTS}
