"""The phrases of some topics, and how much each word of a text speaks for each of them.

A text is read once. What is found whole, up to four telling words in a row, speaks loudest;
a single word speaks the more the fewer topics use it. Nothing here knows the database.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import NamedTuple

from opportunities.wording import Speller, Word, meant_words, stems

LONGEST_PHRASE = 4  # telling words that are looked for in a row
REPEATED = 3  # times that one word of a text is counted
TITLE_END = "\n"


def _all_stems(*phrases: str) -> frozenset[str]:
    return frozenset(stem for phrase in phrases for stem in stems(phrase))


# Words that no phrase needs, in either language.
EMPTY_WORDS = _all_stems(
    "a an the and or of for to in on at with our we us you your my me i is are be as by from it",
    "this that these those them they she he her his who can will would want need needed needs into",
    "looking seeking seek offer offers any all some more how what do does get gets",
    "someone somebody please like about up out also every through their so have has had was were",
    "been there here when where which while not no im ive its thats theres dont am if but than",
    "then them very just only too much many lot lots other others such per each both",
    "could should may might must able willing happy glad love would new good great well",
    "de la el los las un una unos unas para por con en y e o u que se su sus mi mis tu tus al del",
    "lo le les nos me te si no ya muy mas como cuando donde quien es son era ser estar esta este",
    "estos charge",
    "nuestro nuestra quiero queremos quisiera necesitamos necesito busco buscamos",
    "ofrezco ofrecemos ofrece hay tengo tiene tenemos puedo puede podemos gratis favor alguien",
    "algo todo todos toda todas pa sobre entre hasta desde sin ni pero aunque",
)
# Words that a phrase needs, but that say next to nothing alone.
FAINT_WORDS = _all_stems(
    "volunteer voluntario voluntaria people women woman person residents clients ladies girls",
    "young adults adult staff team community group program help class course training center day",
    "time home house work support service worker job school basic skill small open local first",
    "second big care life organization organizing planner social healthy public family personal",
    "running plan learn learning teacher instructor assistant assistants helper trainee tech",
    "technician specialist associate attendant operator clerk aide coordinator representative",
    "mujeres mujer personas persona gente ayuda ayudar clase clases trabajo trabajar vida curso",
    "taller aprender aprendiz aprendizaje ensenanza programa grupo casa hogar servicio comunidad",
    "joven jovenes senora senoras ayudante auxiliar asistente encargada tecnico operador",
    "apprentice apprenticeship certification certificate license exam test prep certificado",
    "certificacion licencia step week night year month hour evening morning free place thing",
    "dia semana noche ano mes hora tarde manana lugar cosa mundo",
    "own shop store company business office line hand little part full make making use using give",
    "take know come go going see show talk start starting run move back next old long short kind",
    "message reset down website site page mail letter semana mensaje funded founded company",
    "customer reach season saturday sunday month schedule horario domingo sabado lunes viernes",
    "ceremony santa ward player professional",
    "safe set table water box card front manager room sort right change check hold build practice",
)
# Words that a phrase can do without at its end: "tax help", "budget class".
ENDINGS = _all_stems(
    "help class classes course training lesson lessons program workshop skills basics education",
    "ayuda clase clases curso taller job trainee apprentice volunteer",
)


class Sayings(NamedTuple):
    """How people speak of one topic: phrases that mean it, and words that are often near.

    And what they tell who name nothing; that is read by likeness alone.
    """

    phrases: tuple[str, ...]
    cues: tuple[str, ...]
    umbrella: bool
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """What each finding adds to the evidence; 1 is about what one rare word alone would say."""

    phrase: float = 0.45  # a phrase found whole, whatever its words tell
    word_of_phrase: float = 0.55  # and each of its words, times what it tells
    cue: float = 0.4  # a word that is often near
    word: float = 0.28  # a word of a longer phrase, the rest of which is missing
    gap: float = 0.85  # for each telling word between those of a phrase
    within: float = 0.15  # a phrase inside another topic's longer one: "therapy" in "art therapy"
    faint: float = 0.12  # what a faint word tells, 0..1
    shared: float = 0.5  # exponent: a phrase that n topics share says n**-shared of it to each
    leads: float = 0.02  # what each word before it takes away in a title: the first ones lead
    text: float = 0.85  # the first words of the description
    fades: float = 0.006  # what each further word of it takes away
    late: float = 0.25  # but never less than this
    crowd: float = 30.0  # telling words from which single words begin to count less


WEIGHTS = Weights()


class Heard(NamedTuple):
    """A telling word of a text, with what its place makes it count (0..1)."""

    stem: str
    spot: int
    counts: float


class Found(NamedTuple):
    """A phrase found in a text, and what it says for a topic."""

    topic: int
    spots: frozenset[int]
    says: float


class Lexicon:
    """The phrases of the topics of one kind, and where to find them by their words."""

    def __init__(self, sayings: Iterable[Sayings], weights: Weights = WEIGHTS) -> None:
        self._weights = weights
        self._sayings = tuple(sayings)
        self._phrases: dict[tuple[str, ...], set[int]] = defaultdict(set)
        self._words: dict[str, Counter[int]] = defaultdict(Counter)
        self._cues: dict[str, set[int]] = defaultdict(set)
        for topic, said in enumerate(self._sayings):
            self._take_in(topic, said)
        everyone = math.log(len(self._sayings) + 1)
        self._tells = {
            stem: self._weights.faint
            if stem in FAINT_WORDS
            else max(self._weights.faint, 1 - math.log(len(counts)) / everyone)
            for stem, counts in self._words.items()
        }
        self._speller = Speller({*self._tells, *FAINT_WORDS})

    def _take_in(self, topic: int, said: Sayings) -> None:
        """A longer phrase of which one telling word is left only hints at the topic."""
        cues = set(map(_telling, said.cues))
        for written in said.phrases:
            phrase = _telling(written)
            for key in {phrase, _without_ending(phrase)} - {()}:
                if len(key) > 1 or len(stems(written)) == 1:
                    self._phrases[tuple(sorted(key))].add(topic)
                else:
                    cues.add(key)
        for phrase in set(map(_telling, said.phrases)):
            for stem in set(phrase):
                self._words[stem][topic] += 1
        for stem in {stem for cue in cues for stem in cue}:
            self._cues[stem].add(topic)
            self._words[stem][topic] += 1

    def evidence(self, text: str, language: str = "") -> dict[int, float]:
        """What a text says for each topic that it says anything for; 0 and up."""
        heard = self._hear(text, language)
        found = list(self._found(heard))
        said: dict[int, float] = {}
        taken: dict[int, set[int]] = defaultdict(set)
        longest = self._longest(found)
        for each in sorted(found, key=lambda one: (-one.says, sorted(one.spots), one.topic)):
            free = each.spots - taken[each.topic]
            if not free:
                continue
            says = each.says * len(free) / len(each.spots)
            if any(each.spots < other for other in longest[min(each.spots)]):
                says *= self._weights.within
            taken[each.topic] |= each.spots
            said[each.topic] = said.get(each.topic, 0.0) + says
        self._add_words(said, heard, taken)
        return said

    def _hear(self, text: str, language: str) -> list[Heard]:
        """The telling words, typos mended; "child care" also stands there as "childcare"."""
        title_words = len(stems(text.partition(TITLE_END)[0]))
        words = [
            Word(self._speller.mend(word.stem), word.spot)
            for word in meant_words(text, language)
            if word.stem not in EMPTY_WORDS
        ]
        joined = [
            Word(one.stem + two.stem, one.spot)
            for one, two in pairwise(words)
            if two.spot == one.spot + 1 and one.stem + two.stem in self._tells
        ]
        times: Counter[str] = Counter()
        heard = []
        for word in sorted(words + joined, key=lambda word: word.spot):
            times[word.stem] += 1
            if times[word.stem] <= REPEATED:
                heard.append(Heard(word.stem, word.spot, self._counts(word.spot, title_words)))
        return heard

    def _counts(self, spot: int, title_words: int) -> float:
        """How much a place makes a word count: titles come first, asides last."""
        if spot < title_words:
            return max(self._weights.late, 1 - self._weights.leads * spot)
        after = self._weights.fades * (spot - title_words)
        return max(self._weights.late, self._weights.text - after)

    def _found(self, heard: list[Heard]) -> Iterator[Found]:
        """Every phrase that stands there, once for each topic that says it."""
        for key, spots, counts, gap in self._windows(heard):
            if not (topics := self._phrases.get(key)):
                continue
            says = self._worth(key) * counts * self._weights.gap**gap
            says /= len(topics) ** self._weights.shared
            for topic in topics:
                yield Found(topic, spots, says)

    def _worth(self, key: tuple[str, ...]) -> float:
        """What a phrase says to its topic: more, the more its words tell."""
        tells = self._weights.word_of_phrase * sum(self._tells[stem] for stem in key)
        faint = len(key) == 1 and key[0] in FAINT_WORDS
        return tells if faint else self._weights.phrase + tells

    def _windows(
        self, heard: list[Heard]
    ) -> Iterator[tuple[tuple[str, ...], frozenset[int], float, int]]:
        """Up to four telling words close together, at most one left out in between."""
        for start, first in enumerate(heard):
            following = heard[start + 1 : start + LONGEST_PHRASE + 1]
            for size in range(LONGEST_PHRASE):
                for others in combinations(range(min(size + 1, len(following))), size):
                    words = [first, *(following[place] for place in others)]
                    gap = (others[-1] + 1 - size) if others else 0
                    key = tuple(sorted(word.stem for word in words))
                    spots = frozenset(word.spot for word in words)
                    yield key, spots, min(word.counts for word in words), gap

    def _longest(self, found: list[Found]) -> dict[int, set[frozenset[int]]]:
        """By each of their spots, the phrases of several words that say something."""
        longest: dict[int, set[frozenset[int]]] = defaultdict(set)
        for each in found:
            if len(each.spots) > 1 and each.says > self._weights.phrase:
                for spot in each.spots:
                    longest[spot].add(each.spots)
        return longest

    def _add_words(
        self, said: dict[int, float], heard: list[Heard], taken: dict[int, set[int]]
    ) -> None:
        """What single words say for a topic, where no phrase of it has said it already."""
        crowd = min(1.0, self._weights.crowd / max(1, len(heard)))
        times: Counter[str] = Counter()
        for word in heard:
            if word.stem not in self._words:
                continue
            times[word.stem] += 1
            counts = self._words[word.stem]
            most = max(counts.values())
            tells = self._tells[word.stem] * word.counts * crowd / times[word.stem]
            for topic, often in counts.items():
                if word.spot in taken.get(topic, ()):
                    continue
                near = self._weights.cue if topic in self._cues.get(word.stem, ()) else 0.0
                part = self._weights.word * math.sqrt(often / most)
                said[topic] = said.get(topic, 0.0) + tells * max(near, part)


def _telling(phrase: str) -> tuple[str, ...]:
    """The stems of a phrase but for the empty ones."""
    return tuple(stem for stem in stems(phrase) if stem not in EMPTY_WORDS)


def _without_ending(phrase: tuple[str, ...]) -> tuple[str, ...]:
    """The phrase less an ending that it can do without, if something telling is left."""
    if len(phrase) > 1 and phrase[-1] in ENDINGS and set(phrase[:-1]) - FAINT_WORDS:
        return phrase[:-1]
    return phrase
