"""Pages about colleagues: who is asked to join, who joins, leaves, and speaks in which role."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import actions, inviting
from accounts.acting import MemberRequest, act_for
from accounts.forms.team import InvitationForm, RoleForm
from accounts.models import Invitation, Membership, Party
from accounts.refusals import Refused
from accounts.stepping_up import confirmed
from accounts.views import get_or_post


@login_required
@get_or_post
@confirmed
def invite(request: MemberRequest, public_id: UUID) -> HttpResponse:
    found = get_object_or_404(Party.objects.owned_by(request.user), public_id=public_id)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            inviting.invite(party=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("The invitation goes out in a moment."))
            return redirect("accounts:party", found.public_id)
    return render(request, "accounts/invite.html", {"form": form, "party": found})


@require_GET
def invitation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Where the mail leads. It names nobody until the invited person has signed in."""
    asked = get_object_or_404(Invitation.objects.select_related("party"), public_id=public_id)
    context: dict[str, Any] = {"invitation": asked}
    if not request.user.is_authenticated:
        return render(request, "accounts/invitation_door.html", context)
    member = cast("MemberRequest", request)
    if asked.party.memberships.filter(user=member.user).exists():
        return redirect("accounts:party", asked.party.public_id)
    if asked.email not in inviting.verified_addresses(member.user):
        return render(request, "accounts/invitation_door.html", context)
    context["is_open"] = Invitation.objects.open_at(timezone.now()).filter(pk=asked.pk).exists()
    return render(request, "accounts/invitation.html", context)


@login_required
@require_POST
def invitation_accept(request: MemberRequest, public_id: UUID) -> HttpResponse:
    mine = Invitation.objects.to(inviting.verified_addresses(request.user))
    asked = get_object_or_404(mine.select_related("party"), public_id=public_id)
    try:
        inviting.accept_invitation(invitation=asked, person=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("accounts:party_list")
    act_for(request, asked.party)
    messages.success(request, _("Welcome to the team."))
    return redirect("accounts:party", asked.party.public_id)


@login_required
@require_POST
def invitation_withdraw(request: MemberRequest, public_id: UUID) -> HttpResponse:
    asked = get_object_or_404(
        Invitation.objects.filter(party__in=Party.objects.owned_by(request.user)),
        public_id=public_id,
    )
    try:
        inviting.withdraw_invitation(invitation=asked, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The invitation is withdrawn."))
    return redirect("accounts:party", asked.party.public_id)


@login_required
@require_POST
def leave(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Stop speaking for a party."""
    own = get_object_or_404(
        request.user.memberships.select_related("party", "user"), party__public_id=public_id
    )
    try:
        actions.leave(membership=own, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("accounts:party", public_id)
    messages.success(request, _("You have left the team."))
    return redirect("accounts:party_list")


@login_required
@require_POST
@confirmed
def member_role(request: MemberRequest, public_id: UUID) -> HttpResponse:
    member = _colleague(request, public_id)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            actions.change_role(
                membership=member, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Saved."))
    return redirect("accounts:party", member.party.public_id)


@login_required
@require_POST
def member_remove(request: MemberRequest, public_id: UUID) -> HttpResponse:
    member = _colleague(request, public_id)
    try:
        actions.remove_member(membership=member, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("They no longer speak for your team."))
    if member.user == request.user:
        return redirect("accounts:party_list")
    return redirect("accounts:party", member.party.public_id)


def _colleague(request: MemberRequest, public_id: UUID) -> Membership:
    """A member of a party that this person owns."""
    return get_object_or_404(
        Membership.objects.select_related("party", "user"),
        party__in=Party.objects.owned_by(request.user),
        public_id=public_id,
    )
