"""Pages about one's own data: take it out, be erased, undo that, and close a team."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.acting import MemberRequest
from accounts.models import Party
from accounts.refusals import Refused
from accounts.stepping_up import confirmed
from accounts.views import get_or_post
from keeping import closing, erasing
from keeping.models import Erasure
from keeping.own_data import own_data
from trail import actions as trail


@login_required
@require_safe
def data(request: MemberRequest) -> HttpResponse:
    """What one can do with one's own data."""
    context = {
        "erasure": Erasure.objects.filter(person=request.user).first(),
        "days": Erasure.WAIT.days,
    }
    return render(request, "keeping/data.html", context)


@login_required
@require_POST
@confirmed
def download(request: MemberRequest) -> HttpResponse:
    """All of it as a file; that it was taken out is written down."""
    now = timezone.now()
    trail.record(actor_id=request.user.pk, verb="own_data_exported", subject=request.user, at=now)
    found = own_data(request.user, at=now)
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    response["Cache-Control"] = "no-store, private"
    return response


@login_required
@get_or_post
@confirmed
def erase(request: MemberRequest) -> HttpResponse:
    """GET says what goes and what stays, POST asks for it."""
    if request.method == "POST":
        try:
            erasing.ask(person=request.user, at=timezone.now())
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return redirect("keeping:erase")
        messages.success(request, _("Your account will be deleted. You can undo this for a week."))
        return redirect("keeping:data")
    alone = closing.only_owned_by(request.user).order_by("name", "pk")
    context = {
        "open": [party for party in alone if not closing.is_closed(party)],
        "alone": alone,
        "days": Erasure.WAIT.days,
    }
    return render(request, "keeping/erase.html", context)


@login_required
@require_POST
def stay(request: MemberRequest) -> HttpResponse:
    """Undo it."""
    try:
        erasing.take_back(person=request.user, at=timezone.now())
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("Your account stays."))
    return redirect("keeping:data")


@login_required
@get_or_post
@confirmed
def close(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """GET asks, POST takes back all that a team has posted, and ends its introductions."""
    party = get_object_or_404(Party.objects.owned_by(request.user), public_id=public_id)
    if request.method == "POST":
        try:
            closing.close_party(party=party, by=request.user, at=timezone.now())
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Everything of the team is taken back."))
        return redirect("keeping:erase")
    context = {"party": party, "postings": closing.live_postings(party)}
    return render(request, "keeping/close.html", context)
