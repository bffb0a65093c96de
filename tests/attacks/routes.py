"""Every address of the site, read from its URL patterns."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

GROUP = re.compile(r"\(\?P<(\w+)>[^)]*\)")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


class Route(NamedTuple):
    """One pattern. Unnamed ones go by their path.

    path  as in urls.py, with <name> for each parameter
    """

    name: str
    path: str

    @property
    def parameters(self) -> list[str]:
        return PARAMETER.findall(self.path)

    def filled(self, **values: object) -> str:
        return "/" + PARAMETER.sub(lambda found: str(values[found[1]]), self.path)


def routes() -> list[Route]:
    return list(_below(get_resolver().url_patterns, "", ()))


def _below(
    patterns: Sequence[URLPattern | URLResolver], before: str, names: tuple[str, ...]
) -> Iterator[Route]:
    for pattern in patterns:
        path = before + _plain(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inside = (*names, pattern.namespace) if pattern.namespace else names
            yield from _below(pattern.url_patterns, path, inside)
        else:
            yield Route(":".join([*names, pattern.name or path]), path)


def _plain(pattern: str) -> str:
    """A regular expression written like a path."""
    return GROUP.sub(r"<\1>", pattern).removeprefix("^").removesuffix("$")
