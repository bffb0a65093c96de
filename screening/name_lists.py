"""Given names, as far as lists know them."""

from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@cache
def _words(file: str) -> frozenset[str]:
    return frozenset((_DATA / file).read_text(encoding="utf-8").split())


def given_names() -> frozenset[str]:
    """Given names common in the United States and Latin America, folded, but for doubtful ones.

    From the person lists of Faker 40.63 (MIT): United States, Mexico, Colombia, Argentina,
    Chile, Spain, Brazil, Romania, Vietnam, Nigeria, Ghana, South Africa, India, Kenya, France,
    Algeria and names of many origins in English, and some that its lists lack; less those that
    real texts use as words.
    """
    return _words("given_names.txt")


@cache
def known_names() -> frozenset[str]:
    """The common ones and rarer or older ones, which are surnames and places as well."""
    return given_names() | _words("rarer_names.txt")


def doubtful_names() -> frozenset[str]:
    """Names that are words, months or places as well: more must be said before they count."""
    return _words("doubtful_names.txt")


def no_names() -> frozenset[str]:
    """What follows "client" or "our" with a capital and is nobody's name."""
    return _words("no_names.txt")
