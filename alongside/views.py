"""The pages that belong to no app: the door, how it works, how the system is, refusals."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alongside.health import health


def home(request: HttpRequest) -> HttpResponse:
    """Strangers learn what this is; people who are signed in go to their inbox."""
    if request.user.is_authenticated:
        return redirect("notices:inbox")
    return render(request, "home.html")


def how_it_works(request: HttpRequest) -> HttpResponse:
    return render(request, "how_it_works.html")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """For machines that watch: 200 if everything stands, 503 if not."""
    found = health(at=timezone.now())
    return JsonResponse(found, status=200 if found["healthy"] else 503)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without its proof; the reason is for developers, not shown."""
    return render(request, "403_csrf.html", status=403)
