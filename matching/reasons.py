"""The reasons of a match as sentences, for the need's side and for the offer's."""

from collections.abc import Sequence
from typing import Literal

from matching.score import Reason

Side = Literal["need", "offer"]


def sentences(reasons: Sequence[Reason], *, side: Side) -> list[str]:
    """One translated sentence a reason, in order, as that side reads it."""
    raise NotImplementedError
