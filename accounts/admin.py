"""A window for staff: read what is there, change nothing but people's rights.

What vetting decides is decided on the review pages, where two people and the
audit are; registration numbers are not shown here at all.
"""

from django.contrib import admin
from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest
from django.utils import timezone

from accounts import actions
from accounts.models import Check, Invitation, Membership, Party, Review, User
from trail.admin import ReadOnlyAdmin


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """People. A superuser gives and takes rights, never their own; each change is written down."""

    own = ("pk",)
    RIGHTS = ("is_active", "is_reviewer", "is_staff")
    list_display = ("email", "name", *RIGHTS)
    list_filter = RIGHTS
    search_fields = ("email", "name")
    ordering = ("email",)
    fields = ("email", "name", "joined_at", *RIGHTS)
    readonly_fields = ("email", "name", "joined_at")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return isinstance(request.user, User) and request.user.is_superuser

    def save_model(self, request: HttpRequest, obj: User, form: Form, change: bool) -> None:
        rights = {right: bool(form.cleaned_data[right]) for right in self.RIGHTS}
        actions.change_rights(
            person=obj,
            rights=rights,
            by=request.user,  # type: ignore[arg-type]  # only people who signed in come here
            at=timezone.now(),  # noqa: TID251 - a door like a view
        )


class MembershipInline(admin.TabularInline):
    model = Membership
    fields = ("user", "role", "joined_at")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Party)
class PartyAdmin(ReadOnlyAdmin):
    own = ("memberships__user",)
    list_display = ("name", "kind", "status", "state", "submitted_at", "verified_until")
    list_filter = ("status", "kind", "confidential")
    search_fields = ("name", "legal_name")
    ordering = ("name", "pk")
    fields = (
        *("name", "kind", "status", "legal_name", "mission", "website", "languages"),
        *("confidential", "residential", "alias", "county", "state", "counties", "time_zone"),
        *("contact", "second_contact", "round", "submitted_at"),
        *("verified_at", "verified_until", "created_at"),
    )
    inlines = (MembershipInline,)


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    own = ("party__memberships__user",)
    list_display = ("party", "round", "reviewer", "decision", "at")
    list_filter = ("decision",)
    list_select_related = ("party", "reviewer")
    fields = ("party", "round", "reviewer", "decision", "reason", "at", "submitted_at", "closes")
    ordering = ("-at", "-pk")


@admin.register(Check)
class CheckAdmin(ReadOnlyAdmin):
    own = ("person",)
    list_display = ("person", "level", "issued_date", "expires_date", "withdrawn_at")
    list_filter = ("level",)
    list_select_related = ("person",)
    ordering = ("-recorded_at", "-pk")


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    own = ("party__memberships__user",)
    list_display = ("email", "party", "role", "created_at", "sent_at", "failed_at", "accepted_at")
    list_select_related = ("party",)
    ordering = ("-created_at", "-pk")
