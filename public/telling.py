"""Which counts may be told at all; nothing here knows the database.

Small numbers give people away, so four rules hold. A count needs three parties behind it,
or it is rolled up: a topic's small states into the rest of the country, small topics into
their group, small groups into one. A confidential need that is the only party's of its kind
in a state is told for the country alone. No posting of one topic is in two counts. A state's
own numbers are made of what its topics tell, and of nothing else.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from opportunities.small_numbers import PARTIES_BEHIND

COUNTRY = ""  # stands for every state whose own count is not told
TOPIC, GROUP, OTHERS = "topic", "group", "others"


class Row(NamedTuple):
    """One topic in one state: which needs, of which parties, and whether their place is hidden."""

    topic: str
    group: str
    state: str
    needs: list[int]
    parties: list[int]
    hidden: bool = False


class Cell(NamedTuple):
    """Needs that are told together.

    kind   TOPIC, GROUP (what is left of one) or OTHERS
    key    a topic's English name, a group's slug, or nothing
    state  or COUNTRY
    """

    kind: str
    key: str
    state: str
    needs: frozenset[int]


class StateCount(NamedTuple):
    """Of one state: needs that its cells tell, and those among them that nobody meets yet."""

    open: int
    unmet: int


def cells_of(rows: Collection[Row]) -> list[Cell]:
    """What of these rows is told at all: each row in one cell at most."""
    topics, small = _tell(rows, TOPIC, lambda row: row.topic)
    groups, smaller = _tell(small, GROUP, lambda row: row.group)
    others, _untold = _tell(smaller, OTHERS, lambda _row: "")
    return topics + groups + others


def states_of(
    cells: Iterable[Cell], *, met: Collection[int], party_of: Mapping[int, int]
) -> dict[str, StateCount]:
    """By state, what its cells hold; unmet needs of fewer than three parties count as none.

    met       needs that have an introduction
    party_of  by need
    """
    told: dict[str, set[int]] = defaultdict(set)
    for cell in cells:
        if cell.state != COUNTRY:
            told[cell.state] |= cell.needs
    counts = {}
    for state, needs in told.items():
        unmet = needs.difference(met)
        parties = {party_of[need] for need in unmet}
        counts[state] = StateCount(len(needs), len(unmet) if len(parties) >= PARTIES_BEHIND else 0)
    return counts


def _tell(
    rows: Iterable[Row], kind: str, key: Callable[[Row], str]
) -> tuple[list[Cell], list[Row]]:
    """The cells of these rows under their keys, and the rows that may not be told so yet."""
    cells, untold = [], []
    for named, members in _by(key, rows).items():
        small = []
        for state, here in _by(lambda row: row.state, members).items():
            alone, others = _lone_hidden(here)
            small += alone
            if _is_enough(others):
                cells.append(Cell(kind, named, state, _needs(others)))
            else:
                small += others
        if _is_enough(small):
            cells.append(Cell(kind, named, COUNTRY, _needs(small)))
        else:
            untold += small
    return cells, untold


def _by(key: Callable[[Row], str], rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _lone_hidden(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of a hidden place that would be the only hidden one, and all others."""
    hidden = [row for row in rows if row.hidden]
    if len(_parties(hidden)) != 1:
        return [], rows
    return hidden, [row for row in rows if not row.hidden]


def _is_enough(rows: list[Row]) -> bool:
    return len(_parties(rows)) >= PARTIES_BEHIND


def _parties(rows: list[Row]) -> set[int]:
    return {party for row in rows for party in row.parties}


def _needs(rows: list[Row]) -> frozenset[int]:
    return frozenset(need for row in rows for need in row.needs)
