"""Windows for staff: rows to look at, and each look is written down."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from trail import actions as trail
from trail.models import Audit


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows to look at, but for what is one's own: that is for others to look into.

    own  lookups from a row to the person it belongs to
    """

    actions = None
    own: tuple[str, ...] = ()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        for lookup in self.own:
            mine = self.model._default_manager.filter(**{lookup: request.user.pk})  # noqa: SLF001 - Django documents it
            rows = rows.exclude(pk__in=mine.values("pk"))
        return rows

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any | None:
        """One row that somebody opens, and the trace of it."""
        found = super().get_object(request, object_id, from_field)
        if found is not None:
            now = timezone.now()  # noqa: TID251 - a door like a view
            trail.record(actor_id=request.user.pk, verb="admin_read", subject=found, at=now)
        return found

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        now = timezone.now()  # noqa: TID251 - a door like a view
        listed = self.opts.label_lower
        user = cast("Model", request.user)  # only people who signed in come here
        trail.record(actor_id=user.pk, verb="admin_listed", subject=user, at=now, of=listed)
        return super().changelist_view(request, extra_context)


@admin.register(Audit)
class AuditAdmin(ReadOnlyAdmin):
    list_display = ("at", "actor_id", "verb", "subject", "subject_id", "position")
    list_filter = ("verb",)
    ordering = ("-pk",)
    show_full_result_count = False
