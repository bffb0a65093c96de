"""One's own matches as a file."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.acting import MemberRequest
from accounts.stepping_up import confirmed
from matching.shown.own_matches import own_matches
from opportunities.upload_views import as_csv
from trail import actions as trail


@login_required
@require_POST
@confirmed
def download(request: MemberRequest) -> HttpResponse:
    """That they were taken out is written down."""
    now = timezone.now()
    rows = list(own_matches(request.user, at=now))
    trail.record(
        actor_id=request.user.pk,
        verb="own_matches_exported",
        subject=request.user,
        at=now,
        rows=len(rows) - 1,
    )
    return as_csv(rows, "my-matches.csv")
