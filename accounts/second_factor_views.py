"""The page that asks for a second step, and the gate once the grace is over."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import second_factor
from accounts.acting import MemberRequest
from accounts.models import User

# What stays open: setting one up, one's own account, help, and the ways out.
OPEN_PAGES = {
    *("accounts:second_factor", "accounts:conduct", "healthz", "how_it_works", "leave"),
    *("set_language", "notices:stop"),
}
OPEN_BEGINNINGS = ("account_", "mfa_", "usersessions_", "demo:", "public:")


@login_required
@require_safe
def second_factor_page(request: MemberRequest) -> HttpResponse:
    """What a second step is, how to set one up, and until when it can wait."""
    person, now = request.user, timezone.now()
    due = second_factor.due_at(person)
    context = {
        "has_one": second_factor.has_one(person),
        "must_have": second_factor.must_have(person),
        "due_at": due,
        "days_left": max(0, (due - now).days) if due else None,
        "is_overdue": second_factor.is_overdue(person, now),
    }
    return render(request, "accounts/second_factor.html", context)


class SecondFactorMiddleware:
    """Whose grace is over meets the page that asks, whatever they wanted to open or send."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, _facts: Any
    ) -> HttpResponse | None:
        page = request.resolver_match.view_name if request.resolver_match else ""
        if page in OPEN_PAGES or page.startswith(OPEN_BEGINNINGS):
            return None
        if not isinstance(request.user, User):
            return None
        if not second_factor.is_overdue(request.user, timezone.now()):
            return None
        return redirect("accounts:second_factor")
