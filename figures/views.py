"""Pages of figures: a party's own, as a file as well, and the platform's for reviewers."""

import csv
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.acting import MemberRequest
from accounts.models import Party
from accounts.review_views import reviewer
from accounts.stepping_up import confirmed
from figures import party_page, platform_page
from figures.party import numbers_of
from figures.platform import weeks_of_the_platform
from trail import actions as trail


@login_required
@require_safe
def party(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """For the people who belong to it."""
    found = get_object_or_404(Party.objects.of(request.user), public_id=public_id)
    numbers = numbers_of(found, at=timezone.now())
    context = {
        "party": found,
        "figures": party_page.shown_figures(numbers),
        "table": party_page.table_of(numbers),
    }
    return render(request, "figures/party.html", context)


@login_required
@require_POST
@confirmed
def party_file(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """The same as a table for a spreadsheet; that it was taken out is written down."""
    found = get_object_or_404(Party.objects.of(request.user), public_id=public_id)
    now = timezone.now()
    trail.record(actor_id=request.user.pk, verb="numbers_exported", subject=found, at=now)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="numbers.csv"'
    csv.writer(response).writerows(party_page.file_rows(numbers_of(found, at=now)))
    return response


@login_required
@require_safe
def platform(request: HttpRequest) -> HttpResponse:
    """For reviewers: how much comes in, how long it waits, and what becomes of it."""
    zone = ZoneInfo(reviewer(request).user.time_zone)
    weeks = weeks_of_the_platform(at=timezone.now(), zone=zone)
    context = {
        "figures": platform_page.shown_figures(weeks),
        "table": platform_page.table_of(weeks),
    }
    return render(request, "figures/platform.html", context)
