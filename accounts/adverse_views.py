"""Pages for what came up in a check: the reviewers' steps, and the person's answer."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts import adverse
from accounts.acting import MemberRequest
from accounts.forms.concerns import AnswerForm
from accounts.forms.reviews import CheckForm
from accounts.models import Consideration, User
from accounts.refusals import Refused
from accounts.review_views import person_page, reviewer
from accounts.views import get_or_post
from trail import actions as trail

STEPS = {
    "notice": (adverse.send_notice, gettext_lazy("The person is told, and has time to answer.")),
    "clear": (adverse.clear, gettext_lazy("Cleared. The check counts.")),
    "decline": (
        adverse.decline,
        gettext_lazy("Declined. The person is told."),
    ),
}


@login_required
@require_POST
def consider(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Something came up in a check of this person."""
    user, now = reviewer(request).user, timezone.now()
    person = get_object_or_404(User.objects.exclude(pk=user.pk), public_id=public_id)
    form = CheckForm(request.POST, today=now.date(), auto_id="up_%s")
    if not form.is_valid():
        return person_page(request, person, consider_form=form)
    try:
        found = adverse.consider(person=person, by=user, at=now, **form.cleaned_data)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("accounts:review_person", public_id)
    return redirect("accounts:consideration", found.public_id)


@login_required
@require_safe
def considerations(request: HttpRequest) -> HttpResponse:
    """All that are open, the oldest first."""
    seen = Consideration.objects.seen_by_reviewer(reviewer(request).user).open()
    waiting = seen.select_related("person").order_by("considered_at", "pk")
    return render(request, "accounts/considerations.html", {"waiting": waiting})


@login_required
@require_safe
def consideration(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One of them: where it stands, what the person says, and the next step."""
    user, now = reviewer(request).user, timezone.now()
    found = _seen(user, public_id)
    if found.answer:
        trail.record(actor_id=user.pk, verb="check_answer_read", subject=found, at=now)
    return render(request, "accounts/consideration.html", {"found": found, **_dates(found)})


@login_required
@require_POST
def consideration_step(request: HttpRequest, public_id: UUID, step: str) -> HttpResponse:
    user = reviewer(request).user
    verb, done = STEPS[step]
    try:
        verb(consideration=_seen(user, public_id), by=user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, str(done))
    return redirect("accounts:consideration", public_id)


def _seen(user: User, public_id: UUID) -> Consideration:
    seen = Consideration.objects.seen_by_reviewer(user).select_related("person")
    return get_object_or_404(seen, public_id=public_id)


def _dates(found: Consideration) -> dict[str, object]:
    return {"answer_by": adverse.answer_by(found) if found.notice_at else None}


@login_required
@get_or_post
def own_consideration(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """The person's own page: what it is about, their rights, and their answer."""
    found = get_object_or_404(
        Consideration.objects.of(request.user).select_related("person"), public_id=public_id
    )
    form = AnswerForm(request.POST or None, initial={"text": found.answer})
    if request.method == "POST" and form.is_valid():
        try:
            adverse.answer(
                consideration=found, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Thank you. A person reads it before we decide."))
        return redirect("accounts:own_consideration", public_id)
    context = {"found": found, "form": form, **_dates(found)}
    return render(request, "accounts/own_consideration.html", context)
