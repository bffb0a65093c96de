"""Whether words speak of a class or of paid work, where nobody has said so."""

import re
from collections.abc import Mapping

from screening.columns import KIND, PAY, about
from screening.reading import Reading

CLASS, WORK = "class", "job"
_SAID = {
    "class": CLASS, "class or help": CLASS, "mentoring": CLASS, "help": CLASS, "clase": CLASS,
    "volunteer": CLASS, "service": CLASS, "workshop": CLASS, "job": WORK, "apprenticeship": WORK,
    "employment": WORK, "empleo": WORK, "trabajo": WORK, "aprendizaje": WORK,
}  # fmt: skip
_CLASS = re.compile(
    r"\b(?:class(?:es)?|lessons?|workshops?|tutor\w*|mentor\w*|teach\w*|taught|learn\w*|course|clinic|group"
    r"|volunteer\w*|session|sessions|seminar|training day|beginners?|practice|yoga|support group|self-defense"
    r"|our mission|clases?|taller(?:es)?|maestr[ao]s?|ensen\w+|aprend(?:er|a|en)|curso|clinica|grupo|voluntari\w+"
    r"|sesion(?:es)?|principiantes|tutora?|mentora?)\b"
)
_WORK = re.compile(
    r"\b(?:jobs?|hiring|hire|wages?|salary|hourly|per hour|an hour|/ ?hr|/ ?hour|position|positions|employee"
    r"|employer|employment|applicants?|candidates?|shifts?|apprentice\w*|payroll|openings?|work from home|earn"
    r"|intern|internship|empleos?|trabajos?|sueldo|salario|la hora|por hora|contrata\w*|vacante|puesto|turno"
    r"|aprendiz|patron)\b"
)


def kind_of(text: Mapping[str, str]) -> str:
    """``class`` or ``job``: as a column says, else as the words do; empty where nothing does."""
    for name, typed in text.items():
        if about(name) == KIND and (said := _SAID.get(typed.strip().lower())):
            return said
    if any(typed.strip() and about(name) == PAY for name, typed in text.items()):
        return WORK
    words = " ".join(Reading(name, typed).folded for name, typed in text.items())
    if _WORK.search(words):
        return WORK
    return CLASS if _CLASS.search(words) else ""
