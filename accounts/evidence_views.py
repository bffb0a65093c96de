"""Pages for what speaks for one's own party: a mailbox, a sponsor, and vouching for others."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import gathering
from accounts.acting import MemberRequest
from accounts.evidence import checklist, own_mailboxes
from accounts.forms.evidence import MailboxForm, VoiceForm
from accounts.models import DomainProof, Party, Sponsorship
from accounts.refusals import Refused
from accounts.views import get_or_post


@login_required
@get_or_post
def evidence(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """What we ask for, what we have, and how to add it; POST asks for a mail to a mailbox."""
    now = timezone.now()
    found = get_object_or_404(Party.objects.owned_by(request.user), public_id=public_id)
    form = MailboxForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            gathering.ask_for_mailbox(party=found, by=request.user, at=now, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("The mail goes out in a moment."))
            return redirect("accounts:evidence", public_id)
    sponsors = Sponsorship.objects.standing().select_related("sponsor", "party")
    asked = Sponsorship.objects.unanswered().filter(party=found).first()
    context = {
        "party": found,
        "form": form,
        "checklist": checklist(found, now),
        "mailboxes": own_mailboxes(found),
        "mailed": found.domain_proofs.open_at(now).order_by("pk"),
        "sponsors": sponsors.filter(party=found).order_by("pk"),
        "vouched_for": sponsors.filter(sponsor=found).order_by("pk"),
        "asked": asked,
        "sponsor_url": _address_of(asked) if asked else "",
    }
    return render(request, "accounts/evidence.html", context)


def _address_of(asked: Sponsorship) -> str:
    """The whole address, to be passed on by mail or phone."""
    return settings.SITE_URL.rstrip("/") + reverse("accounts:sponsor", args=[asked.public_id])


@login_required
@get_or_post
def mailbox(request: MemberRequest, secret: UUID) -> HttpResponse:
    """Where the mail leads, for members of that team alone; POST confirms."""
    now = timezone.now()
    mine = DomainProof.objects.filter(party__memberships__user=request.user)
    proof = get_object_or_404(mine.select_related("party"), secret=secret)
    if request.method == "POST":
        try:
            gathering.confirm_mailbox(proof=proof, by=request.user, at=now)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Thank you. The mailbox is confirmed."))
        return redirect("accounts:party", proof.party.public_id)
    is_open = DomainProof.objects.open_at(now).filter(pk=proof.pk).exists()
    return render(request, "accounts/mailbox.html", {"proof": proof, "is_open": is_open})


@login_required
@require_POST
def sponsor_ask(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Make a link to pass on to whoever may vouch."""
    found = get_object_or_404(Party.objects.owned_by(request.user), public_id=public_id)
    gathering.ask_for_sponsor(party=found, by=request.user, at=timezone.now())
    return redirect("accounts:evidence", public_id)


@login_required
@get_or_post
def sponsor(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Where that link leads: an owner of a verified party may vouch, for each party they own."""
    now = timezone.now()
    asked = get_object_or_404(Sponsorship.objects.select_related("party"), public_id=public_id)
    mine = Party.objects.able_to_vouch(request.user, now).exclude(pk=asked.party_id)
    if not mine:
        raise Http404
    if request.method == "POST":
        form = VoiceForm(request.POST, parties=mine)
        if not form.is_valid():
            raise Http404
        voice = form.cleaned_data["party"]
        try:
            gathering.vouch(sponsorship=asked, sponsor=voice, by=request.user, at=now)
        except Refused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("Thank you. You can take it back on your team's page."))
        return redirect("accounts:evidence", voice.public_id)
    is_open = Sponsorship.objects.unanswered().filter(pk=asked.pk).exists()
    context = {"asked": asked, "mine": mine.order_by("name", "pk"), "is_open": is_open}
    return render(request, "accounts/sponsor.html", context)


@login_required
@require_POST
def sponsor_stop(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Vouch no more."""
    mine = Sponsorship.objects.filter(sponsor__in=Party.objects.owned_by(request.user))
    found = get_object_or_404(mine.select_related("party"), public_id=public_id)
    try:
        gathering.stop_vouching(sponsorship=found, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("You no longer vouch for them."))
    return redirect("accounts:party_list")
