"""Spreadsheets: bring one's own postings, look at each row, save; and take them out again."""

import csv
import io
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.acting import MemberRequest, party_required
from accounts.refusals import Refused
from accounts.stepping_up import confirmed
from opportunities import uploading
from opportunities.choices import TopicGroup
from opportunities.columns_in_words import columns_in_words
from opportunities.forms.upload import UploadForm
from opportunities.models import Condition, Need, Offer, Topic, Upload, UploadRow
from opportunities.spreadsheets.exporting import export_rows
from opportunities.spreadsheets.rows import NEED_COLUMNS, OFFER_COLUMNS
from opportunities.views import Model, get_or_post
from trail import actions as trail

ROWS_A_PAGE = 50
UPLOADS_NAMED = 5
REFRESH = 4  # seconds, while a worker is at it
Outcome = UploadRow.Outcome


@party_required
@get_or_post
def spreadsheets(request: MemberRequest) -> HttpResponse:
    """What can be brought and taken; POST brings a file."""
    form = UploadForm(request.POST or None, request.FILES or None, party=request.party)
    if request.method == "POST" and form.is_valid() and (upload := _begun(request, form)):
        _begin_at_once(upload)
        return redirect("opportunities:upload", upload.public_id)
    uploads = request.party.uploads.order_by("-created_at", "-pk")[:UPLOADS_NAMED]
    context = {
        "party": request.party,
        "form": form,
        "uploads": uploads,
        "tables": [
            {"word": model.WORD, "columns": columns_in_words(_asked(model))}
            for model in (Need, Offer)
        ],
        "conditions": Condition.objects.filter(retired=False).order_by("kind", "pk"),
    }
    return render(request, "opportunities/spreadsheets.html", context)


@party_required
@require_safe
def topic_words(request: MemberRequest) -> HttpResponse:
    """The words that the column of topics may hold."""
    groups = dict(TopicGroup.choices)
    topics = Topic.objects.filter(retired=False).order_by("group", "name", "pk")
    named = [(topic, groups.get(topic.group, topic.group)) for topic in topics]
    return render(request, "opportunities/topic_words.html", {"topics": named})


def _asked(model: Model) -> list[str]:
    """The columns that a party fills in: neither who it is, nor checks of its own people."""
    columns = NEED_COLUMNS if model is Need else OFFER_COLUMNS
    unasked = ("party",) if model is Need else ("party", "check_")
    return [name for name in columns if not name.startswith(unasked)]


def _begun(request: MemberRequest, form: UploadForm) -> Upload | None:
    """The rows of the file, waiting; None where it was refused, and the form says why."""
    facts = form.cleaned_data
    try:
        return uploading.begin(
            party=request.party,
            by=request.user,
            model=Need if facts["word"] == Need.WORD else Offer,
            content=facts["file"].chunks(),
            publishes=facts["then"] == "publish",
            at=timezone.now(),
        )
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return None


def _begin_at_once(upload: Upload) -> None:
    """A short file needs no worker, and is through when the page opens."""
    uploading.work_on(upload, at=timezone.now(), most=uploading.FIRST_PIECE)


@login_required
@require_safe
def upload(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Row by row what would happen, or has happened; the page looks again by itself."""
    own = _own(request, public_id)
    only = request.GET.get("only", "")
    only = only if only in Outcome.values else ""
    rows = own.rows.order_by("number")
    shown = rows.filter(outcome=only) if only else rows
    context = {
        "upload": own,
        "counts": _counts(rows),
        "only": only,
        "page": Paginator(shown, ROWS_A_PAGE).get_page(request.GET.get("page")),
    }
    response = render(request, "opportunities/upload.html", context)
    if own.is_at_work:
        response["Refresh"] = str(REFRESH)
    return response


def _counts(rows: QuerySet[UploadRow]) -> dict[str, Any]:
    """How many rows there are of each outcome, and how many are through; one query."""
    of = {
        name.lower(): Count("pk", filter=Q(outcome=value))
        for name, value in zip(Outcome.names, Outcome.values, strict=True)
    }
    counts: dict[str, Any] = rows.aggregate(
        all=Count("pk"),
        saved=Count("pk", filter=Q(is_saved=True)),
        publishes=Count("pk", filter=Q(publishes=True)),
        **of,
    )
    counts["to_save"] = counts["created"] + counts["updated"] + counts["publishes"]
    counts["through"] = counts["all"] - counts["waiting"]
    return counts


@login_required
@require_POST
def upload_save(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Save what was checked; the first rows at once."""
    own = _own(request, public_id)
    try:
        uploading.confirm(upload=own, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        _begin_at_once(own)
    return redirect("opportunities:upload", own.public_id)


@login_required
@require_POST
def upload_forget(request: MemberRequest, public_id: UUID) -> HttpResponse:
    uploading.forget(upload=_own(request, public_id), by=request.user, at=timezone.now())
    messages.success(request, _("The file is gone. What was saved from it stays."))
    return redirect("opportunities:spreadsheets")


def _own(request: MemberRequest, public_id: UUID) -> Upload:
    """An upload of a party this person speaks for; to everybody else there is none."""
    return get_object_or_404(
        Upload.objects.of(request.user).select_related("party"), public_id=public_id
    )


@require_safe
def template(request: MemberRequest, model: Model) -> HttpResponse:
    """An empty table with its first row."""
    return as_csv([_asked(model)], f"{model.WORD}s-template.csv")


@party_required
@require_POST
@confirmed
def download(request: MemberRequest, model: Model) -> HttpResponse:
    """The party's own postings as a file; that they were taken out is written down."""
    rows = list(export_rows(model, request.party))
    trail.record(
        actor_id=request.user.pk,
        verb=f"{model.WORD}s_exported",
        subject=request.party,
        at=timezone.now(),
        rows=len(rows) - 1,
    )
    return as_csv(rows, f"my-{model.WORD}s.csv")


def as_csv(rows: Iterable[list[str]], name: str) -> HttpResponse:
    """A file that Excel opens with all its letters."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response
