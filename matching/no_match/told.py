"""What may be told of a posting without a match: obstacles, and moves with their gain."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np

from accounts.choices import Language
from accounts.places import counties_of_state, county_centroid
from matching.columns.ragged import Rows
from matching.market.board import Board
from matching.market.shelf import Shelf
from matching.models import Block
from matching.no_match import almost
from matching.no_match.almost import Almost, Side, told_to_need, told_to_offer
from matching.no_match.widening import County, Known, Move, Value, moves_of
from opportunities.models import Condition, Need, Offer, Topic

RELATED = 5  # topics that are offered instead; more would be a list to read
Told = tuple[str, Value, int]  # an obstacle or a move, its value, and how many
Teller = Callable[[Rows], int]  # pairs -> how many, as the posting's party may know it


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A live posting that has no match.

    columns  one row of its side's columns
    wishes   words that tell who is to teach, silent wherever they stand
    """

    board: Board
    side: Side
    posting: Need | Offer
    columns: Any
    wishes: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Whom a posting was held against, and how counts of them are told to its party."""

    almost: Almost
    told: Teller


def counts_of(asking: Asking) -> dict[str, Any]:
    """As ``Outlook.counts`` keeps them."""
    beside = _beside(asking)
    found, told = beside.almost, beside.told
    sharing = told(np.arange(len(found)))
    moves = _best(moves_of(found, _known(asking)), told) if sharing else _related(asking)
    return {
        "sharing": sharing,
        "fitting": told(found.fitting()),
        **_obstacles(found, told),
        "moves": moves,
    }


def _beside(asking: Asking) -> Beside:
    """Everyone live of the other side who shares the topic, but for one's own party."""
    board, own = asking.board, asking.columns
    shelf: Shelf[Any] = board.offers if asking.side == "need" else board.needs
    rows = _sharing(shelf, asking)
    rows = rows[shelf.is_live(rows, at=asking.at)]
    apart = [asking.posting.party_id, *_blocked_by(asking.posting)]
    rows = rows[~np.isin(shelf.beside("party", rows), apart)]
    others = shelf.take(rows)
    if asking.side == "need":
        found = almost.toward_offers(own, others.columns, board.book, wishes=asking.wishes)
        return Beside(almost=found, told=told_to_need)
    found = almost.toward_needs(own, others.columns, board.book, wishes=asking.wishes)
    parties = others.beside.party[found.two.need]
    return Beside(almost=found, told=lambda pairs: told_to_offer(pairs, parties))


def _sharing(shelf: Shelf[Any], asking: Asking) -> Rows:
    own, book = asking.columns, asking.board.book
    settled = almost.sharing(own, shelf.settled.columns, book)
    fresh = almost.sharing(own, shelf.fresh.columns, book) + len(shelf.settled)
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


def _related(asking: Asking) -> list[Told]:
    """Topics of the same groups that somebody of the other side does name, the most first."""
    own = asking.posting.topics
    others = Topic.objects.filter(group__in=own.values("group"), retired=False, umbrella=False)
    others = others.exclude(slug__in=set(own.values_list("slug", flat=True)))
    found: list[Told] = []
    for slug in others.order_by("slug").values_list("slug", flat=True):
        topics = np.array([[asking.board.book.topics.number(slug)]], np.int32)
        beside = _beside(replace(asking, columns=replace(asking.columns, topics=topics)))
        if count := beside.told(np.arange(len(beside.almost))):
            found.append(("topic", slug, count))
    return _most_first(found)[:RELATED]


def _known(asking: Asking) -> Known:
    posting, today = asking.posting, asking.at.date()
    languages = [code for code in Language.values if code not in posting.languages]
    if isinstance(posting, Offer):
        terms = [slug for slug in slugs(Condition.Kind.TERM) if slug not in posting.terms]
        return Known(today, languages, terms)
    return Known(today, languages, posting.requires, _counties(posting))


def slugs(kind: Condition.Kind) -> list[str]:
    """Of all conditions of a kind; of terms those that can still be chosen."""
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
