"""The pages that belong to no app: the door, the way out, how it works, refusals, machines' own."""

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django.views.i18n import set_language

from alongside.health import health
from alongside.home_views import own_home
from opportunities.kept_answers import rescue_answers
from public.for_everybody import for_everybody


@for_everybody
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Strangers learn what this is; people who are signed in see what needs them."""
    if request.user.is_authenticated:
        return own_home(request)
    return render(request, "home.html")


@for_everybody
@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    return render(request, "how_it_works.html")


@csrf_exempt  # it must never fail, and a foreign site could at most sign somebody out
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """GET says what leaving does and does not do; POST ends the session and leads away."""
    if request.method != "POST":
        return render(request, "leave.html")
    logout(request)
    away = HttpResponseRedirect(settings.LEAVE_URL)
    away.status_code = 303  # never post there
    away.delete_cookie(settings.CSRF_COOKIE_NAME)
    away.delete_cookie("messages")  # which may name somebody
    return away


@csrf_exempt  # a page for everybody then holds no token of anybody, and can be kept
@require_http_methods(["GET", "HEAD", "POST"])
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the language that was chosen here; a form of another site is refused.

    Browsers say whose form it is. One too old for that could at most be made to switch.
    """
    origin = request.headers.get("Origin")
    is_ours = not origin or origin.partition("://")[2] == request.get_host()  # whatever it holds
    if not is_ours and origin not in settings.CSRF_TRUSTED_ORIGINS:
        raise PermissionDenied
    return set_language(request)


@never_cache
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """For search engines: pages alone, and not each answer to their questions; no demo at all."""
    closed = "/" if settings.DEMO else "/*?"
    return HttpResponse(f"User-agent: *\nDisallow: {closed}\n", content_type="text/plain")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """For machines that watch: 200 if everything stands, 503 if not."""
    found = health(at=timezone.now())
    return JsonResponse(found, status=200 if found["healthy"] else 503)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without its proof; the reason is for developers, not shown.

    Its answers are kept where they can be: the page then opens again with all of them.
    """
    if rescue_answers(request):
        return redirect(request.get_full_path())
    return render(request, "403_csrf.html", status=403)
