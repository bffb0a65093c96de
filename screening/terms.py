"""What a text is made of, for the model that tells whether it speaks of one person who is served.

A name counts as a name, whichever it is, and a number by its length; so the model learns how
people tell, and no text by heart.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

from screening.circumstances import kinds_in
from screening.name_lists import doubtful_names, given_names, known_names
from screening.one_person import PRONOUN, SERVED, first_said, giver_at, sentences
from screening.reading import Reading

LETTERS = 2000  # of a text: beyond them nothing new is said
_TOKEN = re.compile(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))*|\d+|[$.,;:!?()\"/#@-]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OPENS = frozenset('.!?:;"(')  # a capital after one of these says nothing
_STEM = 5  # letters that stand for a word in all its forms
_PLAIN = "word"
_IS_PAST = re.compile(r"(?:ed|io|aba|ia|aron|ieron)$")
_GROUPS = {
    "kin": "son sons daughter daughters kid kids child children twin twins baby babies"
    " toddler newborn brother brothers sister sisters sibling siblings cousin cousins"
    " aunt uncle mother mom mama father dad parents grandmother grandfather grandma"
    " husband wife boyfriend girlfriend ex stepfather stepdad stepmother nephew niece"
    " widow hijo hija hijos hijas hijito hijita bebe gemelos gemelas cuates hermano"
    " hermana hermanos hermanas hermanito hermanita primo prima primos tio tia papa"
    " madre padre abuela abuelo esposo esposa marido novio novia pareja padrastro"
    " cunado cunada suegra suegro sobrino sobrina viuda nena nene",
    "she": "she he her him his hers she's he's she'll he'll she'd he'd ella",
    "i": "i i'm i've i'll i'd me my soy mi mis yo",
    "served": "client clients resident guest survivor participant girl lady teen teenager"
    " mentee victim woman man guy muchacha muchacho chica senora senor joven clienta"
    " cliente residente huesped nina nino jovencita",
    "giver": "teacher instructor volunteer director owner manager supervisor chef coach"
    " founder attorney lawyer nurse therapist staff coordinator maestra maestro"
    " voluntaria voluntario directora gerente abogada abogado enfermera instructora"
    " coordinadora lead author poet host trainer",
    "title": "mr mrs ms miss mister dr don dona sra sr srta señorita senorita pastor rev"
    " reverend licenciada licenciado profe doctora",
    "thanks": "thanks thank grateful gratitude donated donates donor donors gave gives lent"
    " lends sponsor sponsored gracias agradecemos agradecida agradecer dono donaron"
    " donado regalo regalaron regala presto prestaron presta",
    "tale": "book books novel film movie chapter story stories poem poems play character"
    " characters reading libro novela pelicula capitulo autor autora cuento poema obra"
    " personaje",
    "if": "if whether when whoever where should may might can could would si cuando quien"
    " cuyo donde pueda puede quiera",
    "want": "wants needs asked asks hopes wishes loves likes quiere necesita pide pidio busca"
    " ocupa gusta",
    "many": "women people residents participants guests survivors students families moms"
    " mothers adults teens youth group groups class everyone anyone each every any"
    " mujeres personas residentes participantes familias mamas adultos jovenes grupo"
    " clase cada cualquier alumnas alumnos todas todos cualquiera nadie",
    "month": "january february march april june july august september october november"
    " december enero febrero marzo abril mayo junio julio agosto septiembre octubre"
    " noviembre diciembre",
    "day": "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays"
    " wednesdays thursdays fridays saturdays sundays lunes martes miercoles jueves"
    " viernes sabado sabados domingo domingos",
}  # fmt: skip
_GROUP_OF = {word: group for group, words in _GROUPS.items() for word in words.split()}


class Token(NamedTuple):
    """A word, number or sign: what sort it is of, and itself (its sort, if it is a name)."""

    sort: str
    said: str

    @property
    def mixed(self) -> str:
        return self.said if self.sort == _PLAIN else self.sort


def terms(reading: Reading) -> Counter[str]:
    """How often each feature stands in a text."""
    tokens = list(_tokens(reading))
    said = [token.said for token in tokens]
    mixed = [token.mixed for token in tokens]
    found = Counter(f"w {word}" for word in said)
    found.update(f"s {word[:_STEM]}" for word in said)
    found.update(f"b {one} {two}" for one, two in pairwise(said))
    found.update(f"m {one} {two}" for one, two in pairwise(mixed))
    found.update(f"t {' '.join(three)}" for three in zip(mixed, mixed[1:], mixed[2:], strict=False))
    found.update({f"c {sort}" for sort in {token.sort for token in tokens}})
    found.update(set(_together(tokens)))
    found.update(_facts(reading))
    return found


def _tokens(reading: Reading) -> Iterator[Token]:
    before = "."
    for found in _TOKEN.finditer(reading.plain, 0, LETTERS):
        written, folded = found[0], reading.folded[found.start() : found.end()]
        if written[0].isdigit():
            yield _number(written)
        elif written[0].isalpha():
            yield _word(written, folded, opens=before in _OPENS)
        else:
            yield Token(written, written)
        before = written


def _number(written: str) -> Token:
    sort = "#year" if _YEAR.fullmatch(written) else f"#{min(len(written), 3)}"
    return Token(sort, sort)


def _word(written: str, folded: str, *, opens: bool) -> Token:
    """``opens``: the word opens a sentence, where any word has a capital."""
    sort = _capital(written, folded.removesuffix("'s"), opens=opens)
    if sort in {"name", "rare name"}:
        return Token(sort, sort)
    group = _GROUP_OF.get(folded)
    if group or sort:
        return Token(group or sort, folded)
    return Token("past" if len(folded) > 4 and _IS_PAST.search(folded) else _PLAIN, folded)


def _capital(written: str, name: str, *, opens: bool) -> str:
    """What a capital may mean; empty where there is none or it means nothing."""
    if not written[0].isupper():
        return ""
    if name in doubtful_names():
        return "name or word"
    in_capitals = len(written) > 1 and written.isupper()
    if in_capitals:
        return "letters" if len(written) < 4 else ""
    if name in given_names():
        return "name"
    if opens or len(written) == 1:
        return ""
    return "rare name" if name in known_names() else "capital"


def _together(tokens: Iterable[Token]) -> Iterator[str]:
    """Sorts of words that stand in one sentence."""
    sorts: set[str] = set()
    for token in [*tokens, Token(".", ".")]:
        if token.said in {".", "!", "?"}:
            yield from (f"p {one}&{two}" for one, two in combinations(sorted(sorts), 2))
            sorts = set()
        elif token.sort != _PLAIN:
            sorts.add(token.sort)


def _facts(reading: Reading) -> Iterator[str]:
    """What is told of a life in each sentence, and of whom."""
    every: set[str] = set()
    for start, end in sentences(reading.folded[:LETTERS]):
        hard, soft = kinds_in(reading, start, end)
        whom = _of_whom(reading.folded[start:end])
        tags = [*(f"h{kind}" for kind in sorted(hard)), *(f"s{kind}" for kind in sorted(soft))]
        tags += whom
        yield from (f"f {tag}" for tag in tags)
        yield from (f"g {one} {two}" for one, two in combinations(tags, 2))
        if hard:
            yield f"n {min(len(hard), 3)} {' '.join(whom)}"
        every |= hard
    yield f"d {min(len(every), 4)}"


def _of_whom(sentence: str) -> list[str]:
    """Who is spoken of; ``anybody`` where it is said of each, or of whoever it may be."""
    spoken_of = {"served": first_said(SERVED, sentence), "pronoun": first_said(PRONOUN, sentence)}
    whom = [name for name, at in spoken_of.items() if at is not None]
    if not whom and (SERVED.search(sentence) or PRONOUN.search(sentence)):
        whom.append("anybody")
    if giver_at(sentence) is not None:
        whom.append("giver")
    return whom
