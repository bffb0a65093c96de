"""Words for the people behind a need, and for what they have lived through."""

import re

SELF = re.compile(r"\b(?:i am|i'm|my name is|me llamo|mi nombre es|soy) $")

ONE = (
    r"client|resident|survivor|guest|participant|patient|victim|girl|lady|young (?:man|woman|lady|person"
    r"|mother)|teen(?:ager)?|mother|mentee|trainee|youth|minor|woman|clienta|cliente|residente|huesped"
    r"|sobreviviente|participante|paciente|victima|chica|muchach[ao]|joven|senora|usuaria|beneficiaria"
    r"|alumna|nina|adolescente"
)

MANY = (
    r"clients|residents|survivors|guests|participants|patients|girls|ladies|women|teens|mothers|men"
    r"|clientas|clientes|residentes|sobrevivientes|participantes|chicas|mujeres|jovenes|muchachas"
    r"|senoras|ninas|huespedes"
)

FOR_RIGHT = re.compile(
    r"(?:,? (?:who|que|she|he|ella|el )|[,;.:] ?(?:she|he|her|his|ella|who|que)\b|,? (?:on|with|in) (?:her|his)"
    r"|,? and her| \(|,? (?:age|aged|de \d|\d\d)|[.;!?]? ?$|\. |,? to \w+|,? so (?:she|he)|,? from )"
)

RELATIVE = (
    r"sons?|daughters?|kids?|children|child|twins?|baby|toddlers?|newborn|little (?:boy|girl|one)|brothers?|sisters?"
    r"|hij[oa]s?|nin[oa]s?|niñ[oa]s?|gemel[oa]s|cuat[ea]s|beb[eé]|hermanit[oa]|herman[oa]"
)

KIN = (
    r"cousin|prim[oa]|aunt|uncle|ti[oa]|mother|mom|mama|papa|father|dad|husband|wife|boyfriend|girlfriend|ex|esposo|marido"
    r"|novio|cunad[ao]|padrastro|stepfather|suegr[ao]|pimp|trafficker|sponsor|roommate|madre|padre"
)

STORY = re.compile(
    r"\b(?:escaped|fled|ran (?:away|from)|rescued|trafficked|(?:her|his) (?:trafficker|pimp|abuser|uncle"
    r"|boyfriend|captor)|left her|was (?:sold|held|forced|locked|kept|made to|taken|beaten|exploited)"
    r"|forced to|made to (?:work|sell)|survivor (?!leader|advoca|led|cent|voice)|survivor$|survivor[,.]"
    r"|victim of|testified|huyo|escapo|(?:su|la) (?:tratante|explotador|padrote|padrastro)"
    r"|fue (?:vendid|obligad|forzad|rescatad|explotad|secuestrad)|estuvo (?:encerrad|cautiv)"
    r"|explotad[ao]|sobreviviente|victima de|de su (?:tratante|explotador|padrastro|agresor))"
)

CAPITAL = re.compile(
    r"(?<![\w'@.])(?:[A-Z]['’](?=[A-Z]))?[A-ZÁÉÍÓÚÑÜ][a-záéíóúñü'’-]{1,20}(?![\w@])"
)

SURNAME = re.compile(r"(?: (?:de |del |la |los )?[A-ZÁÉÍÓÚÑ](?:[\wáéíóúñ'’-]+|\.)){0,2}")
