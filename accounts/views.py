"""Pages about one's own parties and oneself."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import actions, claiming, inviting, vetting
from accounts.acting import MemberRequest, act_for, acting_party
from accounts.facts_asked import missing_facts
from accounts.forms.party import PartyForm
from accounts.forms.person import PersonForm
from accounts.forms.signup import PartyStartForm
from accounts.models import Consideration, Invitation, Membership, Party
from accounts.refusals import Refused
from accounts.stepping_up import confirmed_where

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


# Parties


@login_required
@require_GET
def party_list(request: MemberRequest) -> HttpResponse:
    """Whom one speaks for, and who would like one to."""
    mine = request.user.memberships.select_related("party").order_by("joined_at", "pk")
    asked = Invitation.objects.open_at(timezone.now()).to(inviting.verified_addresses(request.user))
    context = {
        "memberships": mine,
        "invitations": asked.select_related("party").order_by("created_at", "pk"),
        "acting": acting_party(request),
    }
    return render(request, "accounts/party_list.html", context)


@login_required
@get_or_post
def party_start(request: MemberRequest) -> HttpResponse:
    """Begin a party: the first one, or one more."""
    form = PartyStartForm(request.POST or None, initial={"kind": request.GET.get("kind")})
    if request.method == "POST" and form.is_valid():
        try:
            party = actions.found_party(
                owner=request.user,
                kind=form.cleaned_data["kind"],
                name=form.cleaned_data["party_name"] or request.user.get_full_name(),
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            act_for(request, party)
            messages.success(request, _("Welcome. Please tell us a little more."))
            return redirect("accounts:party_edit", party.public_id)
    return render(request, "accounts/party_start.html", {"form": form})


@login_required
@require_GET
def party(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Everything about one party, for the people who belong to it."""
    found = get_object_or_404(
        Party.objects.of(request.user).select_related("contact", "second_contact"),
        public_id=public_id,
    )
    members = list(found.memberships.select_related("user").order_by("joined_at", "pk"))
    own = next(member for member in members if member.user_id == request.user.pk)
    context = {
        "party": found,
        "members": members,
        "own": own,
        "invitations": Invitation.objects.unanswered().filter(party=found).order_by("pk"),
        "missing": missing_facts(found),
        "answer": vetting.answer_to(found),
        "wait": claiming.wait_in_words(found.kind, at=timezone.now()),
        "roles": Membership.Role,
        "now": timezone.now(),
    }
    return render(request, "accounts/party.html", context)


@login_required
@get_or_post
def party_edit(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """The profile; a change of what was reviewed is reviewed again."""
    found = get_object_or_404(Party.objects.owned_by(request.user), public_id=public_id)
    form = PartyForm(request.POST or None, party=found)
    if request.method == "POST" and form.is_valid():
        try:
            edited = actions.edit_party(
                party=found,
                editor=request.user,
                facts=form.cleaned_data,
                place=form.cleaned_data["place"],
                counties=form.cleaned_data["counties"],
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _saved(found, edited))
            return redirect("accounts:party", found.public_id)
    return render(request, "accounts/party_edit.html", {"form": form, "party": found})


def _saved(before: Party, after: Party) -> str:
    if after.round == before.round:
        return _("Saved.")
    if before.verified_until is None:  # nobody has decided on anything yet
        return _("Saved. Our reviewers read it as it is now.")
    return _("Saved. Because of what changed, we check it again; matching waits until then.")


@login_required
@require_POST
def party_submit(request: MemberRequest, public_id: UUID) -> HttpResponse:
    found = get_object_or_404(Party.objects.owned_by(request.user), public_id=public_id)
    try:
        vetting.submit(party=found, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Thank you. We will look at it soon and let you know."))
    return redirect("accounts:party", found.public_id)


@login_required
@require_POST
def party_act(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Choose whom to speak for from now on."""
    found = get_object_or_404(Party.objects.of(request.user), public_id=public_id)
    act_for(request, found)
    messages.success(request, _("You now speak for %(party)s.") % {"party": found.name})
    return redirect("accounts:party_list")


# Oneself


def _changes_the_contact(request: HttpRequest) -> bool:
    """Whether it gives another name or phone, by which others reach this person."""
    typed = ((field, request.POST.get(field, "").strip()) for field in ("name", "phone"))
    is_another = (value != getattr(request.user, field) for field, value in typed)
    return request.method == "POST" and any(is_another)


@login_required
@get_or_post
@confirmed_where(_changes_the_contact)
def person(request: MemberRequest) -> HttpResponse:
    """Name, phone, language, time zone."""
    known = {field: getattr(request.user, field) for field in PersonForm.base_fields}
    form = PersonForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        actions.edit_person(person=request.user, facts=form.cleaned_data, at=timezone.now())
        with translation.override(request.user.language):
            messages.success(request, _("Saved."))
        response = redirect("accounts:person")
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)  # this choice is the newer one
        return response
    return render(request, "accounts/person.html", {"form": form})


@login_required
@require_GET
def own_checks(request: MemberRequest) -> HttpResponse:
    """The checks that reviewers have recorded about oneself."""
    checks = request.user.checks.order_by("-issued_date", "-pk")
    context = {
        "checks": checks,
        "considerations": Consideration.objects.of(request.user).open().order_by("notice_at", "pk"),
        "today": timezone.now().date(),
    }
    return render(request, "accounts/own_checks.html", context)
