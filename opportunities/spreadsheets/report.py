"""What became of a spreadsheet's rows, for a page or a person at a terminal."""

from collections import Counter
from dataclasses import dataclass, field

MAX_NOTES = 1_000  # different ones; beyond them a summary helps nobody


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row was rejected; ``column`` is empty where it is about the whole row."""

    row: int
    column: str
    reason: str


@dataclass
class Report:
    """What became of the rows. ``rows`` is always ``imported`` and ``reasons`` together."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    published: int = 0
    edited: int = 0  # of those updated, the ones that were published already
    reasons: list[Reason] = field(default_factory=list)
    notes: dict[str, list[int]] = field(default_factory=dict)  # text: how often, first row
    unknown_words: Counter[str] = field(default_factory=Counter)

    @property
    def imported(self) -> int:
        return self.created + self.updated + self.unchanged

    @property
    def rows(self) -> int:
        return self.imported + len(self.reasons)

    @property
    def seen_by_others(self) -> int:
        """Rows that were published, or changed what is."""
        return self.published + self.edited

    def count(self, row: int, what: str) -> None:
        """One more row that was created, updated, unchanged, published or edited."""
        setattr(self, what, getattr(self, what) + 1)

    def reject(self, row: int, column: str, reason: str) -> None:
        self.reasons.append(Reason(row, column, reason))

    def note(self, row: int, text: str) -> None:
        if text in self.notes:
            self.notes[text][0] += 1
        elif len(self.notes) < MAX_NOTES:
            self.notes[text] = [1, row]
