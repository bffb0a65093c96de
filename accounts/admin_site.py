"""The admin behind the same sign-in as all else, with a second step, and a fresh proof to change.

What belongs to the sign-in itself (addresses, second steps, sessions, groups) is not in it:
whoever could edit these could become anybody.
"""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator

from accounts import second_factor
from accounts.models import User
from accounts.stepping_up import confirmed

NOT_TO_EDIT = {"account", "auth", "mfa", "usersessions"}


class Site(admin.AdminSite):
    """For staff with a second step."""

    def register(self, model_or_iterable: Any, *args: Any, **options: Any) -> None:
        several = isinstance(model_or_iterable, (list, tuple))
        models = model_or_iterable if several else [model_or_iterable]
        ours = [model for model in models if model._meta.app_label not in NOT_TO_EDIT]  # noqa: SLF001 - Django documents it
        super().register(ours, *args, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return super().has_permission(request) and second_factor.has_one(user)  # type: ignore[arg-type]  # staff have signed in

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return super().admin_view(confirmed(view), cacheable)

    @method_decorator(secure_admin_login)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Staff without a second step come here, signed in; everyone else signs in first."""
        if isinstance(request.user, User) and not second_factor.has_one(request.user):
            return redirect("accounts:second_factor")
        return redirect("admin:index")

    def password_change(  # type: ignore[override]  # ours is a page of its own
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")
