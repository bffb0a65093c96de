"""Initials of somebody who is served, or with a story."""

import re
from collections.abc import Iterator

from screening.name_lists import known_names
from screening.names import gives
from screening.patterns import Span
from screening.reading import Reading
from screening.served import CAPITAL, FOR_RIGHT, ONE, STORY

_INITIALS = re.compile(r"(?<![\w.])[A-Z]\. ?[A-Z]\.(?! ?[A-Z]\.)|(?<![\w.])[A-Z]\. ?[A-Z](?=[ ,:])")

_INITIALS_LEFT = re.compile(
    rf"\b(?:(?:{ONE})s?,?(?: \($)?|caso de|initials?:?|inicial(?:es)?:?|initials are) ?$"
)

_FOR_LEFT = re.compile(r"\b(?:for|para|with|is) $")

_NO_INITIALS = frozenset({"U.S.", "P.O.", "D.C.", "N.Y.", "L.A.", "N.J.", "N.C.", "S.C.", "N.M.", "R.N.",
                          "U.N.", "U.K.", "E.U.", "N.D.", "S.D.", "B.A.", "M.D.", "B.S.", "A.M.", "P.M."})  # fmt: skip

_AND_LETTER = re.compile(r" [A-ZÁÉÍÓÚ]\.?(?=[ ,;:)]|$)(?! [A-Z][a-z])")  # "Josefina R."

_FOR_HER = re.compile(r"\b(?:por|con|de|with|for|from) $")

_UNDOTTED = re.compile(
    rf"\b(?i:{ONE})(?i: is|:|,)? \(?(?P<served>[A-Z]{{2}})\b(?=[ ,;:.)]|$)"
    r"|(?<![\w.])\(?(?P<aged>[A-Z]{2,3}), ?(?:age |aged )?\d\d\b(?![\d:%-]| (?:hours|people|women|seats|weeks|days|min))"
    r"|(?<![\w.])(?P<wants>[A-Z]{2}) (?:wants|needs|escaped|fled|is (?:ready|scared|pregnant|afraid)|quiere|necesita|huyo|tiene miedo)\b"
)
_NOBODY = """
AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND
OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY DC PR US UK EU UN IT HR TV PC AI AA NA PM AM ER EL LA
MI TU SU UN OR IF WE HE SHE IS CPR GED ESL CNA CDL LLC RN PT OT QA UX UI AC CV
"""
_NO_PERSON = frozenset(_NOBODY.split())

_LETTER_DOES = re.compile(  # "E. can't read", "ask for M."
    r"(?:^|(?<=[.;:!?,(] ))(?P<does>[A-Z]\.(?: ?[A-Z]\.){0,2}),? (?:(?:is|was|has|had|can'?t|cannot|won'?t|wants|needs|lost|came|does|doesn'?t|didn'?t|speaks|reads|loves|likes|lives|said|got|works|worked|will|would"
    r"|no|viene|vino|quiere|necesita|tiene|sabe|perdió|vive|es|está|fue|llegó|huyó|trabajaba|dice|llora|habla|se|le|ya)\b|(?:male|female|masculino|femenina|hombre|mujer)\b)"
    r"|(?:^|(?<=[.;:!?,(] ))(?P<sur>[A-Z]\. [A-Z][a-z]{2,}) (?:missed|wants|needs|lost|came|has (?:no|court|a court|two|her|his)|can'?t|cannot|won'?t|doesn'?t|escaped|fled|moved in|just|is (?:ready|shy|scared|pregnant|looking)|quiere|necesita|perdió|llegó|huyó|no )"
    r"|\b(?i:ask for|asking for|it'?s for|this is for|for|para|por|pregunten? por|about|call her|call him) (?P<asked>[A-Z]\.(?: ?[A-Z]\.){0,2})(?=[ ,;:)]|$)(?! ?[A-Z])"
)
_INITIALS_WORD = re.compile(r"\b(?:initials?|iniciales):? (?:are |son )?[a-z]\.? ?[a-z]\b")


def initials(reading: Reading) -> Iterator[Span]:
    """Initials of somebody who is served, or with a story."""
    for found in _INITIALS.finditer(reading.plain):
        left = reading.folded[max(0, found.start() - 40) : found.start()]
        right = reading.folded[found.end() : found.end() + 90]
        asked, story = _FOR_LEFT.search(left), STORY.search(right)
        told = story or (asked and FOR_RIGHT.match(right))
        usual = found[0] in _NO_INITIALS and not (asked and story)
        aged = re.match(r",? \(?\d\d\b(?![:%-])|,? (?:wants|needs|quiere|necesita)\b", right)
        if (
            _INITIALS_LEFT.search(left)
            or (aged and found[0] not in _NO_INITIALS)
            or (told and not usual)
        ):
            yield found.span()
    for word in _INITIALS_WORD.finditer(reading.folded):
        yield word.span()
    for letter in _LETTER_DOES.finditer(reading.plain):
        yield letter.span(letter.lastgroup or 0)
    yield from _undotted(reading)
    yield from _with_a_letter(reading)


def _undotted(reading: Reading) -> Iterator[Span]:
    """ "MG, 44", "client MG": two capitals that are no state and no trade."""
    for found in _UNDOTTED.finditer(reading.plain):
        part = found.lastgroup or "served"
        if found[part] not in _NO_PERSON:
            yield found.span(part)


def _with_a_letter(reading: Reading) -> Iterator[Span]:
    """A given name with one letter for the rest: so people write of those they shield."""
    for token in CAPITAL.finditer(reading.plain):
        if reading.folded[token.start() : token.end()] not in known_names():
            continue
        letter = _AND_LETTER.match(reading.plain, token.end())
        left = reading.folded[max(0, token.start() - 40) : token.start()]
        left = "" if _FOR_HER.search(left) else left
        if letter and not gives(left, reading.folded[letter.end() : letter.end() + 60]):
            yield token.start(), letter.end()
