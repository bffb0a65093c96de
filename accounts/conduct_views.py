"""The page with the agreement, and the gate that asks everyone for it once a version."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _

from accounts import conduct
from accounts.acting import MemberRequest
from accounts.forms.conduct import ConductForm
from accounts.models import User
from accounts.refusals import Refused
from accounts.views import get_or_post

# Open to who has not accepted yet: the agreement, one's own account, help, the way out, and
# the pages of a draft, which nobody else sees, with the list where a draft put aside is found
# again; the last of them asks for the agreement itself.
DRAFT_PAGES = ("new", "step", "edit", "publish")
OPEN_PAGES = {
    "accounts:conduct",
    "healthz",
    "how_it_works",
    "leave",
    "set_language",
    "notices:stop",
    "opportunities:mine",
    *(f"opportunities:{word}_{page}" for word in ("need", "offer") for page in DRAFT_PAGES),
}
OPEN_BEGINNINGS = ("account_", "mfa_", "usersessions_", "keeping:", "demo:", "public:")


@login_required
@get_or_post
def agreement(request: MemberRequest) -> HttpResponse:
    """The text of the current version; POST accepts it and leads on to where one was going."""
    onward = _onward(request)
    form = ConductForm(request.POST or None, initial={"version": conduct.CURRENT})
    if request.method == "POST" and form.is_valid():
        try:
            conduct.accept(
                person=request.user, version=form.cleaned_data["version"], at=timezone.now()
            )
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return redirect(request.get_full_path())
        messages.success(request, _("Thank you."))
        return redirect(onward)
    context = {
        "form": form,
        "text": f"accounts/conduct/{conduct.CURRENT}.html",
        "version": conduct.CURRENT,
        "is_accepted": conduct.has_accepted(request.user),
    }
    return render(request, "accounts/conduct.html", context)


def _onward(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if here else reverse("home")


class AgreementMiddleware:
    """Who reads a page without having accepted the current version meets the agreement first.

    Only pages that are read: what somebody is sending goes through, so that nothing they
    typed is lost. The actions refuse what needs the agreement.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _facts: Any
    ) -> HttpResponse | None:
        if request.method not in {"GET", "HEAD"} or _is_open(request):
            return None
        if not isinstance(request.user, User) or conduct.has_accepted(request.user):
            return None
        query = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('accounts:conduct')}?{query}")


def _is_open(request: HttpRequest) -> bool:
    page = request.resolver_match.view_name if request.resolver_match else ""
    return page in OPEN_PAGES or page.startswith(OPEN_BEGINNINGS)
