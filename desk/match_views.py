"""Pages that start from a match: report a concern, and record the check of who comes."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import concerns
from accounts.acting import MemberRequest
from accounts.forms.concerns import ConcernForm
from accounts.models import Party
from accounts.refusals import Refused
from accounts.views import get_or_post
from desk import actions
from desk.forms import HostCheckForm
from engagements.models import Message
from matching.models import OTHER, Match
from screening.judging import screen


@login_required
@get_or_post
def concern(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Tell the platform's reviewers what worries one about the other side, at any stage."""
    match = get_object_or_404(Match.objects.seen_by(request.user), public_id=public_id)
    side = match.side_of(request.user)
    return _report(
        request,
        party=match.posting_of(OTHER[side]).party,
        name=match.other_name(side),
        match=match,
    )


@login_required
@get_or_post
def message_concern(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """The same about one message that the other side has written; reviewers get it with it."""
    theirs = Message.objects.of(request.user).from_other_side_of(request.user)
    message = get_object_or_404(
        theirs.select_related("match__need__party", "match__offer__party"), public_id=public_id
    )
    side = message.match.side_of(request.user)
    return _report(
        request,
        party=message.match.posting_of(OTHER[side]).party,
        name=message.match.other_name(side),
        match=message.match,
        message=message,
    )


@login_required
@get_or_post
def concern_at_large(request: MemberRequest) -> HttpResponse:
    """The same, about anything and anybody."""
    return _report(request, party=None, name="", match=None)


def _report(
    request: MemberRequest,
    *,
    party: Party | None,
    name: str,
    match: Match | None,
    message: Message | None = None,
) -> HttpResponse:
    form = ConcernForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _names_nobody(form):
        about = message or match
        try:
            told = concerns.report(
                reporter=request.user,
                party=party,
                subject=about._meta.label_lower if about else "",  # noqa: SLF001 - Django documents it
                subject_id=about.pk if about else None,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("accounts:concern", told.public_id)
    context = {"form": form, "name": name, "match": match, "message": message}
    return render(request, "desk/concern.html", context)


def _names_nobody(form: ConcernForm) -> bool:
    found = screen({"text": form.cleaned_data["text"]}).identities
    for field, advice in found:
        form.add_error(field, advice)
    return not found


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
