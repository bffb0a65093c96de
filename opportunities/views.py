"""Pages of needs and offers: one's own, publishing, and what comes after."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.acting import MemberRequest, party_required
from accounts.models import Party, User
from accounts.refusals import Refused
from opportunities import actions, reviewing
from opportunities.forms.renewal import RenewForm
from opportunities.forms.steps import flow_of, steps_of
from opportunities.models import Need, Offer
from opportunities.moves import (
    MOVES,
    VERBS,
    first_of,
    may_be_edited,
    may_be_renewed,
    moves_of,
)
from opportunities.who_sees_what import shown_of

Model = type[Need] | type[Offer]
get_or_post = require_http_methods(["GET", "HEAD", "POST"])
POSTINGS_A_PAGE = 20


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
    rows = model.objects.filter(party=request.party).select_related("party", "outlook")
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
    own = own_posting(request, model, public_id)
    now, first = timezone.now(), first_of(own)
    context = about(own) | {
        "first": first,
        "waits_for": actions.waits_for(own, now),
        "may_show_evidence": _may_show_evidence(request.user, own.party),
        "answer": reviewing.answer_to(own),
        "moves": [move for move in moves_of(own) if move.word != first],
        "may_be_edited": may_be_edited(own),
        "may_be_renewed": first != "renew" and may_be_renewed(own, now),
        "shown": shown_of(own),
    }
    return render(request, "opportunities/posting.html", context)


def _may_show_evidence(person: User, party: Party) -> bool:
    """Whether it waits to be checked, and this person may help with that."""
    asks = party.is_waiting and not party.is_volunteer
    return asks and Party.objects.owned_by(person).filter(pk=party.pk).exists()


def own_posting(request: MemberRequest, model: Model, public_id: UUID) -> Need | Offer:
    """A posting of a party this person may act for; to everybody else there is none."""
    rows: QuerySet[Any] = model.objects.of(request.user).select_related("party", "outlook")
    found: Need | Offer = get_object_or_404(rows, public_id=public_id)
    return found


def about(own: Need | Offer) -> dict[str, Any]:
    """What every page about one posting needs: it, and its word in addresses."""
    return {"posting": own, "word": own.WORD, "is_draft": own.is_draft}


# Changing


@login_required
@require_GET
def edit(request: MemberRequest, model: Model, public_id: UUID) -> HttpResponse:
    """What one can change, page by page."""
    own = own_posting(request, model, public_id)
    if not may_be_edited(own):
        raise Http404
    context = about(own) | {
        "steps": steps_of(own),
        "missing": actions.missing_facts(own),
        "onward": flow_of(own)[1],
    }
    return render(request, "opportunities/edit.html", context)


# What comes after


@login_required
@get_or_post
def move(request: MemberRequest, model: Model, public_id: UUID, word: str) -> HttpResponse:
    """Pause, go on, complete or take back: GET asks, POST does."""
    own = own_posting(request, model, public_id)
    asked = MOVES[word]
    if request.method == "POST":
        try:
            VERBS[word](posting=own, by=request.user, at=timezone.now())
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, str(asked.done))
        return redirect(f"opportunities:{own.WORD}", own.public_id)
    context = about(own) | {"move": asked, "is_possible": asked in moves_of(own)}
    return render(request, "opportunities/move.html", context)


@login_required
@get_or_post
def renew(request: MemberRequest, model: Model, public_id: UUID) -> HttpResponse:
    """A new last day."""
    own = own_posting(request, model, public_id)
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
    context = about(own) | {"form": form}
    return render(request, "opportunities/renew.html", context)
