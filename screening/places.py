"""Where somebody lives: street addresses, boxes, and a house told by what stands beside it."""

import re
from collections.abc import Iterator

from screening.numbers import ANY_WORD
from screening.patterns import Span, look_for
from screening.reading import Reading

_CAP = r"(?:[A-Z][\w'’.-]*|\d{1,3}(?:st|nd|rd|th))"
_DIRECTION = r"(?:(?:[NSEW]|NW|NE|SW|SE|North|South|East|West)\.? )?"
_STREET = (
    r"(?:Street|St|Avenue|Ave|Av|Boulevard|Blvd|Road|Rd|Drive|Dr|Lane|Ln|Court|Ct|Place|Pl|Way|Terrace"
    r"|Ter|Parkway|Pkwy|Highway|Hwy|Circle|Cir|Trail|Trl|Square|Sq|Alley|Loop|Row|Path|Pike|Turnpike"
    r"|Plaza|Crescent|Heights|Ridge|Crossing|Bend|Cove|Glen|Hollow|Run|Bluff|Commons|Trace|Mews|Grove)"
)
_CARDINAL = rf"(?i:(?:{ANY_WORD}|thousand)(?:[- ](?:{ANY_WORD}|hundred|thousand)){{0,4}})"
_ADDRESS = re.compile(
    rf"\b\d{{1,6}}[A-Z]?,? {_DIRECTION}(?:{_CAP} ){{1,5}}{_STREET}\b(?! (?:businesses|fair|bakeries))"
    rf"|\b(?:{_CAP} ){{1,3}}{_STREET},? (?i:number|no\.|#|house|num\.) ?\d{{1,5}}\b"
    rf"|\b\d{{2,5}} (?:[NSEW]|North|South|East|West)\.? [A-Z][a-z]+"
    rf"|\b\d{{1,5}} (?:{_CAP} ){{1,3}}(?:Apartments|Apts|Manor|Towers|Estates|Village)\b"
    rf"|\b(?i:pick (?:her |him |them |me |us )?up (?:at|from|in front of)|drop (?:her |him |them )?(?:off )?at|deliver(?:ed)? to|come to|go to|recoger (?:en|la en)|entregar en|llevar a) (?!(?:19|20)\d\d\b)\d{{2,5}} {_CAP}"
    rf"|\b(?i:mail|forward|send|lives?|living|moved|staying)\b[^.\n]{{0,30}}?(?i: at| to) (?!(?:19|20)\d\d\b)\d{{1,5}} {_CAP}"
    rf"|\b(?i:unit|apt\.?|apartment|bldg\.?|building) #?(?:\d+[A-Z]?|[A-Z]\d*),? (?i:at|in|of|on)(?i: the)? (?!(?i:the|our|a|city|school|college)\b){_CAP}"
    rf"|\b(?i:los )?(?i:apartamentos|departamentos|deptos|condominios) (?:{_CAP} ){{0,2}}{_CAP},? (?i:en )?(?i:el |la )?\d{{1,4}}[A-Z]?\b"
    rf"|\b(?:{_CAP} ){{1,3}}(?:Apartments|Apts|Manor|Towers|Estates|Village|Trailer Park|Mobile Park),? (?i:unit|apt|bldg|building|#|no\.?|number|lot|space)"
    rf"|\b(?i:apartamentos|departamentos|condominios?|residencial|fraccionamiento|edificio) (?:{_CAP} ){{0,2}}{_CAP},? (?i:edificio|n[uú]mero|n[uú]m\.?|no\.?|depto\.?|casa|torre|lote|#) ?#?[A-Z\d]"
    rf"|\b(?i:address|lives?|living|stays?|staying|house|home|shelter)(?i:'s|:| is)?(?: (?i:at|on|is))? \d{{1,5}} {_DIRECTION}[A-Z][a-z]+"
    rf"|\b(?i:casa|vivimos|vive|ubicamos|ubicad[oa]s?|estamos|direcci[oó]n|queda)(?i: est[aá])?(?i: en|:)(?i: la| el)? (?:[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+ ){{1,3}}#?\d{{1,5}}\b"
    rf"|\b(?i:corner|intersection|esquina|cruce)(?i: of| de|:)?(?i: la| las| los| el)? {_CAP}(?: {_CAP})? (?:and|&|y|/|con|at)(?i: la| el)? {_CAP}"
    rf"|\b(?i:bus stop|stop|parada|paradero)(?i: at| on| de| en)(?i: la| el)? {_CAP}(?: {_CAP})? (?:and|&|y|con)(?i: la| el)? {_CAP}"
    r"|(?<![\w'])(?!(?:First|Second|Third|January|February|March|April|May|June|July|August|September|October|November|December)\b)"
    r"[A-Z][a-z]+ (?:and|&) \d{1,3}(?:st|nd|rd|th)\b"
    rf"|\b\d{{1,5}} {_DIRECTION}(?:Broadway|The Bowery|Bowery)\b"
    rf"|(?<![\w-])(?<!\bthe ){_CARDINAL} {_DIRECTION}(?:{_CAP} ){{1,3}}{_STREET}\b(?! businesses)"
)
_NO_NAME = (
    r"(?!(?:in|on|at|of|to|the|down|from|by|people|students?|hours?|days?|minutes?|weeks?|miles?|or|and"
    r"|blocks?|women|men|clients|per|for)\b)"
)
_FOLDED = look_for(
    rf"\b\d{{1,6}} (?:[nsew]\.? )?(?:{_NO_NAME}[\w'.-]+ ){{1,3}}(?:street|avenue|ave|boulevard|blvd|road"
    r"|rd)\b(?! (?:test|trip|safety|map|rules|fair))",
    r"\b(?:bldg|building|edificio|torre)\.? ?[a-z\d]{1,3},? (?:unit|apt|numero|num\.?|no\.?|depto\.?|#|int\.?|apartamento|departamento) ?#?\d+",
    r"\b(?:trailer|mobile home|traila|lote)(?: (?:#|no\.?|number|numero|space|lot))? ?#?\d{1,4}\b",
    r"\b(?:gate|door|entry|lock ?box|alarm|keypad|building) (?:code|pin)(?: is|:)? ?#?\d{3,8}#?"
    r"|\b(?:code|codigo|clave|pin) (?:for|to|of|de|del) (?:the |la |el )?(?:gate|door|entry|building|alarm|puerta|porton|entrada|alarma|reja)"
    r"[^.\n]{0,12}\d{3,8}"
    r"|\b(?:porton|puerta|reja|alarma|gate|door) (?:es|is|:) ?(?:el |the )?\d{3,8}#?",
    r"\ben el (?:numero )?\d{1,5}[a-z]? de (?:la |el )?(?:calle|avenida|privada|calzada|colonia|carretera)\b",
    r"\bp\.? ?o\.? ?box \d+|\bapartado(?: postal)? (?:num\.? |no\.? )?\d+",
    r"\b(?:apt|apartment|depto|departamento|apartamento)\.? ?(?:no\.? ?|num\.? ?|#)?\d+[a-z]?\b"
    r"(?! (?:bedroom|building|complex|unit))",
    r"\b\d{2,6} (?:[nsew]\.? )?(?:state |county |us |old |rural )?(?:road|rd|hwy|highway|route|rt) \d+",
    r"\b(?:highway|hwy|route|county road) \d+[^.\n]{0,15}(?:number|no\.?|#|box) ?\d{2,}",
    r"\b(?:corner|esquina) (?:of|de) [\w.]+(?: street| avenue)? (?:and|y|&) [\w.]+,? (?:the )?(?:\w+ )?"
    r"(?:door|house|casa|puerta|building|home)",
)
# Where anybody may go. An office is none: that of a shelter may be where people live.
_PUBLIC = re.compile(
    r"\b(?:library|branch|museum|ymca|ywca|community (?:center|college|garden)|rec(?:reation)? center|city hall|town hall|parish hall|fellowship hall|veterans hall|church hall|campus|college|university|courthouse|theat(?:er|re)|gallery|store"
    r"|shop|bakery|cafe|restaurant|diner|salon|studio|garage|stadium|arena|route|bus|trailhead|job center|one-stop|biblioteca|museo|centro (?:comunitario|recreativo)|ayuntamiento|universidad|teatro"
    r"|tienda|panaderia|restaurante|salon parroquial|ruta)\b"
)
_OF_A_HOME = re.compile(
    r"\b(?:house|home|shelter|refuge|residence|apartments?|apt|unit|trailer|stays?|lives?|living|moved|moving|pick\w*|drop|deliver\w*|she|he|her|his|client'?s?|resident'?s?|girls?|kids|mom|stop|door|gate|code|behind|by the|next to"
    r"|casa|albergue|refugio|departamento|depto|vive|vivimos|se cambia|recoger|entregar|llevar|ella|su|clienta|residente|muchacha|parada|puerta|porton|atras|detras|junto|al lado)\b"
)
_CALLE = re.compile(
    r"\b(?i:calle|avenida|avda\.?|av\.|blvd\.?|boulevard|privada|callej[oó]n|calzada|prolongaci[oó]n"
    r"|carretera|camino|colonia|col\.|paseo|cerrada|andador|pasaje|circuito|retorno) (?:(?:[A-ZÁÉÍÓÚÑ][\wáéíóúñ.]*|\d{1,4}|(?i:de|del|la|las|los|el),?)"
    r",? ){1,5}?(?i:#|no\.?|n[uú]m\.?|n[uú]mero|km)? ?\d{1,5}\b"
)

_HOME = (
    r"(?:house|home|find us|reach us|come to us|nos encuentran|trailer|duplex|cabin|shelter|safe ?house|residence|refuge|casa|refugio|albergue|hogar|residencia"
    r"|apartment|door|edificio|building|somos|estamos|puerta|timbre|vivienda|convent|lives?|we live|we are in|we're in|estamos en|nos encontramos|living|vive|vivimos|viven|departamento)"
)
_BESIDE = (
    r"(?:behind|next to|next door to|across (?:the street )?from|beside|in front of|above|opposite"
    r"|(?:around|near|on|at) the corner of|one block from|\w+ blocks? (?:from|away|north|south|east|west)"
    r"|\w+ doors? (?:down|from)|down the (?:street|road) from|at the end of|between|near the|right by|by the"
    r"|past the|backs? (?:onto|up to)|faces|facing|detras del?|a la par del?|pegad[ao]s? al?|enseguida del?|pasando|pasandito|atrasito del?|a (?:una|dos|tres|cuatro|\d) (?:puertas?|casas?) del?|al lado del?|junto al?|frente al?|en frente de|enfrente de|a (?:una|dos|tres|cuatro"
    r"|\d) cuadras?|arriba de|abajo de|atras del?|a un lado del?|al costado del?|a espaldas del?|en la esquina|a la vuelta de|al final de|entre la)"
)
_COLOR = (
    r"(?:yellow|blue|green|white|red|brick|pink|gray|grey|brown|purple|black|orange|beige|azul|amarill[ao]"
    r"|verde|blanc[ao]|roj[ao]|rosa|gris|cafe|morad[ao]|negr[ao]|de ladrillo)"
)
_THERE = (
    r"(?:church|school|station|mall|store|park|bridge|tower|market|hospital|pharmacy|laundromat|library"
    r"|gas|shell|walmart|general|mosque|temple|post office|fire|bank|cemetery|silo|corner|highway|river"
    r"|lake|iglesia|escuela|estacion|parque|tienda|puente|gasolinera|farmacia|mercado|plaza|hospital"
    r"|esquina|rio|panteon|banco|cancha|street|road|avenue|calle|building|edificio|maple|oak|elm|field"
    r"|diner|motel|hotel|restaurant|bar|casino|firehouse|courthouse|playground|stadium|taller|llantas|llantera|bodega|fabrica|vias|tanque|semaforo|kmart|sears|dairy queen|mcdonald'?s|subway|waffle house|dollar (?:general|tree)|costco|wendy'?s|taco bell|sunoco|exxon|chevron|quiktrip|7-eleven|seven eleven|wawa|water tower|tracks|airport|depot|feed store|rd|target|cvs|walgreens|oxxo|soriana|heb|tortilleria|panaderia|lavanderia|carniceria|st\.? [a-z]+|saint [a-z]+|san [a-z]+|santa [a-z]+)"
)
_LANDMARK = look_for(
    rf"\b{_HOME}\b[^.!?\n]{{0,50}}? {_BESIDE}\b[^.!?\n]{{0,40}}?\b{_THERE}\b",
    r"\b(?:last|second|third|ultima|segunda|tercera) (?:casa|house|duplex|trailer|privada|door|puerta|building|edificio|driveway|home)\b"
    r"[^.\n]{0,20}\b(?:before|after|past|on the (?:left|right)|antes|despues|pasando|a la (?:izquierda|derecha))\b",
    r"\b(?:buzzer|door ?bell|timbre)\b[^.\n]{0,12}(?:says|labeled|marked|named|dice|number|numero|\d)|\bring (?:twice|three times)\b"
    r"|\btoquen? (?:dos|tres) veces\b",
    r"\b(?:second|third|fourth|top|2nd|3rd|4th|segundo|tercer|cuarto|ultimo) (?:floor|piso)\b[^.\n]{0,20}\b(?:above|over|behind|arriba de|atras de)\b",
    rf"\b(?:our (?:place|door|driveway)|from here|de aqui|nuestra (?:puerta|casa))\b[^.\n]{{0,20}}?(?:turn (?:left|right)|{_BESIDE}|pasando|dando vuelta)\b",
    rf"\b(?:we are|we're|estamos|quedamos|the house is) (?:right |just )?(?:behind|next to|across from|beside|above"
    rf"|opposite|detras|al lado|junto|frente|arriba|a (?:una|dos|tres|cuatro|\d) cuadras?|(?:one|two|three|\d) blocks?)\b[^.\n]{{0,30}}?\b{_THERE}\b",
    rf"\b{_COLOR} (?:shutters|awning|siding|mailbox)\b",
    r"\b(?:turn|take a) (?:left|right) (?:at|on|past|after|onto)\b[^\n]{0,60}?\b(?:house|home|door|ours)\b",
    rf"\blook for the\b[^.\n]{{0,20}}\b{_COLOR}\b[^.\n]{{0,12}}(?:house|door|gate|fence|roof|building|porch)"
    rf"|\blook for the brick\b",
    rf"\b(?:is|es|ours is|we are|somos) (?:in )?(?:the|la|el) (?:last |first |second |third |ultima |primera )?"
    rf"(?:casa |puerta |house )?(?:{_COLOR} (?:house|one|door|building|home)|(?:casa |puerta |porton )?{_COLOR}"
    rf" (?:de|en|con|detras|junto)|(?:last|first|second|third) house)\b",
    rf"\b(?:house|home|shelter|residence|casa|refugio|albergue)\b[^.\n]{{0,60}}\b(?:{_COLOR} (?:fence|gate|door"
    rf"|roof|porch)|(?:puerta|porton|reja|barda|techo) {_COLOR})\b",
)
_HOME_CUES = (
    "house", "home", "find us", "reach us", "come to us", "encuentra", "timbre", "somos", "vivienda", "shelter", "residence", "convent", "we are", "we're", "quedamos", "shutters", "awning", "siding", "mailbox", "estamos", "nos encontramos", "refug", "casa", "albergue", "hogar", "residencia",
    "apartment", "door", "live", "living", "vive", "vivi", "departamento", "turn", "take a", "look for",
    "ours", "buzzer", "bell", "timbre", "ring ", "toque", "floor", "piso", "place", "driveway", "duplex", "trailer", "aqui", "privada", "puerta", "building", "edificio", "here",
)  # fmt: skip


def addresses(reading: Reading) -> Iterator[Span]:
    """Street addresses, boxes and flats."""
    for pattern, text in (
        (_ADDRESS, reading.plain),
        (_CALLE, reading.plain),
        (_FOLDED, reading.folded),
    ):
        for found in pattern.finditer(text):
            if not _is_public(reading, found):
                yield found.span()


def _is_public(reading: Reading, found: re.Match[str]) -> bool:
    """Whether it is the address of a library, a park, a shop, and nothing is said of a home."""
    before = reading.sentence_before(found.start(), within=60)
    after = reading.sentence_after(found.end(), within=60)
    near = before[-45:] + " | " + after[:30]
    return bool(_PUBLIC.search(near)) and not _OF_A_HOME.search(before + found[0].lower() + after)


def landmarks(reading: Reading) -> Iterator[Span]:
    """A home told by its color, its neighbors or the way to it."""
    if any(cue in reading.folded for cue in _HOME_CUES):
        for found in _LANDMARK.finditer(reading.folded):
            yield found.span()
