"""What a text speaks of: phrases that are found in it, and how alike it is to what was told.

A phrase is sure of itself and is often missing; a likeness is always there and never sure.
Together they rank the topics, and what speaks of none of them is weighed against each.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from opportunities.lexicon import Lexicon, Sayings
from opportunities.likeness import Floats, Likeness, Told


@dataclass(frozen=True, slots=True)
class Shares:
    """How much each counts beside the phrases that are found."""

    like: float = 0.22  # evidence for each e-fold that a topic is likelier than by chance
    unlike: float = -4.0  # e-folds; whatever is less likely than this is just as unlikely
    elsewhere: float = 0.4  # of phrases that speak for no topic; a likeness counts whole
    umbrella: float = 0.7  # an umbrella beside something more exact
    exact: float = 0.5  # of what the umbrella says, from which that is more exact
    phrase: float = 0.5  # of a text that was told, what a phrase counts among what was told
    cue: float = 0.15  # and a word that is often near
    doubt: float = 1.0  # evidence of which 63 % (1 - 1/e) are certain


SHARES = Shares()


class Hearing:
    """Hears which of some topics a text speaks of.

    The number of a topic is its place in the list; ``elsewhere`` is all that none covers, and has
    the number after the last.
    """

    def __init__(
        self, topics: Sequence[Sayings], elsewhere: Sayings, shares: Shares = SHARES
    ) -> None:
        self._elsewhere = len(topics)
        self._umbrellas = np.array([said.umbrella for said in (*topics, elsewhere)])
        self._shares = shares
        self._lexicon = Lexicon([*topics, elsewhere])
        self._likeness = Likeness([tuple(self._told(said)) for said in (*topics, elsewhere)])

    def _told(self, said: Sayings) -> Iterator[Told]:
        yield from (Told(text, 1.0) for text in said.told)
        yield from (Told(phrase, self._shares.phrase) for phrase in said.phrases)
        yield from (Told(cue, self._shares.cue) for cue in said.cues)

    def topics(self, text: str, language: str = "") -> list[tuple[int, float]]:
        """The topics a text speaks for, best first, each with a confidence from 0 to 1.

        None where no word is known, or where what no topic covers is heard best.
        """
        found = self._lexicon.evidence(text, language)
        if not found:
            return []
        says = np.maximum(self._likeness.lift(text, language), self._shares.unlike)
        says *= self._shares.like
        against = says[self._elsewhere] + self._shares.elsewhere * found.get(self._elsewhere, 0.0)
        for topic, evidence in found.items():
            says[topic] += evidence
        self._exact_before_umbrella(says)
        if says.argmax() == self._elsewhere:
            return []
        return list(self._sure(says[: self._elsewhere] - max(0.0, float(against))))

    def _exact_before_umbrella(self, says: Floats) -> None:
        """An umbrella counts less beside something more exact, unless that says next to nothing."""
        exact = says[~self._umbrellas].max()
        beside = self._umbrellas & (says < exact / self._shares.exact)
        says[beside] *= self._shares.umbrella

    def _sure(self, evidence: Floats) -> Iterator[tuple[int, float]]:
        """Each topic that something speaks for, with a confidence that rises with the evidence."""
        for topic in np.argsort(-evidence, kind="stable").tolist():
            if evidence[topic] <= 0:
                return
            yield topic, 1 - math.exp(-evidence[topic] / self._shares.doubt)
