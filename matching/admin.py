"""A window for staff on matches. Nothing is changed here.

Who blocks whom is not shown: it is nobody else's, and the matcher alone needs it.
"""

from django.contrib import admin
from django.utils.translation import gettext as _

from matching.models import Match
from trail.admin import ReadOnlyAdmin
from trail.models import Rematch


@admin.register(Match)
class MatchAdmin(ReadOnlyAdmin):
    own = ("need__party__memberships__user", "offer__party__memberships__user")
    list_display = ("need", "offer", "status", "proposed_at", "introduced_at", "closed_at")
    list_filter = ("status",)
    list_select_related = ("need", "offer")
    ordering = ("-proposed_at", "-pk")


@admin.register(Rematch)
class RematchAdmin(ReadOnlyAdmin):
    """How far each full rematch is; ``manage.py rematch`` begins one."""

    list_display = ("started_at", "finished_at", "so_far")
    ordering = ("-pk",)

    @admin.display
    def so_far(self, rematch: Rematch) -> str:
        return _("%(done)s of %(blocks)s blocks, %(proposed)s proposals") % {
            **rematch.progress()._asdict()
        }
