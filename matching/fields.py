"""Which topics and themes each word belongs to, from the sayings and themes that ship.

A word alone is a weak sign, but a text has many: together they say what it is about, in
English and Spanish alike, also where two texts share no word.
"""

import json
import math
from collections import Counter, defaultdict
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.columns.arrays import Floats
from opportunities.lexicon import EMPTY_WORDS
from opportunities.topics import fields
from opportunities.wording import stems

THEMES = Path(__file__).with_name("data") / "themes.json"
MOST_FIELDS = 6  # of a word that are kept, those whose phrases use it most
TOO_MANY_FIELDS = 60  # a word of so many says nothing
# English and Spanish words that any posting may have, whatever it is about
_SILENT = """
a about after all also am an and any are as at be been but by can could did do does each every for
from get had has have he her here him his how i if in into is it its just like may me more most
much my need needed needs new no not of off offer offered offers on once one only or other our out
over people please several she should so some someone such than thank thanks that the their them
then there these they this those through to too under until up us very want was we well were what
when where which while who will with would you your help helping class classes hour hours day days
week weeks evening evenings morning mornings afternoon afternoons night nights weekend weekends
monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays
fridays saturdays sundays lunes martes miercoles jueves viernes sabado sabados domingo domingos
volunteer volunteers voluntario voluntaria voluntarios al algo como con cuando de del desde donde el
ella en es esta este hay la las le les lo los mas me mi muy necesitamos no nos o para pero por que
se sin son su sus tambien un una uno y ya ayuda clase clases
"""
SILENT = frozenset(_SILENT.split())


class Fields(NamedTuple):
    """Which fields each known word belongs to, and how surely.

    Fields are topics or themes. Word w belongs to ``fields[starts[w]:starts[w + 1]]``.
    """

    names: tuple[str, ...]
    words: dict[str, int]  # by stem
    starts: NDArray[np.int64]
    fields: NDArray[np.int64]
    weights: Floats

    def __len__(self) -> int:
        return len(self.names)


@lru_cache(maxsize=100_000)
def stem_of(word: str) -> str:
    return "".join(stems(word))


@cache
def of_topics() -> Fields:
    """The topics; twins of different kinds have names and words of their own."""
    return _fields({slug: [*said, *cues, *cues] for slug, (said, cues) in fields().items()})


@cache
def of_themes() -> Fields:
    themes: dict[str, list[str]] = json.loads(THEMES.read_text(encoding="utf-8"))
    return _fields(themes)


def _fields(phrases: dict[str, list[str]]) -> Fields:
    """Which fields each word belongs to, from the phrases of each.

    A word that few fields use weighs much; one that all use, nearly nothing. A field weighs
    by the square root of how often its phrases use the word, a long phrase counting once.
    """
    often: dict[str, Counter[int]] = defaultdict(Counter)
    for number, said in enumerate(phrases.values()):
        for phrase in said:
            meant = [stem for stem in stems(phrase) if stem not in _silent_stems()]
            for stem in meant:
                often[stem][number] += 1 / len(meant)  # type: ignore[assignment]  # shares count
    everyone = math.log(len(phrases) + 1)
    often = {
        stem: Counter(dict(counts.most_common(MOST_FIELDS)))
        for stem, counts in often.items()
        if len(counts) <= TOO_MANY_FIELDS
    }
    words = {stem: place for place, stem in enumerate(often)}
    starts = np.cumsum([0, *(len(counts) for counts in often.values())])
    weights = []
    for counts in often.values():
        total = sum(math.sqrt(count) for count in counts.values())
        rare = max(0.15, 1 - math.log(len(counts)) / everyone)
        weights += [rare * math.sqrt(count) / total for count in counts.values()]
    numbers = np.array([field for counts in often.values() for field in counts], np.int64)
    return Fields(tuple(phrases), words, starts, numbers, np.array(weights))


@cache
def _silent_stems() -> frozenset[str]:
    return frozenset(stem for word in SILENT for stem in stems(word)) | EMPTY_WORDS
