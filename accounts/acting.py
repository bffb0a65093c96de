"""Which party a signed-in person acts for right now: chosen once, kept in the session."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import Party, User

SESSION_KEY = "party"
P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """A request of a signed-in person; ``party`` is set by ``party_required``."""

    user: User  # the decorators let nobody else through
    party: Party


def acting_party(request: HttpRequest) -> Party | None:
    """The chosen party if the person still belongs to it, else the one joined first."""
    if not isinstance(request.user, User):
        return None
    mine = Party.objects.of(request.user)
    chosen = request.session.get(SESSION_KEY)
    if chosen and (party := mine.filter(public_id=UUID(chosen)).first()):
        return party
    return mine.order_by("memberships__joined_at", "memberships__pk").first()


def act_for(request: HttpRequest, party: Party) -> None:
    """Remember the choice until sign-out."""
    request.session[SESSION_KEY] = str(party.public_id)


def party_required(
    view: Callable[Concatenate[MemberRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Sign in first; then ``request.party`` is the party acted for, or one is created first."""

    @wraps(view)
    def checked(request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        party = acting_party(request)
        if party is None:
            return redirect("accounts:party_start")
        request.party = party
        return view(request, *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", login_required(checked))
