"""A window for staff on what is owed. Nothing is changed here."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from notices.models import Notice


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):
    """Rows to look at; where a notice leads is its recipient's business."""

    actions = None
    list_display = ("recipient", "event", "due_at", "tries", "sent_at", "failed_at", "read_at")
    list_filter = ("event", "urgent")
    list_select_related = ("recipient",)
    ordering = ("-created_at", "-pk")
    exclude = ("key", "path")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
