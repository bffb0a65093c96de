"""The page that a signed-in person meets first."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.models import User
from alongside.home import home_of


def own_home(request: HttpRequest) -> HttpResponse:
    """For whoever speaks for somebody, or will; whoever reviews alone goes to the desk."""
    person = cast("User", request.user)
    if person.is_reviewer and not person.memberships.exists():
        return redirect("desk:queue")
    return render(request, "own_home.html", {"home": home_of(person, at=timezone.now())})
