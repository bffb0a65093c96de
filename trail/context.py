"""What some pages show while something is wrong."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from trail.incidents import is_locked


def standing_still(_request: HttpRequest) -> dict[str, object]:
    """``stands_still`` for templates, asked for only where a page shows it."""
    return {"stands_still": SimpleLazyObject(is_locked)}
