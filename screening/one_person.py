"""Words about one person who is served, and what is told of her: it may point at her alone."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from screening.circumstances import kinds_in
from screening.name_lists import no_names
from screening.patterns import Span, look_for
from screening.reading import Reading
from screening.served import MANY, ONE

_SINGLE = rf"(?:{ONE}|man|guy|gal|mom|mama|kid|person|student|candidate|fellow|couple|brother|sister|family|senorita|mama|hombre|familia|nene|pareja)"
_OWN = r"(?:brother|sister|mother|mom|family|couple|familia|pareja|mama|senora)"  # of the writer
_SEVERAL = rf"(?:{MANY}|guys|gals|moms|kids|people|students|families|mamas|ninos|hombres|muchachos|familias|alumnas|usuarias|beneficiarias)"
_NO_PERSON = (
    r"(?! (?:services?|base|house|council|program\w*|groups?|team|list|speakers?|centers?|population|choice"
    r"|advoca\w+|portal|stor(?:y|ies)|rooms?|leaders?|led|center|shelter|files?|care|support|work|survey|feedback|needs? are)\b)"
)
SERVED = look_for(
    rf"\b(?:one|two|three|both|another|each) (?:of|from) (?:our|my|the) (?:[\w'-]+ ){{0,2}}?{_SEVERAL}\b",
    rf"\b(?:our|my(?! (?:\w+ )?{_OWN}\b)) (?!(?:brother|sister|family|couple)\b)(?:[\w'-]+ ){{0,2}}?{_SINGLE}\b{_NO_PERSON}",
    r"\b(?:our|my) \d\d[- ]year[- ]old\b|\b(?:our|the) (?:\w+ )?(?:newest|youngest|oldest)\b",
    rf"\b{_SINGLE} of (?:ours|mine)\b|\b{_SINGLE} (?:here|upstairs|downstairs|we (?:serve|house|have|met|told)|you met|in our (?:house|home|care|program|shelter)|on our)\b",
    rf"\b(?:an?|the|this|that|some) (?:[\w'-]+ ){{0,2}}?{_SINGLE} (?:who|whose|from|that|with the|with a|in (?:room|unit|bed))\b",
    r"(?:^|[.;:!?(] ?)(?:ready to work: )?(?:client|candidate|resident|participant|applicant|patient|referral|survivor|guest|mom|student|tenant|mentee|referred|profile)\b(?![ -](?:services?|house|must|should|may|can|will|choice|care|and|s\b|who))",
    r"(?:^|[.;:,(] ?)(?:lady|girl|woman|guy|man|kid|mom|mama|teen) (?:with|in|from|who|of)\b|(?:^|[.;:,(] ?)(?:senior|junior|sophomore|freshman|(?:\d+th|seventh|eighth|ninth|tenth|eleventh|twelfth)[- ]grader) (?:at|in)\b",
    r"(?<!i'm a )(?<!i am a )(?<!am )(?<!is )(?<!are )\b\d\d[- ]?(?:y/?o|years?[- ]old|yrs? old)\b(?! (?:to|or|and|at|by|when|only|\w+ company|company|program|house|building|business|bakery|shop|van|firm|family|church|recipe|nonprofit|agency|school|restaurant))",
    r"\bthe (?:[\w-]+ )?one (?:who|whose|that|with|from)\b|\b(?:the|our|two|three) (?:two |three |young |teen )?(?:sisters|brothers|twins|cousins|siblings) (?:from|who|we|in|are|that)\b|\b(?:someone|somebody) (?:here|in our|we)\b",
    rf"\b(?:una?|dos|otra|otro) de (?:nuestr[ao]s|las|los|mis|ellas|ellos) (?:\w+ )?{_SEVERAL}\b|\buna de ellas\b",
    r"\b(?:sold|beat|hit|hurt|raped|locked|kept|held|forced|threatened|drugged|branded) (?:her|him)\b|\btook (?:her|his) (?:passport|papers|visa|id|phone|documents|money|baby)\b|\b(?:her|his) (?:old |last |former )?(?:boss|employer|pimp|trafficker|captor|abuser)\b",
    rf"\b(?:nuestr[ao]|mi) (?!(?:\w+ )?{_OWN}\b)(?:\w+ )?{_SINGLE}\b",
    rf"\b(?:la|el|una?|esa|ese|esta|este) (?:\w+ )?{_SINGLE}(?: \w+[aoe])? (?:que|de aqui|de la casa|del cuarto|con|tiene|llego|esta|no|se|perdio|fue)\b",
    r"(?:^|[.;,:!?] )(?:es )?(?:para |pa )?la (?:de|del|que|nueva|otra|alta|mayor|menor) |\b(?:las|los) (?:dos )?(?:herman[ao]s|gemel[ao]s|prim[ao]s) (?:que|de|llegaron)\b|(?:^|[.;:!?] ?)(?:clienta|clienta:|candidat[ao]|residente|paciente|usuaria|referid[ao]|alumna|joven|senora|muchacha|femenina|masculino)\b",
    r"\b(?:weeks|months) (?:along|pregnant)\b|\b(?:baby|she'?s|is|and|^)? ?due (?:date )?(?:on |around |in |is )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|christmas|the \d)|\bprimeriza\b|\bmeses de embarazo\b|\bembarazada de\b",
)  # fmt: skip
PRONOUN = look_for(
    r"\b(?:she|he)(?:'s|'ll|'d)?\b(?! (?:or|should|must|may|and/or)\b|/)|\b(?:her|his|him)\b(?! or\b|/)|\bella\b(?! (?:decide|elige|o el)\b)",
    r"\bsus? (?:\w+ )?(?:hij[oa]s?|nin[oa]s?|bebe|mama|papa|herman[oa]s?|ti[oa]|ex|espos[oa]|marido|novi[oa]|padrastro|cunad[oa]|prim[oa]|pareja|patron|caso|tratante)\b",
    r"(?:^|[.;:!?] ?)(?:ya |no |le |la |lo |los |se |es |y |todavia |apenas |solo )*(?:perdio|llego|llegaron|vive|vivia|viene|vino|trabajaba|era|huyo|huyeron|dieron|da (?:miedo|pena)|duele|habla|sabe|cumple|tiene|tuvo|estuvo|anda|cruzo|salio|escapo|nacio|limpiaba|cocinaba|detuvieron|vendieron|trajeron|golpeaba|quitaron|falta|recibe|quiere|necesita|toca|toma|fue|cosia|llega|cambio|ve|se cambia|declara|esta)\b",
    r"(?:^|[.;:!?] ?)(?:recently |just |still |now )?(?:needs|wants|has|worked|was|lost|speaks|lives|came|grew up|used to|ran|can'?t|cannot|won'?t|escaped|fled|survived|gave birth|got out|moved|takes|gets|types|reads|writes|recovering|afraid|scared|only|deaf|blind)\b",
    r"\b(?:la|el) hij[oa] del? |\bthe (?:daughter|son|widow|wife|sister) of\b|\b(?:for|para) an? (?:boy|girl|nino|nina|teen)\b",
    r"\b(?:it'?s|this is|es) (?:for|para|pa) (?:the|a|our|la|el|una?|mi|nuestra)\b",
)  # fmt: skip
_GIVER = (
    r"teacher|instructor|volunteers?|nurse|director|owner|manager|supervisor|chef|coach|author|writer|poet|painter|artist|musician|doctor|dentist|lawyer|attorney|professor|founder|pastor|deacon|therapist|counselor|mechanic"
    r"|foreman|boss|trainer|mentor|tutor|host|photographer|stylist|accountant|librarian|interpreter|doula|midwife|officer|apprentice|journeyman|baker|cook|singer|speaker|facilitator|employer|president|coordinator|chair|actor|dancer|carpenter|electrician|plumber|gardener|farmer|engineer|lead|crew|captain|driver"
    r"|maestr[ao]|voluntari[ao]s?|enfermera|directora?|duen[ao]|gerente|jef[ea]|doctora?|abogad[ao]|autora?|pintora?|cantante|instructora?|tallerista|facilitadora?|partera|mecanico|chef|capataz|terapeuta|fotograf[ao]|contadora?|cocinera|tutora?|mentora|profesora?|profe|encargad[ao]"
)
_ASKED = (
    r"(?:needs?|need|want|wants|wanted|seek|seeking|looking for|find|hoping for|request\w*|would (?:love|like)|prefer|female|male|patient|busca\w*|necesita\w*|quiere|solicit\w+|queremos|ocupamos|con)"
    r"(?: (?:an?|the|some|one|her|una?|alguna?|la|el|[a-z-]+)){0,4}$"
)
_GIVES = re.compile(
    rf"\b(?:{_GIVER})\b"
    r"|\b(?:i|i'm|i've|i'll|me and|myself|my (?:own |late |dear )?(?:wife|husband|mother|mom|dad|father|grand\w+|sister|brother|daughter|son|kids|partner|friend|aunt|uncle|family|team|company|shop|staff))\b(?! (?:have|write|am writing|work with) (?:an? |for |on |about |the )?(?:client|resident|young|girl|woman))"
    r"|\b(?:soy|mi (?:esposa|esposo|mama|abuela|hija|hijo|hermana|familia|equipo|tienda)|yo|tengo \d+ anos)\b"
)
TALE = re.compile(
    r"\b(?:novels?|book club|films?|movies?|memoir|(?:trains|supervises|shows|teaches|pays) (?:you|the aide)|we read|a play about|leemos|novela|pelicula|cuentos?)\b"
)
_ASKED_FOR = re.compile(rf"\b{_ASKED}")
_GENERAL = re.compile(
    r"\b(?:each|every|any|everyone|anyone|whoever|if|whether|or when|when a|how to|what to|care for|caring for|cada|cualquier\w*|quien quiera|si|como|que hacer|cuidar)\b[^.;]{0,40}$"
)
_GROUP = re.compile(
    r"\b(?:we|our|us|you|your|people|adults|women|men|clients|residents|participants|guests|survivors|students|families|parents|moms|groups?|classes|class|sessions?|workshop|seats|anyone|everyone|staff|training|teens|youth|lawyer|attorney"
    r"|nosotr[ao]s|personas|adultos|mujeres|hombres|clientas|residentes|participantes|familias|mamas|grupos?|clases?|sesiones|taller|lugares|cupo|usted|su empresa|personal|jovenes|abogad[ao]|quien)\b"
)
_ENDS = re.compile(r"(?<!\bst)(?<!\bdr)(?<!\bms)(?<!\bmr)(?<!\bmrs)(?<! v)[.!?;\n](?=\s|$)|$")
_NAMED = re.compile(
    r" ?(?P<name>(?!Th[eio]|It|There|Here|Every|Any|No|Some|Most|Many|Who|What|Which|All|Both|Each|One|Class|Room|Bus|Staff|Job|Shift|Work|Pay|Cada|Nadie|Todo)[A-ZÁÉÍÓÚÑ][a-záéíóúñ'-]{2,})(?: [A-Z]\.| [A-ZÁÉÍÓÚÑ][a-záéíóúñ]+)?,? "
    r"(?:wants|needs|lost|has|had|came|can'?t|cannot|won'?t|doesn'?t|is|was|lives|speaks|got|just|used|would|fled|escaped|quiere|necesita|perdió|tiene|llegó|vive|está|es|fue|no|viene|trabajaba|sabe)\b"
)
LONGEST_NOTES = 300  # letters
MILD = frozenset({"kin", "health"})  # many have a child or an illness: alone they point at nobody
LONGEST_NEED = 900  # letters: longer texts are adverts


class Told(NamedTuple):
    """What is told of one person. ``plain``: enough to know her by; else somebody should look."""

    span: Span
    plain: bool


def told_of_one(reading: Reading) -> Iterator[Told]:
    """The stretch that speaks of one person served, where facts of her life stand beside it."""
    told = sorted(_spoken_of(reading), key=lambda one: not one[1])
    if not told:
        yield from _in_notes(reading)
        return
    span, is_sure = told[0]
    facts = [kinds_in(reading, *one) for one, _sure in told]
    hard = set().union(*(hard for hard, _soft in facts))
    soft = set().union(*(soft for _hard, soft in facts))
    if hard and (len(hard) + len(soft) > 1 or (is_sure and hard - MILD)):
        yield Told(span, plain=True)
    elif hard or (is_sure and soft and len(reading.plain) < LONGEST_NOTES):
        yield Told(span, plain=False)


def _in_notes(reading: Reading) -> Iterator[Told]:
    """Notes with no subject ("chemo started, 34, lost her flat in May") that are of no group."""
    if (
        reading.field == "title"
        or len(reading.plain) > LONGEST_NOTES
        or _GROUP.search(reading.folded)
    ):
        return
    if giver_at(reading.folded) is None:
        hard, soft = kinds_in(reading, 0, len(reading.plain))
        if hard and len(hard) + len(soft) > 1:
            yield Told((0, len(reading.plain)), plain=len(hard) > 1 and len(hard) + len(soft) > 2)


def _spoken_of(reading: Reading) -> Iterator[tuple[Span, bool]]:
    """Sentences that speak of somebody served, and whether they say so or have "she" alone."""
    if len(reading.plain) > LONGEST_NEED or TALE.search(reading.folded):
        return
    gives = False  # who was last spoken of is somebody who gives
    for start, end in sentences(reading.folded):
        text = reading.folded[start:end]
        if first_said(SERVED, text) is not None:
            gives = False
            yield (start, end), True
            continue
        giver = giver_at(text)
        if reading.field == "title":
            continue
        cue = first_said(PRONOUN, text)
        if cue is None and _begins_with_a_name(reading, start):
            cue = 0
        if giver is not None and (cue is None or giver <= cue):
            gives = True
        if cue is not None and not gives:
            yield (start, end), False


def sentences(text: str) -> Iterator[Span]:
    start = 0
    for stop in _ENDS.finditer(text):
        if said := text[start : stop.end()].lstrip():
            yield stop.end() - len(said), stop.end()
        start = stop.end()


def first_said(pattern: re.Pattern[str], text: str) -> int | None:
    """Where the first stretch begins that is not said of anybody ("each", "if")."""
    for found in pattern.finditer(text):
        if not _GENERAL.search(text, 0, found.start()):
            return found.start()
    return None


def _begins_with_a_name(reading: Reading, start: int) -> bool:
    """Whether a sentence begins with a capital that no list has, and what such a person does."""
    found = _NAMED.match(reading.plain, start)
    return found is not None and reading.folded[slice(*found.span("name"))] not in no_names()


def giver_at(text: str) -> int | None:
    """Where somebody who gives is named, and not only asked for."""
    for found in _GIVES.finditer(text):
        if not _ASKED_FOR.search(text[: found.start()].rstrip()):
            return found.start()
    return None
