"""What people typed is read before it is saved: identities, forbidden terms, questions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Weight = Literal["identity", "forbidden", "question"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of one field that must not stay as it is.

    code     a word for what was found
    weight   ``identity``: never stored, not even in a draft; ``forbidden``: never
             published; ``question``: a reviewer looks at it
    start    where the stretch begins in the field's text
    end      where it ends
    """

    field: str
    start: int
    end: int
    weight: Weight
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything found in a posting's words, field by field."""

    marks: tuple[Mark, ...] = ()

    @property
    def refused(self) -> list[tuple[str, str]]:
        """What stops publishing: (field, message), each once."""
        return self._said("identity", "forbidden")

    @property
    def identities(self) -> list[tuple[str, str]]:
        """What may not even be saved as a draft: (field, message), each once."""
        return self._said("identity")

    @property
    def questions(self) -> list[str]:
        """What a reviewer must look at, each once, as words that ``question_text`` explains."""
        asked = (mark.code for mark in self.marks if mark.weight == "question")
        return list(dict.fromkeys(asked))

    def _said(self, *weights: Weight) -> list[tuple[str, str]]:
        said = ((mark.field, mark.message) for mark in self.marks if mark.weight in weights)
        return list(dict.fromkeys(said))


class Pattern(NamedTuple):
    """What to look for, and what it means in a class and in paid work.

    not_in  fields where it is no harm
    """

    code: str
    found: re.Pattern[str]
    in_class: Weight | None
    in_work: Weight | None
    message: str | Promise
    not_in: tuple[str, ...] = ()


def screen(text: Mapping[str, str], kind: str = "") -> Findings:
    """Read each field's text.

    text  field name to what was typed; ``workplace`` may hold a street address
    kind  of the posting; where it is not known, the stricter reading counts
    """
    return Findings(
        tuple(mark for field, typed in text.items() for mark in _marks(field, typed, kind))
    )


def _marks(field: str, typed: str, kind: str) -> Iterator[Mark]:
    spots, plain = _one_blank_each(typed)
    for pattern in PATTERNS:
        weight = pattern.in_class if kind == "class" else pattern.in_work
        if weight is None or field in pattern.not_in:
            continue
        for found in pattern.found.finditer(plain):
            start, end = spots[found.start()], spots[found.end() - 1] + 1
            yield Mark(field, start, end, weight, pattern.code, str(pattern.message))


def _one_blank_each(typed: str) -> tuple[list[int], str]:
    """The text with every run of white space as one blank, and where each letter stood."""
    spots = [
        spot
        for spot, letter in enumerate(typed)
        if not (letter.isspace() and spot and typed[spot - 1].isspace())
    ]
    return spots, "".join(" " if typed[spot].isspace() else typed[spot] for spot in spots)


def _look_for(*alternatives: str) -> re.Pattern[str]:
    """Any of these, in any case."""
    return re.compile("|".join(f"(?:{one})" for one in alternatives), re.IGNORECASE)


def _identity(
    code: str, message: Promise, *alternatives: str, not_in: tuple[str, ...] = ()
) -> Pattern:
    return Pattern(code, _look_for(*alternatives), "identity", "identity", message, not_in)


def _forbidden_in_work(code: str, message: Promise, *alternatives: str) -> Pattern:
    """Refused for a job or an apprenticeship; of a class a reviewer asks what is meant."""
    return Pattern(code, _look_for(*alternatives), "question", "forbidden", message)


def _question_of_work(code: str, message: Promise, *alternatives: str) -> Pattern:
    return Pattern(code, _look_for(*alternatives), None, "question", message)


def question_text(code: str) -> str:
    """What a reviewer is asked to look at, in the reader's language."""
    return next((str(pattern.message) for pattern in PATTERNS if pattern.code == code), code)


_CAPITAL = r"(?-i:[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+)"
_NAME = (  # a capital letter in running text, but for what follows "client" in titles
    r"(?!(?:services?|cent(?:er|re)|program\w*|support|care|advoca\w+|assistan\w+|relations?|"
    rf"council|intake|needs?|meetings?|art|choice|education|experience|forum|portal|and|with|for|is|in)\b){_CAPITAL}"
)
_SOMEBODY = (
    r"(?:client|resident|survivor|guest|participant|patient|victim|girl|lady|clienta?|residente|"
    r"sobreviviente|participante|paciente|víctima|chica|señora)"
)
_NO_NAME = r"(?!(?:in|on|at|of|to|the|down|from|by|people|students?|hours?|days?|minutes?)\b)"
_WITHOUT = r"(?<!no )(?<!any )(?<!without )(?<!never )(?<!not )(?<!sin )"

PATTERNS = (
    _identity(
        "email",
        _("Please leave out email addresses. The contact is shared after both sides say yes."),
        r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",
    ),
    _identity(
        "phone",
        _("Please leave out phone numbers. The contact is shared after both sides say yes."),
        r"(?<![\d-])(?:\+?1[ .-]?)?\(?[2-9]\d{2}\)?[ .-]?\d{3}[ .-]?\d{4}(?![\d-])",
        r"(?<![\d-])[2-9]\d{2}[-.]\d{4}(?![\d-])",
    ),
    _identity(
        "ssn",
        _("This looks like a Social Security number. Please take it out."),
        r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])",
    ),
    _identity(
        "case_number",
        _("This looks like an immigration or case number. Please take it out."),
        r"(?-i:\bA)[ -]?\d{3}[ -]?\d{3}[ -]?\d{2,3}\b",
        r"\b(?:case|docket|file|caso|expediente) ?(?:no\.?|number|num\.?|núm\.?|número|#)"
        r" ?:? ?#?[\w-]*\d{3,}",
    ),
    _identity(
        "birth_date",
        _("This looks like a birth date. Please take it out; an age group is enough."),
        r"\b(?:born|dob|d\.o\.b\.|date of birth|birth ?date|nacid[ao]|fecha de nacimiento)\b"
        r"[^\d\n]{0,15}\d{1,4}",
    ),
    _identity(
        "address",
        _("Please leave out street addresses. Places are told only after both sides say yes."),
        rf"\b\d{{1,5}} (?:[NSEW]\.? )?(?:{_NO_NAME}[\w'.-]+ ){{1,3}}"
        r"(?:street|avenue|ave|boulevard|blvd|road|rd)\b",
        rf"\b\d{{1,5}} (?:[NSEW]\.? )?(?:{_CAPITAL}\.? ){{1,3}}"
        r"(?-i:St|Dr|Drive|Ln|Lane|Ct|Court|Pl|Place|Way|Terrace|Ter|Pkwy|Parkway|Hwy|Highway)\b",
        rf"\b(?:calle|avenida|avda\.?|av\.) (?:{_CAPITAL} ){{1,3}}"
        r"(?:#|no\.?|núm\.?|número)? ?\d{1,5}\b",
        not_in=("workplace",),
    ),
    _identity(
        "person",
        _("This seems to name a person you serve. Please describe the need, never the person."),
        rf"\b(?:my|our|this|a|mi|nuestra|nuestro|una) {_SOMEBODY},? "
        rf"(?:named |called |llamad[ao] |is |es )?{_NAME}\b(?:,? (?:age |aged |de )?\d{{1,2}}\b)?",
        rf"\b(?:her|his|their) name is {_CAPITAL}",
        rf"\bse llama {_CAPITAL}",
    ),
    _forbidden_in_work(
        "fees",
        _("Nobody may be asked to pay for work or training: no fees, no deposits."),
        rf"{_WITHOUT}\b(?:application|registration|training|placement|processing|enrollment|"
        r"uniform|recruit(?:ment|ing)|background check) (?:fees?|deposits?)\b",
        rf"{_WITHOUT}\b(?:pay|paying|send|leave|requires?|charge) (?:\w+ ){{0,3}}"
        r"(?:fees?|deposits?)\b",
        r"\b(?:pagar|pague|enviar|dejar) (?:\w+ ){0,3}(?:cuota|depósito|inscripción)\b",
    ),
    _forbidden_in_work(
        "unpaid",
        _("Work is always paid. State what it pays."),
        rf"{_WITHOUT}\bunpaid (?:\w+ )?"
        r"(?:work|jobs?|shifts?|intern\w*|trial|training|apprentice\w*)\b",
        r"\bwork(?:ing)? for free\b",
        r"\b(?:commission|tips) only\b",
        r"\bno (?:pay|wages?|salary)\b(?! (?:gap|cut|secrecy|transparency))",
        r"\btrabajo (?:no pagado|gratis|gratuito)\b",
        r"\bsin (?:paga|sueldo|salario)\b",
        r"\bsolo (?:comisión|propinas)\b",
    ),
    _forbidden_in_work(
        "papers",
        _("Nobody may keep another person's papers."),
        r"\b(?:keep|hold|retain|collect)(?:s|ing)? (?:\w+ ){0,2}"
        r"(?:passports?|identity papers|identity documents|ids?|visas?|green cards?)\b",
        r"\b(?:guardamos|retenemos|entregar) (?:su|sus|el|los) "
        r"(?:pasaportes?|documentos|papeles)\b",
    ),
    Pattern(
        "discrimination",
        _look_for(
            r"\b(?:women|men|females?|males?|girls|ladies|boys) only\b",
            r"\bonly (?:women|men|females?|males?|girls|ladies)\b",
            r"\b(?:solo|sólo|únicamente) (?:mujeres|hombres|chicas)\b",
            r"\b(?:no older than|younger than|under the age of|menores de|máximo) \d\d\b",
            r"\b(?:christians?|believers|creyentes|cristian[ao]s) only\b",
        ),
        None,
        "forbidden",
        _("A job may not choose people by gender, age or faith."),
    ),
    Pattern(
        "outside_contact",
        _look_for(r"\b(?:whatsapp|telegram|snapchat|signal me|text me|llámame|escríbeme|dm me)\b"),
        "question",
        "question",
        _("It asks for contact outside of Alongside."),
    ),
    _question_of_work(
        "housing",
        _("Housing comes with the work."),
        r"\b(?:housing|room|lodging|accommodation) (?:is |and board |will be )?"
        r"(?:provided|included)\b",
        r"\blive[- ]?in\b",
        r"\b(?:vivienda|alojamiento) (?:incluid[ao]|gratis)\b",
    ),
    _question_of_work(
        "pay",
        _("The pay sounds too good, or is in cash by the day."),
        r"\bguaranteed (?:income|earnings)\b",
        r"\b(?:easy|fast|quick) (?:money|cash)\b",
        r"\b(?:paid|pay) (?:daily|each day|every day)? ?in cash\b",
        r"\bcash (?:daily|every day)\b",
        r"\bdinero (?:fácil|rápido)\b",
    ),
    _question_of_work(
        "travel",
        _("The work travels, or people are asked to hurry."),
        r"\btravel(?:ing)? (?:crew|sales|the country|nationwide)\b",
        r"\bno questions asked\b",
        r"\bact (?:now|fast)\b",
        r"\bmust (?:leave|relocate|travel) (?:today|immediately|at once)\b",
    ),
    _question_of_work(
        "closer_look",
        _("Work of this kind is looked at more closely."),
        r"\b(?:escorts?|hostess(?:es)?|massage|masseuse|models? wanted|dancers? wanted|"
        r"masajes?|edecanes)\b",
    ),
)
