"""The page on which a reviewer decides on a posting, with all that is needed to decide."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.refusals import Refused
from accounts.review_views import reviewer
from opportunities import reviewing
from opportunities.differences import changed_facts
from opportunities.forms.decisions import PostingDecisionForm, SuspensionForm
from opportunities.models import Need, Offer, PostingReview
from opportunities.requirements import least_pay_in_words
from opportunities.screening import reasons_of
from opportunities.who_sees_what import shown_of
from screening.wages import SOURCE
from trail import actions as trail


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review_posting(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """GET shows everything, silent facts too; POST decides."""
    user = reviewer(request).user
    posting = _seen(user, public_id)
    form = _blank(posting)
    if request.method == "POST":
        form = PostingDecisionForm(request.POST, asks_limits=posting.is_work_for_minors)
    if request.method == "POST" and form.is_valid():
        try:
            reviewing.decide(posting=posting, reviewer=user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _written_down(posting))
        return redirect("desk:queue")
    trail.record(actor_id=user.pk, verb="posting_read", subject=posting, at=timezone.now())
    return _decision_page(request, user, posting, form=form)


@login_required
@require_POST
def review_suspend(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Take an offer off the market at once."""
    user = reviewer(request).user
    offer = _seen(user, public_id)
    if not isinstance(offer, Offer):
        raise Http404
    form = SuspensionForm(request.POST, auto_id="suspend_%s")
    if not form.is_valid():
        return _decision_page(request, user, offer, form=_blank(offer), suspension_form=form)
    try:
        reviewing.suspend(offer=offer, reviewer=user, at=timezone.now(), **form.cleaned_data)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _written_down(offer))
    return redirect("opportunities:review_posting", offer.public_id)


def _written_down(posting: Need | Offer) -> str:
    return _("Your decision on “%(name)s” is written down.") % {"name": posting.title}


def _seen(user: User, public_id: UUID) -> Need | Offer:
    """A need or an offer that this reviewer may look into; ids are random, so one fits."""
    need = (
        Need.objects.seen_by_reviewer(user)
        .select_related("party")
        .filter(public_id=public_id)
        .first()
    )
    if need:
        return need
    offers = Offer.objects.seen_by_reviewer(user).select_related("party")
    return get_object_or_404(offers, public_id=public_id)


def _blank(posting: Need | Offer) -> PostingDecisionForm:
    """Nobody decides on a round they have not read: the form carries the one that is shown."""
    return PostingDecisionForm(
        initial={"seen_round": posting.round}, asks_limits=posting.is_work_for_minors
    )


def _decision_page(
    request: HttpRequest,
    user: User,
    posting: Need | Offer,
    *,
    form: PostingDecisionForm,
    suspension_form: SuspensionForm | None = None,
) -> HttpResponse:
    reviews = PostingReview.objects.filter(**{posting.WORD: posting})
    may_decide = type(posting).objects.reviewable_by(user).filter(pk=posting.pk).exists()
    context = {
        "posting": posting,
        "shown": shown_of(posting),
        "reasons": reasons_of(posting),
        "least_pay": least_pay_in_words(posting) if isinstance(posting, Offer) else "",
        "wages_at": SOURCE,
        "changes": changed_facts(posting),
        "form": form,
        "suspension_form": suspension_form or SuspensionForm(auto_id="suspend_%s"),
        "may_decide": may_decide,
        "may_suspend": isinstance(posting, Offer) and posting.status in {"active", "at_capacity"},
        "reviews": reviews.select_related("reviewer").order_by("-at", "-pk"),
        "now": timezone.now(),
    }
    return render(request, "opportunities/review_posting.html", context)
