"""A posting without a match: note that it is to be counted, count it, store what may be told.

The columns live in the worker, so the worker counts, and a page only reads a row. A
change of the posting makes its row due at once, all that others do within the hour (an
offer: within the day, which also keeps anybody from watching needs come and go).
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.core.cache import cache

from matching.market.board import Board
from matching.market.shelf import Shelf
from matching.market.touched import Touched
from matching.models import Match, Outlook
from matching.no_match.almost import Side
from matching.no_match.told import Asking, counts_of, slugs
from opportunities.models import Condition, Need, Offer
from trail.tasks import wake, wake_on_commit

TASK = "matching.tasks.count_outlooks"
AT_ONCE = 20  # a second of work, so that what people do meanwhile comes in between
QUESTIONS_A_DAY = {"need": 60, "offer": 20}  # of a party; more changes in a day look like probing
MODELS: dict[Side, type[Need] | type[Offer]] = {"need": Need, "offer": Offer}
KEPT_FOR = 2 * 24 * 3600  # seconds; the counter of a day outlives it


def make_due(changed: Touched, *, at: datetime) -> None:
    """These postings have changed: count those that are live soon, and forget the others.

    Call inside the matcher's transaction.
    """
    ids_of: dict[Side, frozenset[int]] = {"need": changed.needs, "offer": changed.offers}
    for side, ids in ids_of.items():
        model = MODELS[side]
        mine = Outlook.objects.filter(**{f"{side}__in": ids})
        mine.exclude(**{f"{side}__status": model.LIVE}).delete()
        live = model.objects.filter(pk__in=ids, status=model.LIVE).order_by("pk")
        rows = [
            Outlook(**{f"{side}_id": pk, "due_at": at}) for pk in live.values_list("pk", flat=True)
        ]
        if rows:
            Outlook.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=[side], update_fields=["due_at"]
            )
            wake_on_commit(TASK)


def count_due(*, board: Board, at: datetime) -> int:
    """Count some of what is due, and send for who counts the rest. Returns how many."""
    claimed = Outlook.objects.claim(limit=AT_ONCE, at=at)
    if claimed:
        board.refresh(at=at)
    wishes = tuple(slugs(Condition.Kind.CLASS_ONLY)) if claimed else ()
    for outlook in claimed:
        _count(outlook, board, wishes, at=at)
    if len(claimed) == AT_ONCE:
        wake(TASK)
    return len(claimed)


def _count(outlook: Outlook, board: Board, wishes: tuple[str, ...], *, at: datetime) -> None:
    """Write one row anew, unless it became due again meanwhile; without a use it goes."""
    side: Side = "need" if outlook.need_id else "offer"
    posting = _posting(outlook, side)
    mine = Outlook.objects.filter(pk=outlook.pk, due_at=outlook.due_at)
    shelf: Shelf[Any] = board.needs if side == "need" else board.offers
    row = shelf.rows_of([posting.pk])
    if not shelf.is_live(row, at=at).any() or has_match(posting):
        mine.delete()
        return
    due_at = at + Outlook.AGAIN_AFTER[side]
    if outlook.revision != posting.revision and not _may_ask(side, posting.party_id, at):
        mine.update(due_at=due_at)
        return
    asking = Asking(
        board=board,
        side=side,
        posting=posting,
        columns=shelf.take(row).columns,
        wishes=wishes,
        at=at,
    )
    mine.update(counts=counts_of(asking), counted_at=at, revision=posting.revision, due_at=due_at)


def _posting(outlook: Outlook, side: Side) -> Need | Offer:
    rows: Any = MODELS[side].objects.select_related("party")
    found: Need | Offer = rows.get(pk=outlook.need_id or outlook.offer_id)
    return found


def has_match(posting: Need | Offer) -> bool:
    """Whether something is proposed, agreed or under way for it."""
    return bool(ids_with_match(type(posting), [posting.pk]))


def ids_with_match(model: type[Need] | type[Offer], ids: Collection[int]) -> set[int]:
    """Those of these needs, or offers, of which the same is true."""
    word = model.WORD
    live = Match.objects.filter(**{f"{word}__in": ids}, status__in=Match.LIVE)
    return set(live.values_list(word, flat=True))


def _may_ask(side: Side, party_id: int, at: datetime) -> bool:
    """Whether this party may have one more changed posting counted today."""
    key = f"outlooks-{side}-{party_id}-{at.date()}"
    cache.add(key, 0, KEPT_FOR)
    try:
        asked = cache.incr(key)
    except ValueError:  # the server went away in between, and with it the counter
        return True
    return asked <= QUESTIONS_A_DAY[side]
