"""A text as the patterns read it: one blank for any white space, no hidden letters, no accents."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property

# Letters that nobody sees (Unicode's Default_Ignorable_Code_Point), and marks on other letters.
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_HIDDEN = _UNSEEN + _MARKS
_BLANKS = re.compile(rf"[\s{_HIDDEN}]*\s[\s{_HIDDEN}]*|[{_HIDDEN}]+")
_ALIKE = str.maketrans("‐‑‒–—−’‘´`“”…•·∙⋅。→➔⇒", "------''''\"\"......:::")
_LOOKS_LIKE = str.maketrans(  # Cyrillic, Greek and small capitals, to the letter that they pass for
    "асеһіјкмнорѕтухвгԁԛԝӏαεικνορτυχγηᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢı",
    "acehijkmhopstyxbrdqwlaeikvoptuxynabcdefghijklmnoprstuvwyzi",
)
_TURNS = re.compile("[\u202d\u202e]")  # what phones put around a number is harmless
_SENTENCE_END = re.compile(r"[.!?;\n](?=\s|$)")


class _OneForOne(dict[int, str]):
    """Each letter as one plain letter: fullwidth and styled ones as usual, accents kept or not.

    Folded, a digit of any script is a digit, a sign such as a heart is a ``*``, and a letter
    that only looks like one of ours is that one.
    """

    def __init__(self, form: str) -> None:
        super().__init__()
        self._form = form

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = unicodedata.normalize("NFKC", letter).translate(_ALIKE)
        if self._form == "folded":
            plain = _fold(plain)
        self[code] = plain if len(plain) == 1 else letter
        return self[code]


def _fold(letter: str) -> str:
    folded = unicodedata.normalize("NFKD", letter.lower())[:1].translate(_LOOKS_LIKE)
    if unicodedata.category(folded or " ") == "So":
        return "*"
    digit = unicodedata.digit(folded, -1) if folded else -1
    return str(digit) if digit >= 0 else folded


_PLAIN, _FOLDED = _OneForOne("plain"), _OneForOne("folded")


class Reading:
    """One field's text.

    plain   with one blank for each run of white space
    folded  the same, letter for letter, in lower case and without accents
    """

    def __init__(self, field: str, typed: str) -> None:
        self.field, self.typed = field, typed
        blanked = _BLANKS.sub(_blank, typed)
        self.plain = blanked if blanked.isascii() else blanked.translate(_PLAIN)
        self.folded = self.plain.lower() if blanked.isascii() else self.plain.translate(_FOLDED)

    def where(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of what was typed that a stretch of ``plain`` stands for."""
        return self._spots[start], self._spots[end - 1] + 1

    def sentence_before(self, start: int, *, within: int) -> str:
        """The folded text before a place, from the beginning of its sentence."""
        before = self.folded[max(0, start - within) : start]
        ends = list(_SENTENCE_END.finditer(before))
        return before[ends[-1].end() :] if ends else before

    def sentence_after(self, end: int, *, within: int) -> str:
        """The folded text after a place, to the end of its sentence."""
        after = self.folded[end : end + within]
        stop = _SENTENCE_END.search(after)
        return after[: stop.start()] if stop else after

    @cached_property
    def _spots(self) -> list[int]:
        """Where each letter of ``plain`` stood; asked for only where something was found."""
        spots: list[int] = []
        at = 0
        for run in _BLANKS.finditer(self.typed):
            spots += range(at, run.start())
            if _blank(run):
                spots.append(run.start())
            at = run.end()
        spots += range(at, len(self.typed))
        return spots


def _blank(run: re.Match[str]) -> str:
    return " " if any(letter.isspace() for letter in run[0]) else ""


def turned(reading: Reading) -> Iterator[tuple[int, int]]:
    """The whole text, where signs in it have it shown in another order than it was typed."""
    if reading.plain and _TURNS.search(reading.typed):
        yield 0, len(reading.plain)
