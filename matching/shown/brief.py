"""What a line of a list shows: a match with both its sides is near two hundred columns wide.

To read, make and hold them all takes longer than everything else that a list does.
"""

from matching.models import MatchQuerySet

OF_MATCH = (
    *("public_id", "status", "score", "proposed_at", "need", "need_answer", "need_answered_at"),
    *("need_reason", "offer", "offer_answer", "offer_answered_at", "offer_reason"),
)
OF_POSTING = ("party", "kind", "title", "county", "state", "status", "reviews_needed")
OF_PARTY = ("name", "reviewed_name", "confidential", "alias", "reviewed_alias", "state")
COLUMNS = (
    *OF_MATCH,
    "need__confidential",
    *(f"{side}__{field}" for side in ("need", "offer") for field in OF_POSTING),
    *(f"{side}__party__{field}" for side in ("need", "offer") for field in OF_PARTY),
)


def in_brief(matches: MatchQuerySet) -> MatchQuerySet:
    """Without what only the page of a match shows; that is read when it is asked for.

    ``matches`` come from ``seen_by``.
    """
    return matches.only(*COLUMNS)
