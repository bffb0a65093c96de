"""What a party says about itself is read as postings are: it names nobody, and holds no contact."""

from collections.abc import Mapping
from typing import Any

from accounts.refusals import WordsRefused
from screening.judging import screen

READ = ("name", "party_name", "legal_name", "alias", "mission")  # a website is a contact


def identities_in(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(Field, advice) for each that tells who or where somebody is."""
    texts = {field: str(facts[field]) for field in READ if facts.get(field)}
    return screen(texts, kind="class", is_reviewed=False).identities


def refuse_identities(facts: Mapping[str, Any]) -> None:
    """Raises ``WordsRefused`` where an identity was typed."""
    if problems := identities_in(facts):
        raise WordsRefused(problems)
