"""Around every page: an id and a line in the log, the reader's language, and no copies kept."""

import logging
import re
import time
import uuid
import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils import timezone, translation

from alongside import logs
from public.for_everybody import let_keep

logger = logging.getLogger("alongside.requests")
Handler = Callable[[HttpRequest], HttpResponse]
MOST_SENT = 8_000_000  # bytes; above what an upload may have, which its page refuses in words
_ID = re.compile(r"[0-9A-Za-z-]{8,64}")


def request_ids(get_response: Handler) -> Handler:
    """Name the request (or keep the proxy's name for it), and log how it went."""

    def with_id(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        name = given if _ID.fullmatch(given) else uuid.uuid4().hex
        token, began = logs.request_id.set(name), time.monotonic()
        try:
            response = get_response(request)
            response["X-Request-ID"] = name
            _log(request, response, seconds=time.monotonic() - began)
        finally:
            logs.request_id.reset(token)
        return response

    return with_id


def _log(request: HttpRequest, response: HttpResponse, *, seconds: float) -> None:
    """The route, not the path: a path may hold a one-time key."""
    route = request.resolver_match.route if request.resolver_match else "unknown"
    facts = {
        "method": request.method,
        "route": route,
        "status": response.status_code,
        "duration_ms": round(seconds * 1000),
    }
    logger.info("answered", extra=facts)


def no_copies(get_response: Handler) -> Handler:
    """Nothing that belongs to a session stays in a browser's or a proxy's cache.

    What is for everybody may, as long as there is no session.
    """

    def without_copies(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        name = settings.SESSION_COOKIE_NAME
        if name in request.COOKIES or name in response.cookies:
            response["Cache-Control"] = "no-store, private"
        else:
            let_keep(request, response)
        return response

    return without_copies


def no_large_bodies(get_response: Handler) -> Handler:
    """What is larger than any form is refused unread: read, it lies on the disk meanwhile."""

    def within(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or ""
        if length.isdigit() and int(length) > MOST_SENT:
            return render(request, "413.html", status=413)
        return get_response(request)

    return within


class ReaderMiddleware(LocaleMiddleware):
    """A signed-in person's own language, unless they chose another here, and their clock."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return
        if not request.user.is_authenticated:
            return
        timezone.activate(zoneinfo.ZoneInfo(request.user.time_zone))
        if not request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        timezone.deactivate()
        return super().process_response(request, response)
