"""What people say to a match: yes, no, not yet; and what comes after an introduction."""

from datetime import datetime

from accounts.models import User
from matching.models import Match


def accept(*, match: Match, by: User, at: datetime) -> Match:
    """Say yes. The second yes introduces both, or puts them in line if room is gone.

    Raises ``CannotAnswer``: somebody answered before, or it no longer holds.
    """
    raise NotImplementedError


def decline(
    *, match: Match, by: User, reason: str = "", block: bool = False, at: datetime
) -> Match:
    """Say no. It reaches the other side in ten minutes, unless taken back before.

    reason  for our staff alone
    block   never again with this party; it is not told so

    Raises ``CannotAnswer``.
    """
    raise NotImplementedError


def take_back(*, match: Match, by: User, at: datetime) -> Match:
    """Undo one's own answer: a no for ten minutes, a first yes until the second comes.

    Raises ``CannotAnswer``.
    """
    raise NotImplementedError


def end(*, match: Match, by: User, reason: str, at: datetime) -> Match:
    """End an introduction, or leave the line. The reason is for our staff alone.

    The place it held goes to the next in line. Raises ``CannotAnswer``.
    """
    raise NotImplementedError


def record_start(*, match: Match, by: User, at: datetime) -> Match:
    """Write down that it has started. Raises ``CannotAnswer``.

    One that never started is ended instead.
    """
    raise NotImplementedError


def complete(*, match: Match, by: User, at: datetime) -> Match:
    """Write down that it is done. Raises ``CannotAnswer``."""
    raise NotImplementedError
