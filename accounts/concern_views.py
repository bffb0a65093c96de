"""Pages about what was reported: the reporter's own, and the reviewers' queue."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import concerns
from accounts.acting import MemberRequest
from accounts.forms.concerns import ConcernNoteForm
from accounts.forms.reviews import ReasonForm
from accounts.models import Concern
from accounts.refusals import Refused
from accounts.review_views import reviewer
from accounts.views import get_or_post
from trail import actions as trail

CONCERNS_A_PAGE = 50


@login_required
@require_safe
def concern(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """What one reported oneself, and whether somebody has looked at it."""
    found = get_object_or_404(Concern.objects.of(request.user), public_id=public_id)
    return render(request, "accounts/concern.html", {"concern": found})


@login_required
@require_safe
def concern_queue(request: HttpRequest) -> HttpResponse:
    """What is open, the oldest first, danger before all; then what was closed."""
    seen = Concern.objects.seen_by_reviewer(reviewer(request).user)
    danger = list(seen.open().filter(kind=Concern.Kind.SAFETY).order_by("reported_at", "pk"))
    rest = seen.open().exclude(kind=Concern.Kind.SAFETY).order_by("reported_at", "pk")
    closed = seen.exclude(closed_at=None).order_by("-closed_at", "-pk")
    context = {
        "waiting": [*danger, *rest],
        "page": Paginator(closed, CONCERNS_A_PAGE).get_page(request.GET.get("page")),
        "now": timezone.now(),
    }
    return render(request, "accounts/concern_queue.html", context)


@login_required
@get_or_post
def concern_review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """GET shows it, POST closes it with a note."""
    user = reviewer(request).user
    seen = Concern.objects.seen_by_reviewer(user)
    found = get_object_or_404(
        seen.select_related("party", "reporter", "closed_by"), public_id=public_id
    )
    form = ConcernNoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            concerns.close(concern=found, reviewer=user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("It is closed. The reporter hears that we looked at it."))
        return redirect("accounts:concern_queue")
    trail.record(actor_id=user.pk, verb="concern_read", subject=found, at=timezone.now())
    others = seen.filter(party=found.party).exclude(pk=found.pk) if found.party else seen.none()
    context = {
        "concern": found,
        "others": others.order_by("-reported_at", "-pk"),
        "form": form,
        "reason_form": ReasonForm(auto_id="unasked_%s"),
    }
    return render(request, "accounts/concern_review.html", context)
