"""Read what was counted for this week, in words for people."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.states import STATES, state_name, states_by_name
from opportunities.choices import TopicGroup
from opportunities.small_numbers import FEW, a_few_or
from opportunities.topics import group_of, name_like
from public.models import WeeklyCount
from public.telling import COUNTRY, GROUP, OTHERS, TOPIC, StateCount

KINDS = (TOPIC, GROUP, OTHERS)  # in the order in which they are shown
SHOWN = 8  # states of a topic that a page names; the others are counted
STEPS = (1, FEW, 10, 25)  # needs from which the map goes one step darker


@dataclass(frozen=True)
class Told:
    """A count that may be told: in one state, or in the rest of the country."""

    state: str
    count: int

    @property
    def how_many(self) -> str:
        return a_few_or(self.count)


@dataclass(frozen=True)
class Needed:
    """A topic, or what is left of a group of topics, with its counts, the largest first."""

    name: str
    group: str
    counts: list[Told]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Where, and how many: as many as a page names."""
        return [(self._where(told), told.how_many) for told in self.counts[:SHOWN]]

    def _where(self, told: Told) -> str:
        if told.state != COUNTRY:
            return state_name(told.state)
        is_all = len(self.counts) == 1
        return _("across the country") if is_all else _("elsewhere in the country")

    @property
    def more(self) -> int:
        """How many states are not named."""
        return max(0, len(self.counts) - SHOWN)


@dataclass(frozen=True)
class Standing:
    """One state or territory as the map and its table show it: in steps, never a number.

    A number would tell by how much the topics of its needs overlap, and so of needs that
    are rare by what they combine.
    """

    state: str
    count: StateCount

    @property
    def name(self) -> str:
        return state_name(self.state)

    @property
    def code(self) -> str:
        """As addresses have it."""
        return self.state.lower()

    @property
    def step(self) -> int:
        """0 to 4: of how many steps the map is filled here."""
        return _step_of(self.count.unmet)

    @property
    def unmet(self) -> str:
        return step_in_words(self.step)

    @property
    def open(self) -> str:
        return step_in_words(_step_of(self.count.open))

    @property
    def has_any(self) -> bool:
        return self.count.open > 0


@dataclass(frozen=True)
class Week:
    """What is told this week.

    counted_on  the day, mostly its Monday; None before the first count
    topics  by kind and key of their cells, the counts, the largest first
    """

    pk: int | None
    counted_on: date | None
    topics: dict[tuple[str, str], list[Told]]
    states: dict[str, StateCount]

    def standing(self, state: str) -> Standing:
        return Standing(state, self.states.get(state, StateCount(0, 0)))

    def standings(self) -> list[Standing]:
        """Every state and territory, by name."""
        return [self.standing(code) for code, _name in states_by_name()]

    def needed(self, *, state: str = "", group: str = "") -> list[Needed]:
        """Topics by their name in the reader's language, then what is left of their groups.

        state  only this one's counts; empty for all
        group  only its topics; empty for all
        """
        found = []
        for (kind, key), told in self.topics.items():
            of = _group(kind, key)
            here = [one for one in told if one.state == state] if state else told
            if here and group in {"", of}:
                found.append((KINDS.index(kind), Needed(_name(kind, key), of, here)))
        return [topic for _kind, topic in sorted(found, key=lambda one: (one[0], one[1].name))]


def step_in_words(step: int) -> str:
    """How many needs a step of the map stands for."""
    words = (_("none, or too few to show"), _("a few"), _("5 to 9"), _("10 to 24"))
    return words[step] if step < len(words) else _("25 or more")


def this_week() -> Week:
    """The newest that was counted; nothing at all before the first count. One query."""
    newest = WeeklyCount.objects.order_by("-week").values_list("pk", flat=True).first()
    return kept_week(newest)


def _step_of(count: int) -> int:
    return sum(count >= least for least in STEPS)


@lru_cache(maxsize=2)  # it never changes once it is there
def kept_week(pk: int | None) -> Week:
    """The week of this row; nothing at all for None."""
    if pk is None:
        return Week(None, None, {}, {})
    found = WeeklyCount.objects.get(pk=pk)
    topics: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for kind, key, state, count in found.told["cells"]:
        topics[kind, key].append(Told(state, count))
    for told in topics.values():
        told.sort(key=_largest_first)
    states = {state: StateCount(*counts) for state, counts in found.told["states"].items()}
    return Week(pk, found.counted_at.date(), dict(topics), states)


def _largest_first(told: Told) -> tuple[bool, int, str]:
    return told.state == COUNTRY, -told.count, STATES.get(told.state, "")


def _group(kind: str, key: str) -> str:
    return group_of(key) if kind == TOPIC else key


def _name(kind: str, key: str) -> str:
    """In the reader's language only now: groups that differed by language could be compared."""
    if kind == TOPIC:
        return name_like(key, get_language() or "en")
    if kind == OTHERS:
        return _("Other topics")
    return _("%(group)s: other topics") % {"group": dict(TopicGroup.choices).get(key, key)}
