"""Looking a posting over: who will see what, and the button that sends it in."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conduct
from accounts.acting import MemberRequest
from accounts.forms.conduct import ConductForm
from accounts.refusals import Refused
from opportunities import actions
from opportunities.forms.steps import flow_of, path_of, steps_of
from opportunities.models import Need, Offer
from opportunities.moves import may_be_published
from opportunities.sending_in import profile_goes_along, send_in
from opportunities.views import Model, about, get_or_post, own_posting
from opportunities.who_sees_what import shown_of


@login_required
@get_or_post
def publish(request: MemberRequest, model: Model, public_id: UUID) -> HttpResponse:
    """GET shows who will see what, POST publishes."""
    own = own_posting(request, model, public_id)
    if not may_be_published(own):
        return redirect(f"opportunities:{own.WORD}", own.public_id)
    form = _agreement(request)
    if request.method == "POST" and (form is None or form.is_valid()):
        agreed = form.cleaned_data["version"] if form else None
        return _sent_in(request, own, agreed)
    context = about(own) | {
        "form": form,
        "text": f"accounts/conduct/{conduct.CURRENT}.html",
        "steps": steps_of(own),
        "path": path_of(own),
        "back": flow_of(own)[-1],
        "missing": actions.missing_facts(own),
        "onward": flow_of(own)[1],
        "profile_goes_along": profile_goes_along(own.party, request.user),
        "shown": shown_of(own),
    }
    return render(request, "opportunities/publish.html", context)


def _agreement(request: MemberRequest) -> ConductForm | None:
    """Asked of who has not accepted the current version; nobody publishes without."""
    if conduct.has_accepted(request.user):
        return None
    return ConductForm(request.POST or None, initial={"version": conduct.CURRENT})


def _sent_in(request: MemberRequest, own: Need | Offer, agreed: int | None) -> HttpResponse:
    try:
        sent = send_in(posting=own, by=request.user, agreed=agreed, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect(f"opportunities:{own.WORD}_publish", own.public_id)
    is_open = sent.status == sent.LIVE
    messages.success(
        request, _("Published. Thank you.") if is_open else _("Thank you. It is sent in.")
    )
    return redirect(f"opportunities:{own.WORD}", own.public_id)
