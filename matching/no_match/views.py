"""The page of a posting without a match: what stands in the way, and one press to change it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.acting import MemberRequest
from accounts.refusals import Refused
from matching.models import Outlook
from matching.no_match import one_click
from matching.no_match.counting import has_match
from matching.no_match.one_click import Step
from matching.no_match.words import View, number, view_of
from opportunities.lifecycle import waits_for
from opportunities.models import Need, Offer

Model = type[Need] | type[Offer]
STEP = "step"  # in the session: the last press and whose it was


@login_required
@require_safe
def no_match(request: MemberRequest, model: Model, public_id: UUID) -> HttpResponse:
    """What stands in the way, with a form for each single change that would help."""
    own = _own(request, model, public_id)
    found = _outlook(own)
    context = {
        "posting": own,
        "word": own.WORD,
        "waits_for": waits_for(own, timezone.now()),
        "is_live": own.status == own.LIVE,
        "has_match": has_match(own),
        "outlook": view_of(found, own, viewer=request.user) if found else None,
        "may_take_back": _last_step(request, own) is not None,
    }
    return render(request, "matching/no_match.html", context)


@login_required
@require_safe
def as_json(request: MemberRequest, model: Model, public_id: UUID) -> JsonResponse:
    """The same for programs and for other pages."""
    own = _own(request, model, public_id)
    found = None if has_match(own) or own.status != own.LIVE else _outlook(own)
    shown = view_of(found, own, viewer=request.user) if found else None
    return JsonResponse(_facts(found, shown) if found and shown else {"counted_at": None})


def _facts(outlook: Outlook, shown: View) -> dict[str, Any]:
    counts = outlook.counts
    return {
        "counted_at": shown.counted_at.isoformat(),
        "is_current": shown.is_current,
        "sharing": number(counts["sharing"]),
        "fitting": number(counts["fitting"]),
        "alone": [{"obstacle": name, "count": number(count)} for name, count in counts["alone"]],
        "together": counts["together"],
        "moves": [
            {"code": code, "value": value, "gains": number(count)}
            for code, value, count in (counts["moves"] if shown.is_current else [])
        ],
        "sentences": shown.sentences,
    }


@login_required
@require_POST
def widen(request: MemberRequest, model: Model, public_id: UUID) -> HttpResponse:
    """Make one of the suggested changes."""
    own = _own(request, model, public_id)
    code, value = request.POST.get("code", ""), request.POST.get("value", "")
    try:
        step = one_click.widen(
            posting=own, code=code, value=value, by=request.user, at=timezone.now()
        )
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        request.session[STEP] = [str(own.public_id), step.field, step.before, step.after]
        messages.success(request, _("Changed. We look for a match right away."))
    return _back(own)


@login_required
@require_POST
def take_back(request: MemberRequest, model: Model, public_id: UUID) -> HttpResponse:
    """Undo the last of them."""
    own = _own(request, model, public_id)
    step = _last_step(request, own)
    try:
        if step is None:
            raise one_click.HasMoved
        one_click.take_back(posting=own, step=step, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("It is as it was before."))
    request.session.pop(STEP, None)
    return _back(own)


def _own(request: MemberRequest, model: Model, public_id: UUID) -> Need | Offer:
    rows: QuerySet[Any] = model.objects.of(request.user).select_related("party")
    found: Need | Offer = get_object_or_404(rows, public_id=public_id)
    return found


def _outlook(own: Need | Offer) -> Outlook | None:
    return Outlook.objects.filter(**{own.WORD: own}).first()


def _last_step(request: MemberRequest, own: Need | Offer) -> Step | None:
    """The last press, if it was of this posting and nothing has changed it since."""
    whose, *step = request.session.get(STEP) or [None]
    if whose != str(own.public_id):
        return None
    last = Step(*step)
    return last if one_click.as_json(own, last.field) == last.after else None


def _back(own: Need | Offer) -> HttpResponse:
    return redirect(f"matching:{own.WORD}_no_match", own.public_id)
