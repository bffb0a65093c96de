"""Pages of needs and offers: what is needed, one's own lists, posting, and what comes after."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.acting import MemberRequest, party_required
from accounts.models import Party
from accounts.places import STATES, UnknownCounty, UnknownZip
from accounts.refusals import Refused
from opportunities import actions, reviewing
from opportunities.forms.base import StepForm
from opportunities.forms.renewal import RenewForm
from opportunities.forms.steps import STEPS, Step, step_after, steps_of
from opportunities.forms.topics import TopicsForm
from opportunities.forms.words import WordsForm
from opportunities.in_words import time_zone_in_words
from opportunities.kept_answers import answers_kept_for, forget_answers, keep_answers, mark_of
from opportunities.models import Need, Offer
from opportunities.moves import (
    MOVES,
    VERBS,
    may_be_edited,
    may_be_published,
    may_be_renewed,
    moves_of,
)
from opportunities.needed import needed_topics
from opportunities.who_sees_what import shown_of

Model = type[Need] | type[Offer]
get_or_post = require_http_methods(["GET", "HEAD", "POST"])
POSTINGS_A_PAGE = 20
TOPICS_A_PAGE = 60


@require_GET
def needed(request: HttpRequest) -> HttpResponse:
    """What is needed, for everybody: topic, state and count."""
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    topics = needed_topics(at=timezone.now(), state=state)
    context = {
        "page": Paginator(topics, TOPICS_A_PAGE).get_page(request.GET.get("page")),
        "states": sorted(STATES.items(), key=lambda pair: pair[1]),
        "state": state,
        "state_name": STATES.get(state, ""),
    }
    return render(request, "opportunities/needed.html", context)


# One's own


@party_required
@require_GET
def mine(request: MemberRequest) -> HttpResponse:
    """The needs and offers of the party one speaks for, the newest change first."""
    lists = [
        _own_list(request, Need, _("Needs"), parameter="needs"),
        _own_list(request, Offer, _("Offers"), parameter="offers"),
    ]
    if request.party.kind != Party.Kind.NONPROFIT:
        lists.reverse()
    context = {"party": request.party, "lists": lists}
    return render(request, "opportunities/mine.html", context)


def _own_list(
    request: MemberRequest, model: Model, title: str, *, parameter: str
) -> dict[str, Any]:
    now = timezone.now()
    rows = model.objects.filter(party=request.party).select_related("party")
    page: Page[Any] = Paginator(rows.order_by("-updated_at", "-pk"), POSTINGS_A_PAGE).get_page(
        request.GET.get(parameter)
    )
    return {
        "title": title,
        "word": model.WORD,
        "parameter": parameter,
        "page": page,
        "lines": [(posting, actions.waits_for(posting, now)) for posting in page],
    }


@login_required
@require_GET
def posting(request: MemberRequest, model: Model, public_id: UUID) -> HttpResponse:
    """Everything about one posting of one's own, and what can be done with it."""
    own = _own(request, model, public_id)
    context = _about(own) | {
        "waits_for": actions.waits_for(own, timezone.now()),
        "answer": reviewing.answer_to(own),
        "moves": moves_of(own),
        "may_be_edited": may_be_edited(own),
        "may_be_renewed": may_be_renewed(own),
        "may_be_published": may_be_published(own),
        "shown": shown_of(own),
    }
    return render(request, "opportunities/posting.html", context)


def _own(request: MemberRequest, model: Model, public_id: UUID) -> Need | Offer:
    """A posting of a party this person may act for; to everybody else there is none."""
    rows: QuerySet[Any] = model.objects.of(request.user).with_told()
    found: Need | Offer = get_object_or_404(rows, public_id=public_id)
    return found


def _about(own: Need | Offer) -> dict[str, Any]:
    """What every page about one posting needs: it, and its word in addresses."""
    return {"posting": own, "word": own.WORD, "is_draft": own.status == own.Status.DRAFT}


# Posting: a page of questions at a time, each saved when it is sent


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
    own = _own(request, model, public_id)
    steps = steps_of(own)
    asked = next((one for one in steps if one.slug == slug), None)
    if asked is None or not may_be_edited(own):
        raise Http404
    form = asked.form(
        _answers(request),
        posting=own,
        today=_today(request),
        asks_all="later" not in request.POST or own.status != own.Status.DRAFT,
    )
    if request.method == "POST":
        redrawn = _redrawn(form, request.POST)
        if redrawn:
            form = redrawn
        elif form.is_valid() and (saved := _saved(request, form, own.party, own)):
            return _onward(request, saved, asked)
    context = _about(own) | {
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
    now = timezone.now()
    try:
        if posting is None or posting.status == posting.Status.DRAFT:
            saved = actions.save_draft(
                model=type(form.posting),
                party=party,
                by=request.user,
                facts=form.facts(),
                posting=posting,
                at=now,
            )
        else:
            saved = actions.edit(posting=posting, by=request.user, facts=form.facts(), at=now)
    except actions.WordsRefused as refusal:
        form.refuse(refusal.problems)
        return None
    except (Refused, UnknownZip, UnknownCounty) as refusal:
        form.add_error(None, str(refusal))
        return None
    forget_answers(request)
    return saved


def _onward(request: MemberRequest, saved: Need | Offer, done: Step) -> HttpResponse:
    """Where one goes after a page of questions."""
    if saved.status != saved.Status.DRAFT:
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


@login_required
@require_GET
def edit(request: MemberRequest, model: Model, public_id: UUID) -> HttpResponse:
    """What one can change, page by page."""
    own = _own(request, model, public_id)
    if not may_be_edited(own):
        raise Http404
    context = _about(own) | {"steps": steps_of(own), "missing": actions.missing_facts(own)}
    return render(request, "opportunities/edit.html", context)


@login_required
@get_or_post
def publish(request: MemberRequest, model: Model, public_id: UUID) -> HttpResponse:
    """GET shows who will see what, POST publishes."""
    own = _own(request, model, public_id)
    if not may_be_published(own):
        return redirect(f"opportunities:{own.WORD}", own.public_id)
    if request.method == "POST":
        try:
            actions.publish(posting=own, by=request.user, at=timezone.now())
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return redirect(f"opportunities:{own.WORD}_publish", own.public_id)
        messages.success(request, _("Published. Thank you."))
        return redirect(f"opportunities:{own.WORD}", own.public_id)
    context = _about(own) | {
        "steps": steps_of(own),
        "missing": actions.missing_facts(own),
        "shown": shown_of(own),
    }
    return render(request, "opportunities/publish.html", context)


# What comes after


@login_required
@get_or_post
def move(request: MemberRequest, model: Model, public_id: UUID, word: str) -> HttpResponse:
    """Pause, go on, complete or take back: GET asks, POST does."""
    own = _own(request, model, public_id)
    asked = MOVES[word]
    if request.method == "POST":
        try:
            VERBS[word](posting=own, by=request.user, at=timezone.now())
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, str(asked.done))
        return redirect(f"opportunities:{own.WORD}", own.public_id)
    context = _about(own) | {"move": asked, "is_possible": asked in moves_of(own)}
    return render(request, "opportunities/move.html", context)


@login_required
@get_or_post
def renew(request: MemberRequest, model: Model, public_id: UUID) -> HttpResponse:
    """A new last day."""
    own = _own(request, model, public_id)
    form = RenewForm(request.POST or None, posting=own, initial={"end_date": own.end_date})
    if request.method == "POST" and form.is_valid():
        try:
            actions.renew(
                posting=own,
                by=request.user,
                end_date=form.cleaned_data["end_date"],
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error("end_date", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(f"opportunities:{own.WORD}", own.public_id)
    context = _about(own) | {"form": form}
    return render(request, "opportunities/renew.html", context)


def _today(request: MemberRequest) -> Any:
    """The day it is where this person sits."""
    return timezone.localtime(timezone.now(), ZoneInfo(request.user.time_zone)).date()
