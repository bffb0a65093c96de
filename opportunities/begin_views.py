"""The first page of a new posting: one's own words, and what we do not know of the party yet."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.acting import MemberRequest, party_required
from accounts.forms.profile import ProfileForm, profile_asked
from accounts.models import Party
from opportunities import by_hand
from opportunities.choices import Kind
from opportunities.forms.steps import WORDS, lengths_of, path_of, step_after
from opportunities.forms.words import WordsForm
from opportunities.kept_answers import (
    begun_with,
    forget_answers,
    forget_begun,
    keep_answers,
    mark_of,
)
from opportunities.models import Need, Offer, Topic
from opportunities.step_views import answers_of, put_aside, today, unless_refused
from opportunities.views import Model, get_or_post

DRAFTS_NAMED = 3  # on the page that begins another


@keep_answers
@party_required
@get_or_post
def new(request: MemberRequest, model: Model) -> HttpResponse:
    """The first page of questions. The draft exists from here on."""
    answers = answers_of(request)
    party = _party_spoken_for(request, answers)
    key = _key(answers)
    posting = by_hand.begun_as(key, model=model, party=party) or _blank(request, model, party)
    form, profile = _forms(request, answers, posting, party)
    are_whole = [form.is_valid(), profile is None or profile.is_valid()]
    if request.method == "POST" and all(are_whole):
        saved = _saved(request, form, profile, party, key)
        if saved:
            return _onward(request, saved)
    context = _about_page(request, posting, party) | {
        "form": form,
        "profile": profile,
        "key": key,
        "drafts": _drafts(model, party) if answers is None else [],
        "is_begun": bool(begun_with(request, model)),
    }
    return render(request, "opportunities/step.html", context)


def _forms(
    request: MemberRequest,
    answers: Mapping[str, Any] | None,
    posting: Need | Offer,
    party: Party,
) -> tuple[WordsForm, ProfileForm | None]:
    """What is asked of the posting, and what is asked of the party; who goes on later may skip."""
    asks_all = "later" not in request.POST
    profile = profile_asked(
        answers,  # type: ignore[arg-type]  # what comes from a page is a QueryDict
        party=party,
        by=request.user,
        asks_all=asks_all,
        zip_code=begun_with(request, type(posting)).get("zip", ""),
    )
    form = WordsForm(answers, posting=posting, today=today(request), asks_all=asks_all)
    return form, profile


def _about_page(request: MemberRequest, posting: Need | Offer, party: Party) -> dict[str, Any]:
    """Where the page stands among the others, and for whom it is made."""
    return {
        "party": party,
        "posting": posting,
        "word": posting.WORD,
        "step": WORDS,
        "path": path_of(posting),
        "lengths": lengths_of(type(posting)),
        "number": 1,
        "is_draft": True,
        "writer": mark_of(request.user),
    }


def _onward(request: MemberRequest, saved: Need | Offer) -> HttpResponse:
    following = step_after(WORDS, saved)
    if following is None or "later" in request.POST:
        return put_aside(request)
    return redirect(f"opportunities:{saved.WORD}_step", saved.public_id, following.slug)


def _key(answers: Mapping[str, Any] | None) -> UUID:
    """What the draft is going to be called: given to the page, so that sent twice it is one."""
    try:
        return UUID((answers or {}).get("key", ""))
    except ValueError:
        return uuid4()


def _blank(request: MemberRequest, model: Model, party: Party) -> Need | Offer:
    """A new one, with what was said before the sign-up."""
    begun = begun_with(request, model)
    plain = {name: begun[name] for name in ("kind", "title", "description") if name in begun}
    kind = request.GET.get("kind") or _usual_kind(model, party)
    blank: Need | Offer = model(party=party, **({"kind": kind} | plain))
    return blank


def _usual_kind(model: Model, party: Party) -> Kind:
    """What is chosen at first: a business mostly hires."""
    hires = model is Offer and party.kind == Party.Kind.BUSINESS
    return Kind.JOB if hires else Kind.CLASS


def _drafts(model: Model, party: Party) -> list[Need | Offer]:
    """Those that wait, the newest first: perhaps one wanted to go on with one of them."""
    drafts = model.objects.filter(party=party, status="draft", import_id="")
    return list(drafts.order_by("-updated_at", "-pk")[:DRAFTS_NAMED])


def _party_spoken_for(request: MemberRequest, answers: Mapping[str, Any] | None) -> Party:
    """The party the page was made for, also when another one was chosen since then."""
    named = (answers or {}).get("party", "")
    try:
        public_id = UUID(named)
    except ValueError:
        return request.party
    return Party.objects.of(request.user).filter(public_id=public_id).first() or request.party


def _saved(
    request: MemberRequest, form: WordsForm, profile: ProfileForm | None, party: Party, key: UUID
) -> Need | Offer | None:
    """Save both, or neither; None where it was refused, and the forms say why."""
    model = type(form.posting)
    begin = partial(
        by_hand.begin,
        model=model,
        party=party,
        by=request.user,
        facts=form.facts() | _begun_beside(request, model, profile),
        profile=profile.cleaned_data if profile else None,
        public_id=key,
        at=timezone.now(),
    )
    saved = unless_refused(form, begin)
    if saved:
        forget_answers(request)
        forget_begun(request)
    return saved


def _begun_beside(
    request: MemberRequest, model: Model, profile: ProfileForm | None
) -> dict[str, Any]:
    """What was said before the sign-up and this page does not ask: topics, perhaps a ZIP code."""
    begun = begun_with(request, model)
    slugs = begun.get("topics", [])
    topics = list(Topic.objects.filter(slug__in=slugs, retired=False)) if slugs else []
    beside = {"topics": topics, "zip": "" if profile else begun.get("zip", "")}
    return {name: said for name, said in beside.items() if said}
