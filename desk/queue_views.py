"""The reviewers' first page: what waits, by risk and age; and the page of what is stuck."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.claiming import wait_in_words
from accounts.models import Party
from accounts.review_views import reviewer
from desk.cases import GROUPS, case_beside, cases_for, counts_of
from desk.stuck import stuck_now

GROUP_NAMES = {
    "parties": gettext_lazy("Parties"),
    "postings": gettext_lazy("Needs and offers"),
    "concerns": gettext_lazy("Concerns"),
    "checks": gettext_lazy("Checks"),
}


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """All cases, or those of one group that ``?group=`` names."""
    user, now = reviewer(request).user, timezone.now()
    cases = cases_for(user, at=now)
    group = request.GET.get("group", "")
    shown = [case for case in cases if case.group == group or group not in GROUPS]
    counts = counts_of(cases)
    context = {
        "mine": [case for case in shown if case.is_mine],
        "others": [case for case in shown if not case.is_mine],
        "groups": [(name, GROUP_NAMES[name], counts[name]) for name in GROUPS],
        "group": group if group in GROUPS else "",
        "number": sum(counts.values()),
        "stuck": stuck_now(user, at=now, shown=0),
        "waits": [(kind.label, wait_in_words(kind, at=now)) for kind in Party.Kind],
    }
    return render(request, "desk/queue.html", context)


@login_required
@require_safe
def step(request: HttpRequest, public_id: UUID, *, ahead: bool) -> HttpResponse:
    """From one case to the next, or back to the one before."""
    user = reviewer(request).user
    case = case_beside(user, str(public_id), ahead=ahead, at=timezone.now())
    if case is None:
        messages.info(request, _("No more cases.") if ahead else _("That was the first case."))
        return redirect("desk:queue")
    return redirect(case.path)


@login_required
@require_safe
def stuck(request: HttpRequest) -> HttpResponse:
    """What does not move by itself any more, with a next step for each."""
    found = stuck_now(reviewer(request).user, at=timezone.now())
    return render(request, "desk/stuck.html", {"stuck": found})
