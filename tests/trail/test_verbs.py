"""Whatever is written into the audit has words for the reviewers who read it."""

import ast
from itertools import product

import pytest

from accounts.models import Consideration, Party
from opportunities.models import Need, Offer
from tests.alongside.catalogs import ROOT, code_files
from trail.verbs import VERBS, in_words

WORDS = [model.WORD for model in (Need, Offer)]
UNASKED = ("suspend", "reopen")  # what reviewers do on their own account
MAY_BE = {  # what may stand in the gap of a verb that is put together
    "posting.WORD": WORDS,
    "model.WORD": WORDS,
    "what": [f"{word}s" for word in WORDS],
    "party.status": [Party.Status.VERIFIED, Party.Status.DECLINED, Party.Status.MORE_INFORMATION],
    "decision": UNASKED,
    "consideration.status": [Consideration.Status.CLEARED, Consideration.Status.DECLINED],
    "answer": ["yes", "no"],
}


def written_verbs():
    """Each verb that a call of the source names, with the file that does."""
    for path in code_files():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        taking = _with_a_verb(tree)
        for node in ast.walk(tree):
            for value in _verbs_of(node, taking):
                yield from ((verb, path.relative_to(ROOT)) for verb in _spelled(value))


def _with_a_verb(tree):
    """Functions of the file that take the verb by its place: names and places."""
    return {
        node.name: [arg.arg for arg in node.args.args].index("verb")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and "verb" in [arg.arg for arg in node.args.args]
    }


def _verbs_of(node, taking):
    if isinstance(node, ast.Call):
        yield from (word.value for word in node.keywords if word.arg == "verb")
        place = taking.get(getattr(node.func, "id", ""))
        if place is not None and len(node.args) > place and node.func.id == "_record":
            yield node.args[place]
    if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "verb":
        yield node.value


def _spelled(value):
    """Every verb that an expression may come to; one that another call names is found there."""
    if isinstance(value, ast.IfExp):
        return [*_spelled(value.body), *_spelled(value.orelse)]
    if isinstance(value, ast.Constant):
        return [value.value]
    if not isinstance(value, ast.JoinedStr):
        return []
    gaps = [ast.unparse(part.value) for part in value.values if not isinstance(part, ast.Constant)]
    if "verb" in gaps:
        return []
    parts = [
        [part.value] if isinstance(part, ast.Constant) else MAY_BE[ast.unparse(part.value)]
        for part in value.values
    ]
    return ["".join(chosen) for chosen in product(*parts)]


def test_every_verb_that_is_written_has_words():
    found = dict(written_verbs())
    without = {
        verb: str(where)
        for verb, where in found.items()
        if not {verb, *(f"{word}_{verb}" for word in WORDS)} & VERBS.keys()
    }
    assert without == {}
    assert len(found) > 90  # so that the search itself is known to find them


def test_words_are_short_enough_for_a_phone():
    assert [verb for verb, words in VERBS.items() if len(str(words)) > 35] == []


@pytest.mark.parametrize(
    ("verb", "words"),
    [("party_verified", "verified a party"), ("of_an_older_version", "of an older version")],
)
def test_a_verb_is_told_in_words(verb, words):
    assert in_words(verb) == words
