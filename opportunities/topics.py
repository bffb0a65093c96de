"""From words to topics: what somebody typed becomes ranked entries of the taxonomy.

First the phrases: names and synonyms found in the text, whole or in part. Where they say
little, the likeness of letters (n-grams) decides, with a confidence that says so.
"""

import json
import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from opportunities.wording import Speller, Word, meant_words, stems

TOPICS = Path(__file__).with_name("data") / "topics.json"
LONGEST = 5000  # letters read: a title and a description hold no more
REPEATED = 20  # places kept of a word that is said again and again
GROUPS = {
    "class": ("life-skills", "care", "career-readiness", "certification"),
    "apprenticeship": ("apprenticeship",),
    "job": ("job",),
}


def _all_stems(*phrases: str) -> frozenset[str]:
    return frozenset(stem for phrase in phrases for stem in stems(phrase))


# Words that no phrase needs, in either language.
EMPTY_WORDS = _all_stems(
    "a an the and or of for to in on at with our we us you your my me i is are be as by from it",
    "this that these those them they she he her his who can will would want need needed into",
    "learn teach teaching teacher looking seeking offer free new any all some more how what do",
    "does get someone somebody please love like about up out also every through their so have",
    "de la el los las un una para por con en y o que se nuestro nuestra quiero queremos enseñar",
    "necesitamos busco buscamos aprender",
)
# Words that a phrase needs, but that say next to nothing alone.
FAINT_WORDS = _all_stems(
    "volunteer people women woman person residents clients ladies girls young adults staff team",
    "community group program help class course training center day time home house work support",
    "service worker job school health basic skill small open local first second big care life",
    "organization organizing planner social writing healthy public family personal running plan",
    "mujeres personas ayuda clase trabajo vida",
)
# Words that a phrase can do without at its end: "tax help", "budget class".
ENDINGS = _all_stems(
    "help class classes course training lesson lessons program workshop skills basics education",
    "ayuda clase clases curso taller",
)


class Entry(NamedTuple):
    """One topic of the shipped taxonomy."""

    slug: str
    name: str
    group: str
    synonyms: tuple[str, ...]
    umbrella: bool
    soc: str
    names: dict[str, str]  # by language, where it is not English

    @property
    def phrases(self) -> set[tuple[str, ...]]:
        """Its names and synonyms as stems; a name with a slash or brackets is several."""
        names = [self.name, *self.names.values()]
        parts = [part for name in names for part in re.split(r"[/()]", name)]
        return {stems(phrase) for phrase in (*names, *parts, *self.synonyms)} - {()}


@dataclass(frozen=True, slots=True)
class Weights:
    """What decides how sure we are; every number is a share of certainty, 0..1, or a count."""

    whole: float = 0.6  # a phrase found whole, before its words' rarity is counted
    rarity: float = 0.35  # what rare words add to it
    faint: float = 0.1  # the rarity of a word that says next to nothing alone
    common: float = 0.3  # a rarity under which a phrase can do without the word
    part: float = 0.3  # a phrase found in part, at most
    parts: float = 0.5  # all the parts of a topic's phrases together, at most
    scattered: float = 0.5  # the words are all there, but far apart
    nearby: float = 0.92  # with up to two words in between
    within: float = 0.6  # a phrase inside a longer one: "therapy" in "music therapy"
    umbrella: float = 0.75  # an umbrella beside something more exact
    letters: float = 0.45  # likeness of letters alone, at most
    floor: float = 0.29  # less is not worth a person's glance
    fades: float = 0.004  # what each word before it takes: titles come first, asides last
    late: float = 0.5  # what a word far down the text counts


WEIGHTS = Weights()


@cache
def taxonomy() -> tuple[Entry, ...]:
    """Every topic of ``data/topics.json``, in the order of the file.

    Their names in another language stand in a file of its own, such as ``topics.es.json``.
    """
    return tuple(
        Entry(
            slug=row["slug"],
            name=row["name"],
            group=row["group"],
            synonyms=tuple(row["synonyms"]),
            umbrella=bool(row.get("umbrella")),
            soc=row["soc"] or "",
            names=_names(row["slug"]),
        )
        for row in json.loads(TOPICS.read_text(encoding="utf-8"))
    )


def name_of(slug: str, language: str) -> str:
    """A topic's name in a language such as "es" or "es-mx", in English if it has none in it.

    Empty for a topic that left the taxonomy.
    """
    entry = _by_slug().get(slug)
    return entry.names.get(language.partition("-")[0], entry.name) if entry else ""


def name_like(name: str, language: str) -> str:
    """What the topics of this English name are called in a language; a foreign word stays."""
    slug = _first_slugs().get(name, "")
    return name_of(slug, language) or name


def _names(slug: str) -> dict[str, str]:
    return {code: names[slug] for code, names in _other_names().items() if slug in names}


@cache
def _other_names() -> dict[str, dict[str, str]]:
    """By language, the names by slug."""
    return {
        path.suffixes[0][1:]: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(TOPICS.parent.glob("topics.*.json"))
    }


@cache
def _first_slugs() -> dict[str, str]:
    """By English name; twins share one."""
    return {entry.name: entry.slug for entry in reversed(taxonomy())}


@cache
def _by_slug() -> dict[str, Entry]:
    return {entry.slug: entry for entry in taxonomy()}


def suggest(text: str, kind: str = "class", limit: int = 6) -> list[tuple[str, float]]:
    """The topics a text speaks of, best first: (slug, confidence 0..1), none where nothing fits.

    text   a title, or a title and a description, in English or Spanish
    kind   of the posting: it decides between twins ("welding" the class, the job)
    """
    lexicon = _lexicon(kind)
    words = lexicon.read(text[:LONGEST])
    sure = lexicon.by_phrases(words)
    if max(sure.values(), default=0) < WEIGHTS.parts:
        for number, likeness in lexicon.by_letters(words).items():
            sure[number] = max(sure.get(number, 0), likeness)
    ranked = sorted(sure.items(), key=lambda found: (-found[1], found[0]))
    return [
        (lexicon.entries[number].slug, round(confidence, 3))
        for number, confidence in ranked[:limit]
        if confidence >= WEIGHTS.floor
    ]


@cache
def _lexicon(kind: str) -> "Lexicon":
    groups = GROUPS[kind]
    return Lexicon(tuple(entry for entry in taxonomy() if entry.group in groups))


class Phrase(NamedTuple):
    """One way to say a topic. ``telling`` are the places of the words that say something."""

    topic: int
    stems: tuple[str, ...]
    telling: tuple[int, ...]


class Found(NamedTuple):
    """A phrase found whole. ``spots`` are where its telling words stand in the text."""

    topic: int
    spots: frozenset[int]
    confidence: float


class Lexicon:
    """The phrases of the topics of one kind, and where to find them by their words."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        self._rarity = self._rarities()
        self._speller = Speller(self._rarity)
        self._phrases = [
            Phrase(number, phrase, self._telling(phrase))
            for number, entry in enumerate(entries)
            for phrase in sorted(entry.phrases)
        ]
        self._with = defaultdict(list)
        for place, phrase in enumerate(self._phrases):
            for spot in phrase.telling:
                self._with[phrase.stems[spot]].append(place)

    def read(self, text: str) -> list[Word]:
        """The meant words, typos mended; "child care" also stands there as "childcare"."""
        words = [
            Word(self._speller.mend(word.stem), word.spot) if word.stem not in EMPTY_WORDS else word
            for word in meant_words(text)
        ]
        joined = [
            Word(one.stem + two.stem, one.spot)
            for one, two in pairwise(words)
            if one.stem + two.stem in self._rarity
        ]
        return words + joined

    def by_phrases(self, words: list[Word]) -> dict[int, float]:
        """How sure each topic is, by the number of its entry: phrases found whole or in part."""
        spots: dict[str, list[int]] = defaultdict(list)
        for word in words:
            if len(spots[word.stem]) < REPEATED:
                spots[word.stem].append(word.spot)
        places = {place for stem in spots for place in self._with.get(stem, ())}
        whole: list[Found] = []
        missed: dict[int, float] = defaultdict(lambda: 1.0)
        for place in places:
            phrase = self._phrases[place]
            found = [spot for spot in phrase.telling if phrase.stems[spot] in spots]
            if len(found) == len(phrase.telling):
                whole.append(self._whole(phrase, spots))
            else:
                missed[phrase.topic] *= 1 - WEIGHTS.part * self._share(phrase, found) ** 2
        sure = self._together(whole)
        for topic, chance in missed.items():
            part = WEIGHTS.parts * (1 - chance) / (1 - chance + 0.2) if topic not in sure else 0
            sure[topic] = max(sure.get(topic, 0), part)
        return self._exact_before_umbrella(sure)

    def by_letters(self, words: list[Word]) -> dict[int, float]:
        """How alike the letters of the text and of each topic are, up to ``Weights.letters``."""
        grams = _grams([word.stem for word in words if word.stem not in EMPTY_WORDS][:40])
        length = math.sqrt(sum((n * self._gram_rarity[gram]) ** 2 for gram, n in grams.items()))
        if not length:
            return {}
        alike: dict[int, float] = defaultdict(float)
        for gram, count in grams.items():
            for topic, weight in self._gram_weights.get(gram, ()):
                alike[topic] += count * self._gram_rarity[gram] * weight / length
        return {topic: WEIGHTS.letters * min(1, 2 * value) for topic, value in alike.items()}

    def _rarities(self) -> dict[str, float]:
        """For each stem, 1 if one topic uses it, toward 0 the more do."""
        used = Counter(
            stem for entry in self.entries for stem in {s for p in entry.phrases for s in p}
        )
        everyone = math.log(len(self.entries) + 1)
        rarity = {stem: 1 - math.log(count) / everyone for stem, count in used.items()}
        return rarity | dict.fromkeys(FAINT_WORDS & set(rarity), WEIGHTS.faint)

    def _telling(self, phrase: tuple[str, ...]) -> tuple[int, ...]:
        """The places of the words that must be there; if none is telling, all of them."""
        ends = len(phrase)
        while ends > 1 and phrase[ends - 1] in ENDINGS:
            ends -= 1
        telling = tuple(
            spot
            for spot, stem in enumerate(phrase[:ends])
            if stem not in EMPTY_WORDS
            and (stem in FAINT_WORDS or self._rarity[stem] > WEIGHTS.common)
        )
        strong = any(phrase[spot] not in FAINT_WORDS for spot in telling)
        return telling if strong else tuple(range(len(phrase)))

    def _share(self, phrase: Phrase, found: list[int]) -> float:
        """Which part of the phrase's meaning the found words carry."""
        total = sum(self._rarity[phrase.stems[spot]] for spot in phrase.telling)
        return sum(self._rarity[phrase.stems[spot]] for spot in found) / total if total else 0

    def _whole(self, phrase: Phrase, spots: dict[str, list[int]]) -> Found:
        nearest = _nearest([spots[phrase.stems[spot]] for spot in phrase.telling])
        between = (max(nearest) - min(nearest)) - (phrase.telling[-1] - phrase.telling[0])
        tight = 1.0 if between <= 0 else WEIGHTS.nearby if between <= 2 else WEIGHTS.scattered
        rare = 1 - math.exp(-sum(self._rarity[phrase.stems[spot]] for spot in phrase.telling))
        place = max(WEIGHTS.late, 1 - min(nearest) * WEIGHTS.fades)
        confidence = (WEIGHTS.whole + WEIGHTS.rarity * rare) * tight * place
        return Found(phrase.topic, frozenset(nearest), confidence)

    def _together(self, whole: list[Found]) -> dict[int, float]:
        """Each topic's best phrase; more phrases make it a little surer."""
        sure: dict[int, dict[frozenset[int], float]] = defaultdict(dict)
        for found in sorted(whole, key=lambda found: found.confidence):
            inside = any(found.spots < other.spots and other.confidence > 0.7 for other in whole)
            worth = found.confidence * (WEIGHTS.within if inside else 1)
            sure[found.topic][found.spots] = worth
        return {
            topic: 1 - (1 - max(values.values())) * 0.9 ** (len(values) - 1)
            for topic, values in sure.items()
        }

    def _exact_before_umbrella(self, sure: dict[int, float]) -> dict[int, float]:
        exact = any(
            value >= WEIGHTS.whole and not self.entries[topic].umbrella
            for topic, value in sure.items()
        )
        return {
            topic: value * (WEIGHTS.umbrella if exact and self.entries[topic].umbrella else 1)
            for topic, value in sure.items()
        }

    @cached_property
    def _gram_counts(self) -> list[Counter[str]]:
        return [
            _grams([stem for phrase in sorted(entry.phrases) for stem in phrase])
            for entry in self.entries
        ]

    @cached_property
    def _gram_rarity(self) -> dict[str, float]:
        used = Counter(gram for grams in self._gram_counts for gram in grams)
        total = len(self.entries) + 1
        rarity: dict[str, float] = defaultdict(lambda: math.log(total))
        rarity.update({gram: math.log(total / count) for gram, count in used.items()})
        return rarity

    @cached_property
    def _gram_weights(self) -> dict[str, list[tuple[int, float]]]:
        """For each n-gram, the topics that have it, each with its share of the topic's letters."""
        weights = defaultdict(list)
        for topic, grams in enumerate(self._gram_counts):
            known = {gram: math.sqrt(n) * self._gram_rarity[gram] for gram, n in grams.items()}
            length = math.sqrt(sum(value**2 for value in known.values())) or 1
            for gram, value in known.items():
                weights[gram].append((topic, value / length))
        return weights


def _grams(words: list[str]) -> Counter[str]:
    """The stretches of four letters of each word, its ends marked."""
    return Counter(
        padded[spot : spot + 4]
        for padded in (f"_{word}_" for word in words)
        for spot in range(max(1, len(padded) - 3))
    )


def _nearest(choices: list[list[int]]) -> list[int]:
    """One spot for each word, as close together as they come (to the first word's spots)."""
    around = [
        [min(spots, key=lambda spot: abs(spot - anchor)) for spots in choices]
        for anchor in choices[0]
    ]
    return min(around, key=lambda chosen: max(chosen) - min(chosen))
