"""One's own matches as rows for a spreadsheet: what their pages show, and no more."""

from collections.abc import Iterator
from datetime import datetime

from accounts.models import User
from matching.models import Match
from matching.shown.brief import in_brief
from matching.shown.seen import SeenMatch, seen
from opportunities.spreadsheets.tables import guarded

AT_ONCE = 500  # matches held in memory
COLUMNS = ("match_id", "team", "yours", "theirs", "who", "where", "fit", "where_it_stands")


def own_matches(viewer: User, *, at: datetime) -> Iterator[list[str]]:
    """The header, then each match of the parties this person speaks for, the newest first."""
    yield list(COLUMNS)
    matches = list(in_brief(Match.objects.seen_by(viewer)).order_by("-proposed_at", "-pk"))
    for begin in range(0, len(matches), AT_ONCE):
        for match in seen(matches[begin : begin + AT_ONCE], viewer=viewer, at=at):
            yield [guarded(cell) for cell in _cells(match)]


def _cells(match: SeenMatch) -> tuple[str, ...]:
    return (
        str(match.public_id),
        match.own_party,
        match.own_title,
        match.other_title,
        match.other_party,
        match.other_place,
        match.fit,
        match.stands,
    )
