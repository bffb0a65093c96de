"""What was found in somebody's words, and what each finding means."""

from dataclasses import dataclass
from typing import Literal

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
    """Everything found in a posting's or a party's words, field by field."""

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
        return self.codes("question")

    def codes(self, *weights: Weight) -> list[str]:
        """The codes of these weights, each once, in the order of the text."""
        return list(dict.fromkeys(mark.code for mark in self.marks if mark.weight in weights))

    def _said(self, *weights: Weight) -> list[tuple[str, str]]:
        said = ((mark.field, mark.message) for mark in self.marks if mark.weight in weights)
        return list(dict.fromkeys(said))
