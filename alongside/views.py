"""The pages that belong to no app: the door, and how it works."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def home(request: HttpRequest) -> HttpResponse:
    """Strangers learn what this is; people who are signed in go to their inbox."""
    if request.user.is_authenticated:
        return redirect("notices:inbox")
    return render(request, "home.html")


def how_it_works(request: HttpRequest) -> HttpResponse:
    return render(request, "how_it_works.html")
