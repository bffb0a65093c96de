"""The inbox, what a person wants by mail, and the page of what could not be delivered."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notices import actions, unsubscribing
from notices.forms import PreferenceForm
from notices.models import Notice, NoticeQuerySet
from notices.preferences import preference_of
from notices.subjects import subjects_of

NOTICES_A_PAGE = 20


class PersonRequest(HttpRequest):
    """A request of a signed-in person."""

    user: AbstractBaseUser  # type: ignore[assignment]  # the decorators let nobody else through


@login_required
@require_safe
def inbox(request: PersonRequest) -> HttpResponse:
    """All that this person was told, newest first, and which of their own it is about."""
    mine = Notice.objects.of(request.user, at=timezone.now()).order_by("-created_at", "-pk")
    page = Paginator(mine, NOTICES_A_PAGE).get_page(request.GET.get("page"))
    subjects = subjects_of(request.user, page.object_list)
    lines = [(notice, subjects.get(notice.path, "")) for notice in page]
    return render(request, "notices/inbox.html", {"page": page, "lines": lines})


@login_required
@require_POST
def open_notice(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Mark it read and lead to what it is about."""
    now = timezone.now()
    notice = get_object_or_404(Notice.objects.of(request.user, at=now), public_id=public_id)
    actions.read(notice=notice, at=now)
    if url_has_allowed_host_and_scheme(notice.path, allowed_hosts=None):
        return redirect(notice.path)
    return redirect("notices:inbox")


@login_required
@require_POST
def read_all(request: PersonRequest) -> HttpResponse:
    actions.read_all(person=request.user, at=timezone.now())
    return redirect("notices:inbox")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: PersonRequest) -> HttpResponse:
    """What we tell this person, and when."""
    now = timezone.now()
    form = PreferenceForm(request.POST or None, instance=preference_of(request.user))
    if request.method == "POST" and form.is_valid():
        actions.choose_mail(person=request.user, choices=form.cleaned_data, at=now)
        messages.success(request, _("We will keep to that."))
        return redirect("notices:choices")
    context = {"form": form, "most": Notice.DAILY_MAILS, "now": now}
    return render(request, "notices/choices.html", context)


@csrf_exempt  # mail programs post here without a cookie; the signed address is what allows it
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the mail can stop it. Answered without a redirect, as RFC 8058 asks."""
    try:
        person = unsubscribing.person_of(token)
    except LookupError:
        raise Http404 from None
    if request.method == "POST":
        actions.stop_mail(person=person, at=timezone.now())
    with translation.override(getattr(person, "language", None)):
        return render(request, "notices/stop.html", {"stopped": request.method == "POST"})


@login_required
@require_safe
def undelivered(request: PersonRequest) -> HttpResponse:
    """For reviewers: mail that was given up, and whether the mail server seems to be away."""
    _reviewers_only(request)
    given_up = Notice.objects.undeliverable().select_related("recipient")
    page = Paginator(given_up.order_by("-failed_at", "-pk"), NOTICES_A_PAGE).get_page(
        request.GET.get("page")
    )
    now = timezone.now()
    context = {"page": page, "late": Notice.objects.late_at(now).count(), "now": now}
    return render(request, "notices/undelivered.html", context)


@login_required
@require_POST
def try_again(request: PersonRequest, public_id: UUID) -> HttpResponse:
    _reviewers_only(request)
    notices = Notice.objects.filter(public_id=public_id)
    if not notices.exists():
        raise Http404
    return _tried_again(request, notices)


@login_required
@require_POST
def try_all_again(request: PersonRequest) -> HttpResponse:
    """After a mail server had refused everything for a reason of its own."""
    _reviewers_only(request)
    return _tried_again(request, Notice.objects.all())


def _tried_again(request: PersonRequest, notices: NoticeQuerySet) -> HttpResponse:
    if actions.try_again(notices=notices, by=request.user, at=timezone.now()):
        messages.success(request, _("We are trying again."))
    else:
        messages.info(request, _("This one is already settled."))
    return redirect("notices:undelivered")


def _reviewers_only(request: PersonRequest) -> None:
    """To everyone else these pages do not exist."""
    if not getattr(request.user, "is_reviewer", False):
        raise Http404
