"""All that is said of one posting or party: findings, flags, a score for the queue, a decision.

The score sorts what reviewers read and never decides by itself: at most it has a person look.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from screening import pay_terms, weighing
from screening.findings import Findings, Mark
from screening.flags import BY_CODE, SHARED_CONTACT
from screening.forbidden import FORBIDDEN
from screening.identities import MAY_BE_ONE, ONE_PERSON, identities
from screening.kinds import CLASS, kind_of
from screening.likely import weighed
from screening.reading import Reading

Decision = Literal["ok", "review", "refuse"]
REVIEW_FROM = 0.5  # flag_score from which a person looks before it opens


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the screening says of one posting or party.

    flags       codes of the reasons for a reviewer, the weightiest first
    flag_score  0 (nothing) to 1, for the order of the queue
    asks        one of the flags is alone enough to have a person look
    """

    findings: Findings
    flags: tuple[str, ...]
    flag_score: float
    asks: bool

    @property
    def decision(self) -> Decision:
        if self.findings.refused:
            return "refuse"
        return "review" if self.questions else "ok"

    @property
    def questions(self) -> list[str]:
        """Why a person must look before it opens; empty where nobody need."""
        if not (self.asks or self.findings.questions or self.flag_score >= REVIEW_FROM):
            return []
        return list(dict.fromkeys([*self.findings.questions, *self.flags]))


def screen(text: Mapping[str, str], kind: str = "", *, is_reviewed: bool = True) -> Findings:
    """Read each field's text for identities and forbidden terms.

    text         field name to what was typed; ``workplace`` may hold a street address
    kind         of the posting; where it is not known, the words tell, or the stricter reading
                 counts
    is_reviewed  a reviewer reads what is doubted before others do; else no mark is doubted
    """
    return _find(_readings(text), kind=kind or kind_of(text), may_doubt=is_reviewed)


def judge(
    text: Mapping[str, str],
    kind: str = "",
    *,
    facts: Mapping[str, str] | None = None,
    states_terms: bool = True,
    is_shared: bool = False,
) -> Verdict:
    """Read a whole posting or party.

    text          as for ``screen``
    facts         more of the posting in words, which are weighed but hold no typed text
    states_terms  whether it should state pay, place and supervisor: an offer of work should
    is_shared     another party gives the same phone, address or site
    """
    kind = kind or kind_of(text)
    readings = _readings(text)
    findings = _find(readings, kind=kind, may_doubt=True)
    weighed = readings + _readings(facts or {})
    adds = weighing.flags_of(
        weighed, is_class=kind == CLASS, states_terms=bool(kind) and states_terms
    )
    if is_shared:
        adds[SHARED_CONTACT.code] = SHARED_CONTACT.adds
    return Verdict(
        findings, weighing.told(adds), weighing.score(adds, findings), weighing.asks(adds)
    )


def reason_text(code: str) -> str:
    """A flag or a question in the reader's language."""
    if code in BY_CODE:
        return str(BY_CODE[code].message)
    if code == ONE_PERSON:
        return str(MAY_BE_ONE)
    return next((str(one.message) for one in FORBIDDEN if one.code == code), code)


def _readings(text: Mapping[str, str]) -> list[Reading]:
    return [Reading(name, typed) for name, typed in text.items()]


def _find(readings: Collection[Reading], *, kind: str, may_doubt: bool) -> Findings:
    found = [mark for reading in readings for mark in identities(reading)]
    marks = weighed(readings, found, may_doubt=may_doubt)
    for reading in readings:
        marks += _forbidden(reading, in_class=kind == CLASS)
    if kind != CLASS:
        marks += pay_terms.problems(readings)
    return Findings(tuple(marks))


def _forbidden(reading: Reading, *, in_class: bool) -> Iterator[Mark]:
    for pattern in FORBIDDEN:
        weight = pattern.in_class if in_class else pattern.in_work
        if weight is None:
            continue
        last = -1
        for start, end in pattern.spans(reading, in_class=in_class):
            if start >= last:
                last = end
                at, until = reading.where(start, end)
                yield Mark(reading.field, at, until, weight, pattern.code, str(pattern.message))
