"""The page on which a reviewer decides on a party, with all that is needed to decide."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import gathering, stopping, vetting
from accounts.claiming import wait_in_words
from accounts.differences import changed_facts
from accounts.evidence import checklist, lacking, own_mailboxes
from accounts.facts_asked import missing_facts
from accounts.forms.evidence import CallBackForm, RegisterForm
from accounts.forms.reviews import ReasonForm
from accounts.models import Concern, Membership, Party, Sponsorship, User
from accounts.refusals import Refused
from accounts.review_views import reviewer
from accounts.rings import is_reviewing_ring, vouches
from accounts.stepping_up import confirmed
from accounts.views import get_or_post
from desk import actions
from desk.forms import PartyDecisionForm
from desk.history import history_of
from desk.party_risks import risks_of, waiting_parties
from keeping.marks import seen_before
from opportunities.models import Need, Offer
from opportunities.screening import reasons_of
from opportunities.who_sees_what import shown_of
from trail import actions as trail

NOTHING_SENT: Mapping[str, Form] = MappingProxyType({})
SHOWN = 10  # of each kind, of what opens with a yes


@login_required
@get_or_post
def party(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """GET shows what is needed to decide, POST decides, on its waiting postings as well."""
    user = reviewer(request).user
    found = _seen(user, public_id)
    form = PartyDecisionForm(
        request.POST or None,
        waiting=_waiting(user, found),
        initial={"seen_round": found.round},
    )
    if request.method == "POST" and form.is_valid():
        if _done(request, actions.decide, party=found, **form.cleaned_data):
            return redirect("desk:queue")
        return redirect("desk:party", public_id)
    trail.record(actor_id=user.pk, verb="party_read", subject=found, at=timezone.now())
    return _page(request, found, decision_form=form)


@login_required
@require_POST
@confirmed
def number(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show the registration and license numbers, and write down who read them."""
    user = reviewer(request).user
    found = _seen(user, public_id)
    trail.record(actor_id=user.pk, verb=actions.NUMBER_READ, subject=found, at=timezone.now())
    return _page(request, found, shows_number=True)


@login_required
@require_POST
def call(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down a call-back."""
    form = CallBackForm(request.POST, auto_id="call_%s")
    return _write_down(request, public_id, gathering.record_call, "call_form", form)


@login_required
@require_POST
def register(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Write down what stands in an official register."""
    form = RegisterForm(request.POST, auto_id="register_%s")
    return _write_down(request, public_id, actions.record_register, "register_form", form)


def _write_down(
    request: HttpRequest, public_id: UUID, verb: Any, name: str, form: Form
) -> HttpResponse:
    """Keep what this reviewer found out, or show the form, known by its name, once more."""
    user = reviewer(request).user
    found = _seen(user, public_id)
    if form.is_valid():
        try:
            verb(party=found, by=user, at=timezone.now(), **form.cleaned_data)
        except vetting.ChangedMeanwhile as refusal:
            messages.warning(request, str(refusal))
            return redirect("desk:party", public_id)
        except Refused as refusal:
            form.add_error(next(iter(form.fields)), str(refusal))
    if form.errors:
        return _page(request, found, sent={name: form})
    messages.success(request, _("It is written down."))
    return redirect("desk:party", public_id)


@login_required
@require_POST
def suspend(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _unasked(request, public_id, actions.suspend)


@login_required
@require_POST
def reopen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _unasked(request, public_id, stopping.reopen)


def _unasked(request: HttpRequest, public_id: UUID, verb: Any) -> HttpResponse:
    found = _seen(reviewer(request).user, public_id)
    form = ReasonForm(request.POST, auto_id="unasked_%s")
    if not form.is_valid():
        return _page(request, found, sent={"reason_form": form})
    _done(request, verb, party=found, **form.cleaned_data)
    return redirect("desk:party", public_id)


def _done(request: HttpRequest, verb: Any, **facts: Any) -> bool:
    """Do it in this reviewer's name, and say how it went."""
    try:
        verb(reviewer=reviewer(request).user, at=timezone.now(), **facts)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return False
    words = _("Your decision on “%(name)s” is written down.")
    messages.success(request, words % {"name": facts["party"].name})
    return True


def _seen(user: User, public_id: UUID) -> Party:
    found = Party.objects.seen_by_reviewer(user).select_related(
        "contact", "second_contact", "claimed_by"
    )
    return get_object_or_404(found, public_id=public_id)


def _waiting(user: User, found: Party) -> list[Need | Offer]:
    """Postings of this party that wait for a yes of this reviewer, the first one first.

    Work for minors has a checklist of its own, and so is decided on its own page.
    """
    needs, offers = (
        rows.filter(party=found).select_related("party").prefetch_related("topics")
        for rows in (Need.objects.reviewable_by(user), Offer.objects.reviewable_by(user))
    )
    mine = [posting for posting in (*needs, *offers) if not posting.is_work_for_minors]
    return sorted(mine, key=lambda posting: (posting.created_at, posting.pk))


def _opening(found: Party) -> list[Need | Offer]:
    """What waits for nothing but a yes to its party: it tells what the party is here for."""
    needs, offers = (
        model.objects.filter(party=found, status="in_review", reviews_needed=0)
        .select_related("party")
        .prefetch_related("topics")
        .order_by("created_at", "pk")[:SHOWN]
        for model in (Need, Offer)
    )
    return [*needs, *offers]


def _page(
    request: HttpRequest,
    found: Party,
    *,
    decision_form: PartyDecisionForm | None = None,
    shows_number: bool = False,
    sent: Mapping[str, Form] = NOTHING_SENT,
) -> HttpResponse:
    """``sent`` are the smaller forms that came back with problems, by their names."""
    user, now = reviewer(request).user, timezone.now()
    seen = {"seen_round": found.round}
    form = decision_form or PartyDecisionForm(waiting=_waiting(user, found), initial=seen)
    context = {
        "party": found,
        "form": form,
        "call_form": CallBackForm(auto_id="call_%s", initial=seen),
        "register_form": RegisterForm(auto_id="register_%s", initial=seen),
        "reason_form": ReasonForm(auto_id="unasked_%s"),
        "waiting": [
            (posting, shown_of(posting), reasons_of(posting)) for posting in form.waiting.values()
        ],
        "opening": [(posting, shown_of(posting)) for posting in _opening(found)],
        "shows_number": shows_number,
        "changes": changed_facts(found, shows_number=shows_number),
        "now": now,
    }
    about = _stands(user, found, at=now) | _evidence(user, found, at=now) | _known(user, found)
    return render(request, "desk/party.html", context | about | dict(sent))


def _stands(user: User, found: Party, *, at: datetime) -> dict[str, Any]:
    """How far it is, and whether this reviewer may decide."""
    return {
        "wait": wait_in_words(found.kind, at=at),
        "missing": missing_facts(found),
        "may_decide": Party.objects.reviewable_by(user).filter(pk=found.pk).exists(),
        "in_a_ring": is_reviewing_ring(user, found) or vouches(user, found),
        "is_claimed": found.is_claimed_at(at),
        "is_mine": found.claimed_by_id == user.pk,
    }


def _evidence(user: User, found: Party, *, at: datetime) -> dict[str, Any]:
    """What speaks for it, and what this reviewer still has to look up."""
    pieces, mailboxes = checklist(found, at, reviewer=user), own_mailboxes(found)
    sponsors = Sponsorship.objects.standing().filter(party=found).select_related("sponsor", "party")
    asks_register = found.kind == Party.Kind.NONPROFIT and not mailboxes and found.is_waiting
    return {
        "checklist": pieces,
        "lacks": lacking(pieces),
        "mailboxes": mailboxes,
        "asks_register": asks_register,
        "must_read_number": asks_register and not actions.has_read_number(found, user),
        "entries": found.register_entries.select_related("looked_up_by").order_by("-pk"),
        "sponsors": sponsors.order_by("vouched_at", "pk"),
        "calls": found.call_backs.select_related("called_by").order_by("-called_at", "-pk"),
    }


def _known(user: User, found: Party) -> dict[str, Any]:
    """Who belongs to it, what happened to it, and why to look closely."""
    asked = waiting_parties(user).filter(pk=found.pk)
    members = Membership.objects.filter(party=found).select_related("user")
    concerns = Concern.objects.seen_by_reviewer(user).filter(party=found)
    return {
        "reasons": risks_of(list(asked)).get(found.pk, []),
        "marks": seen_before(found),
        "history": history_of(found, user=user),
        "members": members.order_by("joined_at", "pk"),
        "reviews": found.reviews.select_related("reviewer").order_by("-at", "-pk"),
        "concerns": concerns.order_by("-reported_at", "-pk"),
    }
