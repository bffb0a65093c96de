"""A text as the patterns read it: one blank for any white space, no hidden letters, no accents."""

import re
import unicodedata
from functools import cached_property

_HIDDEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"  # letters that nobody sees
_BLANKS = re.compile(rf"[\s{_HIDDEN}]*\s[\s{_HIDDEN}]*|[{_HIDDEN}]+")
_ALIKE = str.maketrans("‐‑‒–—−’‘´`“”…•", "------''''\"\"..")
_SENTENCE_END = re.compile(r"[.!?;\n](?=\s|$)")


class _OneForOne(dict[int, str]):
    """Each letter as one plain letter: fullwidth and styled ones as usual, accents kept or not."""

    def __init__(self, form: str) -> None:
        super().__init__()
        self._form = form

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = unicodedata.normalize("NFKC", letter).translate(_ALIKE)
        if self._form == "folded":
            plain = unicodedata.normalize("NFKD", plain.lower())[:1]
        self[code] = plain if len(plain) == 1 else letter
        return self[code]


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
