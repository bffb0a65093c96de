"""A posting without a match: note that it is to be counted, count it, store what may be told.

The columns live in the worker, so the worker counts, and a page only reads a row. A
change of the posting makes its row due at once, all that others do within the hour (an
offer: within the day, which also keeps anybody from watching needs come and go).
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
from django.core.cache import cache

from accounts.choices import Language
from accounts.places import counties_of_state, county_centroid
from matching.columns.ragged import Rows
from matching.market.board import Board
from matching.market.shelf import Shelf
from matching.market.touched import Touched
from matching.models import Block, Match, Outlook
from matching.no_match import almost
from matching.no_match.almost import Almost, Side, told_to_need, told_to_offer
from matching.no_match.widening import County, Known, Move, Value, moves_of
from opportunities.models import Condition, Need, Offer, Topic
from trail.tasks import wake, wake_on_commit

TASK = "matching.tasks.count_outlooks"
AT_ONCE = 20  # a second of work, so that what people do meanwhile comes in between
QUESTIONS_A_DAY = {"need": 60, "offer": 20}  # of a party; more changes in a day look like probing
MODELS: dict[Side, type[Need] | type[Offer]] = {"need": Need, "offer": Offer}
RELATED = 5  # topics that are offered instead; more would be a list to read
KEPT_FOR = 2 * 24 * 3600  # seconds; the counter of a day outlives it
Told = tuple[str, Value, int]  # an obstacle or a move, its value, and how many
Teller = Callable[[Rows], int]  # pairs -> how many, as the posting's party may know it


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Whom a posting was held against, and how counts of them are told to its party."""

    almost: Almost
    told: Teller


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
    wishes = tuple(_slugs(Condition.Kind.CLASS_ONLY)) if claimed else ()
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
    row = _row(board, side, posting.pk, at=at)
    if not len(row) or has_match(posting):
        mine.delete()
        return
    due_at = at + Outlook.AGAIN_AFTER[side]
    if outlook.revision != posting.revision and not _may_ask(side, posting.party_id, at):
        mine.update(due_at=due_at)
        return
    counts = _counts(board, side, posting, row, wishes, at=at)
    mine.update(counts=counts, counted_at=at, revision=posting.revision, due_at=due_at)


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


# Counting


def _row(board: Board, side: Side, pk: int, *, at: datetime) -> Rows:
    shelf: Shelf[Any] = board.needs if side == "need" else board.offers
    row = shelf.rows_of([pk])
    return row[shelf.is_live(row, at=at)]


def _counts(
    board: Board,
    side: Side,
    posting: Need | Offer,
    row: Rows,
    wishes: tuple[str, ...],
    *,
    at: datetime,
) -> dict[str, Any]:
    shelf: Shelf[Any] = board.needs if side == "need" else board.offers
    asking = shelf.take(row).columns
    beside = _beside(board, side, asking, posting, wishes, at=at)
    found, told = beside.almost, beside.told
    sharing = told(np.arange(len(found)))
    return {
        "sharing": sharing,
        "fitting": told(found.fitting()),
        **_obstacles(found, told),
        "moves": (
            _best(moves_of(found, _known(posting, at)), told)
            if sharing
            else _related(board, side, asking, posting, wishes, at=at)
        ),
    }


def _beside(
    board: Board,
    side: Side,
    asking: Any,
    posting: Need | Offer,
    wishes: tuple[str, ...],
    *,
    at: datetime,
) -> Beside:
    """Everyone live of the other side who shares the topic, but for one's own party."""
    shelf: Shelf[Any] = board.offers if side == "need" else board.needs
    rows = _sharing(shelf, asking, board)
    rows = rows[shelf.is_live(rows, at=at)]
    apart = [posting.party_id, *_blocked_by(posting)]
    rows = rows[~np.isin(shelf.beside("party", rows), apart)]
    others = shelf.take(rows)
    if side == "need":
        found = almost.toward_offers(asking, others.columns, board.book, wishes=wishes)
        return Beside(almost=found, told=told_to_need)
    found = almost.toward_needs(asking, others.columns, board.book, wishes=wishes)
    parties = others.beside.party[found.two.need]
    return Beside(almost=found, told=lambda pairs: told_to_offer(pairs, parties))


def _sharing(shelf: Shelf[Any], asking: Any, board: Board) -> Rows:
    settled = almost.sharing(asking, shelf.settled.columns, board.book)
    fresh = almost.sharing(asking, shelf.fresh.columns, board.book) + len(shelf.settled)
    return np.concatenate([settled[~shelf.gone[settled]], fresh])


def _blocked_by(posting: Need | Offer) -> Iterable[int]:
    """Parties that its own wants to meet no more; who wants it no more is nobody's to know."""
    return Block.objects.filter(party=posting.party_id).values_list("blocked_id", flat=True)


def _obstacles(found: Almost, told: Teller) -> dict[str, Any]:
    """What alone stands in the way, the most first; else what does together with others."""
    alone = [(name, None, told(found.failing_only(name))) for name in almost.OBSTACLES]
    together = [(name, None, told(found.failing(name))) for name in almost.OBSTACLES]
    return {
        "alone": [(name, count) for name, _value, count in _most_first(alone)],
        "together": [name for name, _value, _count in _most_first(together)][:2],
    }


def _most_first(counts: Iterable[Told]) -> list[Told]:
    """Those that may be told; where what is told is equal, in the order they came in."""
    return sorted((one for one in counts if one[2]), key=lambda one: -one[2])


def _best(moves: list[Move], told: Teller) -> list[Told]:
    """Of each condition the move that gains most, the first where that is equal.

    One each: several steps side by side could be subtracted from each other.
    """
    best: dict[str, Told] = {}
    for code, value, gained in moves:
        count = told(gained)
        if count > best.get(code, (code, value, 0))[2]:
            best[code] = (code, value, count)
    return _most_first(best.values())


def _related(
    board: Board,
    side: Side,
    asking: Any,
    posting: Need | Offer,
    wishes: tuple[str, ...],
    *,
    at: datetime,
) -> list[Told]:
    """Topics of the same groups that somebody of the other side does name, the most first."""
    own = set(posting.topics.values_list("slug", flat=True))
    groups = posting.topics.values("group")
    others = Topic.objects.filter(group__in=groups, retired=False, umbrella=False)
    others = others.exclude(slug__in=own)
    found: list[Told] = []
    for slug in others.order_by("slug").values_list("slug", flat=True):
        topics = np.array([[board.book.topics.number(slug)]], np.int32)
        beside = _beside(board, side, replace(asking, topics=topics), posting, wishes, at=at)
        if count := beside.told(np.arange(len(beside.almost))):
            found.append(("topic", slug, count))
    return _most_first(found)[:RELATED]


def _known(posting: Need | Offer, at: datetime) -> Known:
    languages = [code for code in Language.values if code not in posting.languages]
    if isinstance(posting, Offer):
        terms = [slug for slug in _slugs(Condition.Kind.TERM) if slug not in posting.terms]
        return Known(at.date(), languages, terms)
    return Known(at.date(), languages, posting.requires, _counties(posting))


def _slugs(kind: Condition.Kind) -> list[str]:
    conditions = Condition.objects.filter(kind=kind)
    if kind == Condition.Kind.TERM:
        conditions = conditions.filter(retired=False)
    return list(conditions.order_by("slug").values_list("slug", flat=True))


def _counties(need: Need) -> list[County]:
    """Of its state, where it is confidential: the others are spelled by another state."""
    if not need.confidential:
        return []
    places = [(name, county_centroid(name)) for name in counties_of_state(need.state)]
    return [County(name, *point) for name, point in places if point]
