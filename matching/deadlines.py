"""What time does to matches: answers become final, people are nudged, silence closes."""

from datetime import datetime


def sweep_deadlines(*, at: datetime) -> int:
    """Do all that is due. Returns how many matches moved. Safe to run twice, or by two."""
    raise NotImplementedError
