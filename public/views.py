"""Pages for everybody: what is needed, on a map and in one state; safety, help, accessibility."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.places import STATES
from opportunities.choices import TopicGroup
from public.usmap import drawn, legend
from public.week import Week, this_week

TOPICS_A_PAGE = 40


@require_safe
def needed(request: HttpRequest) -> HttpResponse:
    """The map, the same facts as a table, and the topics of the whole country."""
    if (state := request.GET.get("state", "")) in STATES:
        return redirect(_page_of(state, _group_asked(request)))
    week = this_week()
    standings = week.standings()
    context = _topics(request, week) | {
        "standings": standings,
        "map": drawn(standings),
        "legend": legend(),
    }
    return render(request, "public/needed.html", context)


@require_safe
def needed_in(request: HttpRequest, code: str) -> HttpResponse:
    """One state or territory: how many needs wait there, and for which topics."""
    state = code.upper()
    if state not in STATES or code != code.lower():
        raise Http404
    week = this_week()
    context = _topics(request, week, state=state) | {"standing": week.standing(state)}
    return render(request, "public/needed_in.html", context)


@require_safe
def plain(request: HttpRequest, template: str) -> HttpResponse:
    """A page that only says something."""
    return render(request, template, {"help_email": settings.HELP_EMAIL})


def _topics(request: HttpRequest, week: Week, *, state: str = "") -> dict[str, Any]:
    """A page of topics with their counts, and what they are filtered by."""
    group = _group_asked(request)
    topics = week.needed(state=state, group=group)
    return {
        "week": week,
        "page": Paginator(topics, TOPICS_A_PAGE).get_page(request.GET.get("page")),
        "states": sorted(STATES.items(), key=lambda pair: pair[1]),
        "groups": TopicGroup.choices,
        "state": state,
        "group": group,
        "query": {"group": group} if group else {},
    }


def _group_asked(request: HttpRequest) -> str:
    group = request.GET.get("group", "")
    return group if group in TopicGroup.values else ""


def _page_of(state: str, group: str) -> str:
    address = reverse("public:needed_in", args=[state.lower()])
    return f"{address}?{urlencode({'group': group})}" if group else address
