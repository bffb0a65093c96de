"""Answers that arrive after their writer was signed out wait for the same person to sign in again.

A form carries a signed mark of who it was made for. When it comes back from somebody
who is no longer signed in, its answers go into the new, nameless session, and are
shown once that same person has signed in there: to nobody else, and never longer
than a session lasts. What names a person is not kept at all.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from screening.judging import screen

SESSION_KEY = "kept_answers"
MARK_FIELD = "writer"
SALT = "opportunities.kept_answers"
MARK_AGE = 24 * 3600  # seconds; a page left open overnight still counts
MAX_LENGTH = 60_000  # characters; a long description in Spanish, percent-encoded, and all else
P = ParamSpec("P")


def mark_of(user: User) -> str:
    """What the form carries, so that its answers find back to this person."""
    return signing.dumps(user.pk, salt=SALT)


def keep_answers(
    view: Callable[Concatenate[Any, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Put the answers by before the view sends a signed-out person to sign in."""

    @wraps(view)
    def keeping(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            _keep(request)
        return view(request, *args, **kwargs)

    return keeping


def answers_kept_for(request: HttpRequest) -> QueryDict | None:
    """The answers this person gave on this page before the session ended."""
    kept = request.session.get(SESSION_KEY)
    if not kept or kept["path"] != request.path or kept["writer"] != request.user.pk:
        return None
    return QueryDict(kept["answers"])


def forget_answers(request: HttpRequest) -> None:
    """They are saved now, or given anew."""
    request.session.pop(SESSION_KEY, None)


def _keep(request: HttpRequest) -> None:
    try:
        writer = signing.loads(request.POST.get(MARK_FIELD, ""), salt=SALT, max_age=MARK_AGE)
    except signing.BadSignature:
        return
    answers = request.POST.copy()
    for name in ("csrfmiddlewaretoken", MARK_FIELD):
        answers.pop(name, None)
    named = screen({name: " ".join(map(str, values)) for name, values in answers.lists()})
    for name, _message in named.identities:
        answers.pop(name, None)
    encoded = answers.urlencode()
    if len(encoded) <= MAX_LENGTH:
        kept = {"path": request.path, "writer": writer, "answers": encoded}
        request.session[SESSION_KEY] = kept
        messages.info(request, _("You were signed out. Your answers are kept: please sign in."))
