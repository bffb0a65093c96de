"""Initials of somebody who is served, or with a story."""

import re
from collections.abc import Iterator

from screening.patterns import Span
from screening.reading import Reading
from screening.served import FOR_RIGHT, ONE, STORY

_INITIALS = re.compile(r"(?<![\w.])[A-Z]\. ?[A-Z]\.(?! ?[A-Z]\.)|(?<![\w.])[A-Z]\. ?[A-Z](?=[ ,:])")

_INITIALS_LEFT = re.compile(
    rf"\b(?:(?:{ONE})s?,?(?: \($)?|caso de|initials?:?|inicial(?:es)?:?|initials are) ?$"
)

_FOR_LEFT = re.compile(r"\b(?:for|para|with|is) $")

_NO_INITIALS = frozenset({"U.S.", "P.O.", "D.C.", "N.Y.", "L.A.", "N.J.", "N.C.", "S.C.", "N.M.", "R.N.",
                          "U.N.", "U.K.", "E.U.", "N.D.", "S.D.", "B.A.", "M.D.", "B.S.", "A.M.", "P.M."})  # fmt: skip

_INITIALS_WORD = re.compile(r"\b(?:initials?|iniciales):? (?:are |son )?[a-z]\.? ?[a-z]\b")


def initials(reading: Reading) -> Iterator[Span]:
    """Initials of somebody who is served, or with a story."""
    for found in _INITIALS.finditer(reading.plain):
        left = reading.folded[max(0, found.start() - 40) : found.start()]
        right = reading.folded[found.end() : found.end() + 90]
        asked, story = _FOR_LEFT.search(left), STORY.search(right)
        told = story or (asked and FOR_RIGHT.match(right))
        usual = found[0] in _NO_INITIALS and not (asked and story)
        if _INITIALS_LEFT.search(left) or (told and not usual):
            yield found.span()
    for word in _INITIALS_WORD.finditer(reading.folded):
        yield word.span()
