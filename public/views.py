"""Pages for everybody: what is needed, on a map and in one state; safety, help, accessibility."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from accounts.states import STATES, states_by_name
from opportunities.choices import TopicGroup
from public.for_everybody import for_everybody
from public.usmap import drawn, legend
from public.week import Week, kept_week, this_week

TOPICS_A_PAGE = 40


@for_everybody
@gzip_page  # it holds nothing secret: the map is four fifths of it, and gets small
@require_safe
def needed(request: HttpRequest) -> HttpResponse:
    """The map, the same facts as a table, and the topics of the whole country."""
    if (state := request.GET.get("state", "")) in STATES:
        return redirect(_page_of(state, _group_asked(request)))
    week = this_week()
    country = _country(week.pk, get_language() or "en")
    return render(request, "public/needed.html", _topics(request, week) | {"country": country})


@for_everybody
@require_safe
def needed_in(request: HttpRequest, code: str) -> HttpResponse:
    """One state or territory: how many needs wait there, and for which topics."""
    state = code.upper()
    if state not in STATES or code != code.lower():
        raise Http404
    week = this_week()
    context = _topics(request, week, state=state) | {"standing": week.standing(state)}
    return render(request, "public/needed_in.html", context)


@for_everybody
@require_safe
def plain(request: HttpRequest, template: str) -> HttpResponse:
    """A page that only says something."""
    return render(request, template, {"help_email": settings.HELP_EMAIL})


@lru_cache(maxsize=8)  # languages of this week, and of the one before
def _country(week: int | None, _language: str) -> SafeString:
    """The map and its table, which hold nothing of the reader but the language."""
    standings = kept_week(week).standings()
    context = {"standings": standings, "map": drawn(standings), "legend": legend()}
    return render_to_string("public/parts/country.html", context)


def _topics(request: HttpRequest, week: Week, *, state: str = "") -> dict[str, Any]:
    """A page of topics with their counts, and what they are filtered by."""
    group = _group_asked(request)
    topics = week.needed(state=state, group=group)
    return {
        "week": week,
        "page": Paginator(topics, TOPICS_A_PAGE).get_page(request.GET.get("page")),
        "states": states_by_name(),
        "groups": TopicGroup.choices,
        "state": state,
        "group": group,
    }


def _group_asked(request: HttpRequest) -> str:
    group = request.GET.get("group", "")
    return group if group in TopicGroup.values else ""


def _page_of(state: str, group: str) -> str:
    address = reverse("public:needed_in", args=[state.lower()])
    return f"{address}?{urlencode({'group': group})}" if group else address
