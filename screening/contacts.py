"""Ways to reach somebody: phones, e-mail addresses and handles, also spelled out or masked."""

import re
from collections.abc import Iterator

from screening.disguises import disguised
from screening.hotlines import is_hotline
from screening.numbers import Run, runs
from screening.patterns import Span
from screening.reading import Reading

_PHONE_WORD = re.compile(
    r"\b(?:tel\w*|phone|cell|cel|celular|mobile|movil|whats\w*|wa|call|text|txt|sms|ring|dial|reach"
    r"|llam\w+|marque|marca|numero|number|fax|contact\w*|escrib\w+)\b"
)
_SSN_WORD = re.compile(r"\b(?:ssn|social|soc\.? ?sec|seguro|itin|nss|ss#)")
_UNIT_AFTER = re.compile(
    r" ?(?:%|people|persons?|dollars?|words?|hours?|hrs|calories|meals?|square|sq|miles?|pages?|feet"
    r"|pounds?|lbs|personas|dolares|horas|comidas|millas|paginas|square|per |an? |usd)"
)
_SHAPES = (
    (3, 2, 2),
    (2, 2, 2, 2, 2),
    (2, 4, 4),
    (3, 3, 2, 2),
    (3, 3, 4),
    (1, 3, 3, 4),
    (3, 7),
    (6, 4),
    (10,),
    (1, 10),
    (11,),
    (1, 3, 7),
)
_ABROAD = re.compile(r"\+\d{1,3}(?:[ .()-]{0,2}\d){7,12}|\b011(?:[ .-]?\d){9,13}")
_CODE = re.compile(  # as addresses of pages have, and ids of rows
    r"(?<![a-z\d])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}(?![a-z\d])|(?=[a-z\d_]{0,40}[a-z])[a-z\d_]{20,80}"
)
_SAYS_PHONE = re.compile(
    r"\b(?:tel(?:efono)?|phone|cell?|celular|mobile|movil|whats\w*|fax)\.?(?: (?:no|num|number|numero|#))?\.?(?: is| es)?[:# ]{0,3}$"
)
_OTHER_NUMBERS = re.compile(  # "exam codes 220-1101 and 220-1102"
    r"(?:\b(?:exams?|codes?|courses?|models?|parts?|forms?|serial|isbn|sku|standards?|version|examen(?:es)?|codigos?|comptia"
    r"|core)\b|\ba\+)[^.;\n]{0,25}$"
)
_FOR_AN_EXAM = re.compile(r"[^.;\n]{0,30}\b(?:exams?|vouchers?|examen(?:es)?)\b")


_TLD = r"(?:com|org|net|edu|gov|info|biz|me|io|us|mx|es|co|ca|uk|in|app|email|c o m|o r g|n e t)"
_PROVIDER = (
    r"(?:g ?mail|hot ?mail|yahoo|outlook|i ?cloud|proton ?(?:mail)?|aol|live|msn|ymail|gmx|mail)"
)
_AT = r"(?: ?@ ?| ?[(\[{<] ?(?:at|a|arroba|@) ?[)\]}>] ?| arroba | at | en )"
_OPEN, _CLOSE = r" ?[(\[{<*~|] ?", r" ?[)\]}>*~|] ?"
_SURE_AT = rf"(?: ?@ ?| at[ -]sign |{_OPEN}(?:at|arroba|@){_CLOSE}| arroba )"
_DOT = rf"(?:\.|{_OPEN}(?:dot|punto|\.){_CLOSE}| dot | punto | \. )"
_NOT_A_NAME = (
    r"(?!(?:account|accounts|email|e-mail|mail|address|inbox|cuenta|correo|look|us|or|up)\b)"
)
_EMAIL = re.compile(
    "|".join((
        r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",
        rf"[\w.+-]{{1,64}}{_SURE_AT}[\w-]{{1,40}}(?: ?mail)?{_DOT}[\w-]{{2,24}}\b",
        rf"[\w.+-]{{1,64}}{_SURE_AT}{_PROVIDER}\b",
        rf"\b{_NOT_A_NAME}[\w.+-]{{1,64}}{_AT}{_PROVIDER}(?: ?mail)?{_DOT}{_TLD}\b",
        rf"\b{_NOT_A_NAME}[\w.+-]{{1,64}} at (?:[\w-]{{1,40}}(?: dot | punto )){{1,3}}{_TLD}\b",
        r"\b(?!(?:account|email|mail|address|inbox)\b)[\w.+-]{3,64} at (?:gmail|hotmail|yahoo)\b",
        r"\b[\w.+-]{0,60}[\d_][\w.+-]{0,20} at (?:gmail|hotmail|yahoo|aol|outlook|icloud)\b",
        r"\b[\w.+-]{2,64}@[\w-]{3,63}\b",
        r"[\w] ?@ ?(?:[\w-] ){1,40}\. ?(?:\w ?){2,5}",
        rf"[\w.+-]{{1,64}}{_OPEN}a{_CLOSE}[\w-]{{1,40}}{_OPEN}d{_CLOSE}{_TLD}\b",
        r"[\w.+-]{1,64}(?:&#(?:0{0,4}64|x0{0,4}40);|%40|\\u0040)[\w-]{0,63}",  # as programs write it
    ))
)  # fmt: skip
_EMAIL_CUES = (
    "@",
    "at-sign",
    " at ",
    "arroba",
    " en ",
    "&#",
    "%40",
    "u0040",
    *(f"{sign}{word}" for sign in "([{<*~|" for word in ("a", " a")),
)

_APP = (
    r"(?:instagram|insta|ig|feis(?:book)?|snap ?chat|snap|telegram|kik|tik ?tok|discord|skype|facebook|fb|venmo"
    r"|cash ?app|whats ?app|we ?chat|messenger|signal|line id|onlyfans|twitter|zelle|tg|tele gram|viber|threema"
    r"|textnow|the gram)"
)
_HANDLE = re.compile(
    "|".join((
        r"(?<![\w.@/])@[a-z_][\w.-]{2,30}",
        r"\b(?:facebook|fb|instagram|tiktok|snapchat|t|wa|discord|m|signal)\.(?:com|me|gg)/[\w.+@-]{2,60}",
        rf"\b(?:my|mi|her|his|our) {_APP}(?: (?:handle|name|user(?:name)?|id))? (?:is|es) [@$]?[\w.-]{{2,40}}",
        rf"\b{_APP} ?: ?(?=[\w.@$/-]{{0,40}}[\d_.@$])[@$/]?[\w.-]{{3,40}}",
        rf"\b(?:on|en) {_APP} (?:\w+ ){{0,3}}(?:as|como|under) [@/]?[a-z][\w-]{{0,30}}[._\d][\w.-]{{0,20}}\w",
        rf"\b{_APP} (?:is|es|as|como|under|user(?:name)?|usuario|name|handle|cuenta)(?: is| es)?:? ?[@/]?[a-z][\w-]{{0,30}}"
        r"[._\d][\w.-]{0,20}\w",
        rf"\b(?:add|find|dm|follow|on|en|message|agregame|buscame)\b[^.\n]{{0,20}}\b{_APP}:? @?\w*[\d_][\w.]*",
        rf"\b{_APP} (?=[\w.:@$#-]{{0,40}}[\d_@$#])[@$]?[\w.:@$#-]{{3,40}}",
        r"\b(?:ig|insta|instagram|tg|telegram|snap|snapchat|tiktok|facebook|fb)[,:]? (?:es |is |as |como )?[a-z]{2,20}(?:\.[a-z]{1,20}){1,3}\b",
        r"(?<![\w./@])(?=[a-z\d]{0,30}[a-z])[a-z\d]{2,30}_[a-z\d_]{0,30}[a-z\d](?!\w)",  # maria_v_22
        rf"\b{_APP}\b[^.\n]{{0,30}}\b[a-z\d]+ ?(?:guion bajo|underscore|under score|raya baja|rayita|dash|guion|punto|dot) ?[a-z\d]+",
        r"\b[a-z\d]{2,20} (?:guion bajo|raya baja|underscore) [a-z\d]{2,20} \d{1,4}\b",
        r"\b[\w.]{3,32}#\d{4}\b",
        r"(?<!\w)\$[a-z][\w-]{3,30}\b",
    ))
)  # fmt: skip
_HANDLE_CUES = (
    "@", "insta", "feis", "ig:", "ig ", "snap", "telegram", "kik", "tik", "discord", "skype", "facebook",
    "fb", "venmo", "cash", "whats", "wechat", "messenger", "signal", ".me/", "#", "$", "line",
    "zelle", "twitter", "onlyfans", "tg", "gram", "viber", "threema", "textnow", "we chat", "_",
)  # fmt: skip
_LESSON = re.compile(r"[ :](?:\d{1,4}|24/7)$")  # "Facebook 101" is a lesson
_LABELED = re.compile(  # "facebook: Empleos Norte", "insta: bella"
    rf"\b(?i:(?:me|us|nos|her|him|them|la|lo) (?:on|at|en) {_APP})(?:,|:| as| under| como)? [A-ZÁÉÍÓÚÑ][\w.-]{{2,40}}"
    rf"|\b(?i:{_APP}),? (?i:(?:(?:she|he|it)(?:'s| is| goes)|est[aá]|aparece|sale) (?:as|by|under|como)) [A-ZÁÉÍÓÚÑ][\w.-]{{2,40}}"
    r"|\b(?i:(?:her|his|su|mi|my)(?: \w+)? (?:perfil|profile|username|screen name|usuario)(?: name)?) ?(?i:is|es|:) (?:[A-ZÁÉÍÓÚÑ\d][\w.-]{2,40}|[\w.-]*[\d_][\w.-]*)"
    r"|\b(?i:(?:agr[eé]gu?e?n?(?:la|lo)|b[uú]squ?e?n?(?:la|lo)|add (?:her|him)|find (?:her|him)))\b[^.\n]{0,40}\b(?i:como|as|under) [A-ZÁÉÍÓÚÑ][\w.-]{2,40}"
    rf"|\b(?i:{_APP}) ?: ?(?:[A-ZÁÉÍÓÚÑ][\w.-]{{2,40}}|[\w.-]{{3,40}}(?=[,.;!]?$))"
)


def emails(reading: Reading) -> Iterator[Span]:
    if any(cue in reading.folded for cue in _EMAIL_CUES):
        for found in _EMAIL.finditer(reading.folded):
            yield found.span()


def handles(reading: Reading) -> Iterator[Span]:
    if any(cue in reading.folded for cue in _HANDLE_CUES):
        for found in _HANDLE.finditer(reading.folded):
            if not _LESSON.search(found[0]):
                yield found.span()
        for found in _LABELED.finditer(reading.plain):
            yield found.span()


def phones(reading: Reading) -> Iterator[Span]:
    text = _without_codes(reading.folded)
    for found in _ABROAD.finditer(text):
        yield found.span()
    yield from disguised(reading)
    for run in runs(text):
        for start, end in _phones_in(run, text):
            if is_hotline(text[start:end]):
                continue
            yield start - text[max(0, start - 1) : start].count("("), end


def socials(reading: Reading) -> Iterator[Span]:
    """Social Security numbers and tax numbers of the same shape."""
    text = _without_codes(reading.folded)
    for run in runs(text):
        near = _SSN_WORD.search(text, max(0, run.start - 40), run.start)
        if len(run.digits) == 9 and near:
            yield run.start, run.end
            continue
        for start, end in _windows(run, ((3, 2, 4),)):
            if "/" not in text[start:end] and "," not in text[start:end]:
                yield start, end
        if run.is_masked and len(run.digits) == 9 and tuple(run.groups) == (1,) * 9:
            yield run.start, run.end


def _phones_in(run: Run, text: str) -> Iterator[Span]:
    before = text[max(0, run.start - 30) : run.start]
    said = bool(_PHONE_WORD.search(before))
    size = len(run.digits)
    if before.endswith("$"):
        return
    if (run.is_masked and (size in {7, 10, 11} or (said and 7 <= size <= 13))) or (
        run.in_words and size in {10, 11} and len(run.groups) > 2
    ):
        yield run.start, run.end
    elif spans := list(_windows(run, _SHAPES)):
        yield from spans
    elif (
        (size == 7 and len(run.groups) == 1 and _SAYS_PHONE.search(before))
        or (said and size == 7 and len(run.groups) > 3)
        or (said and 8 <= size <= 13 and len(run.groups) <= 6 and not _is_date(run))
    ):
        yield run.start, run.end
    else:
        yield from _short(run, text, said=said)


def _without_codes(text: str) -> str:
    """The text, letter for letter, with long codes blotted out: no number in them is anyone's."""
    return _CODE.sub(lambda found: "x" * len(found[0]), text)


def _is_date(run: Run) -> bool:
    return run.groups in {(4, 2, 2), (2, 2, 4), (1, 2, 4), (2, 1, 4), (4, 4), (1, 1, 4)}


def _windows(run: Run, shapes: tuple[tuple[int, ...], ...]) -> Iterator[Span]:
    """Stretches of a run grouped as such numbers are, where the digits fit a number of that kind."""
    for first in range(len(run.groups)):
        for shape in shapes:
            last = first + len(shape)
            if run.groups[first:last] != shape or any(
                "," in gap and not any(map(str.isalpha, gap)) for gap in run.gaps[first : last - 1]
            ):
                continue
            begins = sum(run.groups[:first])
            digits = run.digits[begins : begins + sum(shape)]
            if sum(shape) == 9 or _is_nanp(digits):
                yield run.spots[first][0], run.spots[last - 1][1]


def _is_nanp(digits: str) -> bool:
    """Ten digits as in North America, or eleven with the 1 before them."""
    if len(digits) == 11:
        return digits[0] == "1" and digits[1] in "23456789"
    return digits[0] in "23456789"


def _short(run: Run, text: str, *, said: bool) -> Iterator[Span]:
    """Seven digits: 555-0100."""
    for first in range(len(run.groups) - 1):
        bare = (
            not run.gaps[first].strip(" ") and not said and run.digits[first : first + 3] != "555"
        )
        if run.groups[first : first + 2] != (3, 4) or bare:
            continue
        start, end = run.spots[first][0], run.spots[first + 1][1]
        one, two = text[start : run.spots[first][1]], text[run.spots[first + 1][0] : end]
        is_range = two.endswith("00") and one.endswith("0") and not said
        is_price = text[max(0, start - 1) : start] == "$" or run.gaps[first].strip() == "/"
        is_code = _OTHER_NUMBERS.search(text, max(0, start - 50), start)
        is_code = is_code or (None if said else _FOR_AN_EXAM.match(text, end))
        is_count = is_range or is_price or _UNIT_AFTER.match(text, end) or is_code
        if one[0] in "23456789" and not is_count:
            yield start, end
