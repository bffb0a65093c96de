"""The page on which reviewers read the audit. Reading it is written down as well."""

from zoneinfo import ZoneInfo

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.review_views import reviewer
from desk import audit
from trail import actions as trail

ROWS_A_PAGE = 50


class AuditForm(forms.Form):
    """What to look for; everything may stay empty."""

    person = forms.CharField(label=_("Name or email address"), max_length=120, required=False)
    verb = forms.SlugField(label=_("What was done"), max_length=40, required=False)
    subject = forms.CharField(label=_("To what"), max_length=40, required=False)
    subject_id = forms.IntegerField(label=_("Its number"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    before = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_verb(self) -> str:
        """As it is stored: with underscores."""
        return str(self.cleaned_data["verb"]).replace("-", "_")


@login_required
@require_safe
def read(request: HttpRequest) -> HttpResponse:
    """The newest rows that fit, a page at a time, from ``before`` on."""
    user, now = reviewer(request).user, timezone.now()
    form = AuditForm(request.GET)
    rows = audit.seen_by(user)
    if form.is_valid():
        asked = dict(form.cleaned_data)
        before = asked.pop("before")
        rows = audit.narrowed(rows, zone=ZoneInfo(user.time_zone), **asked)
        page = list(rows.newest_first(before=before)[: ROWS_A_PAGE + 1])
        used = {name: str(value) for name, value in asked.items() if value and name != "person"}
        trail.record(actor_id=user.pk, verb="audit_read", subject=user, at=now, looked_for=used)
    else:
        page = []
    context = {
        "form": form,
        "traces": audit.told(page[:ROWS_A_PAGE]),
        "next_before": page[ROWS_A_PAGE - 1].pk if len(page) > ROWS_A_PAGE else None,
    }
    return render(request, "desk/audit.html", context)
