"""Ask once more who it is before something that matters, but not right after a sign-in.

Before contacts are shown or changed, data is taken out, or rights change. For half an hour
after the last proof, of whatever kind, nobody is asked: who has just signed in works in peace.
"""

import time
from collections.abc import Callable
from typing import Any, TypeVar, cast

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.http import HttpRequest
from django.utils.http import urlencode

SESSION_KEY = "signed_in_at"
View = TypeVar("View", bound=Callable[..., Any])


def confirmed(view: View) -> View:
    """Whoever sends something to this view proves first who they are; it then goes on by itself."""
    return cast("View", reauthentication_required(view, allow_get=True))


def confirmed_where(asks: Callable[[HttpRequest], bool]) -> Callable[[View], View]:
    """As ``confirmed``, but only of what ``asks`` finds in the request."""

    def of(view: View) -> View:
        return cast("View", reauthentication_required(view, allow_get=True, enabled=asks))

    return of


def remember(request: HttpRequest) -> None:
    """This session has just been signed in: by password, code, passkey or sign-up."""
    request.session[SESSION_KEY] = time.time()


def is_fresh(request: HttpRequest) -> bool:
    """Whether this session has shown lately who it belongs to: at its sign-in or since."""
    since = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    later = (record["at"] for record in get_authentication_records(request, request.user))
    return any(at > since for at in (request.session.get(SESSION_KEY, 0), *later))


def address_of_proof(request: HttpRequest, *, back_to: str) -> str:
    """Where to give a fresh proof, which leads back; empty if none is due.

    Who has neither a password nor a second step has none to give but a new sign-in.
    """
    ways = [] if is_fresh(request) else get_adapter().get_reauthentication_methods(request.user)
    if not ways:
        return ""
    return f"{ways[0]['url']}?{urlencode({'next': back_to})}"
