"""What people typed is read before it is saved: identities, forbidden terms, questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of one field that must not stay as it is.

    weight   ``identity``: never stored, not even in a draft; ``forbidden``: never
             published; ``question``: a reviewer looks at it
    start    where the stretch begins in the field's text
    end      where it ends
    """

    field: str
    start: int
    end: int
    weight: Literal["identity", "forbidden", "question"]
    message: str


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything found in a posting's words, field by field."""

    marks: tuple[Mark, ...] = ()

    @property
    def refused(self) -> list[tuple[str, str]]:
        """What stops publishing: (field, message), each once."""
        raise NotImplementedError

    @property
    def identities(self) -> list[tuple[str, str]]:
        """What may not even be saved as a draft: (field, message), each once."""
        raise NotImplementedError

    @property
    def questions(self) -> list[str]:
        """What a reviewer must look at, each once."""
        raise NotImplementedError


def screen(text: Mapping[str, str]) -> Findings:
    """Read each field's text. ``workplace`` may hold a street address; no other field may."""
    raise NotImplementedError
