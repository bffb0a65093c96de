"""A window for staff: postings to look at; topics and conditions that reviewers extend.

What reviewers decide on a posting is decided on the review pages. A posting's
silent facts and its place are not shown here at all.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import User
from opportunities.models import Condition, Need, Offer, PostingReview, Topic
from trail import actions as trail
from trail.admin import ReadOnlyAdmin


def may_extend_lists(request: HttpRequest) -> bool:
    """Reviewers who may open the admin keep the lists."""
    user = request.user
    return isinstance(user, User) and user.is_reviewer and user.is_staff and user.is_active


class ListAdmin(ReadOnlyAdmin):
    """An entry of a list: extended by reviewers, never deleted, since postings carry it."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_extend_lists(request) or super().has_module_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return may_extend_lists(request) or super().has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return may_extend_lists(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Form, change: bool) -> None:
        super().save_model(request, obj, form, change)
        trail.record(
            actor_id=request.user.pk,
            verb="list_changed" if change else "list_extended",
            subject=obj,
            at=timezone.now(),  # noqa: TID251 - a door like a view
            fields=sorted(form.changed_data),
        )


@admin.register(Topic)
class TopicAdmin(ListAdmin):
    """The taxonomy ships with the project; its synonyms grow here."""

    list_display = ("name", "group", "umbrella", "retired")
    list_filter = ("group", "umbrella", "retired")
    search_fields = ("name", "slug", "synonyms")
    ordering = ("group", "name")
    fields = ("slug", "name", "group", "umbrella", "soc", "synonyms", "retired")
    readonly_fields = ("slug", "name", "group", "umbrella", "soc")


@admin.register(Condition)
class ConditionAdmin(ListAdmin):
    """Words that postings exclude, carry, require or state."""

    list_display = ("label", "label_es", "kind", "retired")
    list_filter = ("kind", "retired")
    search_fields = ("label", "label_es", "slug")
    ordering = ("kind", "label")
    fields = ("slug", "kind", "label", "label_es", "retired")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_extend_lists(request)

    def get_readonly_fields(
        self, request: HttpRequest, obj: Model | None = None
    ) -> tuple[str, ...]:
        return ("slug", "kind") if obj else ()  # postings carry the slug


class PostingAdmin(ReadOnlyAdmin):
    """Postings to look at, without what is never shown and without the place."""

    own = ("party__memberships__user",)
    SILENT = ("zip", "latitude", "longitude", "exclusions", "audience")
    list_display = ("title", "kind", "party", "status", "state", "end_date", "updated_at")
    list_filter = ("status", "kind")
    list_select_related = ("party",)
    search_fields = ("title", "party__name")
    ordering = ("-updated_at", "-pk")
    exclude = SILENT


admin.site.register([Need, Offer], PostingAdmin)


@admin.register(PostingReview)
class PostingReviewAdmin(ReadOnlyAdmin):
    own = ("need__party__memberships__user", "offer__party__memberships__user")
    list_display = ("need", "offer", "round", "reviewer", "decision", "at")
    list_filter = ("decision",)
    list_select_related = ("need", "offer", "reviewer")
    ordering = ("-at", "-pk")
