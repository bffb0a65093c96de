"""Words as typed, brought into one form: no accents, no endings, small typos mended."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")  # C.N.A.
_WORD = re.compile(r"[a-z0-9]+\+{0,2}|[.,;:!?()\n]")
_VOWEL = re.compile(r"[aeiouy]")
SHORTEST_TYPO = 5  # letters; shorter words have too many neighbors
LONGEST_TYPO = 25  # letters; longer than any word of the taxonomy

# They begin something that is not meant, up to the next comma or "but".
NEGATIONS = {"no", "not", "without", "except", "excluding", "sin", "excepto", "salvo"}
# After these, "no" says something else: "no cost", "no experience needed", "not only".
NOT_NEGATED = {
    "cost", "costs", "charge", "fee", "fees", "experience", "problem", "matter", "more", "longer",
    "one", "only", "just", "solo", "costo", "experiencia", "need", "prior", "previous", "kidding",
}  # fmt: skip
REACH = 5  # words that one negation reaches at most
CLAUSE_ENDS = {"but", "pero", "sino", "only", "just", ".", ",", ";", ":", "!", "?", "(", ")", "\n"}


class Word(NamedTuple):
    """A word of a text. ``spot`` counts words from the start, punctuation aside."""

    stem: str
    spot: int


def plain(text: str) -> str:
    """Lower case, no accents, no dots in abbreviations, no apostrophes."""
    split = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in split if not unicodedata.combining(letter))
    bare = _DOTTED.sub(lambda found: found[0].replace(".", ""), bare)
    return bare.replace("'", "").replace("’", "").replace("&", " and ")


def stems(phrase: str) -> tuple[str, ...]:
    """The stems of a phrase, in its order."""
    return tuple(stem(word) for word in _WORD.findall(plain(phrase)) if word[0].isalnum())


def meant_words(text: str) -> list[Word]:
    """The words of a text that are meant: what a negation takes back is left out."""
    words, spot, unmeant = [], 0, 0
    tokens = _WORD.findall(plain(text))
    for token, following in pairwise([*tokens, "."]):
        if token in CLAUSE_ENDS:
            unmeant = 0
        if not token[0].isalnum():
            continue
        if not unmeant:
            words.append(Word(stem(token), spot))
        unmeant = max(0, unmeant - 1)
        if token in NEGATIONS and following not in NOT_NEGATED:
            unmeant = REACH
        spot += 1
    return words


def stem(word: str) -> str:
    """A word without its ending; English and Spanish plurals, -ing, -ed and -er."""
    word = _singular(word)
    for ending in ("ing", "ed", "er"):
        if word.endswith(ending) and _VOWEL.search(word[: -len(ending)]):
            root = word[: -len(ending)]
            if len(root) >= 3:
                return _mended(root)
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("xes", "ches", "shes", "sses", "ores", "ones")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _mended(root: str) -> str:
    """What stood before the ending: "bak" was "bake", "runn" was "run", "driv" stays."""
    if root[-1] == root[-2] and root[-1] not in "lsz":
        return root[:-1]
    short = len(root) == 3 and not _VOWEL.match(root[-1]) and root[-1] not in "wx"
    return root + "e" if short and _VOWEL.match(root[1]) and not _VOWEL.match(root[0]) else root


class Speller:
    """Finds the known word that somebody meant who got one letter wrong."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = set(known)
        self._near: dict[str, set[str]] = defaultdict(set)
        for word in self._known:
            if len(word) >= SHORTEST_TYPO - 1:
                for shorter in _one_letter_less(word):
                    self._near[shorter].add(word)

    def mend(self, word: str) -> str:
        """The word itself if it is known, else the one it must mean, else the word itself."""
        if word in self._known or not SHORTEST_TYPO <= len(word) <= LONGEST_TYPO:
            return word
        near = {other for key in _one_letter_less(word) for other in self._near.get(key, ())}
        meant = [other for other in near if other[0] == word[0] and _is_one_slip(word, other)]
        return meant[0] if len(meant) == 1 else word


def _is_one_slip(typed: str, meant: str) -> bool:
    """Whether one letter is missing, too many, wrong, or swapped with its neighbor."""
    same = next((n for n, (a, b) in enumerate(zip(typed, meant, strict=False)) if a != b), None)
    if same is None:
        return abs(len(typed) - len(meant)) == 1
    rest, other = typed[same:], meant[same:]
    swapped = rest[1::-1] + rest[2:] == other
    return swapped or rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]


def _one_letter_less(word: str) -> set[str]:
    """The word, and the word without each of its letters: typos meet in one of these."""
    return {word, *(word[:spot] + word[spot + 1 :] for spot in range(len(word)))}
