"""An age beside a name, or of one person who is served."""

import re
from collections.abc import Iterator

from screening.name_lists import doubtful_names, given_names, no_names
from screening.numbers import ANY_WORD, as_number
from screening.patterns import Span
from screening.reading import Reading
from screening.served import CAPITAL, ONE, SELF, SURNAME

_AGE = rf"(?:[1-9]\d?|(?:{ANY_WORD})(?:(?:-| | y )(?:{ANY_WORD}))?)"

_NO_AGE = (
    r"(?! ?(?:hours?|hrs?\b|minutes?|min\b|miles?|people|seats|women|men\b|days?|weeks?|months?|sessions?"
    r"|th\b|st\b|nd\b|rd\b|%|:|/\d|[-–]\d|\d|\.\d|horas|personas|semanas|dias|meses|a\.?m\b|p\.?m\b"
    r"|percent|dollars|years?'? (?:of|in|at|with|exp\w*)|anos (?:de (?:experiencia|servicio)|en)|or (?:older|over)"
    r"|and (?:older|over|up)|times|students|clients|classes|o mas|y mas|\+))"
)

_AGE_RIGHT = re.compile(
    rf"(?:,| -)? ?\(?(?P<link>aged?:? |age of |who (?:just |has just )?(?:turned |is )|is (?:about to turn |only )?"
    r"|just turned |turns |turned |will be |tiene |cumple |cumplio |acaba de cumplir |edad:? |edad de |de )?"
    rf"(?P<age>{_AGE})\b{_NO_AGE}(?P<word>[ -]?(?:years?|yrs?|y/?o|anos|year-old))?"
    r"(?P<rest>\)|,|\.|;|$| )"
)

_AGE_LEFT = re.compile(
    rf"\b(?P<age>{_AGE})(?:[- ]?years?[- ]olds?| ?y/?o| ?yrs?(?: old)?| anos)(?: \w+){{0,3}},? $"
)

_AGE_ALONE = re.compile(
    rf"\b(?:{ONE})s? (?:que )?(?:is|tiene|es de|aged?|acaba de cumplir|cumplio|turned|just turned) "
    rf"(?P<age>{_AGE})\b{_NO_AGE}"
    rf"|(?:^|[.:;,] |ellas,? )(?:la|el|una?|nuestra|mi) [a-z]+(?: [a-z]+){{0,3}}?, (?:de )?(?P<age8>{_AGE}) anos\b(?! de exp)"
    rf"|\b(?:hondurena?|hondureno|guatemaltec[ao]|salvadoren[ao]|mexican[ao]|colombian[ao]|venezolan[ao]|cuban[ao]|nicaraguense) de (?P<age9>{_AGE})\b{_NO_AGE}"
    rf"|\b(?:going on|just shy of|about to be|about to turn|anda por los|acaba de cumplir|recien cumplidos?(?: los)?) (?P<age10>{_AGE})\b{_NO_AGE}"
    rf"|(?<![\w'])(?:candidat[ao]|candidate|referid[ao]|referral|femenina|masculino|female|male|mujer|hombre|f|m)(?: \d{{1,3}})?[,:]? (?:de )?(?P<age11>{_AGE})(?: anos\b(?! de exp)| ?y/?o\b|(?=[,.;]|$))"
    rf"|\b(?:{ONE}), (?P<age5>{_AGE}),|(?:^|[.:;(] )(?:the |our |a |una? |nuestra )?(?:{ONE}|student|mom|mama|alumna)\b(?! (?:must|should|who))"
    r"[^.;:\n\d]{2,45}?, (?P<age7>[1-6]\d)(?=[,.;)]|$)"
    rf"|\b(?:{ONE})(?: aged?|(?<!mother) of) (?P<age6>{_AGE})\b{_NO_AGE}"
    rf"|\b(?:{ONE}),? (?:de|\(?(?:f|m|female|male|mujer|hombre),?) (?P<age3>{_AGE})\b(?=\)| anos\b(?! de exp)| ?y/?o|,)"
    rf"|\b(?:she|he|ella|el)(?:'s| is| just turned| turned| turns| will turn| is turning|'ll be| tiene| cumplio| cumple) (?:only |about |just )?(?P<age4>{_AGE})\b{_NO_AGE}"
    r"(?= (?:years?|yrs|anos|and|y|now|but|next|on|this|in|soon|el|en|manana)\b|[,.;]|$)"
    rf"|\b(?:a|an|our|my|una?|mi|nuestr[ao]) (?P<age2>{_AGE})(?:[- ]years?[- ]old| ?y/?o)"
    rf"(?: \w+){{0,1}} (?:{ONE})\b"
)


def ages(reading: Reading) -> Iterator[Span]:
    """An age beside a name, or of one person who is served."""
    for token in CAPITAL.finditer(reading.plain):
        name = reading.folded[token.start() : token.end()]
        if name not in no_names() and (span := _aged(reading, token, name)):
            yield span
    for alone in _AGE_ALONE.finditer(reading.folded):
        if any(_is_age(years) for years in alone.groupdict().values()):
            yield alone.span()


def _aged(reading: Reading, token: re.Match[str], name: str) -> Span | None:
    if SELF.search(reading.folded, max(0, token.start() - 20), token.start()):
        return None
    known = name in given_names()
    surname = SURNAME.match(reading.plain, token.end())
    end = surname.end() if surname else token.end()
    right = _AGE_RIGHT.match(reading.folded, end)
    if (
        right
        and _is_age(right["age"])
        and _reads_as_age(right, known=known, doubtful=name in doubtful_names())
    ):
        return token.start(), right.end("age")
    left = _AGE_LEFT.search(reading.folded, max(0, token.start() - 60), token.start())
    if (
        left
        and _is_age(left["age"])
        and (known or name in doubtful_names() or left[0].count(" ") < 3)
    ):
        return left.start(), token.end()
    return None


def _reads_as_age(found: re.Match[str], *, known: bool, doubtful: bool) -> bool:
    """How much must be said for a number after a capital to be somebody's age."""
    link = (found["link"] or "").strip()
    if link == "de":
        return bool(found["word"]) and (known or doubtful)
    if (
        found["word"]
        and not (known or doubtful)
        and found["word"].strip(" -") in {"yrs", "yr", "years", "year"}
    ):
        return bool(re.match(r"(?: old|-old)\b", found.string[found.end("word") :]))
    if found["word"]:
        apart = bool(link) or found[0].startswith((",", " ("))
        return known or doubtful or (apart and link not in {"is", "tiene"})
    if link in {"is", "tiene", "will be"}:
        return known or doubtful
    if link:
        return True
    closed = found[0].startswith((",", " (")) and found["rest"] in {")", ",", ".", ";", ""}
    return closed and (known or (doubtful and found["rest"] in {")", ","}))


def _is_age(written: str | None) -> bool:
    years = as_number(written) if written else None
    return years is not None and 3 <= years <= 99
