"""Tell the reviewers what worries one: about a match, a message, or anything at all."""

from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts import concerns
from accounts.acting import MemberRequest
from accounts.forms.concerns import ConcernForm
from accounts.models import Concern, Party, User
from accounts.refusals import Refused
from accounts.views import get_or_post
from engagements.models import Message
from matching.models import OTHER, Match
from screening.judging import screen


class About(NamedTuple):
    """What a concern is about; ``name`` is the one its reporter knows the party by."""

    party: Party | None = None
    name: str = ""
    match: Match | None = None
    message: Message | None = None

    @property
    def subject(self) -> dict[str, Any]:
        """As the concern keeps it."""
        if self.message:
            return {"subject": Concern.MESSAGE, "subject_id": self.message.pk}
        return {"subject": Concern.MATCH, "subject_id": self.match.pk} if self.match else {}


@login_required
@get_or_post
def concern(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """About the other side of a match, at any stage."""
    match = get_object_or_404(Match.objects.seen_by(request.user), public_id=public_id)
    return _report(request, _about(match, request.user))


@login_required
@get_or_post
def message_concern(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """About one message that the other side has written; reviewers get it with it."""
    theirs = Message.objects.of(request.user).from_other_side_of(request.user)
    message = get_object_or_404(
        theirs.select_related("match__need__party", "match__offer__party"), public_id=public_id
    )
    return _report(request, _about(message.match, request.user)._replace(message=message))


@login_required
@get_or_post
def concern_at_large(request: MemberRequest) -> HttpResponse:
    """About anything and anybody."""
    return _report(request, About())


def _about(match: Match, person: User) -> About:
    side = match.side_of(person)
    return About(match.posting_of(OTHER[side]).party, match.other_name(side), match)


def _report(request: MemberRequest, about: About) -> HttpResponse:
    form = ConcernForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _names_nobody(form):
        try:
            told = concerns.report(
                reporter=request.user,
                party=about.party,
                at=timezone.now(),
                **about.subject,
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("accounts:concern", told.public_id)
    context = {"form": form, "name": about.name, "match": about.match, "message": about.message}
    return render(request, "desk/concern.html", context)


def _names_nobody(form: ConcernForm) -> bool:
    found = screen({"concern": form.cleaned_data["text"]}).identities
    for _field, advice in found:
        form.add_error("text", advice)
    return not found
