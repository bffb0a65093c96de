"""Live postings as columns, read by values and in chunks: no model kept, bounded memory."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from accounts.checks import levels_held, levels_of_all
from accounts.models import Party
from matching.columns.arrays import (
    Columns,
    Floats,
    Ints,
    NeedColumns,
    NeedFacts,
    OfferColumns,
    OfferFacts,
    need_columns,
    offer_columns,
)
from matching.columns.book import Book
from matching.market.facts import need_facts, offer_facts
from matching.market.light import LightNeed, LightOffer
from matching.market.parties import Ids, coming_to
from matching.market.retrieve import hours_taken, readable, topics_of
from opportunities.models import Need, Offer
from opportunities.models.postings import PostingQuerySet

CHUNK = 5_000  # postings read at once: some 20 MB

ColumnsT = TypeVar("ColumnsT", NeedColumns, OfferColumns)
LightT = TypeVar("LightT", LightNeed, LightOffer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside(Columns):
    """What matters of live postings beside the rules, N rows. Moments are POSIX seconds."""

    keys: NDArray[Any]  # (N,)
    party: NDArray[np.int64]  # (N,)
    revision: Ints  # (N,)
    opened_at: Floats  # (N,)
    verified_until: Floats  # (N,) the moment from which its party no longer is


@dataclass(frozen=True, slots=True)
class Live(Generic[ColumnsT]):
    """Postings as columns; row i of both is the same posting."""

    columns: ColumnsT
    beside: Beside

    def __len__(self) -> int:
        return len(self.beside.keys)

    def take(self, rows: Any) -> "Live[ColumnsT]":
        """Some rows only; ``rows`` are indices, a slice or a mask."""
        return Live(self.columns.take(rows), self.beside.take(rows))

    def joined(self, *others: "Live[ColumnsT]") -> "Live[ColumnsT]":
        """These, and the others after them."""
        columns: list[ColumnsT] = [self.columns]
        columns += [live.columns for live in others]
        beside = [self.beside, *(live.beside for live in others)]
        return Live(type(self.columns).joined(columns), Beside.joined(beside))


def live_needs(
    book: Book, *, at: datetime, ids: Collection[int] | None = None
) -> Live[NeedColumns]:
    """The needs that are open, or those of them that have these ids.

    That a party's year or the last day of a need is over by the time somebody asks is
    for the reader of the columns to see. What cannot be read is left out.
    """
    found = Live(need_columns([], book), _beside([]))
    chunks = []
    for rows, same in _chunks(Need.objects.all(), LightNeed, ids, at=at):
        kept, facts = _facts_of_needs(rows, same, at=at)
        chunks.append(Live(need_columns(facts, book), _beside(kept)))
    return found.joined(*chunks)


def live_offers(
    book: Book, *, at: datetime, ids: Collection[int] | None = None
) -> Live[OfferColumns]:
    """The active offers, likewise; a class offer without hours left is left out, too."""
    found = Live(offer_columns([], book), _beside([]))
    chunks = []
    for rows, same in _chunks(Offer.objects.all(), LightOffer, ids, at=at):
        kept, facts = _facts_of_offers(rows, same, at=at)
        chunks.append(Live(offer_columns(facts, book), _beside(kept)))
    return found.joined(*chunks)


def _chunks(
    postings: PostingQuerySet[Any],
    light: type[LightT],
    ids: Collection[int] | None,
    *,
    at: datetime,
) -> Iterator[tuple[list[LightT], QuerySet[Any]]]:
    """The live ones in the order of their keys, some at a time, and a query for their ids.

    Thousands of ids in a statement take longer to write down than to find again.
    """
    live = postings.in_date_on(at).filter(
        status=postings.model.LIVE, party__status__in=Party.VERIFIED_STATUSES
    )
    if ids is not None:
        live = live.filter(pk__in=ids)
    names = [name for name in light._fields if name not in light._field_defaults]
    values = live.order_by("pk").values_list(*names)
    last = 0
    while rows := [light(*row) for row in values.filter(pk__gt=last)[:CHUNK]]:
        yield rows, live.filter(pk__gt=last, pk__lte=rows[-1].pk).values("pk")
        if len(rows) < CHUNK:
            return
        last = rows[-1].pk


def _facts_of_needs(
    rows: list[LightNeed], ids: Ids, *, at: datetime
) -> tuple[list[LightNeed], list[NeedFacts]]:
    topics = topics_of(Need, ids)

    def facts(row: LightNeed) -> NeedFacts:
        return need_facts(row, verified=True, topics=topics[row.pk], at=at, since=at.date())

    return readable(rows, facts)


def _facts_of_offers(
    rows: list[LightOffer], ids: Ids, *, at: datetime
) -> tuple[list[LightOffer], list[OfferFacts]]:
    topics, coming, taken = topics_of(Offer, ids), coming_to(ids), hours_taken(ids)
    held = levels_held({person for people in coming.values() for person in people})

    def facts(row: LightOffer) -> OfferFacts:
        people = [held[person] for person in coming.get(row.pk, ())]
        return offer_facts(
            row,
            verified=True,
            confidential=row.party__confidential,
            topics=topics[row.pk],
            checks=levels_of_all(people) if people else {},
            taken=taken.get(row.pk, ()),
            at=at,
            since=at.date(),
        )

    return readable(rows, facts)


def _beside(rows: list[LightNeed] | list[LightOffer]) -> Beside:
    return Beside(
        keys=np.array([row.pk for row in rows], np.int64),
        party=np.array([row.party_id for row in rows], np.int64),
        revision=np.array([row.revision for row in rows], np.int32),
        opened_at=_seconds([row.opened_at for row in rows], missing=np.inf),
        verified_until=_seconds([row.party__verified_until for row in rows], missing=-np.inf),
    )


def _seconds(moments: list[datetime | None], *, missing: float) -> Floats:
    found = [missing if moment is None else moment.timestamp() for moment in moments]
    return np.array(found, np.float64)
