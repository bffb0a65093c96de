"""Answers that wait in the session: for their writer to sign in again, or for a first sign-up.

A form carries a signed mark of who it was made for. When it comes back from somebody
who is no longer signed in, its answers go into the new, nameless session, and are
shown once that same person has signed in there: to nobody else, and never longer
than a session lasts. What names a person is not kept at all.

A visitor who has no account yet can begin a posting, too: ``begin_with`` keeps what they
said, and the first page of a new posting is filled with it once they have signed up.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from opportunities.models import Need, Offer
from screening.judging import screen

SESSION_KEY = "kept_answers"
BEGUN_KEY = "begun_posting"
BEGUN_ANSWERS = frozenset({"kind", "title", "description", "topics", "format", "mode", "zip"})
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


def rescue_answers(request: HttpRequest) -> bool:
    """Keep the answers of a form that is too old to be taken; says whether that was possible.

    Somebody signed in anew, in another tab, and sends what the old tab still holds. Only
    forms made for this very person are kept, and they are shown to be looked over, not saved.
    """
    writer = _writer(request)
    mine = not request.user.is_authenticated or request.user.pk == writer
    return writer is not None and mine and _put_by(request, writer)


def begin_with(
    request: HttpRequest,
    model: type[Need] | type[Offer],
    answers: Mapping[str, str | Sequence[str]],
) -> None:
    """Keep what a visitor said for the posting that they begin once they have an account.

    answers  facts by name, of ``BEGUN_ANSWERS``; ``topics`` is a list of slugs. What names a
             person is not kept.
    """
    known = {name: value for name, value in answers.items() if name in BEGUN_ANSWERS and value}
    texts = {name: value for name, value in known.items() if isinstance(value, str)}
    for name, _message in screen(texts).identities:
        known.pop(name, None)  # told once for each advice
    request.session[BEGUN_KEY] = {"word": model.WORD, "answers": known}


def begun_with(request: HttpRequest, model: type[Need] | type[Offer]) -> dict[str, Any]:
    """What was said before the sign-up for a posting of this model; empty for nothing."""
    begun = request.session.get(BEGUN_KEY) or {}
    answers: dict[str, Any] = begun.get("answers", {}) if begun.get("word") == model.WORD else {}
    return answers


def forget_begun(request: HttpRequest) -> None:
    """It is a draft now."""
    request.session.pop(BEGUN_KEY, None)


def _keep(request: HttpRequest) -> None:
    writer = _writer(request)
    if writer is not None and _put_by(request, writer):
        messages.info(request, _("You were signed out. Your answers are kept: please sign in."))


def _writer(request: HttpRequest) -> int | None:
    """For whom the form was made that comes back now."""
    try:
        mark = request.POST.get(MARK_FIELD, "")
        writer: int = signing.loads(mark, salt=SALT, max_age=MARK_AGE)
    except signing.BadSignature:
        return None
    return writer


def _put_by(request: HttpRequest, writer: int) -> bool:
    answers = request.POST.copy()
    for name in ("csrfmiddlewaretoken", MARK_FIELD):
        answers.pop(name, None)
    named = screen({name: " ".join(map(str, values)) for name, values in answers.lists()})
    for name, _message in named.identities:
        answers.pop(name, None)
    encoded = answers.urlencode()
    if len(encoded) > MAX_LENGTH:
        return False
    request.session[SESSION_KEY] = {"path": request.path, "writer": writer, "answers": encoded}
    return True
