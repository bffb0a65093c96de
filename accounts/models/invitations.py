"""Colleagues who are asked by mail to join."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models.memberships import Membership
from accounts.models.owed import OwedMail, OwedMailQuerySet
from accounts.models.parties import Party
from accounts.models.people import User


class InvitationQuerySet(OwedMailQuerySet["Invitation"]):
    SHOWN_IN_THE_MAIL = ("party", "invited_by")

    def unanswered(self) -> Self:
        return self.filter(accepted_at=None, withdrawn_at=None)

    def open_at(self, at: datetime) -> Self:
        return self.unanswered().filter(expires_at__gt=at)

    def to(self, addresses: Collection[str]) -> Self:
        return self.filter(email__in=[address.lower() for address in addresses])


class Invitation(OwedMail):
    """A colleague is asked by mail to join a party. The mail is owed by this row."""

    OPEN_FOR = timedelta(days=14)

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

    objects = InvitationQuerySet.as_manager()

    class Meta(OwedMail.Meta):
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            *OwedMail.Meta.constraints,
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="invitation_address_is_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None),
                name="invitation_is_accepted_or_withdrawn_but_not_both",
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

    @property
    def masked_email(self) -> str:
        """Enough for whoever was invited to know it, and for nobody else: j…@example.org."""
        name, _at, domain = self.email.rpartition("@")
        return f"{name[:1]}…@{domain}"
