"""The page on which reviewers read the audit. Reading it is written down as well."""

from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.review_views import reviewer
from desk import audit
from desk.forms import AuditForm
from trail import actions as trail

ROWS_A_PAGE = 50


@login_required
@require_safe
def read(request: HttpRequest) -> HttpResponse:
    """The newest rows that fit, a page at a time, from ``before`` on."""
    user, now = reviewer(request).user, timezone.now()
    form = AuditForm(request.GET)
    rows = audit.seen_by(user)
    if form.is_valid():
        asked = dict(form.cleaned_data)
        before = asked.pop("before")
        rows = audit.narrowed(rows, zone=ZoneInfo(user.time_zone), **asked)
        page = list(rows.newest_first(before=before)[: ROWS_A_PAGE + 1])
        used = {name: str(value) for name, value in asked.items() if value and name != "person"}
        trail.record(actor_id=user.pk, verb="audit_read", subject=user, at=now, looked_for=used)
    else:
        page = []
    context = {
        "form": form,
        "traces": audit.told(page[:ROWS_A_PAGE]),
        "next_before": page[ROWS_A_PAGE - 1].pk if len(page) > ROWS_A_PAGE else None,
    }
    return render(request, "desk/audit.html", context)
