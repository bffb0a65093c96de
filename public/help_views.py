"""“How can I help?”: three questions that begin an offer, with nothing kept before the last."""

from typing import NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.places import UnknownZip, place_of_zip
from accounts.states import STATES, states_by_name
from opportunities.choices import Kind
from opportunities.kept_answers import begin_with
from opportunities.models import Offer
from public.for_everybody import for_everybody
from public.helping import (
    BY_SLUG,
    HELPERS,
    Helper,
    Thought,
    draft_of,
    left_for_another,
    thought_of,
    topic_name,
)
from public.week import this_week

STEPS = (
    {"title": gettext_lazy("Who you are")},
    {"title": gettext_lazy("What you could bring")},
    {"title": gettext_lazy("Where")},
)


class Where(NamedTuple):
    """The place as it was answered: a state, a ZIP of it or nothing, and what is wrong."""

    state: str
    zip: str
    problem: str = ""


@for_everybody
@require_safe
def whom(request: HttpRequest) -> HttpResponse:
    """The first question: who asks."""
    context = {"helpers": HELPERS, "steps": STEPS, "number": 1, "state": _state(request.GET)}
    return render(request, "public/help_who.html", context)


@for_everybody
@require_safe
def what(request: HttpRequest, who: str) -> HttpResponse:
    """The second: what they could bring."""
    helper = _helper(who)
    return _what_page(request, helper, _thought(helper, request.GET))


@require_safe
def where(request: HttpRequest, who: str) -> HttpResponse:
    """The third: where. With an answer it shows how many needs are open, and the draft."""
    helper = _helper(who)
    thought = _thought(helper, request.GET)
    draft = draft_of(helper, thought)
    if draft is None:
        return _what_page(request, helper, thought, is_empty=True)
    place = _where(request.GET)
    context = {
        "helper": helper,
        "thought": thought,
        "draft": draft,
        "kind": Kind(draft.kind).label,
        "topics": [topic_name(topic) for topic in draft.topics],
        "others": [topic_name(topic) for topic in left_for_another(thought, draft)],
        "place": place,
        "states": states_by_name(),
        "steps": STEPS,
        "number": 3,
        "standing": this_week().standing(place.state) if place.state else None,
    }
    return render(request, "public/help_where.html", context)


@require_POST
def start(request: HttpRequest, who: str) -> HttpResponse:
    """Keep the draft in the session, and go on to sign up, or to the offer."""
    helper = _helper(who)
    draft = draft_of(helper, _thought(helper, request.POST))
    if draft is None:
        return redirect("public:help_what", who)
    said = {"kind": str(draft.kind), "title": draft.title, "topics": draft.topics}
    place = _where(request.POST)
    begin_with(request, Offer, said | {"zip": "" if place.problem else place.zip})
    offer = reverse("opportunities:offer_new")
    if request.user.is_authenticated:
        return redirect(offer)
    messages.info(request, _("Your draft is kept. It comes with you when you sign up."))
    query = urlencode({"kind": str(helper.party), "next": offer})
    return redirect(f"{reverse('account_signup')}?{query}")


def _what_page(
    request: HttpRequest, helper: Helper, thought: Thought, *, is_empty: bool = False
) -> HttpResponse:
    context = {
        "helper": helper,
        "thought": thought,
        "is_empty": is_empty,
        "state": _state(request.GET),
        "steps": STEPS,
        "number": 2,
    }
    return render(request, "public/help_what.html", context)


def _helper(slug: str) -> Helper:
    if slug not in BY_SLUG:
        raise Http404
    return BY_SLUG[slug]


def _thought(helper: Helper, answers: QueryDict) -> Thought:
    return thought_of(helper, topics=answers.getlist("topic"), words=answers.get("words", ""))


def _where(answers: QueryDict) -> Where:
    """A ZIP wins over a state. Nothing was asked yet where neither is in the address."""
    typed, state = answers.get("zip", "").strip(), _state(answers)
    if typed:
        try:
            place = place_of_zip(typed)
        except UnknownZip as unknown:
            return Where("", typed[:10], str(unknown))
        return Where(place.state, place.zip)
    if not state and "zip" in answers:
        return Where("", "", _("Please type a ZIP code, or choose a state."))
    return Where(state, "")


def _state(answers: QueryDict) -> str:
    """The state that was chosen, or whose page one comes from."""
    state = answers.get("state", "")
    return state if state in STATES else ""
