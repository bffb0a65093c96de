"""Words as typed, brought into one form: no accents, no endings, small typos mended."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")  # C.N.A.
_COMPUTING = re.compile(
    r"\bI\.?T\b|\b[Ii]t(?= (?:support|help.?desk|tech|service desk|specialist|assistant|intern|"
    r"certif|career|course|training|associate|trainee|job|apprentice))"
)
_WORD = re.compile(r"[a-z0-9]+\+{0,2}|[.,;:!?()\n]")
_VOWEL = re.compile(r"[aeiouy]")
SHORTEST_TYPO = 6  # letters; shorter words have too many neighbors
SHORTEST_SOUND = 4  # letters of a word that is looked for by its sound
LONGEST_TYPO = 25  # letters; longer than any word of the taxonomy

# They begin something that is not meant, up to the next comma or "but".
NEGATIONS = {"no", "not", "without", "except", "excluding", "sin", "excepto", "salvo", "ni", "nor"}
# These too, where an offer is taken back: "I don't do taxes", "cannot teach driving".
REFUSALS = {"dont", "cant", "cannot", "wont", "doesnt", "isnt"}
REFUSED = {
    "do", "teach", "offer", "provide", "handle", "take", "give", "hire", "include", "fix",
    "practice", "need", "cover", "prescribe", "help", "what",
}  # fmt: skip
# After these, "no" says something else: "no cost", "no experience needed", "not only", "no hablo".
NOT_NEGATED = {
    "cost", "costs", "charge", "fee", "fees", "experience", "problem", "matter", "more", "longer",
    "one", "only", "just", "solo", "costo", "experiencia", "need", "prior", "previous", "kidding",
    "degree", "diploma", "license", "idea", "id", "papers", "credit", "insurance", "job",
    "sure", "know", "knowing", "being", "afraid", "scared", "getting", "feeling", "doing",
    "pagar", "costos", "papeles", "licencia", "trabajo", "titulo", "hablo", "habla", "hablan", "se",
    "sabe", "saben", "saber", "puedo", "puede", "pueden", "tengo", "tiene", "tienen", "llegar",
    "pelear", "gritar", "miedo", "que", "importa",
}  # fmt: skip
SAYS_NO = {"say", "saying", "says", "decir", "digo", "or", "whether", "yes"}  # "to say no"
REACH = 6  # words that one negation reaches at most
CLAUSE_ENDS = {"but", "pero", "sino", "only", "just", ".", ",", ";", ":", "!", "?", "(", ")", "\n"}

# Endings of nouns and verbs, English and Spanish, and how long a root each must leave.
_ENDINGS = (
    ("amiento", 4), ("imiento", 4), ("aciones", 4), ("ation", 4), ("acion", 4), ("adora", 4),
    ("iendo", 4), ("ando", 4), ("ador", 4), ("ator", 4), ("cion", 4), ("ment", 5), ("tion", 5),
    ("ate", 4), ("ado", 4), ("ada", 4), ("ist", 4), ("ion", 5), ("or", 4), ("ar", 4), ("ir", 4),
    ("ly", 4),
)  # fmt: skip
_SOUNDS = (
    ("ph", "f"), ("gh", "g"), ("qu", "k"), ("sch", "sk"), ("tch", "ch"), ("ch", "x"), ("sh", "x"),
    ("sc", "s"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("ck", "k"), ("c", "k"), ("z", "s"),
    ("v", "b"), ("h", ""), ("y", "i"), ("w", "u"), ("ea", "e"), ("ee", "i"), ("ie", "i"),
    ("ei", "i"), ("ou", "u"), ("oo", "u"), ("ai", "e"), ("au", "o"),
)  # fmt: skip
_TWICE = re.compile(r"(.)\1+")


class Word(NamedTuple):
    """A word of a text. ``spot`` counts words from the start, punctuation aside."""

    stem: str
    spot: int


def plain(text: str) -> str:
    """Lower case, no accents, no dots in abbreviations, no apostrophes.

    "IT" and "uña" are kept apart from "it" and "una", which say nothing.
    """
    text = _COMPUTING.sub("infotech", text).casefold().replace("uña", "unya")
    bare = _DOTTED.sub(lambda found: found[0].replace(".", ""), without_accents(text))
    return bare.replace("'", "").replace("’", "").replace("&", " and ")


def without_accents(text: str) -> str:
    """Letters as most people type them on a phone, in either language."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def stems(phrase: str) -> tuple[str, ...]:
    """The stems of a phrase, in its order."""
    return tuple(stem(word) for word in _WORD.findall(plain(phrase)) if word[0].isalnum())


def meant_words(text: str, language: str = "") -> list[Word]:
    """The words of a text that are meant: what a negation takes back is left out.

    language  "en", "es" or unknown; in English "sin" is no negation
    """
    words, spot, unmeant, before = [], 0, 0, ""
    tokens = _WORD.findall(plain(text))
    for token, following in pairwise([*tokens, "."]):
        if token in CLAUSE_ENDS:
            unmeant = 0
        if not token[0].isalnum():
            before = token
            continue
        if not unmeant and token not in REFUSALS:
            words.append(Word(stem(token), spot))
        unmeant = max(0, unmeant - 1)
        if _takes_back(token, before, following, language):
            unmeant = REACH
        before = token
        spot += 1
    return words


def _takes_back(token: str, before: str, following: str, language: str) -> bool:
    """Whether what follows is not meant."""
    if token in REFUSALS:
        return following in REFUSED
    if token not in NEGATIONS or following in NOT_NEGATED or before in SAYS_NO:
        return False
    return language != "en" or token != "sin"  # noqa: S105 - a word, no password


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its ending; English and Spanish plurals, verbs and makers."""
    if word.startswith("program") and len(word) > 8 and word != "programming":
        return "programm"  # who programs; "programming" may be that of a theater
    word = _singular(word)
    for ending in ("ing", "ed", "er"):
        if word.endswith(ending) and _VOWEL.search(word[: -len(ending)]):
            root = word[: -len(ending)]
            if len(root) >= 3:
                return _mended(root)
    for ending, shortest in _ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + shortest:
            return word[: -len(ending)]
    last = "aeo" if len(word) < 6 else "aeoy"
    return word[:-1] if len(word) > 4 and word[-1] in last else word


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
    """Finds the known word that somebody meant: by one wrong letter, or by its sound."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = set(known)
        self._near: dict[str, set[str]] = defaultdict(set)
        self._alike: dict[str, set[str]] = defaultdict(set)
        for word in self._known:
            if len(word) >= SHORTEST_SOUND:
                self._alike[sound(word)].add(word)
                for shorter in _one_letter_less(word):
                    self._near[shorter].add(word)

    def mend(self, word: str) -> str:
        """The word itself if it is known, else the one it must mean, else the word itself."""
        if word in self._known or not SHORTEST_SOUND <= len(word) <= LONGEST_TYPO:
            return word
        heard = sound(word)
        if len(heard) >= SHORTEST_SOUND and len(alike := self._alike.get(heard, ())) == 1:
            return next(iter(alike))
        if len(word) < SHORTEST_TYPO:
            return word
        near = {other for key in _one_letter_less(word) for other in self._near.get(key, ())}
        meant = [other for other in near if other[0] == word[0] and _is_one_slip(word, other)]
        return meant[0] if len(meant) == 1 else word


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """How a word sounds, roughly, in either language: "cosinero" and "cocinero" are one."""
    for letters, heard in _SOUNDS:
        word = word.replace(letters, heard)
    return _TWICE.sub(r"\1", word)


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
