"""Colleagues who are asked by mail to join."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Self

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models.parties import Membership, Party
from accounts.models.people import User


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unanswered(self) -> Self:
        return self.filter(accepted_at=None, withdrawn_at=None)

    def open_at(self, at: datetime) -> Self:
        return self.unanswered().filter(expires_at__gt=at)

    def to(self, addresses: Collection[str]) -> Self:
        return self.filter(email__in=[address.lower() for address in addresses])

    def owed_at(self, at: datetime) -> Self:
        """Open ones whose mail has not gone out, is due, and is in nobody's hands."""
        return self.open_at(at).filter(sent_at=None, failed_at=None, due_at__lte=at)

    def claim(self, *, limit: int, at: datetime) -> list["Invitation"]:
        """Take some that are owed for a while; nobody else sends them meanwhile."""
        with transaction.atomic():
            claimed = list(
                self.owed_at(at)
                .select_related("party", "invited_by")
                .select_for_update(skip_locked=True, of=("self",))
                .order_by("due_at", "pk")[:limit]
            )
            lease_ends = at + Invitation.LEASE
            Invitation.objects.filter(pk__in=[one.pk for one in claimed]).update(due_at=lease_ends)
        return claimed


class Invitation(models.Model):
    """A colleague is asked by mail to join a party. The mail is owed by this row."""

    OPEN_FOR = timedelta(days=14)
    LEASE = timedelta(minutes=5)  # longer than any mail server keeps us waiting
    MAX_TRIES = 5

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    party = models.ForeignKey(
        Party,
        on_delete=models.CASCADE,  # nobody can join what is gone
        related_name="invitations",
    )
    email = models.EmailField(_("email address"))
    role = models.CharField(
        _("role"), max_length=10, choices=Membership.Role, default=Membership.Role.STAFF
    )
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(help_text=_("When its mail may be sent, or tried again."))
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="invitation_address_is_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="invitation_is_accepted_or_withdrawn_but_not_both",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(failed_at=None),
                name="invitation_is_sent_or_failed_but_not_both",
            ),
            models.UniqueConstraint(
                fields=["party", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_is_open_once",
                violation_error_message=_("This address is already invited."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.party}"

    def mark_sent(self, *, at: datetime) -> None:
        self.sent_at = at
        self.save(update_fields=["sent_at"])

    def put_back(self, *, at: datetime) -> None:
        """Try again later, each time after twice as long; in the end, show it to a person."""
        self.tries += 1
        self.due_at = at + Invitation.LEASE * 2**self.tries
        self.failed_at = at if self.tries >= Invitation.MAX_TRIES else None
        self.save(update_fields=["tries", "due_at", "failed_at"])
