"""Two years of a peer's requests and offers through our score and allocation.

    python -m benchmarks.replay FOLDER --json

FOLDER holds ``pupil.json`` and ``student.json`` as Lern-Fair published them. Whoever asks or
offers arrives at their moment, and on each arrival the matcher pairs whom it would. A subject
in a grade is a topic; a mandatory subject is a term that the need requires. So what fits is
what ``matching.rules`` says, and which of it is asked is what ``score``, ``worth`` and
``allocate`` say, with the weights of the product.

Three things are the replay's own: everybody says yes, nobody meets the same person twice,
and there is no floor, since the peer pairs whoever has a subject in common.
"""

import argparse
import json
import statistics
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from matching import allocate, score, worth
from matching.columns.arrays import (
    Bools,
    Floats,
    NeedColumns,
    NeedFacts,
    OfferColumns,
    OfferFacts,
    need_columns,
    offer_columns,
)
from matching.columns.book import Book
from matching.columns.pairs import Pairs
from matching.rules import fits

GOALS = {"matched": 1045, "need_wait_days": 2.68, "subjects_in_common": 1.627}
CLOCK_MOVES_ON = timedelta(days=31)  # after the last arrival
LATELY_DAYS = 365  # whose requests tell what is asked for
DAY = timedelta(days=1)
WHOLE_DAY = date(2024, 1, 1)  # everybody could come on this one


def main() -> int:
    arguments = _arguments()
    begun = perf_counter()
    figures = played(Replay.read(arguments.folder)) | {"seconds": round(perf_counter() - begun, 1)}
    print(json.dumps(figures) if arguments.json else _in_words(figures))
    reached = (
        figures["matched"] >= GOALS["matched"]
        and figures["need_wait_days"] <= GOALS["need_wait_days"]
        and figures["subjects_in_common"] >= GOALS["subjects_in_common"]
    )
    return 0 if reached else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.replay", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="Print one line of JSON.")
    return parser.parse_args()


def _in_words(figures: dict[str, Any]) -> str:
    return (
        f"{figures['matched']} of {figures['requests']} requests matched: a request waits"
        f" {figures['need_wait_days']} days, {figures['subjects_in_common']} subjects in common."
    )


# What the peer published


@dataclass(frozen=True, slots=True)
class Row:
    """A request or an offer: who, when, and its topics, of a request those that are a must."""

    person: int
    at: datetime
    topics: tuple[str, ...]
    musts: tuple[str, ...] = ()


def _request(row: dict[str, Any]) -> Row:
    """A subject asked for in a grade, "7. Klasse", is the topic "Latein 7"."""
    grade = int(row["grade"].split(".")[0])
    subjects = json.loads(row["subjects"])
    return Row(
        person=row["id"],
        at=datetime.fromisoformat(row["requestAt"]),
        topics=tuple(f"{subject['name']} {grade}" for subject in subjects),
        musts=tuple(f"{one['name']} {grade}" for one in subjects if one.get("mandatory")),
    )


def _offers(path: Path) -> list[Row]:
    return [_offer(row) for row in json.loads(path.read_text("utf-8"))]


def _offer(row: dict[str, Any]) -> Row:
    """A subject offered for a range of grades is a topic in each of them."""
    topics = [
        f"{subject['name']} {grade}"
        for subject in json.loads(row["subjects"])
        for grade in range(subject["minGrade"], subject["maxGrade"] + 1)
    ]
    return Row(row["id"], datetime.fromisoformat(row["requestAt"]), tuple(topics))


# As needs and offers of ours


def _need_facts(key: int, row: Row) -> NeedFacts:
    return NeedFacts(
        key=key, verified=True, kind="class", topics=row.topics, mode="remote",
        zip="", latitude=None, longitude=None, confidential=False, counties=(),
        start_date=WHOLE_DAY, end_date=WHOLE_DAY, time_zone="UTC", slots=(), dates=(),
        minutes=60, sessions=1, languages=("de",), check_level="none", audience="adults",
        exclusions=(), requires=row.musts, seats=1, helpers=1,
        title="", description="", wait_days=0.0,
    )  # fmt: skip


def _offer_facts(key: int, row: Row) -> OfferFacts:
    return OfferFacts(
        key=key, verified=True, kind="class", topics=row.topics, mode="remote",
        zip="", latitude=None, longitude=None, county="", radius_km=0.0,
        start_date=WHOLE_DAY, end_date=WHOLE_DAY, time_zone="UTC", slots=(), dates=(),
        languages=("de",), checks=(), audience="adults", tags=(), terms=row.topics,
        capacity=1, groups=1, title="", description="", wait_days=0.0,
    )  # fmt: skip


# The two years


class Replay:
    """Everybody as columns, who of them is waiting, and who was matched."""

    def __init__(self, requests: list[Row], offers: list[Row]) -> None:
        self.rows = requests, offers
        self.book = Book(())
        self.needs = need_columns(map(_need_facts, range(len(requests)), requests), self.book)
        self.offers = offer_columns(map(_offer_facts, range(len(offers)), offers), self.book)
        self.arrived_at = tuple(
            np.array([row.at for row in rows], "datetime64[us]") for rows in self.rows
        )
        self.waiting = tuple(np.zeros(len(rows), np.bool_) for rows in self.rows)
        self.matches: list[tuple[int, int, datetime]] = []
        self._met: set[tuple[int, int]] = set()

    @classmethod
    def read(cls, folder: Path) -> "Replay":
        requests = json.loads((folder / "pupil.json").read_text("utf-8"))
        offers = json.loads((folder / "student.json").read_text("utf-8"))
        return cls([_request(row) for row in requests], [_offer(row) for row in offers])

    def play(self) -> None:
        """Everybody arrives at their moment."""
        arrivals = sorted(
            (row.at, side, number)
            for side, rows in enumerate(self.rows)
            for number, row in enumerate(rows)
        )
        for at, side, number in arrivals:
            self.waiting[side][number] = True
            self._match(at)
        self._match(arrivals[-1][0] + CLOCK_MOVES_ON)

    def _match(self, at: datetime) -> None:
        """Match those who wait until nothing changes."""
        while all(waiting.any() for waiting in self.waiting):
            chosen = self._chosen(at)
            for need, offer in chosen:
                self.waiting[0][need] = self.waiting[1][offer] = False
                self._met.add((self.rows[0][need].person, self.rows[1][offer].person))
                self.matches.append((need, offer, at))
            if not chosen:
                break

    def _chosen(self, at: datetime) -> list[tuple[int, int]]:
        """Whom the product would ask: rules, score, worth, allocation."""
        need_rows, offer_rows = (np.flatnonzero(waiting) for waiting in self.waiting)
        needs = replace(self.needs.take(need_rows), wait_days=self._waited(0, need_rows, at))
        offers = replace(self.offers.take(offer_rows), wait_days=self._waited(1, offer_rows, at))
        pairs = fits(needs, offers, self.book)
        pairs = pairs.take(self._strangers(need_rows[pairs.need], offer_rows[pairs.offer]))
        scores = score.score(score.without_words(pairs, needs, offers, self.book))
        worths = worth.worth(offers, self._demand(offers, at))
        values = worth.asking(scores, worths[pairs.offer])
        asked = _asked(pairs, values, needs, offers)
        return [
            (int(need_rows[asked.need[n]]), int(offer_rows[asked.offer[n]]))
            for n in range(len(asked))
        ]

    def _waited(self, side: int, rows: Any, at: datetime) -> Floats:
        waited: Floats = (np.datetime64(at) - self.arrived_at[side][rows]) / np.timedelta64(1, "D")
        return waited

    def _strangers(self, needs: Any, offers: Any) -> Bools:
        people = (
            (self.rows[0][need].person, self.rows[1][offer].person)
            for need, offer in zip(needs.tolist(), offers.tolist(), strict=True)
        )
        return np.array([two not in self._met for two in people], np.bool_)

    def _demand(self, offers: OfferColumns, at: datetime) -> worth.Demand:
        """What was asked for up to now, and what is offered now."""
        since = self._waited(0, slice(None), at)
        lately = self.needs.take((since >= 0) & (since <= LATELY_DAYS))
        return worth.demand(lately, offers, len(self.book.topics))


def _asked(pairs: Pairs, values: Floats, needs: NeedColumns, offers: OfferColumns) -> Pairs:
    """One proposal for each at most, to which everybody says yes."""
    candidates = allocate.best(pairs, values, needs, offers, floor=-np.inf)
    pairs, values = pairs.take(candidates), values[candidates]
    nobody = np.full(max(len(needs), len(offers)), -1, np.int32)
    limits = allocate.Limits(
        need_room=np.ones(len(needs), np.int32),
        need_held=np.zeros(len(needs), np.int32),
        offer_room=np.ones(len(offers), np.int32),
        need_person=nobody[: len(needs)],
        offer_person=nobody[: len(offers)],
        person_room=nobody[:0],
    )
    chosen = allocate.allocate(pairs, values, needs, offers, limits)
    return pairs.take(chosen)


def played(replay: Replay) -> dict[str, Any]:
    """Play it, and say how long people waited and what they had in common."""
    replay.play()
    requests, offers = replay.rows
    matches = replay.matches
    return {
        "benchmark": "replay",
        "requests": len(requests),
        "offers": len(offers),
        "matched": len(matches),
        "need_wait_days": _mean((at - requests[need].at) / DAY for need, _, at in matches),
        "offer_wait_days": _mean((at - offers[offer].at) / DAY for _, offer, at in matches),
        "subjects_in_common": _mean(
            len({*requests[need].topics} & {*offers[offer].topics}) for need, offer, _ in matches
        ),
        "goals": GOALS,
    }


def _mean(values: Iterable[float]) -> float:
    return round(statistics.fmean(values), 3)


if __name__ == "__main__":
    sys.exit(main())
