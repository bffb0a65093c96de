"""Pages of an introduction: its messages, and a file for the calendar."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.acting import MemberRequest
from accounts.refusals import Refused, WordsRefused
from engagements import actions
from engagements.calendars import calendar_file
from engagements.forms import MessageForm
from engagements.sessions import Times, choices_of
from engagements.threads import SeenMessage, introductions_of, unread_notices, why_closed
from matching.models import Match
from matching.starting import confirm_staff as confirm
from matching.starting import missing

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
@require_POST
def confirm_staff(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """The need's side says that its staff will be there."""
    theirs = _theirs(request, public_id)
    if theirs.side_of(request.user) != "need":
        raise Http404
    try:
        confirm(match=theirs, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Written down. Thank you."))
    return redirect("matching:match", public_id)


@login_required
@require_safe
def calendar(request: MemberRequest, public_id: UUID, number: int) -> HttpResponse:
    """The times that both sides share, as a file; several series have a number each."""
    match, now = _theirs(request, public_id), timezone.now()
    choices = _times(match, at=now)
    if number >= len(choices):
        raise Http404
    content = calendar_file(match, choices[number], at=now)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="class.ics"'
    return answer


def _theirs(request: MemberRequest, public_id: UUID) -> Match:
    return get_object_or_404(introductions_of(request.user), public_id=public_id)


def _times(match: Match, *, at: datetime) -> list[Times]:
    """What can go into a calendar: not before all is in place, and not once it is over."""
    if match.status not in Match.HOLDING or missing(match, at=at).check:
        return []
    return choices_of(match, since=at.date())


def _thread_page(request: MemberRequest, match: Match, form: MessageForm) -> HttpResponse:
    now, side = timezone.now(), match.side_of(request.user)
    pages = Paginator(match.messages.select_related("author").oldest_first(), MESSAGES_A_PAGE)
    page = pages.get_page(request.GET.get("page") or pages.num_pages)
    first_new = unread_notices(request.user, match, at=now).order_by("created_at", "pk").first()
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
        "times": _times(match, at=now),
    }
    return render(request, "engagements/thread.html", context)
