"""What a pattern is, and when a sentence takes back what it seems to say."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.utils.functional import Promise

from screening.findings import Weight
from screening.reading import Reading

Text = str | Promise
Span = tuple[int, int]


class Pattern(NamedTuple):
    """What to look for in folded text, and what it means in a class and in paid work.

    cues       words of which one must stand in the text, or the pattern is not tried at all
    deniable   a "no", "never" or "we pay it" in the same sentence takes it back
    """

    code: str
    found: re.Pattern[str]
    in_class: Weight | None
    in_work: Weight | None
    message: Text
    cues: tuple[str, ...] = ()
    deniable: bool = False

    def spans(self, reading: Reading, *, in_class: bool) -> Iterator[Span]:
        """Each stretch that means it, in letters of ``reading.plain``."""
        if self.cues and not any(cue in reading.folded for cue in self.cues):
            return
        for found in self.found.finditer(reading.folded):
            if not (self.deniable and denied(reading, found, in_class=in_class)):
                yield found.span()


def look_for(*alternatives: str) -> re.Pattern[str]:
    """Any of these. They are written in lower case, without accents."""
    return re.compile("|".join(f"(?:{one})" for one in alternatives))


_SAYS_NO = re.compile(
    r"\b(?:no|not|never|nobody|none|nothing|nada|without|zero|neither|nor|free of|waived?|avoid|beware|scams?"
    r"|don'?t|doesn'?t|do not|does not|won'?t|will not|cannot|can'?t|isn'?t|aren'?t"
    r"|nunca|jamas|nadie|sin|ningun[ao]?|tampoco|ni|evit\w+|estafas?|cero)\b"
    # a "no" that belongs to something else
    r"(?!,? (?:experience|interview|questions?|problem|skills?|limits?|more|matter|catch|contract"
    r"|degree|need|worr\w+|miss|wait|hesitate|tell|english|papers?|office|base|car|only"
    r"|experiencia|importa|hay limite|te pierdas|esperes|problema|entrevista|pierdas|papeles"
    r"|te preocupes|necesitas|se necesita|se requiere|digas)\b)"
)
_TURNS = re.compile(
    r"\b(?:but|however|except|unless|until|once|instead|after|then|just|you (?:must|pay|will pay|cover|buy)"
    r"|pero|salvo|excepto|hasta|despues|luego|tienes que|debes)\b"
)
_WE_PAY = re.compile(
    r"\b(?:we|employer|company|sponsor|clinic|union|agency|grant|center|program) "
    r"(?:will |also |can |always )?(?:pays?|covers?|reimburses?|refunds?|waives?|provides?|supply|buys?|brings?"
    r"|lends?|help\w*)\b"
    r"|\b(?:pagamos|compramos|cubrimos|reembolsamos|prestamos|regalamos|(?:empresa|sindicato) (?:paga|cubre))"
)
_PAID_FOR = re.compile(
    r"^[^,]{0,25}\b(?:(?:is|are|will be|always) )?(?:paid|covered|reimbursed|waived|refunded|free"
    r"|provided|included|paid for)\b(?! (?:out of|from|before|first|up ?front|in advance|by you"
    r"|by the (?:worker|employee)))"
    r"|^[^,]{0,25}\b(?:on us|at no cost|gratis|sin costo|pagad[ao]s? por (?:la|el|nosotros))\b"
)
_TAUGHT = re.compile(
    r"\b(?:how to|learn|know your rights|what (?:is|a|to do)|explain\w*|spot|clinic|workshop|class on"
    r"|course on|rights|lease|leases|landlord|rent|derechos|como (?:leer|reconocer|evitar)|que hacer"
    r"|contratos?|renta|taller|estafa)\b"
)


def denied(reading: Reading, found: re.Match[str], *, in_class: bool = False) -> bool:
    """Whether the sentence says that it is not so or that we pay it, or a class teaches about it."""
    before = reading.sentence_before(found.start(), within=90)
    after = reading.sentence_after(found.end(), within=60)
    noes = list(_SAYS_NO.finditer(before))
    if noes and not _is_over(before[noes[-1].end() :], found[0] + after):
        return True
    if _we_pay(before + found[0]) or _PAID_FOR.search(after):
        return True
    if re.match(r".{0,40}\b(?:optional|opcional|if you (?:wish|want)|if wanted|si gusta)\b", after):
        return True
    if re.match(r"[^,]{0,20}\b(?:never|not (?:required|needed|part|allowed)|nunca)\b", after):
        return True
    return in_class and bool(_TAUGHT.search(before) or _TAUGHT.search(found[0]))


def _is_over(since: str, rest: str) -> bool:
    """Whether a "no" has ended since: "but", or "no school, real clients, $600 deducted"."""
    if _TURNS.search(since):
        return True
    listed = re.search(r"\b(?:or|nor|ni|o)\b", since + rest[:40])
    return not listed and bool(re.match(r" ?\w[^,]{0,25},.{12,}$", since))


def _we_pay(said: str) -> bool:
    """Whether it is the employer who pays, and nothing turns that round before the end."""
    found = list(_WE_PAY.finditer(said))
    return bool(found) and not re.search(
        r"[,;:]|\b(?:you|your|tu|usted|luego|despues|pagas?|later|then)\b", said[found[-1].end() :]
    )
