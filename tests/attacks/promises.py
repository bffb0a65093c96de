"""What docs/safety.md says about each threat: promise, control, proof, and what lacks."""

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
THREATS = range(1, 26)
HEADING = re.compile(r"^## (\d+)\. (.+)$", re.MULTILINE)
TEST = re.compile(r"^- `(tests/\S+\.py)::(test_\w+)`$", re.MULTILINE)


class Promise(NamedTuple):
    """One threat. ``lacks`` says what is not proven, or is empty.

    tests  each a file, as seen from the root of the project, and a function in it
    """

    number: int
    threat: str
    promised: str
    control: str
    lacks: str
    tests: list[tuple[str, str]]

    @property
    def nodes(self) -> list[str]:
        return [f"{file}::{name}" for file, name in self.tests]


def promises() -> list[Promise]:
    """In the order in which they stand there."""
    _before, *parts = HEADING.split((ROOT / "docs/safety.md").read_text(encoding="utf-8"))
    rows = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return [
        Promise(
            int(number),
            threat,
            _said(text, "Promised"),
            _said(text, "Control"),
            _said(text, "Not yet"),
            TEST.findall(text),
        )
        for number, threat, text in rows
    ]


def _said(text: str, word: str) -> str:
    """The paragraph that begins with this word, on one line."""
    found = re.search(rf"^\*\*{word}\.\*\* (.+?)(?:\n\n|\Z)", text, re.MULTILINE | re.DOTALL)
    return " ".join(found[1].split()) if found else ""
