"""From what changed to what is proposed: retrieve, rules, score, allocate, propose.

The whole way on one page. ``match`` is the way of any postings, ``match_changes`` the way
of the changes that wait; ``rematching`` sends every open need along it once more.
"""

from datetime import datetime

from django.db import transaction

from matching import closing, line, locks
from matching.actions import propose
from matching.candidates import candidates
from matching.choosing import choose, rate
from matching.market.board import Board
from matching.market.touched import Touched, touched
from matching.models import Match
from matching.no_match import counting
from trail.incidents import is_locked
from trail.models import Change

AT_ONCE = 2000  # changes in one transaction: a few seconds of work, so that locks are held briefly


def match_changes(*, at: datetime, board: Board | None = None) -> int:
    """Propose what recent changes made possible. Returns how many matches are new.

    board  what this worker knows already; without one everything is read first

    Workers may overlap: each takes changes that no other holds. A change counts as
    matched in the transaction that proposed, so a killed worker's are done again
    and nothing is proposed twice.
    """
    board = board or Board(at=at)
    proposed = 0
    while (new := _match_some(board, at=at)) is not None:
        proposed += new
    return proposed


@transaction.atomic
def _match_some(board: Board, *, at: datetime) -> int | None:
    """Match one batch of changes; None where there is nothing to do, or all stands still."""
    if is_locked():
        return None
    changes = Change.objects.claim(limit=AT_ONCE, at=at)
    if not changes:
        return None
    changed = touched(changes)
    board.refresh(at=at)
    matches = match(board, changed, at=at)
    closing.withdraw_stale(closing.of_postings(changed), at=at)
    closing.withdraw_unfit(changed.rechecked, at=at)
    counting.make_due(changed, at=at)  # what stands in the way of who has no match
    Change.objects.filter(pk__in=[change.pk for change in changes]).update(matched_at=at)
    return len(matches)


def match(board: Board, changed: Touched, *, at: datetime) -> list[Match]:
    """Propose what these postings fit now, and let free places go to who waits in line.

    board  as fresh as the changes
    """
    found, pairs = candidates(board, changed, at=at)  # the twelve rules, and who may meet at all
    rated = rate(found, pairs, board.demand)
    chosen = choose(found, rated, at=at)
    needs, offers = line.with_room_at_stake(changed.needs, changed.offers)
    locks.hold(
        needs=needs | {proposal.need_id for proposal in chosen},
        offers=offers | {proposal.offer_id for proposal in chosen},
    )
    line.settle(needs=needs, offers=offers, at=at)
    return propose(proposals=chosen, book=board.book, at=at)  # all is checked again on locked rows
