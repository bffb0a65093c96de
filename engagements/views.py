"""Pages of an introduction: its messages, and a file for the calendar."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.acting import MemberRequest
from accounts.refusals import Refused, WordsRefused
from engagements import actions
from engagements.calendars import calendar_file
from engagements.forms import MessageForm
from engagements.sessions import choices_of
from engagements.threads import SeenMessage, introductions_of, unread_notices, why_closed
from matching.models import Match

MESSAGES_A_PAGE = 20


@login_required
@require_safe
def thread(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """What both sides wrote, the newest last; without a number the last page."""
    return _thread_page(request, _theirs(request, public_id), MessageForm())


@login_required
@require_POST
def write(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Say something. What cannot be taken is shown again as it was typed."""
    match, form = _theirs(request, public_id), MessageForm(request.POST)
    if form.is_valid():
        try:
            actions.write(match=match, by=request.user, at=timezone.now(), **form.cleaned_data)
        except WordsRefused as refusal:
            for field, advice in refusal.problems:
                form.add_error(field, advice)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("engagements:thread", public_id)
    return _thread_page(request, match, form)


@login_required
@require_POST
def read(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """The reader says to have read them."""
    actions.read(match=_theirs(request, public_id), by=request.user, at=timezone.now())
    return redirect("engagements:thread", public_id)


@login_required
@require_safe
def calendar(request: MemberRequest, public_id: UUID, number: int) -> HttpResponse:
    """The times that both sides share, as a file; several series have a number each."""
    theirs = introductions_of(request.user).holding()
    match, now = get_object_or_404(theirs, public_id=public_id), timezone.now()
    choices = choices_of(match, since=now.date())
    if number >= len(choices):
        raise Http404
    content = calendar_file(match, choices[number], at=now)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="class.ics"'
    return answer


def _theirs(request: MemberRequest, public_id: UUID) -> Match:
    return get_object_or_404(introductions_of(request.user), public_id=public_id)


def _thread_page(request: MemberRequest, match: Match, form: MessageForm) -> HttpResponse:
    now, side = timezone.now(), match.side_of(request.user)
    pages = Paginator(match.messages.select_related("author").oldest_first(), MESSAGES_A_PAGE)
    page = pages.get_page(request.GET.get("page") or pages.num_pages)
    first_new = unread_notices(request.user, match, at=now).order_by("created_at").first()
    since = first_new.created_at if first_new else None
    context = {
        "match": match,
        "other_party": match.other_name(side),
        "own_title": str(match.posting_of(side)),
        "page": page,
        "seen_messages": [SeenMessage(one, match, side, new_since=since) for one in page],
        "has_new": first_new is not None,
        "closed": why_closed(match, at=now),
        "form": form,
        "times": choices_of(match, since=now.date()) if match.status in Match.HOLDING else [],
    }
    return render(request, "engagements/thread.html", context)
