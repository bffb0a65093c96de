"""What a reviewer reads of messages: those a concern is about, and each look is written down."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Concern
from accounts.review_views import reviewer
from engagements.models import Message
from engagements.reporting import match_of, reported_in
from trail import actions as trail

MESSAGES_A_PAGE = 50


@login_required
@require_safe
def reviewed_thread(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The messages behind a concern. There is no other way to them, for anybody."""
    user = reviewer(request).user
    concern = get_object_or_404(Concern.objects.seen_by_reviewer(user), public_id=public_id)
    match = match_of(concern, reviewer=user)
    if match is None:
        raise Http404
    trail.record(
        actor_id=user.pk, verb="messages_read", subject=match, at=timezone.now(), concern=concern.pk
    )
    found = Message.objects.filter(match=match).select_related("author").oldest_first()
    pages = Paginator(found, MESSAGES_A_PAGE)
    context = {
        "concern": concern,
        "match": match,
        "reported": reported_in(concern),
        "page": pages.get_page(request.GET.get("page") or pages.num_pages),
    }
    return render(request, "engagements/reviewed_thread.html", context)
