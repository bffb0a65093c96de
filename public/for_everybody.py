"""Pages that anybody may find and keep: search engines name them, caches hold them a while.

All other pages ask search engines to leave them out. One of these does as well once somebody
is signed in, or has answered something in its address; and no cache keeps what was made for a
session.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

KEPT_FOR = 5 * 60  # seconds; what these pages say changes once a week
ViewT = TypeVar("ViewT", bound=Callable[..., Any])


def for_everybody(view: ViewT) -> ViewT:
    """Mark a view whose page shows nothing of who asks but the language."""
    view.is_for_everybody = True  # type: ignore[attr-defined]  # a mark, as of Django's csrf_exempt
    return view


def address_to_find(request: HttpRequest) -> str:
    """What a search engine may name this page by; empty if it may not."""
    if not _is_for_everybody(request) or request.user.is_authenticated:
        return ""
    return f"{settings.SITE_URL}{request.path}"


def let_keep(request: HttpRequest, response: HttpResponse) -> None:
    """Allow caches to hold the page; not one that sets a cookie, as a message's page does."""
    if response.status_code == 200 and not response.cookies and _is_for_everybody(request):
        patch_cache_control(response, public=True, max_age=KEPT_FOR)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])


def _is_for_everybody(request: HttpRequest) -> bool:
    match = request.resolver_match
    marked = match is not None and getattr(match.func, "is_for_everybody", False)
    return marked and not request.GET
