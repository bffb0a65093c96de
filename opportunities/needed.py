"""What is needed, for everybody: topics, states and counts, and nothing that points at anyone.

Small numbers give people away, so three rules hold:
a count needs three parties behind it, or it is rolled up: a topic's small states into
the rest of the country, small topics into their group, small groups into one;
under five it reads "a few"; and it moves once a week, so that two days compared tell
nothing about one posting. Needs for minors are in no count at all.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.places import STATES
from opportunities.choices import Audience, TopicGroup
from opportunities.models import Need
from opportunities.topics import name_like

PARTIES_BEHIND = 3  # fewer, and a count says something about one of them
FEW = 5  # a smaller count is not told
COUNTRY = ""  # stands for every state whose own count is not told


class Row(NamedTuple):
    """One topic in one state: which needs, of which parties."""

    topic: str
    group: str
    state: str
    needs: list[int]
    parties: list[int]


@dataclass(frozen=True)
class Told:
    """A count that may be told: in one state, or in the rest of the country."""

    state: str
    count: int

    @property
    def where(self) -> str:
        return STATES.get(self.state, _("elsewhere in the country"))

    @property
    def how_many(self) -> str:
        return a_few_or(self.count)


@dataclass(frozen=True)
class Needed:
    """A topic, or what is left of a group of topics, with its counts."""

    name: str
    counts: list[Told]


def a_few_or(count: int) -> str:
    """The number, unless it is so small that it could point at somebody."""
    return _("a few") if count < FEW else str(count)


def needed_topics(*, at: datetime, state: str = "") -> list[Needed]:
    """What is asked for, topics by name, then what is left of their groups; one query.

    state  only this one's counts; empty for all
    """
    return may_be_told(_rows(at), state=state)


def may_be_told(rows: list[Row], *, state: str = "") -> list[Needed]:
    """What of these rows is told at all: each row in one count at most."""
    topics, small = _tell(rows, name=lambda row: row.topic)
    groups, smaller = _tell(small, name=lambda row: _left_of(row.group))
    others, _untold = _tell(smaller, name=lambda _row: _("Other topics"))
    named = sorted((_in_words(topic) for topic in topics), key=lambda topic: topic.name)
    found = [Needed(one.name, _of_state(one.counts, state)) for one in named + groups + others]
    return [one for one in found if one.counts]


def _in_words(topic: Needed) -> Needed:
    """In the reader's language only now: groups that differed by language could be compared."""
    return Needed(name_like(topic.name, get_language() or "en"), topic.counts)


def week_of(at: datetime) -> datetime:
    """Monday's midnight: what opened later is counted from the next one on."""
    monday = at.date() - timedelta(days=at.weekday())
    return datetime.combine(monday, time.min, tzinfo=at.tzinfo)


def _rows(at: datetime) -> list[Row]:
    """Each topic in each state.

    A need that was open on Monday counts until Sunday, also when it is filled or
    taken back in between; one of a party that is no longer verified never counts.
    """
    monday = week_of(at)
    sent_back = [Need.Status.DRAFT, Need.Status.IN_REVIEW]
    left_since = Q(updated_at__gte=monday) & ~Q(status__in=sent_back)
    rows: Iterable[Any] = (
        Need.objects.of_verified_parties(at)
        .filter(
            Q(status=Need.Status.OPEN) | left_since,
            audience=Audience.ADULTS,
            opened_at__lt=monday,
            topics__retired=False,
        )
        .exclude(state="")
        .values_list("topics__name", "topics__group", "state")
        .annotate(needs=ArrayAgg("pk", distinct=True), parties=ArrayAgg("party", distinct=True))
        .order_by("topics__name", "state")
    )
    return [Row(*row) for row in rows]


def _tell(rows: list[Row], *, name: Callable[[Row], str]) -> tuple[list[Needed], list[Row]]:
    """What may be told under these names, and the rows that may not yet."""
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_name[name(row)].append(row)
    told, untold = [], []
    for called, members in by_name.items():
        counts, small = _by_state(members)
        if _is_enough(small):
            counts.append(Told(COUNTRY, _needs(small)))
        else:
            untold += small
        told.append(Needed(called, counts))
    return told, untold


def _by_state(rows: list[Row]) -> tuple[list[Told], list[Row]]:
    """The states that may be told, the largest count first, and the rows of the others."""
    of_state: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        of_state[row.state].append(row)
    told = [Told(state, _needs(here)) for state, here in of_state.items() if _is_enough(here)]
    small = [row for here in of_state.values() if not _is_enough(here) for row in here]
    return sorted(told, key=lambda count: (-count.count, count.where)), small


def _is_enough(rows: list[Row]) -> bool:
    return len({party for row in rows for party in row.parties}) >= PARTIES_BEHIND


def _needs(rows: list[Row]) -> int:
    return len({need for row in rows for need in row.needs})


def _left_of(group: str) -> str:
    label = dict(TopicGroup.choices).get(group, group)
    return _("%(group)s: other topics") % {"group": label}


def _of_state(counts: list[Told], state: str) -> list[Told]:
    return [count for count in counts if state in {"", count.state}]
