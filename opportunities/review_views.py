"""Pages for reviewers: which postings wait, and everything needed to decide on one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from accounts.refusals import Refused
from accounts.review_views import reviewer
from opportunities import reviewing
from opportunities.differences import changed_facts
from opportunities.forms.decisions import PostingDecisionForm, SuspensionForm
from opportunities.models import Need, Offer, PostingReview
from opportunities.who_sees_what import shown_of
from trail import actions as trail

SHOWN = 200  # of each list: more than a reviewer decides in a day


@login_required
@require_GET
def review_queue(request: HttpRequest) -> HttpResponse:
    """What waits for this reviewer, by risk and age, and what waits for others or for its party."""
    user = reviewer(request).user
    waiting: list[tuple[str, list[Any]]] = [
        (_("For your decision"), _for_the_list(user, mine=True)),
        (_("For another reviewer"), _for_the_list(user, mine=False)),
    ]
    context = {"waiting": waiting, "now": timezone.now()}
    return render(request, "opportunities/review_queue.html", context)


def _for_the_list(user: User, *, mine: bool) -> list[Need | Offer]:
    found: list[Need | Offer] = []
    for model in (Need, Offer):
        yours: QuerySet[Any] = model.objects.reviewable_by(user)
        waiting: QuerySet[Any] = model.objects.undecided().seen_by_reviewer(user)
        found += _with_yeses(yours if mine else waiting.exclude(pk__in=yours))[:SHOWN]
    return sorted(found, key=lambda posting: (posting.waits_as_if_since, posting.pk))[:SHOWN]


def _with_yeses(postings: QuerySet[Any]) -> QuerySet[Any]:
    yes = Q(reviews__decision=PostingReview.Decision.APPROVE, reviews__round=F("round"))
    counted: QuerySet[Any] = postings.select_related("party").annotate(
        yeses=Count("reviews", filter=yes, distinct=True)
    )
    ordered: QuerySet[Any] = counted.by_risk_and_age()  # type: ignore[attr-defined]  # ours
    return ordered


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
            messages.success(request, _("Your decision is written down."))
        return redirect("opportunities:review_queue")
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
        messages.success(request, _("Your decision is written down."))
    return redirect("opportunities:review_posting", offer.public_id)


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
        "changes": changed_facts(posting),
        "form": form,
        "suspension_form": suspension_form or SuspensionForm(auto_id="suspend_%s"),
        "may_decide": may_decide,
        "may_suspend": isinstance(posting, Offer) and posting.status in {"active", "at_capacity"},
        "reviews": reviews.select_related("reviewer").order_by("-at", "-pk"),
        "now": timezone.now(),
    }
    return render(request, "opportunities/review_posting.html", context)
