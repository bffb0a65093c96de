"""Numbers and dates that belong to one person: birth dates, cases, files, passports."""

import re
from collections.abc import Iterator

from screening.numbers import ANY_WORD
from screening.patterns import Span, look_for
from screening.reading import Reading

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto"
    r"|septiembre|octubre|noviembre|diciembre)\.?"
)
_DATE = (
    rf"(?:\d{{1,2}}[-/. ](?:i{{1,3}}|iv|vi{{0,3}}|ix|xi{{0,2}})[-/. ]\d{{2,4}}|\d{{1,4}}[-/. ]\d{{1,2}}[-/. ]\d{{2,4}}|{_MONTH},? (?:the |el )?(?:dia )?(?:\d{{1,2}}|(?:{ANY_WORD}))\b|\d{{1,2}}(?:st|nd|rd|th)?"
    rf",? (?:of |de )?{_MONTH}|(?:{ANY_WORD}) (?:of |de ){_MONTH}|{_MONTH},? (?:the )?[a-z-]{{3,12}}(?:st|nd|rd|th)\b|\d{{8}}|\d{{1,2}}[-/.]\d{{1,2}}\b)"
)
_BIRTH = look_for(
    rf"\b(?:born|dob|d\.o\.b|date of birth|birth ?date|birthday|b-?day|nacid[ao]|nacio|nac\.|f\. ?n\."
    rf"|fecha de nac\w*|f(?:ec)?\.? (?:de )?nac\w*\.?|fecha nac\w*|cumple(?:anos)?)\b[^\n]{{0,45}}?{_DATE}",
    rf"\(b\.? ?{_DATE}",
    r"\b(?:she|he|client|resident|who|ella) was born in (?:19|20)\d\d",
    r"\bborn \d{1,4}\b",
    r"(?:^|[.;:,(] ?)(?:born|nacid[ao]|nacio)\b[^.\n]{0,30}\b(?:19[3-9]\d|20[01]\d)\b",
    r"\bnaci(?:o|da|do) en (?:el )?(?:ano )?(?:(?:19|20)\d\d|\d\d)\b",
    rf"\b(?:turn(?:s|ing)|(?:por |va a )cumplir|cumple)(?: los)? (?:\d\d|(?:{ANY_WORD}))\b[^\n]{{0,25}}?{_DATE}",
    rf"\b(?:her|his) (?:\w+teenth|(?:twent|thirt|fort|fift|sixt)[\w-]+|\d\d(?:st|nd|rd|th))(?: birthday)?\b[^.\n]{{0,30}}?{_DATE}",
    r"\b(?:year of birth|birth year|ano de nacimiento):? ?(?:19|20)\d\d",
)
_LONG_AGO = re.compile(  # a day of years ago is seldom that of a class
    rf"(?<![\d/.-])(?:(?:\d{{1,2}}[-/. ]{{1,2}}){{2}}|\d{{1,2}}(?:st|nd|rd|th|o)? ?(?:of |de |del )?{_MONTH},? ?(?:of |de |del )?"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:of |de |del )?)(?:19[3-9]\d|200\d|2010)(?![\d/-])"
    r"|(?<![\d/.-])(?:19[3-9]\d|200\d|2010)[-/.](?:0?[1-9]|1[0-2])[-/.]\d{1,2}(?![\d/-])"
)
_HISTORY = re.compile(
    r"\b(?:since|founded|established|opened|started|began|incorporated|signed|passed|act|law|history|built|closed"
    r"|desde|fundad\w+|abrimos|abrio|inicio|empezo|ley|historia)\b[^.\n]{0,30}$"
)
_BIRTH_CUES = (
    "turn",
    "her ",
    "his ",
    "cumpl",
    "born",
    "dob",
    "d.o.b",
    "birth",
    "b-day",
    "bday",
    "naci",
    "nac",
    "f.n",
    "f. n",
    "cumple",
    "(b",
)

_NO = r"(?:nos?\.?|numbers?|num\.?|numeros?|#|id)"
_KIND_OF = (
    r"(?: (?:clinico|medico|judicial|penal|migratorio|escolar|familiar|criminal|civil|medical|court"
    r"|immigration|family))?"
)
_CASE = look_for(
    rf"\b(?:case|docket|file|cause|matter|warrant|booking|inmate|hmis|htims|medicaid|medicare|client"
    rf"|participant|resident|patient|incident|complaint|police report|report|court file|petition)"
    rf"(?: (?:case|file|report|court))? ?{_NO}[:# ]{{0,3}}(?:is )?#?(?=[a-z-]{{0,8}}\d)[\w/-]{{3,24}}",
    r"\b(?:account|acct|card|tarjeta|cuenta)(?: number| numero| no\.?| #)?:? \d[\d -]{7,24}\d",
    r"\b(?:account|card|tarjeta|cuenta)(?: number| no\.?|#)? (?:ending|ends|que termina|termina)(?: in| en)? \d{4}\b",
    r"\bpin(?: is| es|:)? \d{4}\b|\b(?:password|passcode|pwd|contrasena): ?[^ ]{3,}",
    rf"\b(?:reporte|report|denuncia|order|orden|petition|hearing|audiencia)(?: {_NO})?[:# ]{{1,3}}\d{{2,4}}-\d{{3,8}}\b",
    rf"\b(?:mrn|chart|medical record|historia clinica|receipt|recibo|claim|voucher|ebt|police report)(?: {_NO})?[:# ]{{1,3}}"
    r"(?=[\w/-]{0,12}\d[\w/-]*\d[\w/-]*\d)[\w/-]{4,24}",
    rf"\b(?:case|docket|order case|caso|expediente|causa|folio|carpeta){_KIND_OF}(?: (?:de |de la )?(?:denuncia"
    r"|investigacion))?(?: (?:no\.?|num\.?|numero))?[:# ]{1,3}(?=[\w/-]{0,12}\d[\w/-]*\d[\w/-]*\d)"
    r"[\w/-]{4,24}",
    rf"\b(?:caso|expediente|folio|carpeta)(?: de (?:la )?[a-z]+)? ?{_NO}[: ]{{0,2}}[\w/-]*\d{{3}}[\w/-]*",
    rf"\b(?:{_NO}) de (?:caso|expediente|folio|carpeta|cliente|clienta)[:# ]{{0,3}}[\w/-]*\d{{3}}[\w/-]*",
    rf"\b(?:permit|permiso|licen[sc]e|licencia|learner'?s|state id|id|member|policy|poliza|benefits?|snap|tanf|wic|ssi|estampillas|food stamps|medi-?cal|matricula(?: consular)?|consular id|cedula|curp|dui|dni|ine|acta|seguro"
    r"|insurance|booking|badge|inmate|intern[ao]|student|ticket|confirmation|tracking|recibo|solicitud|reporte|denuncia|receipt|application|claim|referral|referencia|imei|uscis|sevis|locker|prescription|rx|invoice|bed|intake)"
    rf"(?: (?:case|file|card|caso))?(?: {_NO}|:| is| es| de)?[:# ]{{1,3}}(?=[\w-]{{0,24}}\d[\w-]*\d[\w-]*\d[\w-]*\d[\w-]*\d)[a-z]{{0,4}}-?\d[\w-]{{4,24}}(?![\w%])",
    rf"\b(?:caso|case|file|cuenta|account|expediente)(?: (?:de|of|for|del) (?:la |el |the |her |his |su )?[a-z]+)?(?: {_NO})?[:# ]{{1,3}}(?=[\w-]{{0,24}}\d[\w-]*\d[\w-]*\d[\w-]*\d[\w-]*\d)[a-z]{{0,4}}-?\d[\w-]{{4,24}}(?![\w%])",
    r"\b(?:parte|reporte|denuncia|acta)(?: (?:policial|policiaco|de policia))? (?:no\.? |num\.? |numero |#)?\d{2,6}/\d{2,6}\b",
    r"\b\d{2,4}-?(?:cv|cr|po|fm|cf|mj|dr|jv|fa|dv|vc|cm)-?\d{3,8}\b",
)
_CASE_CUES = (
    "case", "docket", "file", "cause", "matter", "warrant", "booking", "inmate", "hmis", "htims",
    "permit", "permis", "licen", "learner", "id", "member", "polic", "poliz", "benefit", "snap", "tanf", "wic", "ssi", "estampillas", "stamps", "matricula", "consular", "cedula", "curp", "dui", "dni", "ine", "acta",
    "seguro", "insurance", "badge", "student", "ticket", "confirmation", "tracking", "solicitud", "denuncia", "application", "referral", "referencia", "imei", "uscis", "sevis", "rx", "intake", "acct", "intern",
    "medic", "client", "participant", "resident", "patient", "incident", "complaint", "report",
    "parte", "reporte", "account", "card", "tarjeta", "cuenta", "pin", "password", "passcode", "pwd", "contrasena", "mrn", "chart", "record", "clinica", "receipt", "recibo", "claim", "voucher", "ebt", "caso", "expediente", "causa", "folio", "carpeta", "cv", "cr", "po", "fm", "cf", "dv", "petition",
)  # fmt: skip

_ALIEN = look_for(
    r"\b(?:a-?number|a ?#|alien(?: registration)?(?: number| no\.?| #)?|uscis(?: number| no\.?| #| case)?"
    r"|numero a|numero de (?:registro de )?extranjero|green card(?: no\.?| number| #)?|a number)"
    r"(?: is| es)?[:# ]{0,3}(?:a[- #]?)?\d{3}[- ]?\d{3}[- ]?\d{1,3}\b",
    r"\b(?:passport|pasaporte|visa|driver'?s? license|licencia(?: de (?:manejo|conducir))?|green card|state id)"
    r"(?: (?:no\.?|number|num\.?|numero|#|id))?(?: is| es)?[:# ]{1,3}[a-z]{0,2}-?\d{6,10}\b",
    r"\b(?:eac|lin|msc|src|wac|ioe|ysc|nbc)-?\d{10}\b",
)
_ALIEN_PLAIN = re.compile(r"(?<![\w-])A[-# ]{0,2}\d{3}[- ]?\d{3}[- ]?\d{2,3}\b")
_ANY_FILE = re.compile(  # whatever it is of, no class needs it
    r"(?<![\w$.,/+-])(?:[A-Z]{1,4}-\d{2,4}-\d{3,8}|\d{2}-\d{5,7}|\d{4}-\d{5,8}|\d{2,4}-?[A-Z]{1,4}-?\d{3,8}|[A-Z]{1,3}-?\d{7,11}|\d{8,12}|(?:\d{4}[ -]){3}\d{4})(?![\w%/-])"
)
_OF_THINGS = re.compile(
    r"\b(?:ein|isbn|upc|sku|grant|award|serial|model|part|course|class|form|version|exam|code|osha|cfr|tax id|license (?:no|number)|room)"
    r"[^.\n]{0,15}$"
)
_PLATE = re.compile(
    r"\b(?i:plates?|license plate|placas?|tags?)(?i: (?:is|are|no\.?|number|n[uú]mero|son|es|de|#))?[:# ]{1,2}"
    r"(?=[A-Z\d -]{0,8}\d)(?=[A-Z\d -]{0,8}[A-Z])(?:[A-Z]{2} )?[A-Z\d]{2,4}[- ]?[A-Z\d]{2,5}\b"
)
_SSN_TAIL = look_for(
    r"\b(?:last|final|ultim[oa]s) (?:four|4|cuatro)(?: (?:digits|numbers|digitos))?,? (?:(?:of|del?) )?(?:\w+ )?"
    r"(?:ssn|social|seguro)[^\d\n]{0,20}\d{4}\b",
    r"\b(?:ssn|itin|seguro social|social security)\b[^.\n]{0,40}\b(?:last|final|ultimos|primeros|first) (?:digits|numbers|digitos|numeros)?:? ?\d{3,4}\b",
    r"(?:x{3}|\*{3})[- ]?(?:x{2}|\*{2})[- ]?\d{4}\b",
    r"\b(?:ssn|itin|social|seguro)(?: security| social)?(?: number)? (?:ends|ending|termina|acaba) (?:in|with|en|con) \d{4}\b",
    r"\b(?:ssn|itin|social|seguro)(?: security| social)?(?: number)? (?:starts|begins|starting|empieza|comienza|inicia) (?:in|with|en|con) \d{3}\b",
)


def births(reading: Reading) -> Iterator[Span]:
    """Dates, and years, at which somebody was born; a day of long ago is taken for one."""
    for found in _LONG_AGO.finditer(reading.folded):
        if not _HISTORY.search(reading.folded, max(0, found.start() - 45), found.start()):
            yield found.span()
    if any(cue in reading.folded for cue in _BIRTH_CUES):
        for found in _BIRTH.finditer(reading.folded):
            yield found.span()


def cases(reading: Reading) -> Iterator[Span]:
    """Numbers of cases, dockets, police reports and of people in somebody's files."""
    for found in _ANY_FILE.finditer(reading.plain):
        if not _OF_THINGS.search(reading.folded, max(0, found.start() - 30), found.start()):
            yield found.span()
    if any(cue in reading.folded for cue in _CASE_CUES):
        for found in _CASE.finditer(reading.folded):
            yield found.span()


def aliens(reading: Reading) -> Iterator[Span]:
    """Numbers of immigration files, passports and visas."""
    for found in _ALIEN_PLAIN.finditer(reading.plain):
        yield found.span()
    for found in _ALIEN.finditer(reading.folded):
        yield found.span()


def plates(reading: Reading) -> Iterator[Span]:
    """What stands on a car."""
    for found in _PLATE.finditer(reading.plain):
        yield found.span()


def social_tails(reading: Reading) -> Iterator[Span]:
    """The first or last digits of a Social Security number."""
    if any(cue in reading.folded for cue in ("social", "ssn", "itin", "seguro")):
        for found in _SSN_TAIL.finditer(reading.folded):
            yield found.span()
