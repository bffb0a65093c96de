"""Propose: write matches and owe both notices, re-checking every rule on locked rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from matching.models import Match
from matching.score import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A pair that the matcher chose, as it saw the two postings.

    The revisions say which texts were compared: where one has moved on, the
    proposal is dropped, and the posting's own change brings the pair back.
    """

    need_id: int
    offer_id: int
    need_revision: int
    offer_revision: int
    score: float
    reasons: list[Reason]


def propose(*, proposals: Sequence[Proposal], at: datetime) -> list[Match]:
    """Propose what still holds, in this order. Returns the new matches.

    Everything is checked again on fresh, locked rows: the twelve rules, the live
    conditions, the room and everyone's limits. A stale column can cost a proposal
    and never breaks a rule.
    """
    raise NotImplementedError
