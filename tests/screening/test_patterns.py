"""No pattern can be made slow: none repeats without end what itself repeats without end."""

import re
from importlib import import_module
from pkgutil import iter_modules
from re import _parser  # the only way to look into a pattern

import pytest

import screening
from screening.flags import FLAGS
from screening.forbidden import FORBIDDEN

NAMES = [module.name for module in iter_modules(screening.__path__, "screening.")]


def patterns():
    for name in NAMES:
        for value in vars(import_module(name)).values():
            if isinstance(value, re.Pattern):
                yield value
    yield from (flag.found for flag in FLAGS if flag.found)
    yield from (forbidden.found for forbidden in FORBIDDEN)


def repeats(tree, endless_above=False):
    """Whether each repeat without end stands inside another one."""
    for code, argument in tree:
        parts = argument if isinstance(argument, tuple | list) else (argument,)
        endless = str(code) in {"MAX_REPEAT", "MIN_REPEAT"} and argument[1] == _parser.MAXREPEAT
        if endless:
            yield endless_above
        yield from inner(parts, endless_above or endless)


def inner(parts, endless_above):
    for part in parts:
        if isinstance(part, _parser.SubPattern):
            yield from repeats(part, endless_above)
        elif isinstance(part, list | tuple):
            yield from inner(part, endless_above)


def test_there_are_patterns_to_look_at():
    assert len(list(patterns())) > 80


def test_no_endless_repeat_stands_inside_another():
    nested = [found.pattern[:80] for found in patterns() if any(repeats(_tree(found)))]

    assert nested == []


@pytest.mark.parametrize("pattern", ["(a+)+b", "(?:a|b+)*c", "(?:x(?:y*)z)+"])
def test_such_a_repeat_would_be_seen(pattern):
    assert any(repeats(_tree(re.compile(pattern))))


def _tree(found):
    return _parser.parse(found.pattern, found.flags & ~re.UNICODE)
