"""Posting: a page of questions at a time, each saved when it is sent."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.acting import MemberRequest
from accounts.places import UnknownCounty, UnknownZip
from accounts.refusals import Refused
from opportunities import actions, by_hand
from opportunities.forms.base import StepForm
from opportunities.forms.steps import (
    WORDS,
    Step,
    flow_of,
    lengths_of,
    path_of,
    step_after,
    step_before,
    step_named,
)
from opportunities.forms.topics import TopicsForm
from opportunities.in_words import time_zone_in_words
from opportunities.kept_answers import answers_kept_for, forget_answers, keep_answers, mark_of
from opportunities.models import Need, Offer
from opportunities.moves import may_be_edited
from opportunities.two_tabs import FIELD as SEEN
from opportunities.two_tabs import changed_since, marks_of
from opportunities.views import Model, about, get_or_post, own_posting


@keep_answers
@login_required
@get_or_post
def step(request: MemberRequest, model: Model, public_id: UUID, slug: str) -> HttpResponse:
    """One page of questions about a draft, or about something published."""
    own = own_posting(request, model, public_id)
    asked = step_named(slug, own)
    if asked is None or not may_be_edited(own):
        raise Http404
    answers = answers_of(request)
    form = asked.form(
        answers,
        posting=own,
        today=today(request),
        asks_all="later" not in request.POST or not own.is_draft,
    )
    changed = changed_since(form, answers.get(SEEN, "")) if answers is not None else []
    if request.method == "POST":
        if redrawn := _redrawn(form, request.POST):
            form = redrawn
        elif form.is_valid() and not changed and (saved := _saved(request, form, own)):
            return _onward(request, saved, asked)
    context = about(own) | _about_step(request, own, asked) | {"form": form, "changed": changed}
    return render(request, "opportunities/step.html", context | {"seen": marks_of(form)})


def _about_step(request: MemberRequest, own: Need | Offer, asked: Step) -> dict[str, Any]:
    """Where the page stands among the others."""
    flow = flow_of(own)
    return {
        "party": own.party,
        "step": asked,
        "path": path_of(own),
        "number": flow.index(asked) + 1 if asked in flow else 0,
        "lengths": lengths_of(type(own)) if asked == WORDS and not own.round else (),
        "back": step_before(asked, own) if own.is_draft else None,
        "writer": mark_of(request.user),
        "time_zone": time_zone_in_words(own.time_zone),
        "to_preview": request.GET.get("to") == "preview",
    }


def answers_of(request: MemberRequest) -> Mapping[str, Any] | None:
    """What was just sent, or what was sent when the session had ended, or nothing."""
    if request.method == "POST":
        return request.POST
    kept = answers_kept_for(request)
    if kept is not None:
        messages.info(
            request,
            _(
                "You were signed out in the meantime. Your answers are still here:"
                " please look them over and send them once more."
            ),
        )
    return kept


def _redrawn(form: StepForm, pressed: Mapping[str, Any]) -> StepForm | None:
    """The page again, where a button of its own was pressed that saves nothing."""
    if not isinstance(form, TopicsForm):
        return None
    if "look_up" in pressed and pressed.get("look", "").strip():
        return form.looked()
    if "add" in pressed and pressed.get("other"):
        return form.added()
    if "move" in pressed:
        return form.moved(pressed["move"])
    return None


def _saved(request: MemberRequest, form: StepForm, posting: Need | Offer) -> Need | Offer | None:
    """Save what was answered; None where it was refused, and the form says why."""
    change = partial(
        by_hand.change, posting=posting, by=request.user, facts=form.facts(), at=timezone.now()
    )
    saved = unless_refused(form, change)
    if saved:
        forget_answers(request)
    return saved


def unless_refused(form: StepForm, save: Callable[[], Need | Offer]) -> Need | Offer | None:
    """What is saved so; None where it was refused, and the form says why."""
    try:
        return save()
    except actions.WordsRefused as refusal:
        form.refuse(refusal.problems)
    except (Refused, UnknownZip, UnknownCounty) as refusal:
        form.add_error(None, str(refusal))
    return None


def _onward(request: MemberRequest, saved: Need | Offer, done: Step) -> HttpResponse:
    """Where one goes after a page of questions."""
    if not saved.is_draft:
        messages.success(request, _after_edit(saved))
        return redirect(f"opportunities:{saved.WORD}", saved.public_id)
    if "later" in request.POST:
        return put_aside(request)
    following = step_after(done, saved)
    if following is None or request.GET.get("to") == "preview":
        return redirect(f"opportunities:{saved.WORD}_publish", saved.public_id)
    return redirect(f"opportunities:{saved.WORD}_step", saved.public_id, following.slug)


def put_aside(request: MemberRequest) -> HttpResponse:
    """To the list, where the draft waits."""
    messages.success(request, _("Saved as a draft. You find it here when you come back."))
    return redirect("opportunities:mine")


def _after_edit(saved: Need | Offer) -> str:
    if saved.reviews_needed and saved.status in {"in_review", "suspended"}:
        return _(
            "Saved. Because of what changed, a reviewer looks at it again;"
            " nothing new is matched until then."
        )
    return _("Saved.")


def today(request: MemberRequest) -> date:
    """The day it is where this person sits."""
    return timezone.localtime(timezone.now(), ZoneInfo(request.user.time_zone)).date()
