"""Pages of matches: the list, one match, and what a person can say to it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.acting import MemberRequest
from accounts.models import Party
from accounts.stepping_up import address_of_proof
from matching import actions
from matching.forms import EndForm, LaterForm, WhyNotForm
from matching.models import Match
from matching.reasons import Side
from matching.shown.brief import in_brief
from matching.shown.sections import in_sections
from matching.shown.seen import seen
from matching.telling import path_of
from notices import actions as notices
from notices.models import Notice
from trail import actions as trail

MATCHES_A_PAGE = 20


@login_required
@require_safe
def match_list(request: MemberRequest) -> HttpResponse:
    """The matches of all parties this person speaks for."""
    matches = in_sections(in_brief(Match.objects.seen_by(request.user)))
    pages = Paginator(matches, MATCHES_A_PAGE)
    pages.count = Match.objects.of(request.user).count()  # without what only their order needs
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "matches": seen(list(page.object_list), viewer=request.user, at=timezone.now()),
        "speaks_for_several": Party.objects.of(request.user).count() > 1,
    }
    return render(request, "matching/list.html", context)


@login_required
@require_safe
def match(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Why it fits, what the other side says, and what can be said to it now."""
    return _match_page(request, public_id)


def _match_page(
    request: MemberRequest,
    public_id: UUID,
    *,
    why_not_form: Form | None = None,
    end_form: Form | None = None,
) -> HttpResponse:
    found = get_object_or_404(Match.objects.seen_by(request.user), public_id=public_id)
    now, here = timezone.now(), reverse("matching:match", args=[public_id])
    proof = address_of_proof(request, back_to=here) if found.has_met else ""
    if found.has_met and not proof:
        trail.record(actor_id=request.user.pk, verb="contact_read", subject=found, at=now)
    shown = seen([found], viewer=request.user, at=now)[0]
    told = Notice.objects.of(request.user, at=now).unread().filter(path=path_of(found))
    context = {
        "match": shown,
        "speaks_for_several": Party.objects.of(request.user).count() > 1,
        "is_news": told.exists(),
        "proof": proof,
        "why_not_form": why_not_form or WhyNotForm(auto_id="no_%s"),
        "end_form": end_form or EndForm(auto_id="end_%s"),
    }
    return render(request, "matching/match.html", context)


@login_required
@require_POST
def accept(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Yes. Who saw a page before the other side's yes is first told that theirs is final."""
    found = _theirs(request, public_id)
    is_second = found.is_second_yes(found.side_of(request.user))
    if is_second and "final" not in request.POST:
        words = _("The other side has just said yes, so your yes is final. Please look once more.")
        messages.info(request, words)
        return redirect("matching:match", public_id)
    return _say(
        request,
        found,
        actions.accept,
        thanks=_("Thank you. Now both of you have said yes.")
        if is_second
        else _("Thank you. Your yes is written down."),
        is_said=lambda match, side: match.answer_of(side) == Match.Answer.YES,
    )


@login_required
@require_POST
def decline(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """No, at once; the page that follows takes it back, and asks why."""
    return _say(
        request,
        _theirs(request, public_id),
        actions.decline,
        thanks=_("Thank you for saying so. We keep looking."),
        is_said=lambda match, side: match.answer_of(side) == Match.Answer.NO,
    )


@login_required
@require_POST
def say_why(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Why one's fresh no is one, and whether it is for good."""
    found = _theirs(request, public_id)
    form = WhyNotForm(request.POST, auto_id="no_%s")
    if not form.is_valid():
        return _match_page(request, public_id, why_not_form=form)
    return _say(
        request,
        found,
        actions.say_why,
        thanks=_("We never match you with them again. They are not told.")
        if form.cleaned_data["block"]
        else _("Thank you. Only our staff reads it."),
        is_said=lambda _match, _side: False,
        **form.cleaned_data,
    )


@login_required
@require_POST
def later(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Not yet: be reminded on another day."""
    found = _theirs(request, public_id)
    form = LaterForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Please choose one of the days."))
        return redirect("matching:match", public_id)
    return _say(
        request,
        found,
        actions.ask_later,
        thanks=_("We remind you then. You can still answer at any time before."),
        is_said=lambda _match, _side: False,
        **form.cleaned_data,
    )


@login_required
@require_POST
def read(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """This person has seen what the notices about this match told."""
    _settle(request, _theirs(request, public_id), at=timezone.now())
    return redirect("matching:match", public_id)


@login_required
@require_POST
def take_back(request: MemberRequest, public_id: UUID) -> HttpResponse:
    return _say(
        request,
        _theirs(request, public_id),
        actions.take_back,
        thanks=_("Your answer is taken back."),
        is_said=lambda match, side: match.may_answer(side),
    )


@login_required
@require_POST
def end(request: MemberRequest, public_id: UUID) -> HttpResponse:
    found = _theirs(request, public_id)
    form = EndForm(request.POST, auto_id="end_%s")
    if not form.is_valid():
        return _match_page(request, public_id, end_form=form)
    return _say(
        request,
        found,
        actions.end,
        thanks=_("It is ended. We let the other side know, without your reason."),
        is_said=lambda match, _side: match.status in {Match.Status.ENDED, Match.Status.DECLINED},
        **form.cleaned_data,
    )


@login_required
@require_POST
def start(request: MemberRequest, public_id: UUID) -> HttpResponse:
    return _say(
        request,
        _theirs(request, public_id),
        actions.record_start,
        thanks=_("Written down. We are glad."),
        is_said=lambda match, _side: match.status == Match.Status.ENGAGED,
    )


@login_required
@require_POST
def complete(request: MemberRequest, public_id: UUID) -> HttpResponse:
    return _say(
        request,
        _theirs(request, public_id),
        actions.complete,
        thanks=_("Written down. Thank you."),
        is_said=lambda match, _side: match.status == Match.Status.COMPLETED,
    )


def _theirs(request: MemberRequest, public_id: UUID) -> Match:
    return get_object_or_404(Match.objects.seen_by(request.user), public_id=public_id)


def _say(
    request: MemberRequest,
    match: Match,
    act: Callable[..., object],
    *,
    thanks: str,
    is_said: Callable[[Match, Side], bool],
    **facts: Any,
) -> HttpResponse:
    """Do it and lead back to the match. What was said already needs no refusal.

    Who says anything to a match has read what they were told of it, and the page they come
    back to tells what their own words brought about.
    """
    side, now = match.side_of(request.user), timezone.now()
    try:
        act(match=match, by=request.user, at=now, **facts)
    except actions.CannotAnswer as refusal:
        match.refresh_from_db()
        if not is_said(match, side):
            messages.warning(request, str(refusal))
    else:
        messages.success(request, thanks)
    _settle(request, match, at=now)
    return redirect("matching:match", match.public_id)


def _settle(request: MemberRequest, match: Match, *, at: datetime) -> None:
    notices.settle(people=[request.user.pk], path=path_of(match), at=at)
