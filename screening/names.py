"""Names of people who are served: a name counts by the words around it."""

import re
from collections.abc import Iterator

from screening.columns import TEXT, about
from screening.name_lists import doubtful_names, given_names, known_names, no_names
from screening.patterns import Span
from screening.reading import Reading
from screening.served import CAPITAL, FOR_RIGHT, KIN, MANY, ONE, RELATIVE, SELF, STORY, SURNAME

_ORG_AFTER = re.compile(
    r" y vuelta\b|"  # "ida y vuelta"
    r"(?:'?s)? (?:[A-Z][\w'&-]* ){0,2}(?:&|House|Home|Homes|Center|Centre|Kitchen|Bakery|Ministries"
    r"|Place|Circle|Project|Foundation|Clinic|Church|School|College|University|Shelter|Club|Cafe"
    r"|Coffee|Inc|LLC|Hospital|Park|County|City|Street|St|Avenue|Ave|Road|Academy|Institute|Network"
    r"|Society|Library|Hall|Services|Community|Learning|Farm|Farms|Salon|Hotel|Inn|Market|Company"
    r"|Day|Award|Fund|Gardens?|Mission|Village|Theatre|Theater|Museum|Parkway|Boulevard|Tower|Group)\b"
    r"|'s [A-Z]|(?<='s) (?:studio|salon|shop|store|bakery|cafe|diner|gym|garage|farm|market|restaurant|boutique|catering)\b"
)

_HONORED = re.compile(  # somebody of the staff, a saint, an organization
    r"\b(?:st\.?|saint|santa|santo|san|virgen de|our lady of|casa|hogar|fundacion|centro|panaderia|colegio|escuela|club"
    r"|dr\.?|dra\.?|doctora?|chef|pastor|pastora|father|padre|sister|hermana|brother|rev\.?|reverend"
    r"|attorney|abogad[oa]|professor|prof\.?|profesora?|director|directora|maestr[oa]|judge|jueza?"
    r"|don|dona|coach|captain|officer|sheriff|mayor|senator|president|ceo|founder|fundadora?|author|by"
    r"|parque|plaza|jardin|lago|lake|cerro|rio|teatro|cine|estadio|hospital|clinica|iglesia|parroquia|mercado|tienda"
    r"|restaurante|estacion|biblioteca|universidad|preparatoria|barrio|unidad|mount|fort|port|lake|gimnasio|hotel"
    r"|(?:book|gospel|letters?|epistle|psalms?|libro|evangelio|cartas?) (?:of|to|de|a)"
    r"|por|i am|i'm|my name is|me llamo|mi nombre es|soy|coordinator|supervisor|manager) $"
)

_OUR = (
    r"(?:my|our|this|that|the|a|an|one|new|young|mi|nuestr[ao]|la|el|un|una|est[ea]|otra|oldest"
    r"|youngest|newest)"
)

_SERVED = re.compile(
    rf"\b{_OUR} (?:\d\d[- ]?(?:year[- ]old|y/?o|anos) )?(?:[a-z-]+ ){{0,1}}(?:{ONE})"
    r"(?: in our (?:program|house|care)| of ours| here)?"
    r",? ?(?:named |called |whose name is |is |:|\(|- |llamad[ao] |que se llama |es |la |el )?$"
    rf"|\b(?:(?:her|his|their|sus?) (?:\w+ )?|(?:the|los|las|client'?s|resident'?s) (?:\w+ )?)(?:{RELATIVE}),? (?:named |called |llamad[ao]s? )?$"
    rf"|\b(?:her|his|their|sus?) (?:\w+ )?(?:{KIN}),? (?:named |called |llamad[ao] )?$|\b(?:{KIN}|{RELATIVE}) (?:de|of) $|\bmaiden name(?: is| was|:)? $|\bhij[oa] de $"
    rf"|\b(?:one of (?:our|the|my)|una? de (?:las|los|nuestr[ao]s)) (?:[a-z]+ ){{0,1}}(?:{MANY})"
    r"(?: we serve| in our (?:house|program|care)| here)?,? ?(?:named |called |llamad[ao] |\()?$"
)

_NAMED = re.compile(
    r"(?:^|[.;:!?,(] )name'?s? (?:is )?$|\b(?:her|his|their|client'?s?|participant'?s?|resident'?s?|girl'?s?|survivor'?s?|victim'?s?"
    r"|(?:real|first|full) )(?: real| first| full| last)? ?name(?:'s| is|:| =) ?$"
    r"|\bname:? ?$(?<=name: )|\b(?:su|cuyo) nombre es $|\bnombre: ?$"
    r"|\bwe call (?:her|him|them) $|\bgoes by $|\b(?:le decimos|la llamamos|de nombre) $|\bby the name of $"
    rf"|\b(?:{ONE}|man|woman|boy|someone|somebody|person|kid|child|mujer|hombre|alguien) "
    r"(?:named|called|llamad[ao]) $"
    rf"|\b(?:{ONE}|candidat[ea]|applicant)(?:'s)? (?:name|nombre) $"
    rf"|\b(?:{ONE}|candidat[ea])(?: name| nombre)? ?: (?:ms\.? |mrs\.? |mr\.? |sra\.? )?$|\b(?:in mind|en mente) (?:is|es) $|,? name,? $(?<=, name )"
)

_ROLE = re.compile(  # "Client: Ms. Adams", "Paciente Lucia", with no article before
    rf"(?:^|[.;:!?,(/-] )(?:{ONE}|candidat[ea]|applicant|student|alumna|aspirante|postulante|(?:new )?referral|referred|(?:nuev[ao] )?referid[ao])[:,]? (?:ms\.? |mrs\.? |mr\.? |miss |sra\.? |srta\.? )?$"
)

# "the client Reviews", "our Youth Partner": no name unless it is known as one.
_LOOSE = re.compile(
    rf"\b(?:the|a|an|new|this|that|la|el|un|una) (?:[a-z-]+ )?(?:{ONE}) $|[A-Z][a-z]+ $"
)

_TITLE = re.compile(r"\b(?:mrs?|ms|miss|sra|srta|sr)\.? $")

_SE_LLAMA = re.compile(r"\b(?:se llama|llamada?) $")

_HELPED = re.compile(r"\b(?:ensenar|ayudar|apoyar) a $")
_THING = re.compile(
    r"\b(?:taller|programa|clase|curso|proyecto|grupo|centro|casa|fundacion|libro|organizacion|app|perro"
    r"|panaderia|negocio|tienda|empresa)\b"
)

_ASKED_FOR = re.compile(
    r"\b(?:pair|match|teach|help|meet|introduce|support|drive|connect|assist|ayud\w+ a|ensen\w+ a"
    r"|conoce\w* a|apoy\w+ a) $"
)

_FOR = re.compile(
    r"\b(?:this is|it is|it would be|would be|is|tutor|teacher|mentor|class|ride|someone|somebody|help|practice|lessons?|partner|slot|spot|place|seat|opening|room"
    r"|working|job|coach|es|seria|maestr[ao]|tutora?|mentora?|clase|alguien|ayuda|trabajo|busc\w+)"
    r"(?: \w+){0,2} (?:for|with|about|para) $|^(?:for|para|with) $|[.;:!?] (?:for|para) $"
)

_WANTS = re.compile(
    r"(?: \([^)]{0,20}\))?,? (?:really |also |now |just |still |tambien |ya |would )*"
    r"(?:wants|needs|would (?:like|love)|like[sd]? to|loves?(?! of)|enjoys|plays|sings|draws|braids|would be (?:thrilled|happy|glad|great|perfect|over)|prefers|hopes to|dreams|(?:lives|resides|stays|is staying|is living) (?:with|w/) us|(?:lives|stays) here|goes to"
    r"|is (?:very |so |now |a bit |still )*(?:doing|back|better|thriving|settling|healing|new here|clean|good with|great with|ready|shy|scared|nervous|afraid|brave|pregnant|homeless"
    r"|looking for|hoping|learning|working on)|has been (?:with|clean|sober|here|working on (?:her|his)"
    r"|living)|(?:moved|came) (?:in with|to) us|turns \d\d|quiere|necesita|busca|vive con nosotr"
    r"|suena con|tiene miedo|le gusta|llego (?:a|con|hace)|lleva .{1,20}(?:con nosotr|aqui))"
)

_SERVED_RIGHT = re.compile(
    rf",? ?\(?(?:(?:is |es )?(?:one of our|one of the|a|an|our|my|una de (?:nuestras|las)|la|nuestra|una)"
    rf" (?:[a-z]+ )?(?:{ONE}|{MANY})\b(?=[,.;:)]|$| (?:who|we|was|is|has|and|needs|wants|in|from|of|at"
    r"|que|de|en|y)\b)|who (?:moved in|came to us|lives with|is staying|left|escaped"
    r"|fled|was (?:sold|held|forced|rescued))|que (?:llego|vive con|huyo|escapo|salio de|fue))"
)

# Why a known name may stand in a text: somebody who gives, a place, a book.
_GIVES_LEFT = re.compile(
    r"\b(?:volunteer|volunteers|director|founder|co-founder|chair|chairman|chairwoman|teacher|trainer|instructor|staff"
    r"|counselor|therapist|lawyer|nurse|baker|chef|coach|host|hosted by|led by|taught by|run by|with chef|by|named (?:after|for)"
    r"|in honor of|in memory of|story of|life of|poems? (?:by|of)|poetry (?:by|of)|works? of|book(?:s)? by|reading|read"
    r"|novel|club|film|songs? (?:by|of)|hotel|ask for|speak (?:to|with)|contact|call|report to|thanks to|from|in|at|near"
    r"|between|voluntari[ao]|directora?|fundador[a]?|maestr[ao]|enfermer[ao]|abogad[ao]|coordinador[ao]|por|en|vida de"
    r"|historia de|poesia de|libros? de|pregunte por|hable con|condado de|ciudad de|calle|st|profe|thank you|thanks|gracias|dear|hello|hi|hola|querid[ao]|estimad[ao]|watch|watching|vemos|miramos"
    r"|(?:my|mi) (?:own |late )?(?:wife|husband|partner|friend|aunt|uncle|grand(?:ma|mother|father|pa)|daughter|son|sister|brother|espos[ao]|amig[ao]|hij[ao]|ti[ao]|abuel[ao]|herman[ao])"
    r"|works? with|next to|beside|trabajas? con)[.:,]? "
    r"(?:[a-z]+ )?$"
)

_GIVES_RIGHT = re.compile(
    r",? (?:will |who (?:will |has )?|has |had |have )?(?:teach|teaches|taught|leads?|led|hosts?|founded|started|opens?"
    r"|supervises?|signs?|explains?|runs?|offers?|volunteers?|coordinates?|speaks|trains?|gives|joins|retired|ensena|dirige"
    r"|da (?:la|las|el)|dio|imparte|ofrece|fundo|coordina|firma|explica|dara)\b"
    r"|(?:,? (?:is |es )?(?:our|the|a|an|nuestr[ao]|la|el|una?)|,) (?:[a-z-]+ ){0,2}(?:founder|director|chair|teacher|volunteer"
    r"|attorney|lawyer|nurse|chef|baker|coach|trainer|instructor|manager|coordinator|president|owner|staff|mechanic|author"
    r"|poet|singer|fundadora?|directora?|maestr[ao]|voluntari[ao]|abogad[ao]|enfermera|coordinadora?|dueñ[ao]|contadora?)\b"
    r"|,? (?:and|y) (?:(?:her|his|su|my|mi) (?:[a-z]+ )?[a-z]+|i|yo|me) (?:run|teach|lead|own|have|dance|cook|offer|would|will|can|play|bring|atienden|bailamos|ensenamos|damos|tenemos|podemos|ofrecemos|cocinamos|dirigen|tienen)\b"
    r"|,? (?:from|de|of) (?:our|the|my|nuestr[oa]|la|el) (?:[a-z]+ ){0,2}(?:team|office|department|company|firm|staff|bank|branch|board|equipo|oficina|empresa|banco|consejo)\b|(?:,| is)? here[,.]"
    r"|,? (?:msw|lcsw|rn|md|phd|esq|ceo|cpa)\b"
)

_HERS = re.compile(r"\b(?:she|her|hers|he|him|his|ella|suya)\b")

_ASKS_LEFT = re.compile(
    r"\b(?:find|for|about|mentor|mentoring|tutor|help|teach|support|friend|give|get|place|drive|bring|with|para|ensenar a"
    r"|ayudar a|apoyar a|sobre|encontrar|busca\w*|amiga|amigo|case manager for|de nombre)"
    r"(?: our| nuestra| the| la| [a-z]+)? $"
)

_CLASS_WITH = re.compile(
    r"^[a-z-]+(?: [a-z-]+)? (?:with|con) $"
)  # "Yoga with Ana" names who teaches

_FAMILIAR = re.compile(r"(?:^|[ (])(?:little|lil|baby|big|la|el|a la|chiquita) $")

_DID = re.compile(  # what is told of one of us, and of no teacher
    r"(?:'s|,)? ?(?:(?:is |was |'s )?the one (?:who|that)|(?:just |ya |already |also |still )*(?:passed|finished|completed|graduated|relapsed"
    r"|said yes|asked (?:for|if)|got (?:her|his|a|the)|lost|beats|turned|left|came|cried|slept|hasn'?t|has (?:her|his|no|never|been)"
    r"|can'?t|cannot|does ?n'?t|didn'?t|was|termino|paso|saco|llego|salio|tiene|no (?:tiene|puede|sabe)|quedo|perdio|esta|anda|acaba|contesta))\b"
)

_HER_KIN = re.compile(rf" (?:\w+ )?(?:{KIN}|{RELATIVE})\b")

_FROM_THERE = re.compile(r",? (?:\(?(?:from|de) [A-ZÁÉÍÓÚ][\w]+\)?,|, (?:from|de) [A-ZÁÉÍÓÚ]\w+ )")

_LIVED = re.compile(
    r",? (?:y |and )?(?:lives? with us|vive con nosotr|escaped|fled|huyo|escapo|was (?:trafficked|rescued|sold)|fue (?:rescatad"
    r"|vendid|explotad)|arrived from|llego de|came to us|moved in with us|salio de una red|completed|finished|graduated"
    r"|arrived|has (?:two|three|four|a|no) (?:kids|children|son|daughter|family)|just (?:started|finished))"
)

LONGEST_TITLE = 30  # letters: in less, a given name may be that of an organization or a dish

LONGEST_NEED = 900  # letters: longer texts are adverts, which name brands and cities

_AMONG_CAPITALS = re.compile(r"(?:[A-Z][\w'’-]*[,/&]? (?:& |and |y )?|[/&])$")

_LIVED_HERE = re.compile(
    r",? (?:wants to (?:be|become|learn|study|earn)|quiere (?:ser|aprender|estudiar)|loves to|needs (?:somebody|someone)"
    r" to (?:practice|teach her|drive her)|lives? with us|vive con nosotr|llego de [a-z]+ y|arrived from|came to us from|was (?:trafficked|rescued)"
    r"|fue rescatad|escaped from|fled from|huyo de|escapo de)"
)

_APART = re.compile(r",? ?\(|, | (?:is|es|who|que) ")  # a name stands apart from what is said of it

_LOWER = re.compile(
    rf"\b(?:(?:my|our|mi|nuestr[ao]|the|la|el|this) (?:young )?(?:{ONE})|client|clienta|survivor|resident"
    r"|victim|victima|(?:her|his) name is|se llama|su nombre es|para mi clienta)"
    r"(?: named| called| llamad[ao]|,|:)? (?P<name>[a-z]{3,12})\b"
    r"|\b(?:for|para|pa|about|sobre) (?P<asked>[a-z]{3,12})(?=,? (?:who|que|la que|she|he|ella)\b|,? \(?\d\d\b|[;.,] (?:she|ella)\b)"
    rf"|\b(?:her|his|sus?) (?:\w+ )?(?:{RELATIVE}) (?P<child>[a-z]{{3,12}})\b"
    r"|(?:^|[.;:!?,] )(?P<first>[a-z]{3,12})(?: [a-z]{3,12})? (?:wants|needs|quiere|necesita|would love|loves|lives with us|is (?:ready|doing|shy|scared|looking for))\b"
)


def people(reading: Reading) -> Iterator[Span]:
    """Names of people who are served."""
    for token in CAPITAL.finditer(reading.plain):
        name = reading.folded[token.start() : token.end()].removesuffix("'s").removesuffix("'")
        if name not in no_names() and (end := _named(reading, token, name)):
            yield token.start(), end
    for lower in _LOWER.finditer(reading.folded):
        for part, name in lower.groupdict().items():
            if name in given_names() and reading.plain[slice(*lower.span(part))].islower():
                yield lower.span(part)


def _named(reading: Reading, token: re.Match[str], name: str) -> int:
    """Where the name ends if the words around it say that it is of somebody served; else 0."""
    left = reading.folded[max(0, token.start() - 70) : token.start()]
    if _ORG_AFTER.match(reading.plain, token.end()) or _HONORED.search(left):
        return 0
    surname = SURNAME.match(reading.plain, token.end())
    end = surname.end() if surname else token.end()
    right = reading.folded[end : end + 100]
    said = reading.plain[max(0, token.start() - 70) : token.start()]
    known = name in known_names()
    doubtful = name in doubtful_names() or bool(_TITLE.search(left))
    is_served = (
        (_ROLE.search(left) and (known or doubtful))
        or (_said_to_be_served(left) and (known or doubtful or not _LOOSE.search(said)))
        or (known and _is_person(left, right))
        or ((known or _TITLE.search(left)) and _is_unexplained(reading, token, name, left, right))
        or (doubtful and (_WANTS.match(right) or _HELPED.search(left)))
        or _lived_here(left, right)
        or (
            not _gives_at_all(left, right)
            and bool(_FROM_THERE.match(reading.plain, end))
            and _is_new(left)
        )
    )
    return end if is_served else 0


def _is_unexplained(
    reading: Reading, token: re.Match[str], name: str, left: str, right: str
) -> bool:
    """A name that is of nobody who gives, and is asked for, or "she", or stands alone."""
    if gives(left, right):
        return False
    asked = (
        _HERS.search(right[:90])
        or _FAMILIAR.search(left)
        or _DID.match(right)
        or _LIVED.match(right)
        or _ASKS_LEFT.search(left)
    )
    has_kin = token[0].endswith("'s") and bool(_HER_KIN.match(right))
    return bool(asked) or has_kin or _stands_alone(reading, token, name)


def _is_new(left: str) -> bool:
    """Whether a name begins its sentence, or a person is spoken of before it."""
    return not left.strip() or bool(
        re.search(r"[.!?:;] $|\b(?:tenemos a|we have|for|para|is|es) $", left)
    )


def _gives_at_all(left: str, right: str) -> bool:
    return gives(left, right) or bool(_HONORED.search(left))


def _lived_here(left: str, right: str) -> bool:
    """What is said of a name that no list has leaves no doubt."""
    if (_SERVED_RIGHT.match(right) and _APART.match(right)) or _LIVED_HERE.match(right):
        return True
    in_sentence = bool(left) and not re.search(r"[.!?:] $", left)
    return in_sentence and (_asked_for(left, right) or bool(STORY.match(right, 1)))


def _stands_alone(reading: Reading, token: re.Match[str], name: str) -> bool:
    """Whether a short text has a common given name that nothing explains."""
    before = reading.plain[max(0, token.start() - 25) : token.start()]
    after = reading.plain[token.end() : token.end() + 6]
    return (
        name in given_names()
        and _longest(reading) < len(reading.plain) < LONGEST_NEED
        and not _AMONG_CAPITALS.search(before)
        and not re.match(r",? (?:& |and |y )?[A-Z]|[/&-]|: [A-Z]", after)
    )


def _longest(reading: Reading) -> int:
    return LONGEST_TITLE if about(reading.field) != TEXT or reading.field == "title" else 0


def gives(left: str, right: str) -> bool:
    """Whether a name is of somebody who gives, or of a place or a book."""
    return bool(
        _GIVES_LEFT.search(left)
        or _CLASS_WITH.match(left)
        or _GIVES_RIGHT.match(right)
        or SELF.search(left)
    )


def _said_to_be_served(left: str) -> bool:
    if _SE_LLAMA.search(left):
        return not _THING.search(left)
    return bool(_SERVED.search(left) or _NAMED.search(left))


def _is_person(left: str, right: str) -> bool:
    """Whether a known name is said to want, to be helped, or to have lived through something."""
    if _WANTS.match(right) or _SERVED_RIGHT.match(right) or _ASKED_FOR.search(left):
        return True
    return bool((_FOR.search(left) and FOR_RIGHT.match(right)) or STORY.search(right[:70]))


def _asked_for(left: str, right: str) -> bool:
    """A name that no list has, where "who", "she" or "her" follows what was asked for."""
    hers = re.match(
        r"(?:,? (?:who|que) (?!is |are |es |will )|[,;.] (?:she|he|ella) |,? on (?:her|his) |,? and (?:her|his) |,? y su )",
        right,
    )
    return bool(hers and (_FOR.search(left) or _ASKED_FOR.search(left)))
