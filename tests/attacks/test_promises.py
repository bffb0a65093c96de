"""What we tell a lawyer about each threat is true: the tests that are named exist."""

import ast

from tests.attacks.promises import ROOT, THREATS, promises

OURSELVES = "test_promises.py"


def test_each_threat_stands_there_once_and_in_order():
    assert [promise.number for promise in promises()] == list(THREATS)


def test_each_says_what_is_promised_by_what_and_how_it_is_proven():
    said = [(one.promised, one.control, one.tests) for one in promises()]
    assert [number for number, parts in enumerate(said, 1) if not all(parts)] == []


def test_every_test_that_is_named_exists():
    named = {test for promise in promises() for test in promise.tests}
    files = {file for file, _name in named}
    assert named - {(file, name) for file in files for name in functions_of(file)} == set()


def test_every_line_of_a_proof_is_read():
    """A line that is written differently would be left out of the table without a word."""
    text = (ROOT / "docs/safety.md").read_text(encoding="utf-8")
    assert text.count("\n- ") == sum(len(promise.tests) for promise in promises())


def test_every_file_of_attacks_is_named():
    """Nobody writes an attack that the table does not tell of."""
    written = {file.name for file in (ROOT / "tests/attacks").glob("test_*.py")}
    named = {file for promise in promises() for file, _name in promise.tests}
    assert {name for name in written if f"tests/attacks/{name}" not in named} == {OURSELVES}


def functions_of(file):
    """The tests that pytest finds in this file."""
    path = ROOT / file
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.exists() else ast.Module([], [])
    return [one.name for one in tree.body if isinstance(one, ast.FunctionDef)]
