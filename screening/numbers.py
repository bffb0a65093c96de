"""Numbers as people write them to be read by people only: spaced, dotted, in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_ONES_EN = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
_TEENS_EN = "fifteen sixteen seventeen eighteen nineteen"
_ONES_ES = "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce"
_TEENS_ES = "quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos"
_TENS_EN = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS_ES = "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa"
WORDS: dict[str, int] = (
    {word: value for value, word in enumerate(f"{_ONES_EN} {_TEENS_EN}".split())}
    | {word: value for value, word in enumerate(f"{_ONES_ES} {_TEENS_ES}".split())}
    | {word: 10 * value for value, word in enumerate(_TENS_EN.split(), start=2)}
    | {word: 10 * value for value, word in enumerate(_TENS_ES.split(), start=2)}
    | {"veintitres": 23, "veinticuatro": 24, "veinticinco": 25, "veintiseis": 26}
    | {"veintisiete": 27, "veintiocho": 28, "veintinueve": 29}
    | {"oh": 0, "o": 0, "hundred": 100, "cien": 100}
)  # fmt: skip
LEET = {
    "zer0": 0, "0ne": 1, "tw0": 2, "thr33": 3, "f0ur": 4, "f1ve": 5, "s1x": 6, "s3ven": 7,
    "e1ght": 8, "n1ne": 9,
}  # fmt: skip
WORDS |= LEET
DIGIT_WORDS = tuple(word for word, value in WORDS.items() if value < 10)
ANY_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_TIMES = {"double": 2, "doble": 2, "triple": 3}  # "triple five"
_TOKEN = re.compile(
    rf"(?<![a-z\d])(?:{'|'.join(LEET)})(?![a-z\d])"
    rf"|\d+|(?<![a-z])(?:{'|'.join(_TIMES)}) (?:\d(?!\d)|(?:{ANY_WORD})(?![a-z]))"
    rf"|(?<![a-z])(?:{ANY_WORD})(?![a-z])"
)
_GAP = re.compile(
    r"[ .,\-/*_()+#~|=]{0,3}|x|[ ,]{1,2}(?:y|and|dash|guion|hyphen|then|luego|space|raya) "
)
_FEWEST = 4  # digits, below which no run is of interest
_LONGEST = 40  # tokens of one run


@dataclass(frozen=True, slots=True)
class Run:
    """Numbers that stand together, whatever stands between them.

    digits   all of them, words as digits
    groups   how many digits each token gave
    spots    (start, end) of each token
    in_words how many tokens were words
    gaps     what stands between the tokens, joined
    """

    digits: str
    groups: tuple[int, ...]
    spots: tuple[tuple[int, int], ...]
    in_words: int
    gaps: tuple[str, ...]

    @property
    def start(self) -> int:
        return self.spots[0][0]

    @property
    def end(self) -> int:
        return self.spots[-1][1]

    @property
    def is_masked(self) -> bool:
        """Written so that no search for digits finds it."""
        singles = sum(size == 1 for size in self.groups)
        is_glued = "" in self.gaps  # a word and a digit: "5five5"
        is_spaced = singles >= 5 and not any("," in gap for gap in self.gaps)
        return self.in_words >= 3 or is_glued or is_spaced


def runs(folded: str) -> Iterator[Run]:
    """Every run of numbers with at least four digits in folded text."""
    tokens: list[re.Match[str]] = []
    for token in _TOKEN.finditer(folded):
        near = tokens and _GAP.fullmatch(folded, tokens[-1].end(), token.start())
        if tokens and (not near or len(tokens) >= _LONGEST):
            yield from _run(tokens, folded)
            tokens = []
        tokens.append(token)
    yield from _run(tokens, folded)


def _run(tokens: list[re.Match[str]], folded: str) -> Iterator[Run]:
    digits: list[str] = []
    tens = False  # the word before was "forty", to which "six" is added
    for token in tokens:
        value = WORDS.get(token[0])
        if tens and value is not None and 0 < value < 10:
            digits[-1] = digits[-1][0] + str(value)
            digits.append("")
        else:
            digits.append(_as_digits(token[0], value, digits))
        tens = value is not None and value >= 20 and value % 10 == 0
    joined = "".join(digits)
    if len(joined) >= _FEWEST:
        yield Run(
            joined,
            tuple(len(each) for each in digits),
            tuple(token.span() for token in tokens),
            sum(not token[0].isdigit() for token in tokens),
            tuple(folded[one.end() : two.start()] for one, two in pairwise(tokens)),
        )


def _as_digits(written: str, value: int | None, before: list[str]) -> str:
    if value is None:
        times, _blank, digit = written.rpartition(" ")
        return str(WORDS.get(digit, digit)) * _TIMES[times] if times else written
    if value == 100 and before and len(before[-1]) == 1:
        return "00"  # "eight hundred"
    return str(value)


def as_number(written: str) -> int | None:
    """A small number, in digits or words: "23", "twenty-three", "treinta y cuatro"."""
    if written.isdigit():
        return int(written)
    parts = [WORDS.get(part) for part in re.split(r"[\s-]+(?:y )?", written) if part]
    known = [part for part in parts if part is not None]
    return sum(known) if known and len(known) == len(parts) else None
