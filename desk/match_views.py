"""The page of a match on which a nonprofit records the check of who comes to it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.acting import MemberRequest
from accounts.models import Party
from accounts.refusals import Refused
from accounts.views import get_or_post
from desk import actions
from desk.forms import HostCheckForm
from matching.models import Match


@login_required
@get_or_post
def host_check(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """The need's owner records a clear check of somebody who comes."""
    match = get_object_or_404(
        Match.objects.seen_by(request.user)
        .holding()
        .filter(
            need__party__kind=Party.Kind.NONPROFIT,
            need__party__in=Party.objects.owned_by(request.user),
        ),
        public_id=public_id,
    )
    people = match.offer.people.order_by("name", "pk")
    if not people:
        raise Http404
    now = timezone.now()
    form = HostCheckForm(request.POST or None, people=people, today=now.date())
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_check(match=match, by=request.user, at=now, **form.cleaned_data)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The check is recorded."))
        return redirect("matching:match", match.public_id)
    return render(request, "desk/host_check.html", {"form": form, "match": match})
