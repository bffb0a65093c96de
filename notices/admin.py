"""A window for staff on what is owed. Nothing is changed here."""

from django.contrib import admin

from notices.models import Notice
from trail.admin import ReadOnlyAdmin


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Rows to look at; where a notice leads is its recipient's business."""

    list_display = ("recipient", "event", "due_at", "tries", "sent_at", "failed_at", "read_at")
    list_filter = ("event", "urgent")
    list_select_related = ("recipient",)
    ordering = ("-created_at", "-pk")
    exclude = ("key", "path")
