"""The people behind a need: a name in its context, an age beside it, initials with a story."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from screening.numbers import ANY_WORD, as_number
from screening.patterns import Span
from screening.reading import Reading

_DATA = Path(__file__).parent / "data"


@cache
def _words(file: str) -> frozenset[str]:
    return frozenset((_DATA / file).read_text(encoding="utf-8").split())


_ORG_AFTER = re.compile(
    r"(?:'?s)? (?:[A-Z][\w'&-]* ){0,2}(?:&|House|Home|Homes|Center|Centre|Kitchen|Bakery|Ministries"
    r"|Place|Circle|Project|Foundation|Clinic|Church|School|College|University|Shelter|Club|Cafe"
    r"|Coffee|Inc|LLC|Hospital|Park|County|City|Street|St|Avenue|Ave|Road|Academy|Institute|Network"
    r"|Society|Library|Hall|Services|Community|Learning|Farm|Farms|Salon|Hotel|Inn|Market|Company"
    r"|Day|Award|Fund|Gardens?|Mission|Village|Theatre|Theater|Museum|Parkway|Boulevard|Tower|Group)\b"
    r"|'s (?:[A-Z])"
)
_HONORED = re.compile(  # somebody of the staff, a saint, an organization
    r"\b(?:st\.?|saint|santa|santo|san|casa|hogar|fundacion|centro|panaderia|colegio|escuela|club"
    r"|dr\.?|dra\.?|doctora?|chef|pastor|pastora|father|padre|sister|hermana|brother|rev\.?|reverend"
    r"|attorney|abogad[oa]|professor|prof\.?|profesora?|director|directora|maestr[oa]|judge|jueza?"
    r"|coach|captain|officer|sheriff|mayor|senator|president|ceo|founder|fundadora?|author|by"
    r"|por|i am|i'm|my name is|me llamo|mi nombre es|soy|coordinator|supervisor|manager) $"
)

_SELF = re.compile(r"\b(?:i am|i'm|my name is|me llamo|mi nombre es|soy) $")
_ONE = (
    r"client|resident|survivor|guest|participant|patient|victim|girl|lady|young (?:man|woman|lady|person"
    r"|mother)|teen(?:ager)?|mother|mentee|trainee|youth|minor|woman|clienta|cliente|residente|huesped"
    r"|sobreviviente|participante|paciente|victima|chica|muchach[ao]|joven|senora|usuaria|beneficiaria"
    r"|alumna|nina|adolescente"
)
_MANY = (
    r"clients|residents|survivors|guests|participants|patients|girls|ladies|women|teens|mothers|men"
    r"|clientas|clientes|residentes|sobrevivientes|participantes|chicas|mujeres|jovenes|muchachas"
    r"|senoras|ninas|huespedes"
)
_OUR = (
    r"(?:my|our|this|that|the|a|an|one|new|young|mi|nuestr[ao]|la|el|un|una|est[ea]|otra|oldest"
    r"|youngest|newest)"
)
_SERVED = re.compile(
    rf"\b{_OUR} (?:\d\d[- ]?(?:year[- ]old|y/?o|anos) )?(?:[a-z-]+ ){{0,1}}(?:{_ONE})"
    r"(?: in our (?:program|house|care)| of ours| here)?"
    r",? ?(?:named |called |whose name is |is |:|\(|- |llamad[ao] |que se llama |es )?$"
    rf"|\b(?:one of (?:our|the|my)|una? de (?:las|los|nuestr[ao]s)) (?:[a-z]+ ){{0,1}}(?:{_MANY})"
    r"(?: we serve| in our (?:house|program|care)| here)?,? ?(?:named |called |llamad[ao] |\()?$"
)
_NAMED = re.compile(
    r"\b(?:her|his|their|client'?s?|participant'?s?|resident'?s?|girl'?s?|survivor'?s?|victim'?s?"
    r"|(?:real|first|full) )(?: real| first| full| last)? ?name(?:'s| is|:| =) ?$"
    r"|\bname:? ?$(?<=name: )|\b(?:su|cuyo) nombre es $|\bnombre: ?$"
    r"|\bwe call (?:her|him|them) $|\bgoes by $|\b(?:le decimos|la llamamos) $|\bby the name of $"
    rf"|\b(?:{_ONE}|man|woman|boy|someone|somebody|person|kid|child|mujer|hombre|alguien) "
    r"(?:named|called|llamad[ao]) $"
    rf"|\b(?:{_ONE})(?: name| nombre)? ?: $|\b(?:in mind|en mente) (?:is|es) $|,? name,? $(?<=, name )"
)
# "the client Reviews", "our Youth Partner": no name unless it is known as one.
_LOOSE = re.compile(
    rf"\b(?:the|a|an|new|this|that|la|el|un|una) (?:[a-z-]+ )?(?:{_ONE}) $|[A-Z][a-z]+ $"
)
_TITLE = re.compile(r"\b(?:mrs?|ms|miss|sra|srta|sr)\.? $")
_SE_LLAMA = re.compile(r"\b(?:se llama|llamada?) $")
_THING = re.compile(
    r"\b(?:taller|programa|clase|curso|proyecto|grupo|centro|casa|fundacion|libro|organizacion|app|perro"
    r"|panaderia|negocio|tienda|empresa)\b"
)
_ASKED_FOR = re.compile(
    r"\b(?:pair|match|teach|help|meet|introduce|support|drive|connect|assist|ayud\w+ a|ensen\w+ a"
    r"|conoce\w* a|apoy\w+ a) $"
)
_FOR = re.compile(
    r"\b(?:this is|it is|it would be|would be|is|tutor|teacher|mentor|class|ride|someone|somebody|help"
    r"|working|job|coach|es|seria|maestr[ao]|tutora?|mentora?|clase|alguien|ayuda|trabajo|busc\w+)"
    r"(?: \w+){0,2} (?:for|with|about|para) $|^(?:for|para|with) $|[.;:!?] (?:for|para) $"
)
_FOR_RIGHT = re.compile(
    r"(?:,? (?:who|que|she|he|ella|el )|[,;.:] ?(?:she|he|her|his|ella|who|que)\b|,? (?:on|with|in) (?:her|his)"
    r"|,? and her| \(|,? (?:age|aged|de \d|\d\d)|[.;!?]? ?$|\. |,? to \w+|,? so (?:she|he)|,? from )"
)
_WANTS = re.compile(
    r"(?: \([^)]{0,20}\))?,? (?:really |also |now |just |still |tambien |ya |would )*"
    r"(?:wants|needs|like[sd]? to|loves? to|prefers|hopes to|dreams|lives with us|goes to"
    r"|is (?:very |so |now |a bit |still )*(?:ready|shy|scared|nervous|afraid|brave|pregnant|homeless"
    r"|looking for|hoping|learning|working on)|has been (?:with|clean|sober|here|working on (?:her|his)"
    r"|living)|(?:moved|came) (?:in with|to) us|turns \d\d|quiere|necesita|busca|vive con nosotr"
    r"|suena con|tiene miedo|le gusta|llego (?:a|con|hace)|lleva .{1,20}(?:con nosotr|aqui))"
)
_STORY = re.compile(
    r"\b(?:escaped|fled|ran (?:away|from)|rescued|trafficked|(?:her|his) (?:trafficker|pimp|abuser|uncle"
    r"|boyfriend|captor)|left her|was (?:sold|held|forced|locked|kept|made to|taken|beaten|exploited)"
    r"|forced to|made to (?:work|sell)|survivor (?!leader|advoca|led|cent|voice)|survivor$|survivor[,.]"
    r"|victim of|testified|huyo|escapo|(?:su|la) (?:tratante|explotador|padrote|padrastro)"
    r"|fue (?:vendid|obligad|forzad|rescatad|explotad|secuestrad)|estuvo (?:encerrad|cautiv)"
    r"|sobreviviente|victima de|de su (?:tratante|explotador|padrastro|agresor))"
)
_SERVED_RIGHT = re.compile(
    rf",? ?\(?(?:(?:is |es )?(?:one of our|one of the|a|an|our|my|una de (?:nuestras|las)|la|nuestra|una)"
    rf" (?:[a-z]+ )?(?:{_ONE}|{_MANY})\b(?=[,.;:)]|$| (?:who|we|was|is|has|and|needs|wants|in|from|of|at"
    r"|que|de|en|y)\b)|who (?:moved in|came to us|lives with|is staying|left|escaped"
    r"|fled|was (?:sold|held|forced|rescued))|que (?:llego|vive con|huyo|escapo|salio de|fue))"
)
_APART = re.compile(r",? ?\(|, | (?:is|es|who|que) ")  # a name stands apart from what is said of it
_AGE = rf"(?:[1-9]\d?|(?:{ANY_WORD})(?:(?:-| | y )(?:{ANY_WORD}))?)"
_NO_AGE = (
    r"(?! ?(?:hours?|hrs?\b|minutes?|min\b|miles?|people|seats|women|men\b|days?|weeks?|months?|sessions?"
    r"|th\b|st\b|nd\b|rd\b|%|:|/\d|[-–]\d|\d|\.\d|horas|personas|semanas|dias|meses|a\.?m\b|p\.?m\b"
    r"|percent|dollars|years?'? (?:of|in|at|with|exp\w*)|anos (?:de (?:experiencia|servicio)|en)|or (?:older|over)"
    r"|and (?:older|over|up)|times|students|clients|classes|o mas|y mas|\+))"
)
_AGE_RIGHT = re.compile(
    rf",? ?\(?(?P<link>aged?:? |age of |who (?:just |has just )?(?:turned |is )|is (?:about to turn |only )?"
    r"|just turned |turns |turned |will be |tiene |cumple |cumplio |acaba de cumplir |edad:? |edad de |de )?"
    rf"(?P<age>{_AGE})\b{_NO_AGE}(?P<word>[ -]?(?:years?|yrs?|y/?o|anos|year-old))?"
    r"(?P<rest>\)|,|\.|;|$| )"
)
_AGE_LEFT = re.compile(
    rf"\b(?P<age>{_AGE})(?:[- ]?years?[- ]olds?| ?y/?o| ?yrs?(?: old)?| anos)(?: \w+){{0,3}},? $"
)
_AGE_ALONE = re.compile(
    rf"\b(?:{_ONE})s? (?:is|tiene|es de|aged?|acaba de cumplir|cumplio|turned|just turned) "
    rf"(?P<age>{_AGE})\b{_NO_AGE}"
    rf"|\b(?:a|an|our|my|una?|mi|nuestr[ao]) (?P<age2>{_AGE})(?:[- ]years?[- ]old| ?y/?o)"
    rf"(?: \w+){{0,1}} (?:{_ONE})\b"
)
_CAPITAL = re.compile(r"(?<![\w'@.])[A-ZÁÉÍÓÚÑÜ][a-záéíóúñü'’-]{1,20}(?![\w@])")
_SURNAME = re.compile(r"(?: (?:de |del |la |los )?[A-ZÁÉÍÓÚÑ](?:[\wáéíóúñ'’-]+|\.)){0,2}")
_LOWER = re.compile(
    rf"\b(?:(?:my|our|mi|nuestr[ao]|the|la|el|this) (?:young )?(?:{_ONE})|client|clienta|survivor|resident"
    r"|victim|victima|(?:her|his) name is|se llama|su nombre es|para mi clienta)"
    r"(?: named| called| llamad[ao]|,|:)? (?P<name>[a-z]{3,12})\b"
)
_INITIALS = re.compile(r"(?<![\w.])[A-Z]\. ?[A-Z]\.(?! ?[A-Z]\.)|(?<![\w.])[A-Z]\. ?[A-Z](?=[ ,:])")
_INITIALS_LEFT = re.compile(rf"\b(?:(?:{_ONE})s?,?|initials?:?|inicial(?:es)?:?|initials are) $")
_FOR_LEFT = re.compile(r"\b(?:for|para|with|is) $")
_NO_INITIALS = frozenset({"U.S.", "P.O.", "D.C.", "N.Y.", "L.A.", "N.J.", "N.C.", "S.C.", "N.M.", "R.N.",
                          "U.N.", "U.K.", "E.U.", "N.D.", "S.D.", "B.A.", "M.D.", "B.S.", "A.M.", "P.M."})  # fmt: skip
_INITIALS_WORD = re.compile(r"\b(?:initials?|iniciales):? (?:are |son )?[a-z]\.? ?[a-z]\b")


def given_names() -> frozenset[str]:
    """Given names common in the United States and Latin America, folded, but for doubtful ones.

    From the person lists of Faker 40.63 (MIT): United States, Mexico, Colombia, Argentina,
    Chile, Spain, Brazil, Romania, Vietnam, Nigeria, Ghana, South Africa, India, Kenya; less
    those that real postings use as words.
    """
    return _words("given_names.txt")


def doubtful_names() -> frozenset[str]:
    """Names that are words, months or places as well: more must be said before they count."""
    return _words("doubtful_names.txt")


def no_names() -> frozenset[str]:
    """What follows "client" or "our" with a capital and is nobody's name."""
    return _words("no_names.txt")


def people(reading: Reading) -> Iterator[Span]:
    """Names of people who are served."""
    for token in _CAPITAL.finditer(reading.plain):
        name = reading.folded[token.start() : token.end()].removesuffix("'s").removesuffix("'")
        if name not in no_names() and (end := _named(reading, token, name)):
            yield token.start(), end
    for lower in _LOWER.finditer(reading.folded):
        if lower["name"] in given_names():
            yield lower.span("name")


def ages(reading: Reading) -> Iterator[Span]:
    """An age beside a name, or of one person who is served."""
    for token in _CAPITAL.finditer(reading.plain):
        name = reading.folded[token.start() : token.end()]
        if name not in no_names() and (span := _aged(reading, token, name)):
            yield span
    for alone in _AGE_ALONE.finditer(reading.folded):
        if _is_age(alone["age"] or alone["age2"]):
            yield alone.span()


def initials(reading: Reading) -> Iterator[Span]:
    """Initials of somebody who is served, or with a story."""
    for found in _INITIALS.finditer(reading.plain):
        left = reading.folded[max(0, found.start() - 40) : found.start()]
        right = reading.folded[found.end() : found.end() + 90]
        told = _STORY.search(right) or (_FOR_LEFT.search(left) and _FOR_RIGHT.match(right))
        if _INITIALS_LEFT.search(left) or (told and found[0] not in _NO_INITIALS):
            yield found.span()
    for word in _INITIALS_WORD.finditer(reading.folded):
        yield word.span()


def _named(reading: Reading, token: re.Match[str], name: str) -> int:
    """Where the name ends if the words around it say that it is of somebody served; else 0."""
    left = reading.folded[max(0, token.start() - 70) : token.start()]
    if _ORG_AFTER.match(reading.plain, token.end()) or _HONORED.search(left):
        return 0
    surname = _SURNAME.match(reading.plain, token.end())
    end = surname.end() if surname else token.end()
    known = name in given_names()
    doubtful = name in doubtful_names() or bool(_TITLE.search(left))
    said = reading.plain[max(0, token.start() - 70) : token.start()]
    if _said_to_be_served(left) and (known or doubtful or not _LOOSE.search(said)):
        return end
    if known and _is_person(left, reading.folded[end : end + 100]):
        return end
    right = reading.folded[end : end + 100]
    if doubtful and _WANTS.match(right):
        return end
    if _SERVED_RIGHT.match(right) and _APART.match(right):
        return end
    in_sentence = bool(left) and not re.search(r"[.!?:] $", left)
    return end if in_sentence and (_asked_for(left, right) or _STORY.match(right, 1)) else 0


def _said_to_be_served(left: str) -> bool:
    if _SE_LLAMA.search(left):
        return not _THING.search(left)
    return bool(_SERVED.search(left) or _NAMED.search(left))


def _is_person(left: str, right: str) -> bool:
    """Whether a known name is said to want, to be helped, or to have lived through something."""
    if _WANTS.match(right) or _SERVED_RIGHT.match(right) or _ASKED_FOR.search(left):
        return True
    return bool((_FOR.search(left) and _FOR_RIGHT.match(right)) or _STORY.search(right[:70]))


def _asked_for(left: str, right: str) -> bool:
    """A name that no list has, where "who", "she" or "her" follows what was asked for."""
    hers = re.match(
        r"(?:,? (?:who|que) (?!is |are |es |will )|[,;.] (?:she|he|ella) |,? on (?:her|his) )",
        right,
    )
    return bool(hers and (_FOR.search(left) or _ASKED_FOR.search(left)))


def _aged(reading: Reading, token: re.Match[str], name: str) -> Span | None:
    if _SELF.search(reading.folded, max(0, token.start() - 20), token.start()):
        return None
    known = name in given_names()
    surname = _SURNAME.match(reading.plain, token.end())
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
