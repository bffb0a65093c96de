"""Pages for reviewers: who is at a case, and people's checks."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import checks, claiming
from accounts.acting import MemberRequest
from accounts.forms.reviews import CheckForm
from accounts.models import Check, Consideration, Party, User
from accounts.refusals import Refused
from accounts.views import get_or_post
from trail import actions as trail

PEOPLE_A_PAGE = 50


def reviewer(request: HttpRequest) -> MemberRequest:
    """The request, if a reviewer sent it; to everyone else these pages do not exist."""
    if not (isinstance(request.user, User) and request.user.is_reviewer):
        raise Http404
    return cast("MemberRequest", request)


@login_required
@require_POST
def claim(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say that one is at it."""
    return _move(request, public_id, claiming.claim, _("It is yours for two days."))


@login_required
@require_POST
def give_back(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _move(request, public_id, claiming.give_back, _("It is open to others again."))


def _move(
    request: HttpRequest, public_id: UUID, verb: Callable[..., Party], done: str
) -> HttpResponse:
    user = reviewer(request).user
    party = get_object_or_404(Party.objects.seen_by_reviewer(user), public_id=public_id)
    try:
        verb(party=party, reviewer=user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("desk:party", public_id)


# People and their checks


@login_required
@require_GET
def review_people(request: HttpRequest) -> HttpResponse:
    """Find a person by name or address."""
    user = reviewer(request).user
    words = request.GET.get("q", "").replace("\0", "").strip()  # no text of the database has one
    people = User.objects.filter(is_active=True).exclude(pk=user.pk).order_by("name", "pk")
    if words:
        people = people.filter(Q(name__icontains=words) | Q(email__icontains=words))
    page = Paginator(people, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/review_people.html", {"page": page, "words": words})


@login_required
@get_or_post
def review_person(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One person's checks, and a form to record one."""
    user = reviewer(request).user
    now = timezone.now()
    person = get_object_or_404(User.objects.exclude(pk=user.pk), public_id=public_id)
    form = CheckForm(request.POST or None, today=now.date())
    if request.method == "POST" and form.is_valid():
        try:
            checks.record_check(person=person, by=user, at=now, **form.cleaned_data)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The check is recorded."))
        return redirect("accounts:review_person", person.public_id)
    trail.record(actor_id=user.pk, verb="person_read", subject=person, at=now)
    return person_page(request, person, form=form)


def person_page(
    request: HttpRequest,
    person: User,
    *,
    form: Form | None = None,
    consider_form: Form | None = None,
) -> HttpResponse:
    user, today = reviewer(request).user, timezone.now().date()
    recorded = person.checks.select_related("recorded_by", "host")
    came_up = Consideration.objects.seen_by_reviewer(user).filter(person=person)
    context = {
        "person": person,
        "form": form or CheckForm(today=today),
        "consider_form": consider_form or CheckForm(today=today, auto_id="up_%s"),
        "checks": recorded.order_by("-issued_date", "-pk"),
        "considerations": came_up.order_by("-considered_at", "-pk"),
        "memberships": person.memberships.select_related("party").order_by("pk"),
        "today": today,
    }
    return render(request, "accounts/review_person.html", context)


@login_required
@require_POST
def check_withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    user = reviewer(request).user
    check = get_object_or_404(
        Check.objects.exclude(person=user).select_related("person"), public_id=public_id
    )
    try:
        checks.withdraw_check(check=check, by=user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The check no longer counts."))
    return redirect("accounts:review_person", check.person.public_id)
