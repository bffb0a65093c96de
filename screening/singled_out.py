"""Somebody told apart from all others without a name: by a room, a child's school, a nickname."""

import re
from collections.abc import Iterator

from screening.numbers import ANY_WORD
from screening.patterns import Span, look_for
from screening.reading import Reading
from screening.served import ONE, RELATIVE, STORY

_DAY = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|yesterday|last night|today|tonight"
    r"|this (?:morning|week)|lunes|martes|miercoles|jueves|viernes|sabado|domingo|ayer|anoche|hoy"
    r"|esta (?:manana|semana)|(?:la )?madrugada"
)
_BROUGHT = rf"(?:{_DAY}|(?:with|by) (?:the )?(?:police|fbi|sheriff|officers?)|con la (?:policia|trabajadora)|hospital|raid|redada)"
_FROM = (
    r"guatemaltec|honduren|salvadoren|mexican|colombian|venezolan|cuban|haitian|peruan|ecuatorian"
    r"|dominican|brasilen|ruman|filipin|tailandes|vietnamit|nigerian|ucranian|african|chin"
)
_PERSON = rf"(?:{ONE}|mom|mama|kid|family|familia|sisters|hermanas|new one|one|nueva|(?:{_FROM})[ao]|nicaraguense)"
_CAME = (
    r"(?:came|arrived|moved|got here|was (?:brought|placed|dropped)|checked in|showed up|llego|vino|entro"
    r"|trajeron|ingreso|aparecio)"
)
_ROOM = r"(?:room|rm\.?|apt|suite|door|hab\.?|unit|cuarto|habitacion|bed|cama|bunk|litera|cabin|cottage|recamara|dormitorio)"
_ROOM_NO = rf"{_ROOM} (?:#|no\.? ?|number |numero )?(?:\d{{1,3}}[a-f]?|[a-f]|(?:{ANY_WORD}))\b"
_HUNTER = (
    r"(?:husband|ex|boyfriend|pimp|trafficker|uncle|stepfather|esposo|marido|novio|padrote|tratante|tio"
    r"|padrastro|ex pareja|cunad[ao])"
)

_FOLDED = look_for(
    rf"\b(?:the|that|our|this|la|esa|el|ese|nuestr[ao]) (?:[a-z-]+ )?{_PERSON}(?: (?:from|de) [a-z ]{{3,25}}?)?"
    rf",? (?:who|that|que) (?:[a-z]+ ){{0,2}}?{_CAME}\b[^.\n]{{0,25}}?\b{_BROUGHT}\b",
    rf"\b(?:{_PERSON}|(?:mrs?|ms|miss|sra)\.? [a-z]+|person|persona|la|ella|she|he)(?: [a-z]+)? (?:(?:is|sleeps|stays|lives|duerme|esta|vive) )?"
    rf"(?:in|from|del|en el|en la|de la) {_ROOM_NO}(?! (?:of|at|floor|hotel))",
    rf"\b{_ROOM_NO}(?:'s| (?:needs|wants|has (?!a|the|two|three|no|space|seats)|cries|can'?t|won'?t|doesn'?t|would|is (?:asking|sick|scared|new|pregnant|very)|quiere|necesita|pide|llora|no (?:duerme|come|habla|sabe))\b)",
    rf"\b(?:her|his|su|the|el) {_HUNTER}\b[^.\n]{{0,40}}\b(?:(?:looking for|searching for|hunting|asking about) (?:her|him)"
    r"|(?:la|lo) (?:anda |sigue |esta )?busca\w*|knows where (?:she|he)|works (?:there|at|near)|sabe donde|trabaja (?:ahi|en)"
    r"|drives? (?:by|past)|parks|sits outside|pasa (?:en|por)|ronda|anda en|keeps (?:finding|calling|coming))\b",
    r"\b(?:i|we) (?:(?:now |still )?(?:live|stay)|am (?:living|staying)|are (?:living|staying)) (?:now )?(?:here )?(?:at|in) (?:the|this|your|a|an?other) (?:\w+ )?(?:shelter|safe ?house|refuge|transitional (?:house|home))\b(?! (?:area|district|office))"
    r"|\b(?:vivo|vivimos|estoy|estamos|me quedo) (?:aqui )?en (?:el|este|un|su|otro) (?:albergue|refugio)\b|\b(?:vivo|estoy|me quedo) en (?:la|esta|una|su) casa (?:hogar|de ustedes|segura|de acogida)\b",
    r"\b(?:the|our) only (?:[\w'-]+ ){0,2}?(?:girl|woman|man|one|boy|person|mother|mom|speaker|guy|resident|client|guest) (?:in|at|from|of|here|we)\b|\bonly (?:[\w'-]+ )?speaker (?:in|of|here|at)\b|\bonly one (?:at|in|from) [^.\n]{0,25}\bfrom (?:our|the) (?:program|house)\b|\bes (?:el|la) unic[oa] (?:\w+ )?(?:de|en|del|aqui)\b|\bde la cama de (?:abajo|arriba)\b|\b(?:top|bottom) bunk\b"
    r"|\bthe only one (?:in|at|of) (?:our|the|this) (?:house|home|shelter)\b|\bonly (?:\w+ )?(?:one|speaker|woman|man|girl|mother|person) in our (?:house|home|shelter)\b"
    r"|\b(?:she|he|ella) (?:testified|testifico|declaro) (?:against|contra|en contra)\b"
    r"|\b(?:her|his|su) (?:case|story|caso|historia) (?:was|salio|is) (?:in|on|en) (?:the|el|la|las) (?:paper|news|tv|periodico|noticias|tele)\b"
    r"|\bla unica (?:en|de) (?:la|esta) casa\b",
)
_CHILD = rf"(?i:her|his|their|sus?|the|los|las|client'?s|resident'?s) (?i:\w+ )?(?i:{RELATIVE})\b"
_SCHOOL = (
    r"(?:(?i:escuela|primaria|secundaria|k[ií]nder|preescolar|guarder[ií]a|colegio|prepa)(?i: la| el)? [A-ZÁÉÍÓÚÑ]\w+"
    r"|[A-Z]\w+ (?:Elementary|Middle|High|Primary|Preschool|Daycare|Head Start|Montessori|Academy))"
)
_PLAIN = re.compile(
    "|".join((
        rf"\b{_CHILD}[^.\n]{{0,60}}?\b{_SCHOOL}",
        rf"\b(?i:she|he|ella|who|que) (?i:goes to|attends|studies at|va a|va en|estudia en|asiste a)(?i: la| el)? {_SCHOOL}",
        r"\b(?i:grade|grader|grado|de primaria)(?i: at| in| en)(?i: the| la)? [A-ZÁÉÍÓÚÑ]\w+",
        r"\b(?i:newborn|baby (?:girl|boy)|toddler|reci[eé]n nacid[ao]) (?!Care|Class|Shower|Steps|Basics|Food|Clothes)[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+",
        r"\b(?i:brothers|sisters|twins|siblings|cousins|herman[ao]s|gemel[ao]s|prim[ao]s) [A-ZÁÉÍÓÚÑ][a-záéíóúñ]+ (?:and|y|&|\+) [A-ZÁÉÍÓÚÑ][a-záéíóúñ]+",
        r"\((?i:mrs?|ms|sra?|don|do[ñn]a)\.? [A-ZÁÉÍÓÚÑ][a-záéíóúñ]+\)",
        r"\b(?i:grade|grado|k[ií]nder|kindergarten|primero|segundo|tercero|cuarto|quinto|sexto)\b[^.\n]{0,20}"
        r"(?i: with| con) (?i:ms\.?|mrs\.?|mr\.?|miss|la maestra|el maestro|la miss) [A-ZÁÉÍÓÚÑ]\w+",
        r"\b(?i:le (?:dicen|decimos|llaman|llamamos)|(?:her|his) (?:nickname|street name)|nicknamed|apodad[ao]|apodo|su apodo)"
        r",?(?i: is| es|:)? [\"'(“]?(?i:la |el |lil |big |baby |little )?[A-ZÁÉÍÓÚÑ]\w+",
        r"\b[A-ZÁÉÍÓÚÑ]\w+,? \(?(?i:as[ií] le (?:decimos|dicen)|nickname|su apodo|not (?:her|his) real name|no es su nombre)",
        r"\b(?i:trafficker|pimp|abuser|tratante|padrote|agresor)(?i:'s name (?:is|was)|,| named| called| se llama(?:ba)?) [A-ZÁÉÍÓÚÑ]\w+",
        r"(?:^|(?<=[.,;:!?] ))(?i:a) [A-ZÁÉÍÓÚÑ][a-záéíóúñ]{2,} (?:le|la|lo) [a-záéíóúñ]+",
        r"\b(?i:(?:this|it)(?:'s| is) for|es para|es pa|call (?:her|him)|goes by|known as|we say|alias|aka|para) (?i:la |el )?[\"“'(][A-ZÁÉÍÓÚÑ]\w+[\"”',.)]",
        r"\b(?i:el|la|the|his|her|su) (?i:ex|padrastro|tratante|padrote|marido|novio|esposo|pimp|trafficker|stepfather|boyfriend|husband|abuser),? (?!God\b)[A-ZÁÉÍÓÚÑ][a-záéíóúñ]{2,}",
        r"\b[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+ (?:and|y|&) [A-ZÁÉÍÓÚÑ][a-záéíóúñ]+, (?i:our|the|my|her|his|nuestr[ao]s|l[ao]s|mis|sus) (?i:\w+ )?(?i:twins|girls|boys|kids|sisters|brothers|teens|clients|residents|cousins|gemel[ao]s|cuates|herman[ao]s|ni[ñn][ao]s|hij[ao]s|muchach[ao]s|chic[ao]s)\b",
        rf"\b(?i:{ONE}) [\"“'][A-ZÁÉÍÓÚÑ]\w+[\"”']",
        r"\b(?i:soy|its|it's|this is) [A-ZÁÉÍÓÚÑ]\w+ (?i:from|de|at|en) (?i:the|la|el|our) (?i:house|casa|shelter|refugio|albergue)\b",
        r"\b(?i:her|his|su) (?i:shift|job|trabajo|turno) (?i:at|en)(?i: the| el| la)? [A-ZÁÉÍÓÚÑ]\w+",
        r"\b(?i:she|ella) (?i:works|trabaja) (?i:at|en)(?i: the| el| la)? [A-ZÁÉÍÓÚÑ]\w+",
        r"\b(?i:before|ante|in front of)(?i: the| el| la)? (?i:judge|juez|jueza) [A-ZÁÉÍÓÚÑ]\w+",
        r"\b(?i:victim|survivor|witness|v[ií]ctima|sobreviviente|testigo)s?(?i: in| of| from| del?| en)(?i: the| el)?"
        r" (?:(?i:case|caso) [A-ZÁÉÍÓÚÑ]\w+|[A-ZÁÉÍÓÚÑ]\w+ (?i:case|trial|raid|bust))",
        rf"\b(?i:teacher|maestr[oa]|counselor)(?i: is|:| es)? (?i:ms|mrs|mr|miss|la|el)\.? [A-ZÁÉÍÓÚÑ]\w+[^.\n]{{0,10}} {_SCHOOL}",
        r"\b(?i:para|pa|for) (?i:la|el) [A-ZÁÉÍÓÚÑ]\w+, (?i:la|el) que\b",
        r"\b(?i:by her (?:trafficker|pimp)|she was (?:sold|held|kept|trafficked|forced)|(?:fue|la) (?:vendida|vendieron|ten[ií]an"
        r"|explotaban|explotada))[^.\n]{0,60}?(?i: at| in| en)(?i: the| el| la| un| a)? [A-Z]\w+",
    ))
)  # fmt: skip


_SHE = re.compile(
    rf"\b(?:she|ella|(?:una?|one) de ellas|one of them|her|(?:our|my|the|la|nuestra|mi) (?:[a-z]+ )?(?:{ONE}))\b"
)
_LEFT = re.compile(
    r"\b(?:recruited (?:at|by)|left the \w+ household|ran from|was made to|la tenian|donde la tenian|salio de la casa de|aged out|used to dance"
    r"|worked for (?:him|the)|taken from|brought (?:her|here) from)\b"
)
_PLACED = re.compile(
    r"\b(?:in|at|near|from|of|en|de|cerca de|on)(?: the| el| la)? [A-ZÁÉÍÓÚÑ]\w+|\b(?:19|20)\d\d\b"
)


def _her_story(reading: Reading) -> Iterator[Span]:
    """What one person lived through, with a place or a year."""
    for pattern in (STORY, _LEFT):
        for found in pattern.finditer(reading.folded):
            before = reading.sentence_before(found.start(), within=80)
            after = reading.plain[found.start() : found.end() + 60]
            if _SHE.search(before + " ") and _PLACED.search(after):
                yield found.span()


def singled_out(reading: Reading) -> Iterator[Span]:
    """Stretches by which whoever knows the house, or hunts somebody, knows who is meant."""
    yield from _her_story(reading)
    for pattern, text in ((_FOLDED, reading.folded), (_PLAIN, reading.plain)):
        for found in pattern.finditer(text):
            yield found.span()
