"""A window for staff on matches. Nothing is changed here.

Who blocks whom is not shown: it is nobody else's, and the matcher alone needs it.
"""

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin
from matching.models import Match


@admin.register(Match)
class MatchAdmin(ReadOnlyAdmin):
    list_display = ("need", "offer", "status", "proposed_at", "introduced_at", "closed_at")
    list_filter = ("status",)
    list_select_related = ("need", "offer")
    ordering = ("-proposed_at", "-pk")
