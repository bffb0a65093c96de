"""The pipeline on two spreadsheets, without a database: rules, score and floor, no allocation."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np

from matching.allocate import best
from matching.columns.arrays import (
    NeedFacts,
    OfferFacts,
    need_columns,
    offer_columns,
)
from matching.columns.book import Book, TopicFacts
from matching.columns.pairs import Pairs
from matching.rules import fits
from matching.score import WEIGHTS, parts, score
from matching.why import Reason, reasons_of
from matching.words import texts
from opportunities.spreadsheets.rows import (
    NeedRow,
    OfferRow,
    parse_need,
    parse_offer,
    suggest_topics,
)
from opportunities.spreadsheets.tables import RowRejected, Table
from opportunities.topics import taxonomy

FactsT = TypeVar("FactsT", NeedFacts, OfferFacts)

AT_ONCE = 2_000_000  # pairs that may fit together: some 300 MB with their scores


# Reading


@dataclass
class Sheet(Generic[FactsT]):
    """What was read of a table."""

    facts: list[FactsT] = field(default_factory=list)
    rejected: int = 0
    suggested: int = 0  # rows whose topics come from their text
    without_topics: int = 0  # rows whose text is not sure to speak of any: they fit nobody
    notes: Counter[str] = field(default_factory=Counter)


def read_facts(
    table: Table,
    facts_of: Callable[[Mapping[str, str], date], tuple[FactsT, NeedRow | OfferRow]],
    *,
    today: date,
    reject: Callable[[int, RowRejected], None],
    progress: Callable[[int], None],
) -> Sheet[FactsT]:
    """Read a table row by row.

    facts_of  ``facts_of_need`` or ``facts_of_offer``
    reject    is told of each row that cannot be taken, by its number
    progress  is told how many rows are read
    """
    sheet: Sheet[FactsT] = Sheet()
    for row in table:
        try:
            if row.refusal:
                raise row.refusal
            facts, read = facts_of(row.cells, today)
        except RowRejected as refusal:
            sheet.rejected += 1
            reject(row.number, refusal)
        else:
            sheet.facts.append(facts)
            sheet.notes.update(read.warnings)
            sheet.suggested += bool(facts.topics and not read.topics)
            sheet.without_topics += not facts.topics
        progress(len(sheet.facts) + sheet.rejected)
    return sheet


def facts_of_need(cells: Mapping[str, str], today: date) -> tuple[NeedFacts, NeedRow]:
    """What the rules may know about a need's row, and the row. Raises ``RowRejected``.

    The format knows no confidential places.
    """
    row = parse_need(cells, today)
    facts = NeedFacts(
        **_shared(row),
        confidential=False,
        counties=(),
        end_date=row.end_date,
        minutes=row.minutes,
        sessions=row.sessions,
        check_level=row.check_level,
        exclusions=row.exclusions,
        requires=row.requires,
        seats=row.seats,
        helpers=row.helpers,
    )
    return facts, row


def facts_of_offer(cells: Mapping[str, str], today: date) -> tuple[OfferFacts, OfferRow]:
    """As for a need. The check counts as the file states it, in the dry run alone."""
    row = parse_offer(cells, today)
    facts = OfferFacts(
        **_shared(row),
        county=row.county,
        radius_km=row.radius_km,
        end_date=row.end_date,
        checks=((row.check_level, row.check_expires),),
        tags=row.tags,
        terms=row.terms,
        capacity=row.capacity,
        groups=row.groups,
    )
    return facts, row


def _shared(row: NeedRow | OfferRow) -> dict[str, Any]:
    """What a need and an offer say alike. Nobody in a file has waited."""
    return {
        "key": row.import_id,
        "verified": row.party_verified,
        "kind": row.kind,
        "topics": _topics(row),
        "mode": row.mode,
        "zip": row.zip,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "start_date": row.start_date,
        "time_zone": row.time_zone,
        "slots": row.slots,
        "dates": row.dates,
        "languages": row.languages,
        "audience": row.audience,
        "title": row.title,
        "description": row.description,
        "wait_days": 0.0,
    }


def _topics(row: NeedRow | OfferRow) -> tuple[str, ...]:
    """Those of the row; else the sure ones its text speaks of, as an import keeps them."""
    return row.topics or suggest_topics(row)[0]


# Matching


class Found(NamedTuple):
    """A pair that fits."""

    need: str
    offer: str
    score: float
    reasons: list[Reason]


class Block(NamedTuple):
    """Some needs: how many pairs of theirs fit, and those to be written, best first."""

    needs: int
    needs_with_a_fit: int
    fits: int
    pairs: Iterator[Found]


class DryRun:
    """Two sheets, as facts, columns and texts; matched block by block."""

    def __init__(self, needs: list[NeedFacts], offers: list[OfferFacts]) -> None:
        self.book = Book(
            TopicFacts(entry.slug, entry.group, entry.umbrella) for entry in taxonomy()
        )
        self.needs, self.offers = needs, offers
        self.offer_columns = offer_columns(offers, self.book)
        self.offer_texts = texts(offers)

    def matched(self, *, top: int | None) -> Iterator[Block]:
        """Every need's best pairs above the floor; all that fit where ``top`` is None.

        Needs come in their order, in blocks, so that memory stays bounded.
        """
        step = max(1, AT_ONCE // max(1, len(self.offers)))
        for start in range(0, len(self.needs), step):
            yield self._block(self.needs[start : start + step], top)

    def _block(self, needs: list[NeedFacts], top: int | None) -> Block:
        columns, words = need_columns(needs, self.book), texts(needs)
        pairs = fits(columns, self.offer_columns, self.book)
        rated = parts(
            pairs,
            columns,
            self.offer_columns,
            self.book,
            need_texts=words,
            offer_texts=self.offer_texts,
        )
        scores = score(rated)
        kept = best(
            pairs,
            scores,
            columns,
            self.offer_columns,
            limit=len(self.offers) if top is None else top,
            floor=0.0 if top is None else WEIGHTS.floor,
        )
        rows = zip(kept.tolist(), scores[kept].tolist(), rated.words[kept].tolist(), strict=True)
        chosen = (self._found(needs, pairs, *row) for row in rows)
        return Block(len(needs), len(np.unique(pairs.need)), len(pairs), chosen)

    def _found(
        self, needs: list[NeedFacts], pairs: Pairs, row: int, score: float, words: float
    ) -> Found:
        """One row of the pairs, with its reasons."""
        need, offer = needs[pairs.need[row]], self.offers[pairs.offer[row]]
        reasons = reasons_of(
            need,
            offer,
            self.book,
            sessions=int(pairs.sessions[row]),
            in_person=bool(pairs.in_person[row]),
            distance_km=float(pairs.distance_km[row]),
            words=words,
        )
        return Found(str(need.key), str(offer.key), score, reasons)
