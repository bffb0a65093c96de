"""Phones whose digits are no digits: letters that look alike, words glued on, signs between."""

import re
from collections.abc import Iterator

from screening.numbers import DIGIT_WORDS
from screening.patterns import Span
from screening.reading import Reading

# Signs that pass for a digit, and which: 6l4-S55-O1OO.
_PASS_FOR = str.maketrans("OoIilSsBZz|!", "001115582211")
_ANY = r"[\dOoIilSsBZz|!]"
_ALONE, _NO_MORE = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
_LOOKALIKE = re.compile(
    rf"{_ALONE}\(?({_ANY}{{3}})(?:\) ?|[-. ])({_ANY}{{3}})[-. ]?({_ANY}{{4}}){_NO_MORE}"
    rf"|{_ALONE}({_ANY}{{10}}|{_ANY}(?:[-. ]{_ANY}){{9}}){_NO_MORE}"
)
_FEWEST = 5  # of ten signs that must be digits: words such as "oil" are made of look-alikes, too
_ITEM = rf"(?:\d|{'|'.join(sorted(DIGIT_WORDS, key=len, reverse=True))})"
_GLUED = re.compile(  # 6one4five5five0one00, sixonefour..., 614-55five-01oo
    rf"(?<![a-z\d])(?=[a-z\d]{{0,60}}[a-z])(?:{_ITEM}){{7}}(?:(?:{_ITEM}){{3,4}})?(?![a-z\d])"
    rf"|(?<![a-z\d])(?=[\d. -]{{0,11}}[a-z])(?:{_ITEM}){{3}}[. -](?:{_ITEM}){{3}}[. -]"
    rf"(?:{_ITEM}){{4}}(?![a-z\d])"
)
_LETTERS_FOR = r"[a-z\d]{3,4}-?[a-z\d]{3,4}"  # CALL-NOW
_TOLL_FREE = r"8(?:00|33|44|55|66|77|88)"
_BETWEEN = re.compile(  # 212:555:0100, 2x1x2x5x5x5x0x1x0x0, 1-800-CALL-NOW
    r"(?<![\d:])[2-9]\d\d:\d{3}:\d{4}(?![\d:])"
    r"|(?<![a-z\d])\d([a-z])\d(?:\1\d){5,11}(?![a-z\d])"
    rf"|(?<![\w$])(?:1[-. ]?{_TOLL_FREE}[-. ]|{_TOLL_FREE}[-.])"
    rf"(?=[\d-]{{0,8}}[a-z]{{2}}){_LETTERS_FOR}(?!\w)"
)


def disguised(reading: Reading) -> Iterator[Span]:
    """Each phone that no search for digits finds, in letters of ``reading.plain``."""
    for pattern in (_BETWEEN, _GLUED):
        for found in pattern.finditer(reading.folded):
            yield found.span()
    for found in _LOOKALIKE.finditer(reading.plain):
        if _is_phone(found):
            yield found.span()


def _is_phone(found: re.Match[str]) -> bool:
    """Mostly digits, a letter among them, no word, and read as digits a number of this country."""
    signs = re.sub(r"[-. ()]", "", found[0])
    digits = sum(sign.isdigit() for sign in signs)
    is_word = any(part and part.isalpha() and part.islower() for part in found.groups())
    return _FEWEST <= digits < len(signs) and not is_word and signs.translate(_PASS_FOR)[0] > "1"
