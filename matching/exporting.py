"""Matches as rows for a spreadsheet: ids, statuses, dates and scores, and nobody's name."""

from collections.abc import Iterator
from datetime import datetime

from accounts.models import Party
from matching.models import Match
from matching.reasons import Side
from opportunities.models import Need, Offer
from opportunities.spreadsheets.tables import guarded

AT_ONCE = 2_000  # matches held in memory
COLUMNS = (
    "match_id", "kind", "status", "score", "proposed_at", "need_answer", "need_answered_at",
    "offer_answer", "offer_answered_at", "introduced_at", "closed_at",
    "need_id", "need_import_id", "need_party_kind", "need_party",
    "offer_id", "offer_import_id", "offer_party_kind", "offer_party",
)  # fmt: skip


def export_rows(*, since: datetime | None, at: datetime) -> Iterator[list[str]]:
    """The header, then each match proposed at that moment or later, the oldest first.

    A no that can still be taken back is not told, and a block looks like any no. Of a
    confidential party only its alias is told; a volunteer is a person and has no name here.
    """
    yield list(COLUMNS)
    matches = Match.objects.select_related("need__party", "offer__party")
    if since:
        matches = matches.filter(proposed_at__gte=since)
    for match in matches.order_by("proposed_at", "pk").iterator(chunk_size=AT_ONCE):
        cells = _about_match(match, at) | _about(match.need, "need") | _about(match.offer, "offer")
        yield [guarded(cells[column]) for column in COLUMNS]


def _about_match(match: Match, at: datetime) -> dict[str, str]:
    blocked = match.status == Match.Status.BLOCKED
    return {
        "match_id": str(match.public_id),
        "kind": match.need.kind,
        "status": str(Match.Status.DECLINED if blocked else match.status),
        "score": f"{match.score:.3f}",
        "proposed_at": _moment(match.proposed_at),
        "introduced_at": _moment(match.introduced_at),
        "closed_at": _moment(match.closed_at),
        **_answer("need", match.need_answer, match.need_answered_at, at),
        **_answer("offer", match.offer_answer, match.offer_answered_at, at),
    }


def _answer(side: Side, answer: str, answered_at: datetime | None, at: datetime) -> dict[str, str]:
    """One side's answer; a no is none before it is final."""
    if answered_at and answer == Match.Answer.NO and at < answered_at + Match.TAKE_BACK_FOR:
        answer, answered_at = "", None
    return {f"{side}_answer": answer, f"{side}_answered_at": _moment(answered_at)}


def _about(posting: Need | Offer, side: Side) -> dict[str, str]:
    party = posting.party
    return {
        f"{side}_id": str(posting.public_id),
        f"{side}_import_id": "" if party.confidential else posting.import_id,
        f"{side}_party_kind": party.kind,
        f"{side}_party": _name(party),
    }


def _name(party: Party) -> str:
    return "" if party.is_volunteer else party.public_name


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
