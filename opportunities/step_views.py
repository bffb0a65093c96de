"""Posting: a page of questions at a time, each saved when it is sent."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.acting import MemberRequest, party_required
from accounts.models import Party
from accounts.places import UnknownCounty, UnknownZip
from accounts.refusals import Refused
from opportunities import actions, daily_limits
from opportunities.forms.base import StepForm
from opportunities.forms.steps import STEPS, Step, step_after, steps_of
from opportunities.forms.topics import TopicsForm
from opportunities.forms.words import WordsForm
from opportunities.in_words import time_zone_in_words
from opportunities.kept_answers import answers_kept_for, forget_answers, keep_answers, mark_of
from opportunities.models import Need, Offer
from opportunities.moves import (
    may_be_edited,
)
from opportunities.views import Model, about, get_or_post, own_posting


@keep_answers
@party_required
@get_or_post
def new(request: MemberRequest, model: Model) -> HttpResponse:
    """The first page of questions. The draft exists from here on."""
    answers = _answers(request)
    party = _party_spoken_for(request, answers)
    blank = model(party=party, kind=request.GET.get("kind") or model.Kind.CLASS)
    form = WordsForm(
        answers, posting=blank, today=_today(request), asks_all="later" not in request.POST
    )
    if request.method == "POST" and form.is_valid() and (saved := _saved(request, form, party)):
        return _onward(request, saved, STEPS[0])
    context = {
        "form": form,
        "party": party,
        "posting": blank,
        "word": model.WORD,
        "step": STEPS[0],
        "steps": steps_of(blank),
        "number": 1,
        "is_draft": True,
        "writer": mark_of(request.user),
    }
    return render(request, "opportunities/step.html", context)


@keep_answers
@login_required
@get_or_post
def step(request: MemberRequest, model: Model, public_id: UUID, slug: str) -> HttpResponse:
    """One page of questions about a draft, or about something published."""
    own = own_posting(request, model, public_id)
    steps = steps_of(own)
    asked = next((one for one in steps if one.slug == slug), None)
    if asked is None or not may_be_edited(own):
        raise Http404
    form = asked.form(
        _answers(request),
        posting=own,
        today=_today(request),
        asks_all="later" not in request.POST or not own.is_draft,
    )
    if request.method == "POST":
        if redrawn := _redrawn(form, request.POST):
            form = redrawn
        elif form.is_valid() and (saved := _saved(request, form, own.party, own)):
            return _onward(request, saved, asked)
    context = about(own) | {
        "form": form,
        "party": own.party,
        "step": asked,
        "steps": steps,
        "number": steps.index(asked) + 1,
        "writer": mark_of(request.user),
        "time_zone": time_zone_in_words(own.time_zone),
        "to_preview": request.GET.get("to") == "preview",
    }
    return render(request, "opportunities/step.html", context)


def _answers(request: MemberRequest) -> Mapping[str, Any] | None:
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


def _party_spoken_for(request: MemberRequest, answers: Mapping[str, Any] | None) -> Party:
    """The party the page was made for, also when another one was chosen since then."""
    named = (answers or {}).get("party", "")
    try:
        public_id = UUID(named)
    except ValueError:
        return request.party
    return Party.objects.of(request.user).filter(public_id=public_id).first() or request.party


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


def _saved(
    request: MemberRequest,
    form: StepForm,
    party: Party,
    posting: Need | Offer | None = None,
) -> Need | Offer | None:
    """Save what was answered; None where it was refused, and the form says why."""
    try:
        saved = _save(request, form, party, posting, at=timezone.now())
    except actions.WordsRefused as refusal:
        form.refuse(refusal.problems)
        return None
    except (Refused, UnknownZip, UnknownCounty) as refusal:
        form.add_error(None, str(refusal))
        return None
    forget_answers(request)
    return saved


@transaction.atomic
def _save(
    request: MemberRequest, form: StepForm, party: Party, posting: Need | Offer | None, at: datetime
) -> Need | Offer:
    """By hand, so within what a party may do in a day."""
    if posting is not None and not posting.is_draft:
        daily_limits.allow_edit(party, at=at)
        return actions.edit(posting=posting, by=request.user, facts=form.facts(), at=at)
    if posting is None:
        daily_limits.allow_new(party, at=at)
    return actions.save_draft(
        model=type(form.posting),
        party=party,
        by=request.user,
        facts=form.facts(),
        posting=posting,
        at=at,
    )


def _onward(request: MemberRequest, saved: Need | Offer, done: Step) -> HttpResponse:
    """Where one goes after a page of questions."""
    if not saved.is_draft:
        messages.success(request, _after_edit(saved))
        return redirect(f"opportunities:{saved.WORD}", saved.public_id)
    if "later" in request.POST:
        messages.success(request, _("Saved as a draft. You find it here when you come back."))
        return redirect("opportunities:mine")
    following = step_after(done, saved)
    if following is None or request.GET.get("to") == "preview":
        return redirect(f"opportunities:{saved.WORD}_publish", saved.public_id)
    return redirect(f"opportunities:{saved.WORD}_step", saved.public_id, following.slug)


def _after_edit(saved: Need | Offer) -> str:
    if saved.reviews_needed and saved.status in {"in_review", "suspended"}:
        return _(
            "Saved. Because of what changed, a reviewer looks at it again;"
            " nothing new is matched until then."
        )
    return _("Saved.")


def _today(request: MemberRequest) -> date:
    """The day it is where this person sits."""
    return timezone.localtime(timezone.now(), ZoneInfo(request.user.time_zone)).date()
